"""A conversation that began on the website goes on on Telegram, by a one-time code; the log stays one."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from bot.core.conversation import Author
from bot.core.reply import Reply
from bot.services import log
from bot.services.handoff.tools import Tools
from bot.services.rate_limit import RateLimiter
from bot.services.telegram.delivery import errand_for, put
from bot.storage import conversations, messages, telegram

KEPT = timedelta(minutes=10)
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_HALF = 4
_WRITTEN = re.compile(rf"\s*([{_ALPHABET}]{{{_HALF}}})[-–— ]?([{_ALPHABET}]{{{_HALF}}})\s*", re.IGNORECASE)
_START = "t_"
_TRIES_PER_MINUTE = 15


class Outcome(Enum):
    """What came of a code."""

    CONTINUED = "continued"
    UNKNOWN = "unknown"
    """No such code, or used, or too old, or this chat has tried too many."""
    ELSEWHERE = "elsewhere"
    """The conversation is with another municipality than this bot's."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code as the resident types it, and as it stands behind `?start=`."""

    written: str
    start: str


def code_in(text: str) -> str | None:
    """Return the code that a whole message is, None for any other words."""
    found = _WRITTEN.fullmatch(text)
    return None if found is None else (found[1] + found[2]).upper()


def code_of_start(parameter: str) -> str | None:
    """Return the code of a deep link, None for any other parameter."""
    return code_in(parameter.removeprefix(_START)) if parameter.startswith(_START) else None


class Continuing:
    """Gives codes on the website and takes them on Telegram."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._tries = RateLimiter(_TRIES_PER_MINUTE, time.monotonic)

    async def code_for(self, conversation: str) -> Code:
        """Return a new code for a conversation; the ones given before no longer hold."""
        code = "".join(secrets.choice(_ALPHABET) for _ in range(2 * _HALF))
        async with self._tools.database.write() as session:
            await telegram.add_code(session, _hashed(code), conversation, self._tools.clock.now() + KEPT)
        return Code(f"{code[:_HALF]}-{code[_HALF:]}", _START + code)

    async def redeem(self, bot: str, chat: int, code: str, municipality: str | None) -> Outcome:
        """Let a chat carry on the code's conversation; the one that it carried on before ends there.

        `municipality` is the one that the bot serves, None for the bot of all.
        """
        if self._tries.take(f"{bot}:{chat}"):
            return Outcome.UNKNOWN
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            taken = await telegram.take_code(session, _hashed(code), now)
            found = None if taken is None else await conversations.by_id(session, taken)
            if found is None:
                return Outcome.UNKNOWN
            if municipality not in {None, found.municipality}:
                # The code still holds for the right bot.
                await session.rollback()
                return Outcome.ELSEWHERE
            last = await messages.last_spoken(session, found.id)
            await telegram.bind(session, bot, chat, found.id, now)
            line = Reply(text=self._tools.texts.render("telegram.continued"))
            await log.say(session, found.id, now, author=Author.SYSTEM, reply=line)
            bound = await telegram.chat_of(session, found.id)
            if last is not None and bound is not None:
                # What was said last is what the resident will answer to.
                await put(session, errand_for(bound, last), now)
        self._tools.wake(found.id)
        return Outcome.CONTINUED


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
