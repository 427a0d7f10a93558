"""An e-mail address in a message, and what only looks like one: "jonas@", "jonas @ gmail.com", "jonas eta gmail"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.complaints.domains import COMMON, likely_domain
from bot.nlu.entities.contacts import emails
from bot.nlu.entities.entity import Reading
from bot.nlu.normalise import fold

WITHOUT_DOMAIN, SPACES, MALFORMED = "email_without_domain", "email_spaces", "email_malformed"
_DOT = r"(?:\s?[.,]\s?|\s(?:taskas|tskas|tsk|dot)\s)"
_AT = r"(?:\s{0,2}@\s{0,2}|\s?[(\[{](?:at|eta|et)[)\]}]\s?|\s(?:eta|at|et|eit|ata|bezdzionele)\s)"
_LOCAL = r"(?<![\w.+%@-])(?P<local>[\w+%-]{1,64}(?:(?:\.|\s(?:taskas|tskas|tsk|dot)\s)[\w+%-]{1,64}){0,4})"
_SPELLED = re.compile(
    rf"{_LOCAL}{_AT}(?P<domain>[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,2}}?{_DOT}[a-z]{{2,6}})(?![\w@-])"
)
_DOT_SPELLED = re.compile(_DOT)
# The parts share no character and a run is tried at its beginning only.
_ATTEMPT = re.compile(r"(?<![\w.+%@-])(?P<local>[\w.+%-]{0,64})@+(?P<domain>[\w.,@-]{0,128})")
_KNOWN = "|".join(map(re.escape, COMMON))
_NO_AT = re.compile(
    rf"(?<![\w.+%@-])(?P<local>[\w+%-]{{2,64}}(?:\.[\w+%-]{{1,64}}){{0,3}}?)[. ](?P<domain>{_KNOWN})(?![\w@-])"
)
_NO_LOCAL = frozenset(
    "pastas pasta mail email el epastas adresas mano yra per prie www http https svetaine portalas".split()
)
_VALID = re.compile(r"[\w+%-]+(?:\.[\w+%-]+)*@(?:[\w-]+\.)+[a-z]{2,24}")


@dataclass(frozen=True, slots=True)
class Address:
    """An address that holds (`email`), or one that does not (`rejected`, with its fault); places of the typed text."""

    span: tuple[int, int]
    email: str | None = None
    fault: str | None = None
    rejected: str | None = None
    suggested: str | None = None


def address_in(reading: Reading) -> Address | None:
    """Return the first address that holds, else the first attempt at one."""
    for found in emails(reading):
        return Address((found.start, found.end), found.value, suggested=_better(found.value))
    if "@" in reading.folded:
        return next(_spelled(reading), None) or next(_attempts(reading), None)
    return next(_spelled(reading), None) or next(_without_at(reading), None)


def _better(email: str) -> str | None:
    """An address that was likely meant: another domain, or the letters without diacritics."""
    local, _, domain = email.rpartition("@")
    better = f"{fold(local) if not local.isascii() else local}@{likely_domain(domain) or fold(domain)}"
    return better if better != email and _VALID.fullmatch(better) else None


def _spelled(reading: Reading) -> Iterator[Address]:
    for match in _SPELLED.finditer(reading.folded):
        local = _DOT_SPELLED.sub(".", match["local"])
        domain = _DOT_SPELLED.sub(".", match["domain"])
        said_at = "@" in match.group() or any(mark in match.group() for mark in "([{")
        # "jonas eta gmail taskas com" names a domain; "kas at the end. ne" does not.
        if not said_at and not _names_a_domain(domain):
            continue
        yield _rejected(reading, match.span(), SPACES, f"{local}@{domain}")


def _names_a_domain(domain: str) -> bool:
    return domain in COMMON or likely_domain(domain) is not None or domain.endswith((".lt", ".com"))


def _attempts(reading: Reading) -> Iterator[Address]:
    for match in _ATTEMPT.finditer(reading.folded):
        local, domain = match["local"].strip("."), match["domain"].strip(".,@").replace(",", ".")
        fault = MALFORMED if not local or "@@" in match.group() or "." in domain else WITHOUT_DOMAIN
        meant = likely_domain(domain) or (domain if "." in domain else _known_by_name(domain))
        if fault is MALFORMED and local and likely_domain(domain) and "@@" not in match.group():
            fault = WITHOUT_DOMAIN
        yield _rejected(reading, match.span(), fault, f"{re.sub(r'[.]{2,}', '.', local)}@{meant or ''}")


def _known_by_name(domain: str) -> str | None:
    """ "jonas@gmail": the common domain of that name, if one has it."""
    return next((common for common in COMMON if common.partition(".")[0] == domain), None)


def _without_at(reading: Reading) -> Iterator[Address]:
    for match in _NO_AT.finditer(reading.folded):
        if match["local"] not in _NO_LOCAL:
            yield _rejected(reading, match.span(), MALFORMED, f"{match['local']}@{match['domain']}")


def _rejected(reading: Reading, span: tuple[int, int], fault: str, meant: str) -> Address:
    start, end = span
    local, _, domain = meant.rpartition("@")
    meant = f"{local}@{likely_domain(domain) or domain}"
    written = reading.written(start, end)
    suggested = meant if _VALID.fullmatch(meant) else None
    return Address(_place(reading, start, end), None, fault, written.strip().rstrip(",."), suggested)


def _place(reading: Reading, start: int, end: int) -> tuple[int, int]:
    first = len(reading.written(0, start)) if start else 0
    return first, first + len(reading.written(start, end))
