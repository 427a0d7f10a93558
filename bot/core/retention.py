"""What personal data has been kept long enough: each class has its own period (GDPR 5 str. 1 d. e p.).

Everything here is pure: what the database holds and the present moment go in, what is to be removed comes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.core.case import EventKind

_GUESSES_KEPT = timedelta(days=1)
"""Wrong access codes are forgotten after a day anyway (`bot.services.cases.access`)."""


class DataClass(Enum):
    """The classes of data that are removed, in the order in which they are."""

    CASE_FILES = "case files"
    """Texts, contacts and attachments of closed cases."""
    CASE_CONTACTS = "case contacts"
    """The contact alone, while the texts of the closed case stay."""
    CHATS = "chats"
    """Conversations that no case file holds on to."""
    DRAFTS = "drafts"
    """Dialogue states with a complaint that was never filed."""
    SENT_MAILS = "sent mails"
    """What stood in mails that have left."""
    UNSENT_MAILS = "unsent mails"
    """Mails that could not leave for so long that the contact they go to is itself too old."""
    GUESSES = "guesses"
    """Wrong tries of access codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """For how long each class is kept: case files and their contacts from the closing, the rest from the last use."""

    chat_days: int
    case_days: int
    case_contact_days: int
    draft_hours: int
    outbox_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The moments before which data of each class is too old."""

    chat: datetime
    case_file: datetime
    case_contact: datetime
    draft: datetime
    mail: datetime
    unsent_mail: datetime
    guess: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case whose texts are still there; `closed_at` is None while it runs."""

    id: int
    number: str
    closed_at: datetime | None
    has_contact: bool
    conversation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the database holds: every case file, and of the other classes what is older than its limit."""

    case_files: tuple[CaseFile, ...] = ()
    chats: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    mails: tuple[int, ...] = ()
    unsent_mails: tuple[int, ...] = ()
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What is to be removed, or was: cases as a whole, chats and drafts by conversation, mails and guesses by key."""

    case_files: tuple[CaseFile, ...] = ()
    case_contacts: tuple[CaseFile, ...] = ()
    chats: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    mails: tuple[int, ...] = ()
    unsent_mails: tuple[int, ...] = ()
    guesses: tuple[str, ...] = ()

    @property
    def ids(self) -> Mapping[DataClass, tuple[str, ...]]:
        """What of each class, by the id that an administrator knows it under."""
        return {
            DataClass.CASE_FILES: tuple(case.number for case in self.case_files),
            DataClass.CASE_CONTACTS: tuple(case.number for case in self.case_contacts),
            DataClass.CHATS: self.chats,
            DataClass.DRAFTS: self.drafts,
            DataClass.SENT_MAILS: tuple(str(mail) for mail in self.mails),
            DataClass.UNSENT_MAILS: tuple(str(mail) for mail in self.unsent_mails),
            DataClass.GUESSES: self.guesses,
        }

    @property
    def counts(self) -> Mapping[DataClass, int]:
        """How much of each class."""
        return {kind: len(ids) for kind, ids in self.ids.items()}


def limits(periods: Periods, now: datetime) -> Limits:
    """Return the moments before which data is too old now."""
    return Limits(
        chat=now - timedelta(days=periods.chat_days),
        case_file=now - timedelta(days=periods.case_days),
        case_contact=now - timedelta(days=periods.case_contact_days),
        draft=now - timedelta(hours=periods.draft_hours),
        mail=now - timedelta(days=periods.outbox_days),
        # Without a mail server mails wait for ever: none may outlive the contact, or the file, of its case.
        unsent_mail=now - timedelta(days=min(periods.case_days, periods.case_contact_days)),
        guess=now - _GUESSES_KEPT,
    )


def plan(held: Held, limit: Limits) -> Removal:
    """Return what is to be removed: nothing of a running case, no chat that a remaining case file holds on to."""
    over = tuple(case for case in held.case_files if _closed_before(case, limit.case_file))
    gone = {case.id for case in over}
    remaining = tuple(case for case in held.case_files if case.id not in gone)
    tied = {case.conversation for case in remaining}
    chats = tuple(chat for chat in held.chats if chat not in tied)
    removed = set(chats)
    return Removal(
        case_files=over,
        case_contacts=tuple(
            case for case in remaining if case.has_contact and _closed_before(case, limit.case_contact)
        ),
        chats=chats,
        # The dialogue state goes with its chat.
        drafts=tuple(draft for draft in held.drafts if draft not in removed),
        mails=held.mails,
        unsent_mails=held.unsent_mails,
        guesses=held.guesses,
    )


def kept_data(kind: EventKind, data: Mapping[str, object]) -> dict[str, object]:
    """Return what of an event's data outlives the case file: what the terms and the statistics are counted from.

    Without the days of an extension a case decided in time would look late, and without the classification the
    register would not add up; neither says anything about a person.
    """
    names = _COUNTED.get(kind, frozenset())
    return {name: value for name, value in data.items() if name in names}


_COUNTED: Mapping[EventKind, frozenset[str]] = {
    EventKind.EXTENDED: frozenset({"days"}),
    EventKind.CLASSIFIED: frozenset({"to"}),
    EventKind.ERASED: frozenset({"scope"}),
}


def _closed_before(case: CaseFile, moment: datetime) -> bool:
    return case.closed_at is not None and case.closed_at < moment
