"""Where a resident wants to be answered: name, e-mail, telephone; slips are told so that they can be asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bot.nlu.complaints.addresses import Address, address_in
from bot.nlu.complaints.names import name_in
from bot.nlu.complaints.phrasebook import says
from bot.nlu.complaints.telephones import TOO_SHORT, number_in
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers

_MOST_WORDS = 40
_MOST_WORDS_OF_NOT_KNOWING = 8


class ContactProblem(Enum):
    """Why a contact cannot be taken as it was typed."""

    EMAIL_WITHOUT_DOMAIN = "email_without_domain"
    EMAIL_SPACES = "email_spaces"
    EMAIL_MALFORMED = "email_malformed"
    """Something else is wrong with it: no "@", two of them, nothing before it."""
    PHONE_TOO_SHORT = "phone_too_short"
    PHONE_INVALID = "phone_invalid"


@dataclass(frozen=True, slots=True)
class Contact:
    """What was told; a problem is that of the part in `rejected`, the other parts hold."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    """E.164."""
    problem: ContactProblem | None = None
    rejected: str | None = None
    """What cannot be taken, as typed."""
    suggested: str | None = None
    """An address that was likely meant instead of `email` or `rejected`; to be asked, never taken silently."""


def contact_in(text: str) -> Contact | None:
    """Return the contact that a message names, or tries to; None when it names none."""
    reading = Reading(text)
    address = address_in(reading)
    number = number_in(reading, () if address is None else (address.span,))
    spans = [part.span for part in (address, number) if part is not None]
    registered = [(found.start, found.end) for found in registration_numbers(reading)]
    name = name_in(_without(reading, [*spans, *registered]), beside_contact=bool(spans))
    if not spans and name is None:
        return None
    problem, rejected = _email_problem(address), address.rejected if address else None
    if problem is None and number is not None and number.rejected is not None:
        problem = ContactProblem.PHONE_TOO_SHORT if number.fault == TOO_SHORT else ContactProblem.PHONE_INVALID
        rejected = number.rejected
    return Contact(
        name=name,
        email=address.email if address else None,
        phone=number.phone if number else None,
        problem=problem,
        rejected=rejected,
        suggested=address.suggested if address else None,
    )


def wants_anonymous(text: str) -> bool:
    """Whether the resident does not want to give a name."""
    return says("anonymous", text, _MOST_WORDS) and not says("not_anonymous", text, _MOST_WORDS)


def wants_no_reply(text: str) -> bool:
    """Whether the resident wants no answer to the complaint."""
    return says("no_reply", text, _MOST_WORDS) and not says("wants_reply", text, _MOST_WORDS)


def does_not_know(text: str) -> bool:
    """Whether a short answer says that its writer does not know or remember."""
    return says("does_not_know", text, _MOST_WORDS_OF_NOT_KNOWING)


def _email_problem(address: Address | None) -> ContactProblem | None:
    return ContactProblem(address.fault) if address is not None and address.fault is not None else None


def _without(reading: Reading, spans: Iterable[tuple[int, int]]) -> str:
    rest = reading.text
    for start, end in spans:
        rest = rest[:start] + re.sub(r"[^\n]", "\n", rest[start:end]) + rest[end:]
    return rest
