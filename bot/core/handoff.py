"""Handing a conversation to a person: reasons, presence, call-backs, and how long residents wait, in plain rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from statistics import median

from bot.core.operators import Operator, Role
from bot.errors import LangelisError

MAX_REPLY_CHARACTERS = 5000
FEWEST_PICKS = 3
"""Of fewer waits nothing can be said honestly."""
LATEST_PICKS = 20
"""So many of the last waits tell how long the next will be."""


class HandoffReason(str, Enum):
    """Why a conversation went to the queue."""

    ASKED = "asked"
    MISUNDERSTOOD = "misunderstood"
    COMPLAINT = "complaint"
    FOREIGN_LANGUAGE = "foreign_language"
    TRANSFERRED = "transferred"
    OPERATOR_VANISHED = "operator_vanished"


class WaitEnd(str, Enum):
    """How a wait in the queue ended."""

    CLAIMED = "claimed"
    LEFT = "left"
    """The resident no longer wanted to wait."""
    NOBODY = "nobody"
    """Nobody could come."""
    CLOSED = "closed"


class ClosedReason(str, Enum):
    """Why a conversation was closed."""

    ANSWERED = "answered"
    LEFT = "left"
    OTHER_CHANNEL = "other_channel"
    ABUSE = "abuse"
    OTHER = "other"


class PresenceState(str, Enum):
    """Whether an operator takes conversations."""

    HERE = "here"
    PAUSE = "pause"
    AWAY = "away"


class TaskKind(str, Enum):
    """What a resident left while nobody was there."""

    CALLBACK = "callback"
    MESSAGE = "message"


class TaskState(str, Enum):
    """Whether a task is still to be done."""

    OPEN = "open"
    DONE = "done"


class HandoffRefusedError(LangelisError):
    """An operator's command is refused; `code` is stable, `operator` says who has the conversation or the task."""

    def __init__(self, code: str, operator: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.operator = operator


@dataclass(frozen=True, slots=True)
class HandoffAsk:
    """That a conversation is to go to people: why, what the bot understood it to be about, and to which department."""

    reason: HandoffReason
    topic: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A place in the queue: `position` counts from 1, 0 when a person has the conversation already.

    `wait` is None when the last waits are too few to tell.
    """

    position: int
    wait: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What operators tell each other about a conversation, after row `after_seq` of its log."""

    id: int
    conversation: str
    after_seq: int
    operator_id: str
    operator_name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    """A prepared reply; `municipality` None = for all."""

    id: int
    municipality: str | None
    shortcut: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A call-back or message that a resident left; `operator_id` is who has taken it."""

    id: int
    kind: TaskKind
    municipality: str
    conversation: str | None
    name: str
    contact: str
    best_time: str | None
    text: str
    due: date
    state: TaskState
    operator_id: str | None
    operator_name: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """Where an operator is and when that was last known."""

    operator: str
    state: PresenceState
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """What an operator may see: `municipalities` None = all; no `departments` = all of them."""

    municipalities: frozenset[str] | None
    departments: frozenset[str]

    @classmethod
    def of(cls, operator: Operator) -> Scope:
        """Return what this operator may see."""
        everywhere = operator.role is Role.ADMINISTRATOR
        return cls(None if everywhere else operator.municipalities, operator.departments)


def waiting_time(picks: Sequence[timedelta]) -> timedelta | None:
    """Return how long residents waited of late: the median of the last waits, None when they are fewer than three."""
    if len(picks) < FEWEST_PICKS:
        return None
    return timedelta(seconds=median(pick.total_seconds() for pick in picks))


def whole_minutes(wait: timedelta) -> int:
    """Return the waiting time as it is told: in whole minutes, rounded up, at least one."""
    return max(1, -int(-wait.total_seconds() // 60))


def accepted_line(text: str, most: int) -> str:
    """Return a one-line text without blank edges. Raises `HandoffRefusedError` when it is empty or too long."""
    line = " ".join(text.split())
    if not line or not line.isprintable():
        raise HandoffRefusedError("text_empty")
    if len(line) > most:
        raise HandoffRefusedError("text_too_long")
    return line
