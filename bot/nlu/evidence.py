"""What speaks for each service of a catalogue, as a row of numbers: how well its texts cover a resident's words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.core.catalogue import Service
from bot.nlu.elsewhere import Topic
from bot.nlu.phrases import Query, View, core_of, phrases_of
from bot.nlu.postings import CharIndex, char_grams, ranges
from bot.nlu.terms import Terms, weighed, weighed_stems

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# what a name made of fillers alone counts as when it is the whole message
_MATCHES = ("char_name", "query_by_any_name", "query_by_all", "name_match", "named")
_LONGEST_NAME = 12
_MOST_STEMS = 40


FEATURES = (
    "char_name",
    "char_body",
    "query_by_any_name",
    "query_by_all",
    "name_by_query",
    "name_match",
    "title_match",
    "named",
    "elsewhere",
)
_NAMED, _IN_NAMES, _TITLE = (FEATURES.index(name) for name in ("named", "query_by_any_name", "title_match"))
_WHOLLY = 0.999
_IN_TITLE = 0.2


class Evidence:
    """The index behind `of`: stems and character n-grams of all phrases of a catalogue.

    Topics elsewhere lie behind the services: their positions begin at `services`.
    """

    def __init__(self, services: Sequence[Service], topics: Sequence[Topic] = ()) -> None:
        self.services = len(services)
        self.size = len(services) + len(topics)
        phrases = phrases_of(services, topics)
        documents: list[list[str]] = [[] for _ in range(self.size)]
        for phrase in phrases:
            documents[phrase.owner].extend(phrase.words)
        self.terms = Terms(documents)
        owner: Ints = np.array([phrase.owner for phrase in phrases], dtype=np.int64)
        self._view: Ints = np.array([int(phrase.view) for phrase in phrases], dtype=np.int64)
        self._names: dict[tuple[str, ...], set[int]] = {}
        self._cores: dict[tuple[str, ...], set[int]] = {}
        for phrase in phrases:
            if phrase.view <= View.ALIAS and phrase.owner < self.services:
                self._names.setdefault(phrase.words, set()).add(phrase.owner)
                self._cores.setdefault(core_of(phrase.words), set()).add(phrase.owner)
        self._cores.pop((), None)
        self._bounds: Ints = np.searchsorted(owner, np.arange(self.size + 1)).astype(np.int64)
        weights = [weighed(phrase.words) for phrase in phrases]
        self._postings = self._term_postings(weights)
        self._mass: Floats = np.array([self._mass_of(stems) for stems in weights])
        # a name of one common word is covered too easily to count
        weighty = self._mass > (self.terms.idf.mean() if len(self.terms.idf) else 0.0)
        self._weighty: Flags = (self._view <= View.ALIAS) & weighty
        self._chars = CharIndex([self._grams(phrase.words) for phrase in phrases])

    def _mass_of(self, stems: dict[str, float]) -> float:
        return sum(weight * self.terms.rarity(word) for word, weight in stems.items()) or 1e-9

    def _term_postings(self, phrases: Sequence[dict[str, float]]) -> list[tuple[Ints, Floats]]:
        """For every term the phrases that hold it, with the weight that it has there."""
        rows: list[list[int]] = [[] for _ in self.terms.names]
        values: list[list[float]] = [[] for _ in self.terms.names]
        for number, stems in enumerate(phrases):
            for word, weight in stems.items():
                term = self.terms.ids[word]
                rows[term].append(number)
                values[term].append(weight * float(self.terms.idf[term]))
        return [(np.array(r, dtype=np.int64), np.array(v)) for r, v in zip(rows, values, strict=True)]

    def _grams(self, asked: Sequence[str]) -> dict[str, float]:
        telling = [word for word in asked if weighed([word])]
        return char_grams(telling, [weighed([word]).popitem()[1] for word in telling])

    def of(self, query: Query, limit: int) -> tuple[Floats, Ints]:
        """Evidence (services, FEATURES) for the services that have any (at most `limit`), with their positions.

        Strongest first. A cheap look at all phrases chooses the services; only theirs are then looked at closely.
        """
        if not query.stems:
            return self._only_verbatim(query, limit)
        stems = self._weightiest(query.stems)
        shares, answered = self._shares(stems), self._answered(stems)
        by_query, chars = shares @ answered, self._chars.cosine(self._grams(query.asked))
        strength = np.maximum.reduceat(by_query + chars, self._bounds[:-1])
        chosen: Ints = np.argsort(-strength, kind="stable")[:limit]
        chosen = chosen[strength[chosen] > 0]
        if not len(chosen):
            return np.zeros((0, len(FEATURES))), chosen
        close = _Close(self._bounds, chosen, self._view, self._weighty)
        by_query, chars, answered = by_query[close.phrases], chars[close.phrases], answered[:, close.phrases]
        by_phrase = self._claimed(stems)[close.phrases]
        match = np.sqrt(by_query * by_phrase)
        columns = (
            close.best(chars, close.named),
            close.best(chars, close.told),
            shares @ close.best(answered, close.named),
            shares @ close.best(answered, close.any),
            close.best(by_phrase, close.weighty),
            close.best(match, close.named),
            close.best(match, close.titled),
            self._named(query.asked)[chosen],
            (chosen >= self.services).astype(np.float64),
        )
        evidence: Floats = np.stack(columns, axis=1)
        own = chosen < self.services
        if self._is_own(evidence[own], query):
            return evidence[own], chosen[own]
        return evidence, chosen

    @staticmethod
    def _is_own(evidence: Floats, query: Query) -> bool:
        """Whether topics elsewhere need no thought: the message is a service's name, or a bare word of a title."""
        named = evidence[:, _NAMED] > _WHOLLY
        in_title = (evidence[:, _IN_NAMES] > _WHOLLY) & (evidence[:, _TITLE] > _IN_TITLE)
        return bool(named.any() or (query.bare and in_title.any()))

    def _only_verbatim(self, query: Query, limit: int) -> tuple[Floats, Ints]:
        chosen: Ints = np.array(sorted(self._names.get(query.asked, ()))[:limit], dtype=np.int64)
        evidence = np.zeros((len(chosen), len(FEATURES)))
        evidence[:, [FEATURES.index(column) for column in _MATCHES]] = 1.0
        return evidence, chosen

    def _weightiest(self, stems: dict[str, float]) -> dict[str, float]:
        """The stems that matter: of a long story only so many as can be looked at in time."""
        if len(stems) <= _MOST_STEMS:
            return stems
        ranked = sorted(stems, key=lambda word: -stems[word] * self.terms.rarity(word))[:_MOST_STEMS]
        return {word: stems[word] for word in ranked}

    def _shares(self, stems: dict[str, float]) -> Floats:
        """The share of each stem in the query's weight."""
        mass = np.array([weight * self.terms.rarity(word) for word, weight in stems.items()])
        shares: Floats = mass / (mass.sum() or 1.0)
        return shares

    def _answered(self, stems: dict[str, float]) -> Floats:
        """How well each phrase answers each stem of the query: shape (stems, phrases), 0..1."""
        answered = np.zeros((len(stems), len(self._view)))
        for row, word in zip(answered, stems, strict=True):
            # Weaker likenesses first: where a phrase holds several of the terms, the strongest stays.
            for term, similarity in sorted(self.terms.meeting(word).items(), key=_by_similarity):
                row[self._postings[term][0]] = similarity
        return answered

    def _claimed(self, stems: dict[str, float]) -> Floats:
        """The share of each phrase's own weight that the query's stems cover."""
        claimed: dict[int, float] = {}
        for word in stems:
            for term, similarity in self.terms.meeting(word).items():
                claimed[term] = max(claimed.get(term, 0.0), similarity)
        own = np.zeros(len(self._view))
        for term, similarity in claimed.items():
            found, values = self._postings[term]
            own[found] += similarity * values
        return np.minimum(own / self._mass, 1.0)

    def _named(self, asked: Sequence[str]) -> Floats:
        """For each service the share of the message's weight that is one of its names, in any inflection."""
        found = np.zeros(self.size)
        core = core_of(asked)
        weights = weighed_stems(core)
        whole = sum(weights) or 1.0
        for size in range(1, min(_LONGEST_NAME, len(core)) + 1):
            for at in range(len(core) - size + 1):
                name = core[at : at + size]
                for owner in self._cores.get(name, ()):
                    found[owner] = max(found[owner], sum(weights[at : at + size]) / whole)
        return found

    def is_name(self, asked: Sequence[str]) -> bool:
        """Whether the whole message is a service's name; then even a filler ("TAU") means the service."""
        return tuple(asked) in self._names


class _Close:
    """The phrases of some chosen services, side by side: which are of what kind, and the best of each service."""

    def __init__(self, bounds: Ints, chosen: Ints, view: Ints, weighty: Flags) -> None:
        starts, ends = bounds[chosen], bounds[chosen + 1]
        self.phrases = ranges(starts, ends)
        self._starts = np.concatenate(([0], np.cumsum(ends - starts)[:-1]))
        kind = view[self.phrases]
        self.named, self.titled, self.any = kind <= View.ALIAS, kind == View.TITLE, kind <= View.BODY
        self.told = kind == View.BODY
        self.weighty = weighty[self.phrases]

    def best(self, values: Floats, among: Flags) -> Floats:
        """The best value of each service's phrases `among` its own, along the last axis."""
        best: Floats = np.maximum.reduceat(values * among, self._starts, axis=-1)
        return best


def _by_similarity(met: tuple[int, float]) -> float:
    return met[1]
