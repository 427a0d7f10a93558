"""The texts of a catalogue and a resident's message as words: what the search compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.core.catalogue import Service
from bot.nlu.elsewhere import Topic
from bot.nlu.lexicon import greeting_words, silent_words, words
from bot.nlu.stems import stem
from bot.nlu.terms import weighed


class View(IntEnum):
    """Which text of a service a phrase is; names are what residents call it, the rest is what it says."""

    TITLE = 0
    ALIAS = 1
    QUESTION = 2
    BODY = 3


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

    @property
    def bare(self) -> bool:
        """Whether one word is all that the message says ("šiukšlės", "laba diena, šiukšlės")."""
        return len(self.stems) == 1 and sum(word not in greeting_words() for word in self.asked) == 1


def query_of(text: str) -> Query:
    """The telling words of a message."""
    asked = words(text)
    return Query(weighed(asked), tuple(asked))


def phrases_of(services: Sequence[Service], topics: Sequence[Topic] = ()) -> list[Phrase]:
    """All texts of the services, and of the topics after them, as phrases, grouped by owner."""
    found: list[Phrase] = []
    for owner, service in enumerate(services):
        found.append(_phrase(owner, View.TITLE, service.title))
        found.extend(_phrase(owner, View.ALIAS, alias) for alias in (*service.aliases, *service.phrases))
        found.extend(_phrase(owner, View.QUESTION, question.q) for question in service.faq)
        found.append(Phrase(owner, View.BODY, tuple(word for part in _body(service) for word in words(part))))
    for owner, topic in enumerate(topics, start=len(services)):
        found.append(_phrase(owner, View.TITLE, topic.title))
        found.extend(_phrase(owner, View.ALIAS, phrase) for phrase in topic.phrases)
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


def core_of(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of all words but greetings and fillers, in their order."""
    return tuple(stem(word) for word in words if word not in silent_words())
