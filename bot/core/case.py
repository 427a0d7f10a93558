"""A case: what a resident filed, and everything that happened to it since.

The words follow the Law on Public Administration (VAĮ) and ISO 10002: a case is received, acknowledged, assessed,
assigned, investigated, decided, notified and closed; meanwhile it may be extended, paused, forwarded or withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum


class CaseKind(Enum):
    """What the resident asks for; an operator may classify a case anew."""

    CHARTER_NOTICE = "charter_notice"
    """Pranešimas: the citizens' charter was not kept."""
    COMPLAINT = "complaint"
    """Skundas: rights or lawful interests are violated (VAĮ 2 str. 12 d.)."""
    REQUEST = "request"
    """Prašymas: asks for an act that the law foresees (VAĮ 2 str. 10 d.)."""
    SUGGESTION = "suggestion"
    PRAISE = "praise"


LEGAL_KINDS = frozenset({CaseKind.COMPLAINT, CaseKind.REQUEST})
"""Kinds that must be decided and answered in writing, whatever was wished (VAĮ 10 str. 4 d., 13 str. 1 d.)."""
CHARTER_KINDS = frozenset({CaseKind.CHARTER_NOTICE, CaseKind.COMPLAINT})
"""Kinds for which the charter's own promise runs."""
TIMED_KINDS = LEGAL_KINDS | CHARTER_KINDS
"""Kinds with a legal due date: a notice may turn out to be a complaint, and the law prevails over the charter."""


class Identity(Enum):
    """How far the resident is known."""

    NONE = "none"
    CONTACT = "contact"
    EMAIL_CONFIRMED = "email_confirmed"


class CaseState(Enum):
    """Where a case stands."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    INVESTIGATED = "investigated"
    PAUSED = "paused"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    NOTIFIED = "notified"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


OPEN_STATES = frozenset({CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.INVESTIGATED})
"""States in which work goes on."""
RUNNING_STATES = OPEN_STATES | {CaseState.PAUSED}
"""States in which a decision is still owed."""


class EventKind(Enum):
    """What may happen to a case; the history only ever grows."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    CLASSIFIED = "classified"
    IDENTIFIED = "identified"
    """The resident confirmed the e-mail address."""
    ASSIGNED = "assigned"
    INVESTIGATED = "investigated"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    NOTIFIED = "notified"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"
    REMINDED = "reminded"
    ERASED = "erased"


class ActorKind(Enum):
    """Who did something."""

    RESIDENT = "resident"
    BOT = "bot"
    OFFICIAL = "official"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something; an official goes by name and position."""

    kind: ActorKind
    name: str | None = None


RESIDENT, BOT, SYSTEM = Actor(ActorKind.RESIDENT), Actor(ActorKind.BOT), Actor(ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How the resident can be reached; kept apart from the story."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None

    @property
    def reachable(self) -> bool:
        """Whether an answer can be sent anywhere."""
        return bool(self.email or self.phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a case is about: ids of the catalogue where they are known, else the resident's words."""

    institution: str | None = None
    institution_text: str | None = None
    service: str | None = None
    principle: str | None = None
    """The charter's principle that was broken, in the charter's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a resident hands in; `draft` makes filing the same thing twice harmless."""

    draft: str
    municipality: str
    kind: CaseKind
    description: str
    subject: Subject = Subject()
    complained_about: str | None = None
    """The unit or official complained about: they must not examine the case (VAĮ 23 str. 2 d.)."""
    outcome: str | None = None
    happened_on: date | None = None
    happened_text: str | None = None
    contact: Contact = Contact()
    wants_reply: bool = False
    consent: str
    """Version of the privacy notice that was shown."""
    channel: str
    conversation: str | None = None
    files_since: datetime | None = field(default=None, compare=False)
    """What the resident sent in the conversation from then on and what is no other case's goes with this one."""

    @property
    def identity(self) -> Identity:
        """How far the resident is known at filing."""
        return Identity.CONTACT if self.contact.reachable else Identity.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One entry of a case's history; `data` holds what belongs to its kind, as plain JSON values."""

    seq: int
    kind: EventKind
    at: datetime
    actor: Actor
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignee:
    """Who examines a case."""

    unit: str
    person: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A registered case with its history."""

    id: int
    number: str
    filing: Filing
    kind: CaseKind
    """The kind by its latest classification."""
    state: CaseState
    complained_about: str | None
    identity: Identity
    received_at: datetime
    receipt_day: date
    """The day from which the terms are counted (VAĮ 10 str. 4 d.)."""
    assignee: Assignee | None = None
    closed_at: datetime | None = None
    erased_at: datetime | None = None
    """When texts and contacts were removed by retention."""
    history: tuple[CaseEvent, ...] = ()

    @property
    def must_reply(self) -> bool:
        """Whether a written answer is owed: a complaint or request always, the rest when it was wished."""
        return self.kind in LEGAL_KINDS or self.filing.wants_reply


def events_of(history: Sequence[CaseEvent], kind: EventKind) -> tuple[CaseEvent, ...]:
    """Return the history's events of one kind, oldest first."""
    return tuple(event for event in history if event.kind is kind)
