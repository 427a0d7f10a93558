"""Rasa's output channel of a turn: keeps each message whole, as the log stores it."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class Collector(OutputChannel):
    """Collects what the bot says; text, buttons and card of one utterance stay one message."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """See parent class."""
        return "langelis"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """See parent class."""
        self.messages.append(message)
