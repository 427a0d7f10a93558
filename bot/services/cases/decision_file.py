"""A decision as an official writes it: a YAML file with the eight items of VAĮ 10 str. 5 d."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from bot.core.decision import Decision
from bot.core.pack_shape import as_date
from bot.errors import LangelisError
from bot.services.pack_yaml import PackSyntaxError, parse_yaml

_ITEMS = tuple(item.name for item in fields(Decision))


class DecisionFileError(LangelisError):
    """The file is no decision: not YAML, an unknown item, or a value that is no text or date."""


def read_decision(content: bytes, *, institution: str, number: str, today: date) -> Decision:
    """Return the decision of a file; institution, number and date are filled in where they are left empty.

    What else is missing stays blank: the rules say by which article it must be there. Raises `DecisionFileError`.
    """
    given = _items(content)
    return Decision(
        institution=_text(given, "institution") or institution,
        decided_on=_day(given, today),
        number=_text(given, "number") or number,
        ruling=_text(given, "ruling"),
        grounds=_text(given, "grounds"),
        motives=_text(given, "motives"),
        appeal=_text(given, "appeal"),
        official=_text(given, "official"),
    )


def _items(content: bytes) -> Mapping[str, object]:
    try:
        document = parse_yaml(content)
    except PackSyntaxError as error:
        raise DecisionFileError(str(error)) from error
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise DecisionFileError(f"expected the items {', '.join(_ITEMS)}")
    for name in document:
        if name not in _ITEMS:
            raise DecisionFileError(f"unknown item {name!r}; there are: {', '.join(_ITEMS)}")
    return document


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    # A registration number may be a bare number.
    if value is None or (isinstance(value, (str, int)) and not isinstance(value, bool)):
        return "" if value is None else str(value).strip()
    raise DecisionFileError(f"{name}: expected a text")


def _day(given: Mapping[str, object], today: date) -> date:
    value = given.get("decided_on")
    if value is None or value == "":
        return today
    day = as_date(value)
    if day is None:
        raise DecisionFileError("decided_on: expected a date, YYYY-MM-DD")
    if day > today:
        raise DecisionFileError(f"decided_on: {day} is yet to come")
    return day
