"""What residents ask about that a catalogue may lack: topics that compete with its services for a message.

A message that fits such a topic better than any service is not answered from the catalogue. A topic that one of the
catalogue's services is about is left out, so that a new service or alias needs nothing but itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import sparse

from bot.core.catalogue import Service
from bot.nlu.lexicon import lines_of, words
from bot.nlu.terms import weighed

_ALIKE = 0.38
_SAME_TITLE = 0.75
_ALIKE_BACK = 0.2
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that residents ask about, and how they say it."""

    title: str
    phrases: tuple[str, ...]


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """All topics of `data/elsewhere.txt`, one a line: "title | phrase | phrase …"."""
    found = []
    for line in lines_of("elsewhere"):
        title, *phrases = (part.strip() for part in line.split("|"))
        found.append(Topic(title, tuple(phrases)))
    return tuple(found)


def lacking(services: Sequence[Service], among: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics that none of the services is about."""
    if not services or not among:
        return tuple(among)
    called = [[s.title, _IN_BRACKETS.sub("", s.title), *s.aliases] for s in services]
    names = [[*own, *s.phrases] for own, s in zip(called, services, strict=True)]
    names += [[topic.title, *topic.phrases] for topic in among]
    alike = _likeness(names, [len(own) for own in called])
    return tuple(topic for topic, likeness in zip(among, alike, strict=True) if not likeness.is_about)


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How like a topic is to the likest service, by cosines 0..1."""

    title: float
    phrases: float
    """Mean over the topic's names of the service's nearest name."""
    back: float
    """Mean over the service's title and aliases of the topic's nearest name: shared words alone are few there."""

    @property
    def is_about(self) -> bool:
        return self.title >= _SAME_TITLE or (self.phrases >= _ALIKE and self.back >= _ALIKE_BACK)


def _likeness(names: Sequence[Sequence[str]], called: Sequence[int]) -> list[_Likeness]:
    """The likeness of each entry after the services; service `i` is called by the first `called[i]` of its names."""
    services = len(called)
    vectors = _vectors([name for entry in names for name in entry])
    starts = np.concatenate(([0], np.cumsum([len(entry) for entry in names])))
    own, service_starts = starts[services], starts[:services]
    # cosine of every name of the topics with every name of the services
    cosines = (vectors[own:] @ vectors[:own].T).toarray()
    best = np.maximum.reduceat(cosines, service_starts, axis=1)
    found = []
    for at, end in zip(starts[services:-1] - own, starts[services + 1 :] - own, strict=True):
        phrases = best[at:end].mean(axis=0)
        likest = int(phrases.argmax())
        names_of_it = slice(starts[likest], starts[likest] + called[likest])
        back = float(cosines[at:end, names_of_it].max(axis=0).mean())
        found.append(_Likeness(float(best[at].max()), float(phrases[likest]), back))
    return found


def _vectors(names: Sequence[str]) -> sparse.csr_matrix:
    """Names as unit vectors of their stems, weighed by inverse document frequency."""
    ids: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, name in enumerate(names):
        for stem in weighed(words(name)):
            rows.append(row)
            columns.append(ids.setdefault(stem, len(ids)))
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(names), max(len(ids), 1)))
    idf = np.log((1.0 + len(names)) / (1.0 + np.asarray(matrix.sum(axis=0)).ravel())) + 1.0
    matrix = matrix @ sparse.diags(idf)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1.0 / np.maximum(lengths, 1e-9)) @ matrix)
