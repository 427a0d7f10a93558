"""The first turn for a message, without a conversation: intent, services and what the bot would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.nlu.decide import Action
from bot.nlu.decide import decide as first_action
from bot.nlu.language import detect
from bot.nlu.reading import Part, Reading
from bot.nlu.resolver import Match, decide
from bot.nlu.rules import FOREIGN
from bot.services.catalogues import LoadedCatalogue
from bot.services.finding import asked_aspect, find_services, only_institution, telling_text

_MOST_SERVICES = 5
_UNCLEAR = (Action.FALLBACK, Action.CHOOSE)


class Parser(Protocol):
    """Reads a message's intent."""

    def read(self, text: str) -> Reading:
        """Return the intent with its chance 0..1, and the questions of a message that holds several."""


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
    """Read one message in a municipality; of several questions the first that is answered decides the action."""
    reading = parser.read(text)
    whole = Part(text, reading.chosen.intent)
    found = _found(reading, whole, loaded)
    return Understanding(
        text=text,
        intent=whole.intent,
        confidence=round(reading.chosen.confidence, 4),
        language=detect(text),
        services=found.services,
        action=found.action.value,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    services: tuple[Match, ...]
    action: Action


def _found(reading: Reading, whole: Part, loaded: LoadedCatalogue) -> _Found:
    if whole.intent == FOREIGN:
        # Nothing is looked up for a message in another language: its answer holds no service.
        return _Found((), Action.OTHER)
    parts = [_find(part, 1.0, loaded) for part in reading.parts]
    together = _together(parts)
    if len(parts) > 1 and together.action is not Action.FALLBACK:
        return together
    found = _find(whole, reading.chosen.confidence, loaded)
    clear = [part for part in parts if part.action not in _UNCLEAR]
    return clear[0] if clear and found.action in _UNCLEAR else found


def _find(part: Part, confidence: float, loaded: LoadedCatalogue) -> _Found:
    text = telling_text(loaded, part)
    matches = find_services(loaded, text, asked_aspect(part.intent, text))
    action = first_action(part.intent, confidence, decide(matches))
    if only_institution(loaded, part.text, part.intent):
        # Its contacts are shown.
        action = Action.OTHER
    return _Found(matches, action)


def _together(found: Sequence[_Found]) -> _Found:
    """The services of all questions, each once with its best chance, best first."""
    chances: dict[str, float] = {}
    for match in (match for each in found for match in each.services):
        chances[match.id] = max(chances.get(match.id, 0.0), match.score)
    ordered = sorted(chances, key=lambda identifier: -chances[identifier])
    action = next((each.action for each in found if each.action is not Action.FALLBACK), Action.FALLBACK)
    return _Found(tuple(Match(identifier, chances[identifier]) for identifier in ordered[:_MOST_SERVICES]), action)
