"""What speaks for each service of a catalogue, as a row of numbers: how well its texts cover a resident's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from bot.core.catalogue import Service
from bot.nlu.lexicon import words
from bot.nlu.postings import CharIndex, char_grams
from bot.nlu.terms import Terms, weighed

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# what a name made of fillers alone counts as when it is the whole message
_MATCHES = ("char_name", "query_by_name", "query_by_any_name", "query_by_all", "name_match", "name_verbatim")
_GOOD_MATCH = 0.5
_LONGEST_NAME = 12
_MANY_MATCHES = 4.0


class View(IntEnum):
    """Which text of a service a phrase is; names are what residents call it, the rest is what it says."""

    TITLE = 0
    ALIAS = 1
    QUESTION = 2
    BODY = 3


FEATURES = (
    "char_name",
    "char_question",
    "char_body",
    "query_by_name",
    "query_by_any_name",
    "query_by_all",
    "name_by_query",
    "name_match",
    "title_match",
    "question_match",
    "name_match_count",
    "query_by_body",
    "name_verbatim",
)


@dataclass(frozen=True)
class Phrase:
    """One text of one service: `owner` is the service's position in the catalogue."""

    owner: int
    view: View
    words: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """A resident's message as stems with weights; `asked` are its words for the character view."""

    stems: dict[str, float]
    asked: tuple[str, ...]


def query_of(text: str) -> Query:
    """The telling words of a message."""
    asked = words(text)
    return Query(weighed(asked), tuple(asked))


def phrases_of(services: Sequence[Service]) -> list[Phrase]:
    """All texts of the services as phrases, grouped by service."""
    found: list[Phrase] = []
    for owner, service in enumerate(services):
        found.append(_phrase(owner, View.TITLE, service.title))
        found.extend(_phrase(owner, View.ALIAS, alias) for alias in service.aliases)
        found.extend(_phrase(owner, View.QUESTION, question.q) for question in service.faq)
        found.append(Phrase(owner, View.BODY, tuple(word for part in _body(service) for word in words(part))))
    return found


def _phrase(owner: int, view: View, text: str) -> Phrase:
    return Phrase(owner, view, tuple(words(text)))


def _body(service: Service) -> list[str]:
    parts = [
        service.description,
        service.audience,
        service.life_event,
        *service.eligibility,
        *service.criteria,
    ]
    parts += [
        *service.steps,
        *service.documents,
        service.result or "",
        *(question.a for question in service.faq),
    ]
    return parts


class Evidence:
    """The index behind `rows`: stems and character n-grams of all phrases of a catalogue."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.size = len(services)
        phrases = phrases_of(services)
        documents: list[list[str]] = [[] for _ in services]
        for phrase in phrases:
            documents[phrase.owner].extend(phrase.words)
        self.terms = Terms(documents)
        self._owner: Ints = np.array([phrase.owner for phrase in phrases], dtype=np.int64)
        view = np.array([int(phrase.view) for phrase in phrases], dtype=np.int64)
        self._named, self._titled, self._any = view <= View.ALIAS, view == View.TITLE, view <= View.BODY
        self._asked, self._told = view == View.QUESTION, view == View.BODY
        self._names: dict[tuple[str, ...], set[int]] = {}
        for phrase in phrases:
            if phrase.view <= View.ALIAS:
                self._names.setdefault(phrase.words, set()).add(phrase.owner)
        self._starts: Ints = np.searchsorted(self._owner, np.arange(self.size)).astype(np.int64)
        weights = [weighed(phrase.words) for phrase in phrases]
        self._postings = self._term_postings(weights)
        self._mass: Floats = np.array([self._mass_of(stems) for stems in weights])
        # a name of one common word is covered too easily to count
        self._weighty = self._named & (self._mass > (self.terms.idf.mean() if len(self.terms.idf) else 0.0))
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

    def rows(self, query: Query) -> Floats:
        """Evidence of shape (services, FEATURES) for one message; zeros where nothing speaks for a service."""
        if not query.stems:
            return self._only_verbatim(query)
        shares = self._shares(query)
        answered = self._answered(query)
        by_query, by_phrase = shares @ answered, self._claimed(query)
        chars = self._chars.cosine(self._grams(query.asked))
        match = np.sqrt(by_query * by_phrase)
        columns = (
            self._best(chars, self._named),
            self._best(chars, self._asked),
            self._best(chars, self._told),
            self._best(by_query, self._named),
            shares @ self._best(answered, self._named),
            shares @ self._best(answered, self._any),
            self._best(by_phrase, self._weighty),
            self._best(match, self._named),
            self._best(match, self._titled),
            self._best(match, self._asked),
            np.add.reduceat((match > _GOOD_MATCH) & self._named, self._starts, dtype=np.float64) / _MANY_MATCHES,
            self._best(by_query, self._told),
            self._verbatim(query.asked),
        )
        return np.stack(columns, axis=1)

    def _only_verbatim(self, query: Query) -> Floats:
        evidence = np.zeros((self.size, len(FEATURES)))
        if self.is_name(query.asked):
            named = self._verbatim(query.asked)
            for column in _MATCHES:
                evidence[:, FEATURES.index(column)] = named
        return evidence

    def _shares(self, query: Query) -> Floats:
        """The share of each word in the query's weight."""
        mass = np.array([weight * self.terms.rarity(word) for word, weight in query.stems.items()])
        shares: Floats = mass / (mass.sum() or 1.0)
        return shares

    def _answered(self, query: Query) -> Floats:
        """How well each phrase answers each word of the query: shape (words, phrases), 0..1."""
        answered = np.zeros((len(query.stems), len(self._owner)))
        for row, word in zip(answered, query.stems, strict=True):
            for term, similarity in self.terms.meeting(word).items():
                found, _ = self._postings[term]
                row[found] = np.maximum(row[found], similarity)
        return answered

    def _claimed(self, query: Query) -> Floats:
        """The share of each phrase's own weight that the query's words cover."""
        claimed: dict[int, float] = {}
        for word in query.stems:
            for term, similarity in self.terms.meeting(word).items():
                claimed[term] = max(claimed.get(term, 0.0), similarity)
        own = np.zeros(len(self._owner))
        for term, similarity in claimed.items():
            found, values = self._postings[term]
            own[found] += similarity * values
        return np.minimum(own / self._mass, 1.0)

    def _verbatim(self, asked: Sequence[str]) -> Floats:
        """For each service the share of the message that is one of its names, letter for letter."""
        found = np.zeros(self.size)
        length = sum(map(len, asked)) or 1
        for size in range(1, min(_LONGEST_NAME, len(asked)) + 1):
            for at in range(len(asked) - size + 1):
                name = tuple(asked[at : at + size])
                for owner in self._names.get(name, ()):
                    found[owner] = max(found[owner], sum(map(len, name)) / length)
        return found

    def is_name(self, asked: Sequence[str]) -> bool:
        """Whether the whole message is a service's name; then even a filler ("TAU") means the service."""
        return tuple(asked) in self._names

    def _best(self, values: Floats, chosen: Flags) -> Floats:
        """The best value of each service's chosen phrases (phrases lie service by service), along the last axis."""
        best: Floats = np.maximum.reduceat(values * chosen, self._starts, axis=-1)
        return best
