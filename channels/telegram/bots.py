"""The bots: one for all municipalities, or one for each, over HTTP clients of their own."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.settings import Settings, telegram_bots
from channels.telegram.pace import Pace

OF_ALL = "all"
"""The name of the bot that serves all municipalities; the others are named by theirs."""
_CONNECTIONS = 64
_MEDIA_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Line:
    """A bot and what belongs to it; `municipality` is None for the bot of all."""

    name: str
    municipality: str | None
    bot: Bot = field(repr=False)
    fetching: HTTPXRequest = field(repr=False)
    """The client that waits for updates."""
    pace: Pace = field(default_factory=Pace)

    @property
    def setting(self) -> str:
        """The setting that holds the bot's token."""
        return "LANGELIS_TELEGRAM_TOKEN" if self.municipality is None else "LANGELIS_TELEGRAM_TOKENS"


def lines(settings: Settings) -> tuple[Line, ...]:
    """Return the bots of the settings; nothing is connected yet."""
    # Telegram's periods as `timedelta`: the library warns of whole numbers, which are to go.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    # Their addresses hold the token, and these libraries log every address.
    for library in ("httpx", "httpcore", "telegram"):
        logging.getLogger(library).setLevel(logging.WARNING)
    return tuple(_line(settings, municipality, token) for municipality, token in telegram_bots(settings).items())


def _line(settings: Settings, municipality: str | None, token: str) -> Line:
    api, fetching = settings.telegram_api_url, _request(settings, 1)
    bot = Bot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=_request(settings, _CONNECTIONS),
        get_updates_request=fetching,
    )
    return Line(municipality or OF_ALL, municipality, bot, fetching)


def _request(settings: Settings, connections: int) -> HTTPXRequest:
    seconds = float(settings.telegram_timeout_seconds)
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=seconds,
        write_timeout=seconds,
        connect_timeout=seconds,
        pool_timeout=seconds,
        media_write_timeout=_MEDIA_SECONDS,
    )
