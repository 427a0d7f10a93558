"""What may be written on the command line about a case: numbers, officials, days, words; bad ones are named."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from contextlib import suppress
from datetime import date

from bot.core.case import Actor, ActorKind

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def case_number(text: str) -> str:
    """Return a registration number as it is stored, in capitals."""
    if not text.isprintable() or not text.strip():
        raise ArgumentTypeError(f"{text!r} is no registration number")
    return text.strip().upper()


def words(text: str) -> str:
    """Return free text without blank edges; neither control characters nor bytes that are no text are taken."""
    if not all(letter.isprintable() or letter in "\n\t" for letter in text):
        raise ArgumentTypeError(f"{text!r} holds characters that cannot be kept")
    return text.strip()


def official(text: str) -> Actor:
    """Return an official as the history keeps them: name and surname, a comma, the position."""
    name, _, position = text.partition(",")
    if not text.isprintable() or not position.strip() or len(name.split()) < 2:
        raise ArgumentTypeError(f"{text!r} is not 'Vardas Pavardė, pareigos'")
    return Actor(ActorKind.OFFICIAL, f"{' '.join(name.split())}, {' '.join(position.split())}")


def email(text: str) -> str:
    """Return an e-mail address."""
    if not _EMAIL.fullmatch(text) or not text.isprintable():
        raise ArgumentTypeError(f"{text!r} is no e-mail address")
    return text


def day(text: str) -> date:
    """Return a day; the ends of the calendar have no midnight in every zone and are refused."""
    with suppress(ValueError):
        found = date.fromisoformat(text)
        if 1900 <= found.year <= 9000:
            return found
    raise ArgumentTypeError(f"{text!r} is no date, YYYY-MM-DD")
