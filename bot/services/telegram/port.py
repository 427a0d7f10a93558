"""The Telegram channel as the rest of the product sees it; the library stays in `channels.telegram`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class TelegramPort(Protocol):
    """Takes updates in and sends what the log holds for Telegram."""

    def serves(self, bot: str) -> bool:
        """Tell whether there is a bot of this name."""

    async def receive(self, bot: str, update: Mapping[str, Any]) -> None:
        """Store an update that Telegram has sent by itself; it is worked off later.

        Raises `KeyError` or `TypeError` for what is no update.
        """

    def start(self) -> None:
        """Begin to serve; returns at once."""

    async def close(self) -> None:
        """Stop; what is under way ends or is done again after the next start."""
