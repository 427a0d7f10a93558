"""Conversations: who may speak, who owns them, and which steps of ownership are legal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.reply import Reply
from bot.errors import IllegalTransitionError


class Author(str, Enum):
    """Who wrote a message of the log."""

    RESIDENT = "resident"
    BOT = "bot"
    OPERATOR = "operator"
    SYSTEM = "system"


class Owner(str, Enum):
    """Who answers the resident's next message."""

    BOT = "bot"
    QUEUED = "queued"
    OPERATOR = "operator"
    CLOSED = "closed"


LEGAL_TRANSITIONS: frozenset[tuple[Owner, Owner]] = frozenset(
    {
        (Owner.BOT, Owner.QUEUED),
        (Owner.QUEUED, Owner.OPERATOR),
        # The resident no longer waits, or nobody can come.
        (Owner.QUEUED, Owner.BOT),
        (Owner.QUEUED, Owner.CLOSED),
        (Owner.OPERATOR, Owner.BOT),
        (Owner.OPERATOR, Owner.CLOSED),
        # Given to a department, or the operator has vanished.
        (Owner.OPERATOR, Owner.QUEUED),
        # Given to a colleague.
        (Owner.OPERATOR, Owner.OPERATOR),
        (Owner.BOT, Owner.CLOSED),
        (Owner.CLOSED, Owner.BOT),
    }
)


def check_transition(before: Owner, after: Owner) -> None:
    """Raise `IllegalTransitionError` unless the table has the step."""
    if (before, after) not in LEGAL_TRANSITIONS:
        raise IllegalTransitionError(before.value, after.value)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One resident's conversation on one channel."""

    id: str
    channel: str
    municipality: str | None
    owner: Owner
    last_seq: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Which operator wrote a message; `name` is the display name of that time."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One row of the append-only log; `seq` counts 1, 2, 3 … within the conversation."""

    conversation: str
    seq: int
    author: Author
    reply: Reply
    at: datetime
    client_id: str | None = None
    owner: Owner | None = None
    """Set on a system line that tells of a change of ownership."""
    turn: int | None = None
    """For what the bot said: the number of the resident's message that it answers."""
    payload: str | None = None
    """For a pressed button: its payload."""
    operator: Signature | None = None
    """For what an operator wrote: who."""
    reply_to: int | None = None
    """The number of the row that the resident answers to, where the channel tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """What a channel hands in: one message of a resident, not yet stored."""

    text: str
    client_id: str | None = None
    payload: str | None = None
    """The pressed button's payload (`/intent{"entity": "value"}`); `text` is then its title."""
    attachments: tuple[str, ...] = ()
    """Ids of files that `Attachments.keep` took in for this conversation; with some the text may be empty."""
    said: tuple[Reply, ...] = ()
    """What the channel itself answers, at once and before the bot does."""
    asks_bot: bool = True
    """Whether the bot is to answer; not what it cannot read, such as a voice message."""
    reply_to: int | None = None
    """The number of the row that the resident answers to, where the channel tells."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An inbound message is in the log under `seq`."""

    conversation: str
    seq: int
    repeated: bool
    """The message was stored before; nothing was stored now."""
    for_bot: bool
    """The bot will answer; otherwise a person will."""
    notices: tuple[Message, ...] = ()
    """What was said at once: masking, waiting for a person."""


Nlu = Mapping[str, object]
"""The engine's reading of a message: intent, confidence, ranking, entities."""
