"""„… is typing“: shown while the bot works on an answer or an operator writes one."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping

from telegram.constants import ChatAction

from bot.services.bus import Signal
from bot.storage.telegram import Chat
from channels.telegram.background import Background
from channels.telegram.bots import Line

_STARTED = frozenset({Signal.TYPING_STARTED, Signal.OPERATOR_TYPING})
_SHOWN_SECONDS = 4.0
"""Telegram shows the sign for five seconds, or until the next message."""
_MOST_CHATS = 10_000


class TypingSigns:
    """Follows the conversations of chats that wrote since the start."""

    def __init__(self, lines: Mapping[str, Line], background: Background) -> None:
        self._lines = lines
        self._background = background
        self._chats: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._shown: dict[str, float] = {}

    def follow(self, chat: Chat) -> None:
        """Show from now on who is typing in this chat's conversation."""
        self._chats[chat.conversation] = chat.bot, chat.chat
        self._chats.move_to_end(chat.conversation)
        if len(self._chats) > _MOST_CHATS:
            gone, _ = self._chats.popitem(last=False)
            self._shown.pop(gone, None)

    def hear(self, conversation: str, signal: Signal) -> None:
        """Show the sign, unless it is shown still; the bus calls this for every conversation."""
        if conversation not in self._chats:
            return
        if signal is Signal.LOG_GREW:
            # A message takes the sign away.
            self._shown.pop(conversation, None)
        elif signal in _STARTED and time.monotonic() - self._shown.get(conversation, -_SHOWN_SECONDS) >= _SHOWN_SECONDS:
            self._show(conversation)

    def _show(self, conversation: str) -> None:
        bot, chat = self._chats[conversation]
        line = self._lines[bot]
        if line.pace.busy or self._background.full:
            return
        self._shown[conversation] = time.monotonic()
        self._background.run("typing", line.bot.send_chat_action(chat, ChatAction.TYPING))
