"""Works off one update: what a resident wrote goes to the hub, once for each message."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from telegram import Message, Update
from telegram.constants import ChatMemberStatus

from bot.core.conversation import Inbound
from bot.core.reply import Reply
from bot.core.text_rules import MAX_CHARACTERS
from bot.services.telegram.chats import Chats
from bot.services.telegram.continuing import Continuing, Outcome, code_in, code_of_start
from bot.services.telegram.updates import Ending, Mapped
from bot.services.texts import Texts
from bot.storage.telegram import Chat
from bot.storage.telegram_updates import Stored
from channels.telegram.bots import Line
from channels.telegram.commands import BY_NAME, START, listing
from channels.telegram.intake import Intake
from channels.telegram.media import Media
from channels.telegram.presses import Presses
from channels.telegram.reading import (
    Spoken,
    command_of,
    is_addressed,
    is_group,
    is_private,
    words_of,
)
from channels.telegram.starting import Starting
from channels.telegram.typing import TypingSigns
from channels.telegram.words import cut

log = structlog.get_logger(__name__)

_GONE = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})


class Handling:
    """Hands updates on; each step may be repeated, for a killed process begins its update anew."""

    def __init__(
        self,
        lines: Mapping[str, Line],
        *,
        chats: Chats,
        intake: Intake,
        media: Media,
        continuing: Continuing,
        texts: Texts,
        starting: Starting,
        presses: Presses,
        signs: TypingSigns,
    ) -> None:
        self._lines = lines
        self._chats = chats
        self._intake = intake
        self._media = media
        self._continuing = continuing
        self._texts = texts
        self._starting = starting
        self._presses = presses
        self._signs = signs

    async def __call__(self, stored: Stored, ending: Ending) -> Mapped | None:
        """Work off an update, ending it with what is stored last; return which row a resident's message became."""
        line = self._lines.get(stored.bot)
        update = None if line is None else _update_of(stored, line)
        if line is None or update is None:
            return None
        if update.callback_query is not None:
            await self._presses.handle(line, update.callback_query)
        elif update.my_chat_member is not None and update.my_chat_member.new_chat_member.status in _GONE:
            await self._chats.lost(line.name, update.my_chat_member.chat.id)
        elif update.edited_message is not None:
            return await self._edited(line, update.edited_message, stored, ending)
        elif update.message is not None:
            return await self._message(line, update.message, stored, ending)
        return None

    async def _edited(self, line: Line, message: Message, stored: Stored, ending: Ending) -> Mapped | None:
        """Note the edit of a message that we have; one that we have not is taken as it is now."""
        sent = await self._chats.sent(line.name, message.chat.id, message.message_id)
        if sent is None:
            return await self._message(line, message, stored, ending)
        words = message.text or message.caption
        if words and message.edit_date is not None:
            edit = f"{message.message_id}e{int(message.edit_date.timestamp())}"
            await self._chats.note_edit(sent, words, edit)
        return None

    async def _message(self, line: Line, message: Message, stored: Stored, ending: Ending) -> Mapped | None:
        if message.migrate_to_chat_id is not None:
            await self._chats.migrate(line.name, message.chat.id, message.migrate_to_chat_id)
            return None
        if not self._is_for_bot(line, message):
            return None
        chat = await self._chats.open(
            line.name,
            message.chat.id,
            private=is_private(message.chat),
            municipality=line.municipality,
            known=stored.known,
        )
        self._signs.follow(chat)
        spoken = command_of(message, line.bot.username)
        if spoken is not None:
            return await self._command(line, chat, message, spoken)
        words = words_of(message, line.bot.username)
        if self._media.holds(message):
            return await self._media.take(line, chat, message, words, stored.attempts)
        return await self._words(line, chat, message, words, ending)

    def _is_for_bot(self, line: Line, message: Message) -> bool:
        if is_group(message.chat):
            return is_addressed(message, line.bot.username, line.bot.id)
        return is_private(message.chat)

    async def _command(self, line: Line, chat: Chat, message: Message, spoken: Spoken) -> Mapped | None:
        if spoken.command == START:
            return await self._started(line, chat, message, spoken.rest)
        known = BY_NAME.get(spoken.command)
        if known is None:
            help_text = self._texts.render("telegram.unknown_command", commands=listing(self._texts))
            said = () if chat.with_person else (Reply(text=help_text),)
            inbound = Inbound(text=f"/{spoken.command} {spoken.rest}".strip(), said=said, asks_bot=chat.with_person)
            return await self._intake.take(chat, message, inbound)
        mapped = await self._intake.take(chat, message, Inbound(text=f"/{known.name}", payload=known.payload))
        if spoken.rest:
            # What stands behind a command is meant for it: "/skundas Šiukšlės neišvežtos".
            await self._intake.take(chat, message, Inbound(text=spoken.rest), part=2)
        return mapped

    async def _started(self, line: Line, chat: Chat, message: Message, parameter: str) -> Mapped | None:
        code = code_of_start(parameter) if chat.private else None
        if code is not None:
            return await self._continue(line, chat, message, code)
        return await self._intake.take(chat, message, self._starting.inbound(line, chat, parameter))

    async def _continue(self, line: Line, chat: Chat, message: Message, code: str) -> Mapped | None:
        outcome = await self._continuing.redeem(chat.bot, chat.chat, code, line.municipality)
        if outcome is Outcome.CONTINUED:
            carried = await self._chats.find(chat.bot, chat.chat)
            if carried is not None:
                self._signs.follow(carried)
            return None
        key = "telegram.code_elsewhere" if outcome is Outcome.ELSEWHERE else "telegram.code_wrong"
        return await self._intake.note(chat, message, f"/{START}", self._texts.render(key))

    async def _words(self, line: Line, chat: Chat, message: Message, words: str, ending: Ending) -> Mapped | None:
        code = code_in(words) if chat.private else None
        if code is not None and _is_surely_code(words):
            return await self._continue(line, chat, message, code)
        if message.contact is not None:
            contact = message.contact
            names = " ".join(name for name in (contact.first_name, contact.last_name) if name)
            return await self._intake.take(chat, message, Inbound(text=f"{names}, +{contact.phone_number.lstrip('+')}"))
        if not words:
            return None
        return await self._long(chat, message, words, ending)

    async def _long(self, chat: Chat, message: Message, words: str, ending: Ending) -> Mapped | None:
        """Take words of any length: a person gets all of them, the bot asks for fewer."""
        if len(words) <= MAX_CHARACTERS:
            return await self._intake.take(chat, message, Inbound(text=words), ending=ending)
        if not chat.with_person:
            beginning = next(cut(words, MAX_CHARACTERS))
            return await self._intake.note(chat, message, beginning, self._texts.render("error.text_too_long"))
        mapped: Mapped | None = None
        for part, piece in enumerate(cut(words, MAX_CHARACTERS), start=1):
            taken = await self._intake.take(chat, message, Inbound(text=piece), part=part)
            mapped = mapped or taken
        return mapped


def _is_surely_code(words: str) -> bool:
    """Tell a code from a word of eight letters: ours are written with a hyphen, and most hold a digit."""
    return "-" in words or any(character.isdigit() for character in words)


def _update_of(stored: Stored, line: Line) -> Update | None:
    """Return the update, None for one that is none: no other try would read it."""
    try:
        return Update.de_json(dict(stored.body), line.bot)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.warning("telegram_update_unread", bot=stored.bot, update=stored.update_id, error=type(error).__name__)
        return None
