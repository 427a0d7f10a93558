"""Pressed buttons: each keyboard is used once, also one from long ago is understood."""

from __future__ import annotations

from telegram import CallbackQuery

from bot.core.conversation import Inbound
from bot.errors import RefusedMessageError
from bot.services.hub import Hub
from bot.services.telegram.chats import Chats
from bot.services.telegram.delivery import CLIENT_MARK
from bot.services.texts import Texts
from bot.storage.telegram import Chat, Sent
from channels.telegram.background import Background
from channels.telegram.bots import Line
from channels.telegram.reading import is_private
from channels.telegram.rendering import LOCKED, pressed_place, title_of
from channels.telegram.typing import TypingSigns

_LONGEST_TOAST = 200


class Presses:
    """Hands what was pressed to the hub, as if its words had been written."""

    def __init__(self, *, hub: Hub, chats: Chats, texts: Texts, background: Background, signs: TypingSigns) -> None:
        self._hub = hub
        self._chats = chats
        self._texts = texts
        self._background = background
        self._signs = signs

    async def handle(self, line: Line, query: CallbackQuery) -> None:
        """Work off a press and tell Telegram that it was heard, with a word when nothing comes of it."""
        toast = await self._press(line, query)
        self._background.run("answer_press", query.answer(text=toast[:_LONGEST_TOAST] if toast else None))

    async def _press(self, line: Line, query: CallbackQuery) -> str | None:
        """Return what to say beside the button, None when the answer comes as a message."""
        if query.message is None:
            return self._texts.render("telegram.stale")
        where, message_id = query.message.chat, query.message.message_id
        chat = await self._chats.open(line.name, where.id, private=is_private(where), municipality=line.municipality)
        self._signs.follow(chat)
        sent = await self._chats.sent(line.name, where.id, message_id)
        mark = f"{CLIENT_MARK}q{query.id}"
        if sent is not None and sent.pressed is not None:
            return self._texts.render("telegram.already_chosen", title=sent.pressed)
        place = None if query.data in {None, LOCKED} else pressed_place(query.data or "")
        if place is None:
            return self._texts.render("telegram.stale")
        known = sent is not None
        sent = sent or Sent(chat.conversation, place[0], None)
        found = await self._chats.pressed(sent.conversation, *place)
        # A message that we do not know may be of a deleted conversation: its rows had the same numbers.
        if found is None or not (known or title_of(query) == found.button.title):
            return self._texts.render("telegram.stale")
        inbound = Inbound(
            text=found.button.title, payload=found.button.payload, client_id=mark, reply_to=_row(chat, sent)
        )
        try:
            await self._hub.receive(chat.conversation, inbound)
        except RefusedMessageError:
            return self._texts.render("telegram.stale")
        await self._chats.lock(chat, message_id, sent, found.button.title)
        return None


def _row(chat: Chat, sent: Sent) -> int | None:
    return sent.seq if sent.conversation == chat.conversation else None
