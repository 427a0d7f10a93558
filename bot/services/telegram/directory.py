"""Which bots answer on Telegram, and the links that lead to them."""

from __future__ import annotations


class Directory:
    """Knows the bots that Telegram has acknowledged; empty while Telegram is off."""

    def __init__(self) -> None:
        self._names: dict[str | None, str] = {}

    def tell(self, municipality: str | None, username: str) -> None:
        """Take note of a bot; `municipality` is None for the bot of all."""
        self._names[municipality] = username

    def link(self, municipality: str | None, start: str = "") -> str | None:
        """Return the link that opens the municipality's bot, else the bot of all; None when there is none."""
        username = self._names.get(municipality) or self._names.get(None)
        if username is None:
            return None
        return f"https://t.me/{username}" + (f"?start={start}" if start else "")
