"""Hands what a resident wrote to the hub, once for each message."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message

from bot.core.conversation import Inbound
from bot.core.reply import Reply
from bot.errors import RefusedMessageError
from bot.services.hub import Hub
from bot.services.telegram.chats import Chats
from bot.services.telegram.delivery import CLIENT_MARK
from bot.services.telegram.updates import Ending, Mapped
from bot.storage.telegram import Chat


class Intake:
    """Names each message by Telegram's own number, so that a repeat stores nothing."""

    def __init__(self, hub: Hub, chats: Chats) -> None:
        self._hub = hub
        self._chats = chats

    async def take(
        self, chat: Chat, message: Message, inbound: Inbound, part: int = 1, ending: Ending | None = None
    ) -> Mapped | None:
        """Store a message, or a part of one, with the ending of its update; None when nothing in it is accepted."""
        mark = f"{CLIENT_MARK}{message.message_id}" + ("" if part == 1 else f".{part}")
        known = replace(inbound, client_id=mark, reply_to=await self._reply_to(chat, message))
        within = None if ending is None else ending.within(message.message_id, chat.conversation)
        try:
            receipt = await self._hub.receive(chat.conversation, known, within=within)
        except RefusedMessageError:
            # Nothing that could be read: signs that say nothing, or a command's made-up payload.
            return None
        return Mapped(message.message_id, chat.conversation, receipt.seq)

    async def note(self, chat: Chat, message: Message, text: str, answer: str) -> Mapped | None:
        """Keep what was written and answer it here: the bot is not asked."""
        return await self.take(chat, message, Inbound(text=text, said=(Reply(text=answer),), asks_bot=False))

    async def _reply_to(self, chat: Chat, message: Message) -> int | None:
        answered = message.reply_to_message
        if answered is None:
            return None
        sent = await self._chats.sent(chat.bot, chat.chat, answered.message_id)
        return sent.seq if sent is not None and sent.conversation == chat.conversation else None
