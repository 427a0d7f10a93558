"""What makes a data pack right, checked on the parsed YAML before it becomes a catalogue."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.core.catalogue import (
    NATIONAL_SCOPE,
    Institution,
    MobileLibrary,
    Municipality,
    ProblemMap,
    Service,
)
from bot.core.hours import parse_hours
from bot.core.pack_shape import Entry, as_date, check_shape, is_blank, suggestion
from bot.core.place_names import fold

MAX_AGE_DAYS = 365
MAX_CLOSURE_DAYS = 366

MUNICIPALITY_FILE = "municipality.yml"
INSTITUTIONS_FILE = "institutions.yml"
SERVICES_FILE = "services.yml"
MOBILE_LIBRARY_FILE = "mobile_library.yml"
PROBLEM_MAP_FILE = "problem_map.yml"


class Severity(Enum):
    """An error keeps the pack from being imported, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a pack.

    `entry` is the id of the service or institution (or its place in the file), `field` a path like
    `channels[2].url`; None where the finding is about the whole file or entry.
    """

    severity: Severity
    file: str
    entry: str | None
    field: str | None
    message: str

    def __str__(self) -> str:
        """One line for a terminal: "error: services.yml: some-id: title: is missing"."""
        place = [part for part in (self.file, self.entry, self.field) if part]
        return ": ".join([self.severity.value, *place, self.message])


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPack:
    """The parsed files of a pack; a file that is absent or broken is None or empty."""

    municipality: Entry | None = None
    institutions: Sequence[Entry] = ()
    services: Sequence[Entry] = ()
    mobile_library: Entry | None = None
    problem_map: Entry | None = None


def check_pack(pack: RawPack, today: date) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful in the pack, file by file."""
    return (
        *_check_single(pack.municipality, Municipality, MUNICIPALITY_FILE),
        *_check_entries(pack.institutions, Institution, INSTITUTIONS_FILE),
        *_check_entries(pack.services, Service, SERVICES_FILE),
        *_check_single(pack.mobile_library, MobileLibrary, MOBILE_LIBRARY_FILE),
        *_check_single(pack.problem_map, ProblemMap, PROBLEM_MAP_FILE),
        *_check_providers(pack),
        *_check_scopes(pack),
        *_check_ages(pack.services, today),
        *_check_hours(pack),
        *_check_closures(pack.municipality or {}),
        *_check_aliases(pack.services),
    )


def entry_name(entry: Entry, position: int) -> str:
    """The entry's id; where it has none, its place in the file: "[3]"."""
    return _text(entry, "id") or f"[{position}]"


def _text(entry: Entry, field: str) -> str | None:
    """The field's text; None when it is absent, blank or no text."""
    value = entry.get(field)
    return value if isinstance(value, str) and value.strip() else None


def _texts(entry: Entry, field: str) -> list[str]:
    value = entry.get(field)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _error(file: str, entry: str | None, field: str | None, message: str) -> Finding:
    return Finding(Severity.ERROR, file, entry, field, message)


def _warning(file: str, entry: str | None, field: str | None, message: str) -> Finding:
    return Finding(Severity.WARNING, file, entry, field, message)


def _check_single(entry: Entry | None, shape: type, file: str) -> Iterator[Finding]:
    for field, message in check_shape(entry, shape) if entry is not None else ():
        yield _error(file, None, field, message)


def _check_entries(entries: Sequence[Entry], shape: type, file: str) -> Iterator[Finding]:
    """The shape of each entry, and that no two have one id."""
    first: dict[str, int] = {}
    for position, entry in enumerate(entries):
        name = entry_name(entry, position)
        for field, message in check_shape(entry, shape):
            yield _error(file, name, field, message)
        if first.setdefault(name, position) != position:
            yield _error(file, name, "id", f"is the id of entry [{first[name]}] and of entry [{position}]")


def _check_providers(pack: RawPack) -> Iterator[Finding]:
    """A provider is an institution's id, or words on purpose, never both."""
    known = [found for entry in pack.institutions if (found := _text(entry, "id"))]
    for position, entry in enumerate(pack.services):
        name, provider = entry_name(entry, position), _text(entry, "provider")
        if provider and not is_blank(entry.get("provider_text")):
            yield _error(SERVICES_FILE, name, "provider_text", "is given beside provider: only one may be")
        if is_blank(entry.get("provider")) and is_blank(entry.get("provider_text")):
            yield _error(SERVICES_FILE, name, "provider", "is missing, and there is no provider_text")
        if provider and provider not in known:
            yield _error(SERVICES_FILE, name, "provider", _unknown_provider(provider, known))


def _unknown_provider(provider: str, known: Sequence[str]) -> str:
    hint = suggestion(provider, known) or " (words belong to provider_text)"
    return f'"{provider}" is no institution of this pack{hint}'


def _check_scopes(pack: RawPack) -> Iterator[Finding]:
    municipality = _text(pack.municipality or {}, "id")
    allowed = [NATIONAL_SCOPE, municipality] if municipality else []
    for position, entry in enumerate(pack.services):
        scope = _text(entry, "scope")
        if allowed and scope and scope not in allowed:
            message = f'"{scope}" is neither "{NATIONAL_SCOPE}" nor "{municipality}"'
            yield _error(SERVICES_FILE, entry_name(entry, position), "scope", message)


def _check_ages(services: Sequence[Entry], today: date) -> Iterator[Finding]:
    for position, entry in enumerate(services):
        checked = as_date(entry.get("checked"))
        if checked and checked > today:
            message = f"{checked} lies ahead of today, {today}"
            yield _warning(SERVICES_FILE, entry_name(entry, position), "checked", message)
        elif checked and (today - checked).days > MAX_AGE_DAYS:
            message = f"last checked on {checked}, more than {MAX_AGE_DAYS} days ago"
            yield _warning(SERVICES_FILE, entry_name(entry, position), "checked", message)


def _check_hours(pack: RawPack) -> Iterator[Finding]:
    """Hours that cannot be read are still shown to residents, but "is it open now" stays unanswered."""
    single = [(MUNICIPALITY_FILE, None, pack.municipality)] if pack.municipality else []
    listed = [(INSTITUTIONS_FILE, entry_name(e, at), e) for at, e in enumerate(pack.institutions)]
    for file, name, entry in [*single, *listed]:
        hours = _text(entry, "hours")
        if hours and parse_hours(hours) is None:
            yield _warning(file, name, "hours", f'"{hours}" cannot be read as opening hours')


def _check_closures(municipality: Entry) -> Iterator[Finding]:
    """A closure ends after it starts and within a year: one that does not end would stop every clock."""
    cases = municipality.get("cases")
    closures = cases.get("closures") if isinstance(cases, Mapping) else None
    for position, closure in enumerate(closures if isinstance(closures, list) else ()):
        start, end = _span(closure) if isinstance(closure, Mapping) else (None, None)
        if start is None or end is None:
            continue
        place = f"cases.closures[{position}].end"
        if end < start:
            yield _error(MUNICIPALITY_FILE, None, place, f"{end} is before the start, {start}")
        elif (end - start).days >= MAX_CLOSURE_DAYS:
            yield _error(MUNICIPALITY_FILE, None, place, f"{end} is more than a year after the start, {start}")


def _span(closure: Entry) -> tuple[date | None, date | None]:
    return as_date(closure.get("start")), as_date(closure.get("end"))


def _check_aliases(services: Sequence[Entry]) -> Iterator[Finding]:
    """One finding for each alias that several services share, or that is another one's title."""
    users: dict[str, list[str]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for position, entry in enumerate(services):
        name = entry_name(entry, position)
        for phrase in [*_texts(entry, "aliases"), _text(entry, "title") or ""]:
            key = " ".join(fold(phrase).split())
            spelled.setdefault(key, phrase)
            if key and name not in users[key]:
                users[key].append(name)
    for key, names in users.items():
        if len(names) > 1:
            message = f'"{spelled[key]}" is shared by {", ".join(names)}'
            yield _warning(SERVICES_FILE, names[0], "aliases", message)
