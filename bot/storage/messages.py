"""Queries over the log and the inbox of messages that wait for the bot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.attachment import Attachment
from bot.core.conversation import Author, Conversation, Message, Nlu, Owner, Signature
from bot.core.reply import Button, Card, Reply
from bot.storage.tables import ConversationRow, InboxRow, MessageRow, TrackerRow, table_of

_MESSAGES, _INBOX = table_of(MessageRow), table_of(InboxRow)
_CONVERSATIONS, _TRACKERS = table_of(ConversationRow), table_of(TrackerRow)
_APPEND = insert(_MESSAGES)
_SEQ_OF_CLIENT_ID = select(_MESSAGES.c.seq).where(
    _MESSAGES.c.conversation_id == bindparam("conversation"), _MESSAGES.c.client_id == bindparam("client")
)
_AFTER = (
    select(_MESSAGES)
    .where(_MESSAGES.c.conversation_id == bindparam("conversation"), _MESSAGES.c.seq > bindparam("last"))
    .order_by(_MESSAGES.c.seq)
    .limit(bindparam("most"))
)
_ROW = select(_MESSAGES).where(
    _MESSAGES.c.conversation_id == bindparam("conversation"), _MESSAGES.c.seq == bindparam("number")
)
_PUT_IN_INBOX = insert(_INBOX)
_TAKE_FROM_INBOX = (
    delete(_INBOX)
    .where(_INBOX.c.conversation_id == bindparam("conversation"), _INBOX.c.seq == bindparam("number"))
    .returning(_INBOX.c.seq)
)
# Two rows at most: the oldest, and whether another waits behind it.
_NEXT_IN_INBOX = (
    select(
        _MESSAGES.c.seq,
        _MESSAGES.c.text,
        _MESSAGES.c.payload,
        _CONVERSATIONS.c.channel,
        _CONVERSATIONS.c.municipality,
        _CONVERSATIONS.c.owner,
        _CONVERSATIONS.c.last_seq,
        _TRACKERS.c.state,
    )
    .join(_INBOX, (_INBOX.c.conversation_id == _MESSAGES.c.conversation_id) & (_INBOX.c.seq == _MESSAGES.c.seq))
    .join(_CONVERSATIONS, _CONVERSATIONS.c.id == _INBOX.c.conversation_id)
    .outerjoin(_TRACKERS, _TRACKERS.c.conversation_id == _INBOX.c.conversation_id)
    .where(_INBOX.c.conversation_id == bindparam("conversation"))
    .order_by(_INBOX.c.seq)
    .limit(2)
)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the log with the engine's reading, which is kept with the first thing the bot says in a turn."""

    message: Message
    nlu: Nlu | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that waits for the bot, its conversation and the dialogue state; `more` wait behind it."""

    conversation: Conversation
    seq: int
    text: str
    payload: str | None
    state: bytes | None
    more: bool


async def append(session: AsyncSession, messages: Sequence[Message], nlu: Nlu | None = None) -> None:
    """Add rows to the log; `nlu` is kept with the first of them."""
    rows = [_values(message, nlu if place == 0 else None) for place, message in enumerate(messages)]
    if rows:
        await session.execute(_APPEND, rows)


async def after(session: AsyncSession, conversation_id: str, seq: int, limit: int = 500) -> tuple[Message, ...]:
    """Return the rows with a greater number than `seq`, in order."""
    rows = await session.execute(_AFTER, {"conversation": conversation_id, "last": seq, "most": limit})
    return tuple(_message(row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public accessor


async def rows_after(session: AsyncSession, conversation_id: str, seq: int, limit: int) -> tuple[ReadRow, ...]:
    """Return the rows with a greater number than `seq`, in order, with the engine's reading."""
    rows = await session.execute(_AFTER, {"conversation": conversation_id, "last": seq, "most": limit})
    return tuple(ReadRow(_message(row._mapping), row.nlu) for row in rows)  # noqa: SLF001 - its public accessor


async def row_of(session: AsyncSession, conversation_id: str, seq: int) -> Message | None:
    """Return one row of a log, None when it is not there."""
    row = (await session.execute(_ROW, {"conversation": conversation_id, "number": seq})).one_or_none()
    return None if row is None else _message(row._mapping)  # noqa: SLF001 - SQLAlchemy's public accessor


async def rows_of(session: AsyncSession, places: Collection[tuple[str, int]]) -> dict[tuple[str, int], ReadRow]:
    """Return these rows of several logs, by conversation and number."""
    if not places:
        return {}
    rows = await session.execute(
        select(_MESSAGES).where(tuple_(_MESSAGES.c.conversation_id, _MESSAGES.c.seq).in_(tuple(places)))
    )
    return {(row.conversation_id, row.seq): ReadRow(_message(row._mapping), row.nlu) for row in rows}  # noqa: SLF001


async def of_turn(session: AsyncSession, conversation_id: str, turn: int) -> tuple[Message, ...]:
    """Return what was answered to the resident's message number `turn`."""
    rows = await session.execute(
        select(MessageRow.__table__)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.turn == turn)
        .order_by(MessageRow.seq)
    )
    return tuple(_message(row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's public accessor


async def seq_of_client_id(session: AsyncSession, conversation_id: str, client_id: str) -> int | None:
    """Return the number under which a client's message is already stored, or None."""
    result = await session.execute(_SEQ_OF_CLIENT_ID, {"conversation": conversation_id, "client": client_id})
    found: int | None = result.scalar_one_or_none()
    return found


async def last_spoken(session: AsyncSession, conversation_id: str) -> int | None:
    """Return the number of what a bot or an operator said last in a conversation, or None."""
    spoken = (Author.BOT.value, Author.OPERATOR.value)
    result = await session.execute(
        select(func.max(MessageRow.seq)).where(
            MessageRow.conversation_id == conversation_id, MessageRow.author.in_(spoken)
        )
    )
    found: int | None = result.scalar_one_or_none()
    return found


async def put_in_inbox(session: AsyncSession, conversation_id: str, seq: int, now: datetime) -> None:
    """Mark a stored message as waiting for the bot."""
    await session.execute(_PUT_IN_INBOX, {"conversation_id": conversation_id, "seq": seq, "received_at": now})


async def next_in_inbox(session: AsyncSession, conversation_id: str) -> Waiting | None:
    """Return the oldest message that waits for the bot with all that its turn needs, or None."""
    result = await session.execute(_NEXT_IN_INBOX, {"conversation": conversation_id})
    rows = result.all()
    if not rows:
        return None
    row = rows[0]
    return Waiting(
        conversation=Conversation(conversation_id, row.channel, row.municipality, Owner(row.owner), row.last_seq),
        seq=row.seq,
        text=row.text,
        payload=(row.payload or {}).get("payload"),
        state=row.state,
        more=len(rows) > 1,
    )


async def take_from_inbox(session: AsyncSession, conversation_id: str, seq: int) -> bool:
    """Mark a message as answered; False when another process has answered it."""
    result = await session.execute(_TAKE_FROM_INBOX, {"conversation": conversation_id, "number": seq})
    return result.scalar_one_or_none() is not None


async def empty_inbox(session: AsyncSession, conversation_id: str) -> None:
    """Let nothing of the conversation wait for the bot any longer."""
    await session.execute(
        delete(InboxRow).where(InboxRow.conversation_id == conversation_id).execution_options(synchronize_session=False)
    )


async def is_in_inbox(session: AsyncSession, conversation_id: str, seq: int) -> bool:
    """Tell whether a message still waits for the bot."""
    result = await session.execute(
        select(InboxRow.seq).where(InboxRow.conversation_id == conversation_id, InboxRow.seq == seq)
    )
    return result.scalar_one_or_none() is not None


async def conversations_with_inbox(session: AsyncSession) -> tuple[str, ...]:
    """Return the bot's conversations in which messages wait, the longest waiting first."""
    rows = await session.execute(
        select(InboxRow.conversation_id)
        .join(ConversationRow, ConversationRow.id == InboxRow.conversation_id)
        .where(ConversationRow.owner == Owner.BOT.value)
        .group_by(InboxRow.conversation_id)
        .order_by(InboxRow.received_at)
    )
    return tuple(rows.scalars())


async def offered_title(session: AsyncSession, conversation_id: str, payload: str) -> str | None:
    """Return the title of the newest button with this payload that was shown in the conversation, or None."""
    rows = await session.execute(
        select(MessageRow.payload)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.author == Author.BOT.value)
        .where(MessageRow.payload.is_not(None))
        .order_by(MessageRow.seq.desc())
        .limit(20)
    )
    for stored in rows.scalars():
        for button in (stored or {}).get("buttons", ()):
            if button["payload"] == payload:
                return str(button["title"])
    return None


def _values(message: Message, nlu: Nlu | None) -> dict[str, Any]:
    return {
        "conversation_id": message.conversation,
        "seq": message.seq,
        "author": message.author.value,
        "text": message.reply.text,
        "client_id": message.client_id,
        "turn": message.turn,
        "payload": _payload(message),
        "nlu": None if nlu is None else dict(nlu),
        "created_at": message.at,
    }


def _payload(message: Message) -> dict[str, Any] | None:
    reply = message.reply
    parts: dict[str, Any] = {
        "buttons": [msgspec.to_builtins(button) for button in reply.buttons],
        "card": None if reply.card is None else msgspec.to_builtins(reply.card),
        "image": reply.image,
        "attachments": [msgspec.to_builtins(attachment) for attachment in reply.attachments],
        "lang": reply.lang,
        "copy": reply.is_copy,
        "owner": None if message.owner is None else message.owner.value,
        "payload": message.payload,
        "operator": None if message.operator is None else [message.operator.id, message.operator.name],
        "reply_to": message.reply_to,
    }
    return {key: value for key, value in parts.items() if value} or None


def _message(row: Any) -> Message:  # noqa: ANN401 - a RowMapping of the log's columns
    stored = row["payload"] or {}
    owner = stored.get("owner")
    return Message(
        conversation=row["conversation_id"],
        seq=row["seq"],
        author=Author(row["author"]),
        reply=Reply(
            text=row["text"],
            buttons=tuple(Button(**button) for button in stored.get("buttons", ())),
            card=msgspec.convert(stored["card"], Card) if "card" in stored else None,
            image=stored.get("image"),
            lang=stored.get("lang"),
            attachments=tuple(Attachment(**attachment) for attachment in stored.get("attachments", ())),
            is_copy=bool(stored.get("copy")),
        ),
        at=row["created_at"],
        client_id=row["client_id"],
        owner=None if owner is None else Owner(owner),
        turn=row["turn"],
        payload=stored.get("payload"),
        operator=Signature(*stored["operator"]) if "operator" in stored else None,
        reply_to=stored.get("reply_to"),
    )
