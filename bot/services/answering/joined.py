"""Several requests in one sentence: two are answered one after the other, of more the resident chooses the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.reply import Asks, Button, Reply
from bot.nlu.normalise import fold, tokens
from bot.nlu.requests import destination_of, requests
from bot.nlu.resolver import Verdict, decide
from bot.services.answering.question import Answer, Question
from bot.services.answering.service_card import payload
from bot.services.finding import find_services
from bot.services.texts import Texts

# Words taken out of their sentence name a service only when hardly another could be meant.
_SURE = 0.65
_MOST_ANSWERED = 2
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a sentence: `service` is what it surely names, `near` what it may name."""

    text: str
    service: str | None
    near: str | None
    preposition: str | None
    words: int


def joined_requests(question: Question) -> tuple[Request, ...]:
    """Return the requests that the sentence joins, each service once; empty when it is better read as a whole."""
    found = [_read(question, text) for text in requests(question.text)]
    sure = list(dict.fromkeys(request.service for request in found if request.service))
    kept = [request for request in found if request.service or _may_be_one(request, found, len(sure))]
    once = [r for place, r in enumerate(kept) if r.service is None or r.service not in _services(kept[:place])]
    return tuple(once) if len(once) > 1 else ()


class JoinedAnswers:
    """Says what is asked first where there are too many requests to answer at once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def choice(self, question: Question, joined: Sequence[Request]) -> Answer | None:
        """Return a choice of the services that are named; None where the requests can all be answered at once."""
        if len(joined) <= _MOST_ANSWERED:
            return None
        ids = dict.fromkeys(found for request in joined if (found := request.service or request.near))
        named = [service for service in map(question.catalogue.service, ids) if service]
        buttons = tuple(Button(service.title, payload(question.aspect, service)) for service in named)
        replies = [Reply(text=self._texts.render("several.which_first"), buttons=buttons, asks=Asks.CHOICE)]
        others = [request.text for request in joined if not (request.service or request.near)]
        replies[:0] = [Reply(text=self._texts.render("several.not_found", question=text)) for text in others]
        return Answer(replies=tuple(replies), candidates=tuple(service.id for service in named))


def _services(requests: Sequence[Request]) -> set[str | None]:
    return {request.service for request in requests}


def _may_be_one(request: Request, among: Sequence[Request], sure: int) -> bool:
    """Tell whether what names no service for sure is a request all the same.

    It is one beside another with the same preposition ("į baseiną ir į mokyklą"), or short in a list of sure ones.
    """
    if sure > 1:
        return request.words <= _SHORT
    others = [other.preposition for other in among if other is not request]
    return request.preposition is not None and request.preposition in others


def _read(question: Question, text: str) -> Request:
    end = destination_of(text)
    preposition = None if end is None else fold(end).split()[0]
    near, length = None, len(tokens(text))
    for said in (text, end) if end else (text,):
        outcome = decide(find_services(question.loaded, said, question.aspect))
        if outcome.verdict is Verdict.ANSWER and outcome.matches[0].score >= _SURE:
            return Request(said, outcome.matches[0].id, None, preposition, length)
        near = near or (outcome.matches[0].id if outcome.verdict is not Verdict.NOTHING else None)
    return Request(text, None, near, preposition, length)


def as_questions(question: Question, joined: Sequence[Request]) -> list[Question]:
    """Return each request as a question of its own."""
    return [replace(question, text=request.text.strip(" ,.!?"), parts=(), candidates=()) for request in joined]
