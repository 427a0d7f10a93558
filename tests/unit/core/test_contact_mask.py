"""A masked contact can be recognised and not used."""

from __future__ import annotations

import pytest

from bot.core.case import Contact
from bot.core.contact_mask import masked


def test_initials_the_domain_and_the_last_digits_stay() -> None:
    shown = masked(Contact(name="Ona  Petraitė", email="ona.petraite@example.lt", phone="+37061234567"))
    assert shown == Contact(name="O*** P***", email="o***@example.lt", phone="***67")


def test_what_is_not_there_stays_away() -> None:
    assert masked(Contact()) == Contact()


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (Contact(name=""), Contact(name="")),
        (Contact(email="ne adresas"), Contact(email="***")),
        (Contact(email="@example.lt"), Contact(email="***@example.lt")),
        (Contact(phone="1"), Contact(phone="***1")),
    ],
)
def test_odd_contacts_are_masked_too(contact: Contact, expected: Contact) -> None:
    assert masked(contact) == expected
