"""A resident's own copy of a conversation, and the links that open it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.clock import Clock, local
from bot.core.conversation import Author, Message
from bot.core.own_data import Copy, CopyForm, CopyLine
from bot.services.catalogues import Catalogues
from bot.services.texts import Texts
from bot.storage import conversations, messages, own_data
from bot.storage.database import Database

TICKET_LIFE = timedelta(minutes=15)
PATH = "/copy/"
_WRITTEN = "%Y-%m-%d %H:%M"
_LONGEST_PART = 3500
"""So many characters of a copy go in one message: networks refuse longer ones."""


class Copies:
    """Makes copies; a link to one is a secret that opens it once on the screen and once as a file."""

    def __init__(self, *, database: Database, clock: Clock, texts: Texts, catalogues: Catalogues) -> None:
        self._database = database
        self._clock = clock
        self._texts = texts
        self._catalogues = catalogues

    async def offer(self, conversation: str) -> str | None:
        """Return the path of a new link to the copy, None for an unknown conversation; earlier links end."""
        ticket, now = secrets.token_urlsafe(32), self._clock.now()
        async with self._database.write() as session:
            if await conversations.by_id(session, conversation) is None:
                return None
            await own_data.add_ticket(session, conversation, _hashed(ticket), now, now + TICKET_LIFE)
        return PATH + ticket

    async def is_good(self, ticket: str) -> bool:
        """Tell whether a link still opens something."""
        async with self._database.read() as session:
            return await own_data.ticket_is_good(session, _hashed(ticket), self._clock.now())

    async def open(self, ticket: str, form: CopyForm) -> Copy | None:
        """Use a link in one way; None when it does not open the copy so (any more)."""
        async with self._database.write() as session:
            conversation = await own_data.use_ticket(session, _hashed(ticket), form, self._clock.now())
        return None if conversation is None else await self.of(conversation)

    async def of(self, conversation: str) -> Copy | None:
        """Return the copy, None for an unknown conversation."""
        async with self._database.read() as session:
            found = await conversations.by_id(session, conversation)
            if found is None:
                return None
            lines = [self._line(message) async for message in _said(session, conversation)]
        loaded = self._catalogues.find(found.municipality)
        return Copy(
            municipality=None if loaded is None else loaded.catalogue.municipality.name,
            made_at=local(self._clock.now()),
            lines=tuple(lines),
        )

    def as_text(self, copy: Copy) -> str:
        """Return the copy as plain text."""
        return "\n\n".join([self._head(copy), *(self._entry(line) for line in copy.lines)]) + "\n"

    def in_parts(self, copy: Copy) -> Iterator[str]:
        """Yield the copy as texts short enough for messages."""
        part = self._head(copy)
        for line in copy.lines:
            entry = self._entry(line)
            if len(part) + len(entry) + 2 > _LONGEST_PART:
                yield part
                part = ""
            while len(entry) > _LONGEST_PART:
                yield entry[:_LONGEST_PART]
                entry = entry[_LONGEST_PART:]
            part = f"{part}\n\n{entry}" if part else entry
        yield part

    def _head(self, copy: Copy) -> str:
        made, count = copy.made_at.strftime(_WRITTEN), len(copy.lines)
        return self._texts.render("own_data.copy.head", name=copy.municipality, date=made, count=count)

    def _line(self, message: Message) -> CopyLine:
        author = self._texts.render(f"own_data.author.{message.author.value}")
        if message.author is Author.OPERATOR and message.operator is not None:
            author = message.operator.name
        files = (self._texts.render("own_data.copy.sent_file", name=file.name) for file in message.reply.attachments)
        text = "\n".join(part for part in (message.reply.text, *files) if part)
        return CopyLine(local(message.at), author, text)

    def _entry(self, line: CopyLine) -> str:
        return f"[{line.at.strftime(_WRITTEN)}] {line.author}:\n{line.text}"


async def _said(session: AsyncSession, conversation: str) -> AsyncIterator[Message]:
    """Yield the log, without copies that were given as messages: each would hold all before it."""
    last = 0
    while rows := await messages.after(session, conversation, last):
        last = rows[-1].seq
        for row in rows:
            if not row.reply.is_copy:
                yield row


def _hashed(ticket: str) -> str:
    return hashlib.sha256(ticket.encode(errors="replace")).hexdigest()
