"""What a request's query asks for, read strictly."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TypeVar

from aiohttp import web

from bot.core.clock import VILNIUS
from bot.core.handoff import HandoffRefusedError
from bot.storage.search import Filters

Choice = TypeVar("Choice", bound=Enum)
_LONGEST_NUMBER = 15
_LONGEST_VALUE = 200


def value_of(request: web.Request, name: str) -> str | None:
    """Return a value, None for an empty one. Raises `HandoffRefusedError` for one that is too long."""
    value = request.query.get(name, "").strip()
    if len(value) > _LONGEST_VALUE:
        raise HandoffRefusedError("bad_frame")
    return value or None


def choice_of(request: web.Request, name: str, default: Choice) -> Choice:
    """Return one of an enum's members. Raises `HandoffRefusedError` for any other word."""
    value = value_of(request, name)
    if value is None:
        return default
    try:
        return type(default)(value)
    except ValueError as error:
        raise HandoffRefusedError("bad_frame") from error


def number_of(request: web.Request, name: str) -> int | None:
    """Return a whole number. Raises `HandoffRefusedError` for anything else."""
    value = value_of(request, name)
    if value is None:
        return None
    return read_number(value)


def read_number(value: str) -> int:
    """Return a whole number. Raises `HandoffRefusedError` for anything else."""
    if not (value.isascii() and value.isdigit()) or len(value) > _LONGEST_NUMBER:
        raise HandoffRefusedError("bad_frame")
    return int(value)


def filters_of(request: web.Request) -> Filters:
    """Return the filters of a search or an export; `from` and `until` are days in Lithuania, both counted."""
    until = _day(request, "until")
    return Filters(
        since=_day(request, "from"),
        until=None if until is None else until + timedelta(days=1),
        municipality=value_of(request, "municipality"),
        operator=value_of(request, "operator"),
        channel=value_of(request, "channel"),
        intent=value_of(request, "intent"),
        outcome=value_of(request, "outcome"),
    )


def asked_json(request: web.Request) -> dict[str, str]:
    """Return which filters were used, for the audit log: never the words that were looked for."""
    return {name: value for name, value in request.query.items() if name != "q" and value}


def _day(request: web.Request, name: str) -> datetime | None:
    value = value_of(request, name)
    if value is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(value), time(), VILNIUS)
    except ValueError as error:
        raise HandoffRefusedError("bad_frame") from error
