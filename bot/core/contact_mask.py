"""A contact as it may be shown to whoever need not write to the resident: enough to recognise, not enough to use."""

from __future__ import annotations

from bot.core.case import Contact

_HIDDEN = "***"
_SHOWN_DIGITS = 2


def masked(contact: Contact) -> Contact:
    """Return the contact with initials, the mail's domain and the telephone's last digits only."""
    return Contact(
        name=None if contact.name is None else " ".join(f"{word[0]}{_HIDDEN}" for word in contact.name.split()),
        email=None if contact.email is None else _masked_email(contact.email),
        phone=None if contact.phone is None else f"{_HIDDEN}{contact.phone[-_SHOWN_DIGITS:]}",
    )


def _masked_email(email: str) -> str:
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}{_HIDDEN}{at}{domain}" if at else _HIDDEN
