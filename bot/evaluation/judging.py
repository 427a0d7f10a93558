"""Labelled messages side by side with what was understood of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.evaluation.examples import Example
from bot.evaluation.metrics import Pair, rank_of
from bot.nlu.decide import Action
from bot.nlu.intents import FALLBACK
from bot.services.understanding import Understanding

FROM_CATALOGUE = frozenset({Action.ANSWER.value, Action.CHOOSE.value})

Understand = Callable[[Example], Understanding]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message and what was understood of it."""

    example: Example
    found: Understanding

    @property
    def intent(self) -> Pair:
        """The acceptable intents and the found one."""
        return self.example.intents, self.found.intent or FALLBACK

    @property
    def action(self) -> Pair:
        """The acceptable first actions and the found one."""
        return self.example.actions, self.found.action

    @property
    def rank(self) -> int:
        """The place of the first acceptable service, counted from 1; 0 when none was found."""
        return rank_of(self.example.services, [match.id for match in self.found.services])

    @property
    def best_score(self) -> float:
        """The score of the first service; 0 without any."""
        return self.found.services[0].score if self.found.services else 0.0

    @property
    def off_catalogue(self) -> bool:
        """Whether the only right first action is to say that nothing fits."""
        return self.example.actions == (Action.FALLBACK.value,)

    @property
    def answerable(self) -> bool:
        """Whether only an answer from the catalogue, or a choice of them, is right."""
        return bool(self.example.actions) and FROM_CATALOGUE.issuperset(self.example.actions)

    @property
    def mistaken(self) -> bool:
        """Whether any judged label is wrong."""
        (intents, intent), (actions, action) = self.intent, self.action
        wrong_service = bool(self.example.services) and self.rank != 1
        return (bool(intents) and intent not in intents) or (bool(actions) and action not in actions) or wrong_service


def judge(examples: Iterable[Example], understand: Understand) -> tuple[Judged, ...]:
    """Understand every message."""
    return tuple(Judged(example, understand(example)) for example in examples)
