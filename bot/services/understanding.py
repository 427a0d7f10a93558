"""The first turn for a message, without a conversation: intent, services and what the bot would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.nlu.decide import decide as first_action
from bot.nlu.language import detect
from bot.nlu.resolver import Match, decide
from bot.services.catalogues import LoadedCatalogue
from bot.services.finding import asked_aspect, find_services


class Parser(Protocol):
    """Reads a message's intent."""

    def parse(self, text: str) -> tuple[str | None, float]:
        """Return (intent or None, confidence 0..1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What `langelis predict` prints for a message."""

    text: str
    intent: str | None
    confidence: float
    language: str
    services: tuple[Match, ...]
    action: str


def understand(text: str, parser: Parser, loaded: LoadedCatalogue) -> Understanding:
    """Read one message in a municipality."""
    intent, confidence = parser.parse(text)
    matches = find_services(loaded, text, asked_aspect(intent, text))
    return Understanding(
        text=text,
        intent=intent,
        confidence=round(confidence, 4),
        language=detect(text),
        services=matches,
        action=first_action(intent, confidence, decide(matches)).value,
    )
