"""The shape of a pack's entries: known and required fields, and the formats of their values.

The shapes come from the dataclasses of `bot.core.catalogue`; the one place where a pack is written otherwise
(`provider`, `provider_text`) is named below.  Values of a wrong type are passed over: `bot.services.packs`
reports those with the same file, entry and field.
"""

import re
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from urllib.parse import urlsplit

from bot.core.case_prefix import LONGEST, is_case_prefix
from bot.core.catalogue import (
    CaseSettings,
    ChannelType,
    Charter,
    Closure,
    Institution,
    MobileLibrary,
    Municipality,
    ProblemMap,
    ReportChannels,
    Service,
    ServiceChannel,
    Source,
    Stop,
)
from bot.core.hours import opens_on_weekdays, parse_hours
from bot.core.timetable import WEEKDAYS, parse_visit, weekday_number

Entry = Mapping[str, object]
Check = Callable[[object], str | None]
"""Says what is wrong with a value; None when nothing is, or when another rule reports its type."""


def check_shape(entry: Entry, shape: type, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(field path, message) of everything wrong in one mapping of the given dataclass, and below it."""
    known = _known_fields(shape)
    for name in sorted(_required_fields(shape)):
        if is_blank(entry.get(name)):
            yield prefix + name, "is empty" if name in entry else "is missing"
    for name, value in entry.items():
        if name not in known:
            yield prefix + name, f"is no known field{suggestion(name, known)}"
        elif not is_blank(value):
            yield from _check_value(value, known[name], _CHECKS.get((shape, name)), prefix + name)


def is_blank(value: object) -> bool:
    """Whether the value says nothing: null, an empty list, a text of spaces."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def suggestion(word: object, known: Iterable[str]) -> str:
    """` (did you mean "…"?)` with the nearest known word; empty when none is near."""
    near = get_close_matches(str(word), list(known), n=1)
    return f' (did you mean "{near[0]}"?)' if near else ""


def as_date(value: object) -> date | None:
    """The date that the value is or writes as YYYY-MM-DD; None when it is none."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _check_value(value: object, shape: type | None, check: Check | None, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _check_value(item, shape, check, f"{path}[{number}]")
    elif isinstance(value, dict):
        yield from check_shape(value, shape, f"{path}.") if shape else _check_labels(value, path)
    elif is_blank(value):
        yield path, "is empty"
    elif check and (message := check(value)):
        yield path, message


def _check_labels(labelled: Entry, path: str) -> Iterator[tuple[str, str]]:
    for label, value in labelled.items():
        if is_blank(value):
            yield f"{path}.{label}", "is empty"


@cache
def _known_fields(shape: type) -> dict[str, type | None]:
    """The fields that a pack may write, each with the dataclass of its value or items, if any."""
    known = {name: _inner_dataclass(hint) for name, hint in typing.get_type_hints(shape).items()}
    if shape is Service:
        known |= {"provider": None, "provider_text": None}
    return known


def _inner_dataclass(hint: object) -> type | None:
    """The dataclass inside `X`, `X | None` or `tuple[X, ...]`."""
    if isinstance(hint, type) and is_dataclass(hint):
        return hint
    inner = (_inner_dataclass(argument) for argument in typing.get_args(hint))
    return next((found for found in inner if found), None)


@cache
def _required_fields(shape: type) -> frozenset[str]:
    """Fields without a default; of the lists only `sources` and `stops` must also hold something."""
    if not is_dataclass(shape):
        return frozenset()
    hints = typing.get_type_hints(shape)
    required = {f.name for f in fields(shape) if f.default is MISSING and f.default_factory is MISSING}
    lists = {name for name in required if typing.get_origin(hints[name]) is tuple} - {"sources", "stops"}
    return frozenset(required - lists - {"provider"})


_ID = re.compile(r"[a-z0-9-]+")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;.]+(?:\.[^@\s,;.]+)+")
_PHONE = re.compile(r"\+?[\d\s()-]+")


def _check_id(value: object) -> str | None:
    if isinstance(value, str) and not _ID.fullmatch(value):
        return f'"{value}" may hold only a–z, 0–9 and hyphens'
    return None


def _check_url(value: object) -> str | None:
    if not isinstance(value, str) or _is_url(value):
        return None
    return f'"{value}" is no web address (http:// or https://, a host, no spaces)'


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    host = parts.hostname or ""
    named = "." in host.strip(".") and ".." not in host
    return parts.scheme in {"http", "https"} and named and port_is_fine and not re.search(r"\s", text)


def _check_date(value: object) -> str | None:
    return None if as_date(value) else f'"{value}" is no date (YYYY-MM-DD)'


def _check_phone(value: object) -> str | None:
    """Several numbers may be parted by commas."""
    if not isinstance(value, str):
        return None
    wrong = [part.strip() for part in re.split(r"[,;]", value) if not _is_phone(part.strip())]
    return f'"{wrong[0]}" is no telephone number' if wrong else None


def _is_phone(text: str) -> bool:
    """Lithuanian in full (+370 or 8/0, then 8 digits), foreign (E.164), or short such as 112."""
    if not _PHONE.fullmatch(text):
        return False
    digits = re.sub(r"\D", "", text)
    if digits.startswith("370") and text.startswith("+"):
        return len(digits) == 11
    if text.startswith("+"):
        return 7 <= len(digits) <= 15
    return (len(digits) == 9 and digits[0] in "80") or 3 <= len(digits) <= 6


def _check_email(value: object) -> str | None:
    if not isinstance(value, str) or _EMAIL.fullmatch(value):
        return None
    return f'"{value}" is no e-mail address'


def _check_channel_type(value: object) -> str | None:
    known = [channel.value for channel in ChannelType]
    if value in known:
        return None
    return f'"{value}" is none of {", ".join(known)}{suggestion(value, known)}'


def _check_weekday(value: object) -> str | None:
    if not isinstance(value, str) or weekday_number(value) is not None:
        return None
    return f'"{value}" is no weekday{suggestion(value, WEEKDAYS)}'


def _check_visit(value: object) -> str | None:
    if not isinstance(value, str) or parse_visit(value):
        return None
    return f'"{value}" is no time span such as 9.30–11.00'


def _check_working_days(value: object) -> str | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return None if is_count else f'"{value}" is no positive whole number of working days'


def _check_prefix(value: object) -> str | None:
    if not isinstance(value, str) or is_case_prefix(value):
        return None
    return f'"{value}" is no prefix of case numbers: 1–{LONGEST} capital letters A–Z, and no word such as "NR"'


def _check_office_hours(value: object) -> str | None:
    """The legal clock depends on these hours, so they must be read and let someone work on a working day."""
    if not isinstance(value, str):
        return None
    hours = parse_hours(value)
    if hours is None:
        return f'"{value}" cannot be read as opening hours'
    return None if opens_on_weekdays(hours) else f'"{value}" names no opening from Monday to Friday'


_CHECKS: dict[tuple[type, str], Check] = {
    (Municipality, "id"): _check_id,
    (Municipality, "website"): _check_url,
    (Municipality, "phone"): _check_phone,
    (Municipality, "email"): _check_email,
    (CaseSettings, "prefix"): _check_prefix,
    (CaseSettings, "office_hours"): _check_office_hours,
    (CaseSettings, "responsible_email"): _check_email,
    (Closure, "start"): _check_date,
    (Closure, "end"): _check_date,
    (Charter, "approved_on"): _check_date,
    (Charter, "response_working_days"): _check_working_days,
    (ReportChannels, "phones"): _check_phone,
    (ReportChannels, "email"): _check_email,
    (Institution, "id"): _check_id,
    (Institution, "website"): _check_url,
    (Institution, "phone"): _check_phone,
    (Institution, "email"): _check_email,
    (Service, "id"): _check_id,
    (Service, "checked"): _check_date,
    (ServiceChannel, "type"): _check_channel_type,
    (ServiceChannel, "url"): _check_url,
    (Source, "url"): _check_url,
    (Stop, "weekday"): _check_weekday,
    (Stop, "time"): _check_visit,
    (MobileLibrary, "started"): _check_date,
    (ProblemMap, "url"): _check_url,
}
