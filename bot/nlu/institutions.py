"""Which institution a message asks about: by its name, by its kind and settlement, or by both."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from bot.core.catalogue import Institution
from bot.core.place_names import matches_inflected
from bot.nlu.lexicon import silent_words, words, words_of
from bot.nlu.postings import CharIndex, char_grams
from bot.nlu.resolver import Match
from bot.nlu.stems import stem
from bot.nlu.terms import Terms, weighed

# Words that say which fact about the institution is wanted; they never name it.
_CONTACT_WORDS = frozenset(stem(word) for word in words_of("contact_words"))
_WEAK = 0.2
_ENOUGH = 0.34
_NEAR_BEST = 0.8
_SETTLEMENT_TAIL = re.compile(r"(?:,.*|\b(?:k|mstl|m|r|sav|sen)\.|\brajonas\b)")
_FORMS_OF_OWNERSHIP = frozenset("uab vsi si ab as mb".split())


class InstitutionIndex:
    """The institutions of one municipality, searchable by inflected names, kinds and settlements."""

    def __init__(self, institutions: Sequence[Institution]) -> None:
        self._ids = tuple(item.id for item in institutions)
        self._places = tuple(_settlement(item) for item in institutions)
        names = [(owner, name) for owner, item in enumerate(institutions) for name in _names(item)]
        self._owner = np.array([owner for owner, _ in names], dtype=np.int64)
        self._phrases = [weighed_name(name) for _, name in names]
        documents: list[list[str]] = [[] for _ in institutions]
        for owner, name in names:
            documents[owner].extend(words(name))
        self._terms = Terms(documents)
        self._chars = CharIndex([char_grams(list(p), list(p.values())) for p in self._phrases])

    @classmethod
    def build(cls, institutions: Sequence[Institution]) -> InstitutionIndex:
        """The index of `institutions`; none gives an index that finds nothing."""
        return cls(institutions)

    def search(self, text: str, limit: int = 4) -> tuple[Match, ...]:
        """The institutions that `text` may mean, best first; several of one kind and place score alike."""
        asked = words(text)
        query = weighed_name(" ".join(asked))
        if not query or not self._ids:
            return ()
        scores = self._scores(query, asked)
        best = float(scores.max())
        if best < _ENOUGH:
            return ()
        order = [i for i in np.argsort(-scores, kind="stable")[:limit] if scores[i] >= max(_ENOUGH, best * _NEAR_BEST)]
        return tuple(Match(self._ids[i], min(1.0, float(scores[i]))) for i in order)

    def _scores(self, query: dict[str, float], asked: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        rarity = {word: weight * self._terms.rarity(word) for word, weight in query.items()}
        claimed: dict[int, float] = {}
        for word in query:
            for term, similarity in self._terms.meeting(word).items():
                if similarity > _WEAK:
                    claimed[term] = max(claimed.get(term, 0.0), similarity)
        chars = self._chars.cosine(char_grams(list(query), list(query.values())))
        scores = np.zeros(len(self._ids))
        for number, (owner, phrase) in enumerate(zip(self._owner, self._phrases, strict=True)):
            own = {word: weight * self._terms.rarity(word) for word, weight in phrase.items()}
            met = sum(mass * claimed.get(self._terms.ids[word], 0.0) for word, mass in own.items())
            asked_met = sum(mass * self._similarity(word, phrase) for word, mass in rarity.items())
            by_phrase, by_query = met / (sum(own.values()) or 1.0), asked_met / (sum(rarity.values()) or 1.0)
            scores[owner] = max(scores[owner], 0.45 * by_query + 0.35 * by_phrase + 0.2 * float(chars[number]))
        return scores + self._place_bonus(asked)

    def _similarity(self, word: str, phrase: dict[str, float]) -> float:
        meeting = self._terms.meeting(word)
        return max((meeting.get(self._terms.ids[other], 0.0) for other in phrase), default=0.0)

    def _place_bonus(self, asked: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """A named settlement speaks for what is there and against what is elsewhere."""
        named = {place for place in set(self._places) if place and _is_named(place, asked)}
        if not named:
            return np.zeros(len(self._ids))
        return np.array([0.15 if place in named else -0.15 for place in self._places])


def weighed_name(text: str) -> dict[str, float]:
    """Stems of a name or question with their weights: contact words and fillers weigh nothing."""
    found = {
        stem(word): 1.0
        for word in words(text)
        if word not in silent_words() and word not in _FORMS_OF_OWNERSHIP and len(word) > 1
    }
    return {word: weight for word, weight in found.items() if word not in _CONTACT_WORDS}


def _names(item: Institution) -> list[str]:
    named = [item.name, *item.aliases]
    if item.settlement:
        named.append(f"{item.kind} {_settlement(item)}")
    return [name for name in named if weighed_name(name) and weighed(words(name))]


def _settlement(item: Institution) -> str:
    return _SETTLEMENT_TAIL.sub("", item.settlement or "").strip()


def _is_named(place: str, asked: Sequence[str]) -> bool:
    size = len(place.split())
    return any(matches_inflected(place, " ".join(asked[at : at + size])) for at in range(len(asked) - size + 1))
