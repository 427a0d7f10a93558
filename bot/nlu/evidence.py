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
        self._view: Ints = np.array([int(phrase.view) for phrase in phrases], dtype=np.int64)
        weights = [weighed(phrase.words) for phrase in phrases]
        self._postings = self._term_postings(weights)
        self._mass: Floats = np.array([self._mass_of(stems) for stems in weights])
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
        by_query, by_phrase, each = self._coverage(query)
        chars = self._chars.cosine(self._grams(query.asked))
        named = self._view <= View.ALIAS
        match = np.sqrt(by_query * by_phrase)
        columns = (
            self._best(chars, named),
            self._best(chars, self._view == View.QUESTION),
            self._best(chars, self._view == View.BODY),
            self._best(by_query, named),
            self._together(each, query, named),
            self._together(each, query, self._view <= View.BODY),
            self._best(by_phrase * (self._mass > self.terms.idf.mean() if len(self.terms.idf) else 1.0), named),
            self._best(match, named),
            self._best(match, self._view == View.TITLE),
            self._best(match, self._view == View.QUESTION),
            np.bincount(self._owner[named], weights=(match[named] > 0.5), minlength=self.size) / 4.0,
            self._best(by_query, self._view == View.BODY),
        )
        return np.stack(columns, axis=1)

    def _coverage(self, query: Query) -> tuple[Floats, Floats, list[Floats]]:
        """For each phrase the share of the query's weight that it covers, and of its own weight that the query covers.

        Also, for each word of the query, how well each phrase answers it.
        """
        size = len(self._owner)
        total = self._mass_of(query.stems)
        covered, own = np.zeros(size), np.zeros(size)
        claimed: dict[int, float] = {}
        each: list[Floats] = []
        for word, weight in query.stems.items():
            answered = np.zeros(size)
            for term, similarity in self.terms.meeting(word).items():
                rows, _ = self._postings[term]
                answered[rows] = np.maximum(answered[rows], similarity)
                claimed[term] = max(claimed.get(term, 0.0), similarity)
            covered += weight * self.terms.rarity(word) * answered
            each.append(answered)
        for term, similarity in claimed.items():
            rows, values = self._postings[term]
            own[rows] += similarity * values
        return covered / total, np.minimum(own / self._mass, 1.0), each

    def _together(self, each: Sequence[Floats], query: Query, chosen: npt.NDArray[np.bool_]) -> Floats:
        """The share of the query's weight that a service's chosen phrases cover all together."""
        covered = np.zeros(self.size)
        for (word, weight), answered in zip(query.stems.items(), each, strict=True):
            covered += weight * self.terms.rarity(word) * self._best(answered, chosen)
        result: Floats = covered / self._mass_of(query.stems)
        return result

    def _best(self, values: Floats, chosen: npt.NDArray[np.bool_]) -> Floats:
        best = np.zeros(self.size)
        np.maximum.at(best, self._owner[chosen], values[chosen])
        return best
