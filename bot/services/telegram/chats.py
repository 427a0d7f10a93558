"""Chats and the conversations that they carry on: opened, lost and found again, edited messages noted."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Author, Conversation, Message, Owner, Signature
from bot.core.reply import Button, Reply
from bot.services import log
from bot.services.answering.question import offers
from bot.services.handoff.talk import NOTE
from bot.services.handoff.tools import Tools
from bot.services.masking import Masker
from bot.services.outbox import SendingError
from bot.services.telegram.delivery import CLIENT_MARK, Errand, errand_of, put
from bot.storage import conversations, desk_events, messages, notes, telegram
from bot.storage.desk_events import EventKind
from bot.storage.outbox import Parcel
from bot.storage.telegram import Chat, Sent

CHANNEL = "telegram"
GROUP_CHANNEL = "telegram_group"
_SYSTEM = Signature("system", "Langelis")
_LONGEST_QUOTE = 1500
_LONGEST_NAME = 80
_BLOCKED = 403
_REFUSED = 400


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button that was pressed, as the log has it."""

    button: Button
    seq: int


class Chats:
    """Knows which conversation a chat carries on."""

    def __init__(self, tools: Tools, masker: Masker) -> None:
        self._tools = tools
        self._masker = masker

    async def open(
        self, bot: str, number: int, *, private: bool, municipality: str | None, known: Chat | None = None
    ) -> Chat:
        """Return a chat, beginning a conversation with the bot's greeting the first time.

        `municipality` is the one that the bot serves, None for the bot of all; `known` is the chat as it was read a
        moment ago. A resident who writes can be reached again.
        """
        known = known or await self.find(bot, number)
        if known is not None and not known.unreachable:
            return known
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            known = await telegram.chat(session, bot, number)
            if known is None:
                known = await self._begin(session, bot, number, now, private=private, municipality=municipality)
            elif known.unreachable:
                await _note_reach(session, known, now, unreachable=False)
        self._tools.wake(known.conversation)
        return known

    async def find(self, bot: str, number: int) -> Chat | None:
        """Return a chat, None for one that never wrote."""
        async with self._tools.database.read() as session:
            return await telegram.chat(session, bot, number)

    async def migrate(self, bot: str, before: int, after: int) -> None:
        """Follow a group that became a supergroup and has a new number now."""
        async with self._tools.database.write() as session:
            await telegram.migrate(session, bot, before, after)

    def greeting(self, municipality: str | None) -> Reply:
        """Return who answers here; a resident is told at the first moment that it is a machine."""
        texts, loaded = self._tools.texts, self._tools.catalogues.find(municipality)
        if loaded is None:
            return Reply(text=texts.render("telegram.greeting"))
        found = loaded.catalogue.municipality
        example = next(iter(found.examples), None)
        greeting = texts.render("conversation.greeting", municipality=found, example=example)
        return Reply(text=greeting, buttons=offers(texts))

    async def lost(self, bot: str, number: int) -> None:
        """Note that the resident has blocked the bot."""
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            chat = await telegram.chat(session, bot, number)
            if chat is None or not await _note_reach(session, chat, now, unreachable=True):
                return
        self._tools.wake(chat.conversation)

    async def given_up(self, session: AsyncSession, parcel: Parcel, error: Exception) -> None:
        """Write for the operators that a message will not come, in the transaction that gives it up."""
        errand, now = errand_of(parcel.body), self._tools.clock.now()
        chat = None if errand is None else await telegram.chat_of(session, errand.conversation)
        if errand is None or chat is None:
            return
        code = error.code if isinstance(error, SendingError) else None
        if code == _BLOCKED:
            await _note_reach(session, chat, now, unreachable=True)
        if errand.pressed is None:
            reason = self._reason(code, error)
            words = await _beginning(session, errand.conversation, errand.seq)
            line = self._tools.texts.render("telegram.undelivered", words=words, reason=reason)
            await _write_note(session, errand, line, now)

    def _reason(self, code: int | None, error: Exception) -> str:
        if code == _BLOCKED:
            return self._tools.texts.render("telegram.reason.blocked")
        if code == _REFUSED:
            return self._tools.texts.render("telegram.reason.refused", words=str(error).rstrip("."))
        return self._tools.texts.render("telegram.reason.unsent")

    async def sent(self, bot: str, number: int, message_id: int) -> Sent | None:
        """Return which row of the log a message of a chat is, None for one that we do not know."""
        async with self._tools.database.read() as session:
            return await telegram.sent(session, bot, number, message_id)

    async def pressed(self, conversation: str, seq: int, place: int) -> Pressed | None:
        """Return a button of a row of the log, None when the log no longer has it."""
        async with self._tools.database.read() as session:
            row = await messages.row_of(session, conversation, seq)
        if row is None or place >= len(row.reply.buttons):
            return None
        return Pressed(row.reply.buttons[place], seq)

    async def lock(self, chat: Chat, message_id: int, sent: Sent, title: str) -> None:
        """Lock the keyboard under a message, once; also when its conversation was deleted by what was pressed."""
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            locked = await telegram.press(session, chat.bot, chat.chat, message_id, title)
            if locked or await telegram.sent(session, chat.bot, chat.chat, message_id) is None:
                errand = Errand(
                    bot=chat.bot,
                    chat=chat.chat,
                    conversation=sent.conversation,
                    seq=sent.seq,
                    message_id=message_id,
                    pressed=title,
                )
                await put(session, errand, now)
        self._tools.wake(chat.conversation)

    async def note_edit(self, sent: Sent, text: str, edit: str) -> None:
        """Write into the log how the resident changed a message, once for each `edit`; nobody answers it anew."""
        now = self._tools.clock.now()
        client_id = f"{CLIENT_MARK}{edit}"
        words = self._masker.mask(text[:_LONGEST_QUOTE]).text
        async with self._tools.database.write() as session:
            if await messages.seq_of_client_id(session, sent.conversation, client_id) is not None:
                return
            taken = await conversations.take_seqs(session, sent.conversation, 1, now)
            if taken is None:
                return
            before = await _beginning(session, sent.conversation, sent.seq)
            line = Reply(text=self._tools.texts.render("telegram.edited", before=before, words=words))
            row = Message(
                conversation=sent.conversation,
                seq=taken[0],
                author=Author.SYSTEM,
                reply=line,
                at=now,
                client_id=client_id,
                reply_to=sent.seq,
            )
            await log.keep(session, [row])
        self._tools.wake(sent.conversation)

    async def _begin(
        self,
        session: AsyncSession,
        bot: str,
        number: int,
        now: datetime,
        *,
        private: bool,
        municipality: str | None,
    ) -> Chat:
        channel = CHANNEL if private else GROUP_CHANNEL
        conversation = Conversation(uuid.uuid4().hex, channel, municipality, Owner.BOT, 0)
        await conversations.add(session, conversation, now=now)
        await telegram.bind(session, bot, number, conversation.id, now, private=private)
        await log.say(session, conversation.id, now, author=Author.BOT, reply=self.greeting(municipality))
        return Chat(
            bot=bot,
            chat=number,
            conversation=conversation.id,
            private=private,
            municipality=municipality,
            owner=Owner.BOT,
            unreachable=False,
            last_seq=1,
        )


async def _beginning(session: AsyncSession, conversation: str, seq: int) -> str:
    """Return how a row of the log begins, to name it by; consoles show no numbers."""
    row = await messages.row_of(session, conversation, seq)
    text = "" if row is None else " ".join(row.reply.text.split())
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1].rstrip()}…"


async def _note_reach(session: AsyncSession, chat: Chat, now: datetime, *, unreachable: bool) -> bool:
    if not await telegram.set_unreachable(session, chat.conversation, unreachable=unreachable):
        return False
    await desk_events.add_of_conversation(session, EventKind.STATE, chat.conversation, {}, now)
    return True


async def _write_note(session: AsyncSession, errand: Errand, line: str, now: datetime) -> None:
    """Write a note of nobody's, once for each row: only operators read notes."""
    client_id = f"{errand.conversation[:16]}:{errand.seq}"
    if await notes.by_client_id(session, _SYSTEM.id, client_id) is not None:
        return
    written = await notes.add(
        session,
        conversation=errand.conversation,
        after_seq=errand.seq,
        operator=_SYSTEM,
        text=line,
        at=now,
        client_id=client_id,
    )
    await desk_events.add_of_conversation(session, EventKind.NOTE, errand.conversation, {NOTE: written.id}, now)
