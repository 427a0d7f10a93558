"""The one way into the log: row, words for the search, consoles' event and what leaves are one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Author, Message, Nlu, Owner, Signature
from bot.core.reply import Reply
from bot.errors import WrongTokenError
from bot.nlu.search_words import search_words
from bot.services.telegram.delivery import deliver
from bot.storage import conversations, desk_events, messages, search
from bot.storage.desk_events import EventKind

ROW = "row"
"""In an event's body: the number of the row of the log that it tells of."""


async def append(session: AsyncSession, rows: Sequence[Message], nlu: Nlu | None = None) -> None:
    """Add rows whose numbers are taken already and let them leave; `nlu` is kept with the first of them."""
    await keep(session, rows, nlu)
    await deliver(session, rows)


async def keep(session: AsyncSession, rows: Sequence[Message], nlu: Nlu | None = None) -> None:
    """Add rows as `append` does, but send them nowhere: the resident's own channel has them or need not."""
    await messages.append(session, rows, nlu)
    await search.add(session, [(row.conversation, row.seq, _words(row)) for row in rows])
    for row in rows:
        kind = EventKind.MESSAGE if row.owner is None else EventKind.STATE
        await desk_events.add_of_conversation(session, kind, row.conversation, {ROW: row.seq}, row.at)


async def say(
    session: AsyncSession,
    conversation: str,
    now: datetime,
    *,
    author: Author,
    reply: Reply,
    turn: int | None = None,
    owner: Owner | None = None,
    operator: Signature | None = None,
) -> Message:
    """Take the next number and add one row. Raises `WrongTokenError` for an unknown conversation."""
    taken = await conversations.take_seqs(session, conversation, 1, now)
    if taken is None:
        raise WrongTokenError("no such conversation")
    message = Message(
        conversation=conversation,
        seq=taken[0],
        author=author,
        reply=reply,
        at=now,
        turn=turn,
        owner=owner,
        operator=operator,
    )
    await append(session, [message])
    return message


def _words(row: Message) -> str:
    """Return what a row is found by; a copy would be found for everything that was said before it."""
    return "" if row.reply.is_copy else search_words(row.reply.text)
