"""Questions about services: find the service, answer the asked aspect, or let the resident choose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.core.aspects import Aspect
from bot.core.catalogue import Question as AnsweredQuestion
from bot.core.catalogue import Service
from bot.core.reply import Asks, Button, Reply
from bot.nlu.decide import Action
from bot.nlu.decide import decide as first_action
from bot.nlu.intents import OUT_OF_SCOPE
from bot.nlu.lexicon import content_words
from bot.nlu.normalise import fold
from bot.nlu.resolver import Match, Verdict, decide
from bot.services.answering.fallback import Fallback
from bot.services.answering.question import Answer, Question, card_reply, human_button, offers
from bot.services.answering.service_card import aspect_buttons, faq_card, lacks, payload, service_card
from bot.services.finding import find_services, neighbour_with
from bot.services.texts import Texts

_MAX_CHOICES = 4
# Token-set similarity, 0–100, from which a message is taken to be one of the answered questions.
_SAME_QUESTION = 88
_NAMES_NOTHING = re.compile(
    r"(?:(?:pri|at|nu|pa)?(?:nes|vez|ves|duo|gau|im|pristat)(?:t|ti|iu|u|siu|ciau|damas|im|ime|am|ame)|kok\w+)$"
)
_FAQ_TOPIC = "faq"


class ServiceAnswers:
    """Answers `ask_service` and its aspects."""

    def __init__(self, texts: Texts, fallback: Fallback) -> None:
        self._texts = texts
        self._fallback = fallback

    def answer(self, question: Question) -> Answer:
        """Answer about the service that was chosen, named, or spoken of before."""
        service = self._chosen(question)
        if service is not None:
            return self._about(question, service)
        if question.from_button:
            return self._which()
        # "o kokius popierius nešti", "o kur vežti": what is to be done with them names nothing.
        words = tuple(word for word in content_words(question.text) if not _NAMES_NOTHING.match(fold(word)))
        if not words:
            return self._follow_up(question) or self._which()
        outcome = decide(find_services(question.loaded, question.text, question.aspect))
        if outcome.verdict is Verdict.ANSWER:
            return self._named(question, outcome.matches[0])
        if outcome.verdict is Verdict.CHOOSE:
            return self._choose(question, [match.id for match in outcome.matches])
        # An aspect and one word that names nothing: still about the service spoken of.
        short = len(words) == 1 and question.aspect is not Aspect.GENERAL
        return (self._follow_up(question) if short else None) or self._fallback.answer(question)

    def try_strong(self, question: Question) -> Answer | None:
        """Answer a message that was not understood only when it plainly names a service."""
        outcome = decide(find_services(question.loaded, question.text, question.aspect))
        # The same rule as in `langelis predict`; a message about something else needs a stronger match.
        first_turn = first_action(question.intent if question.intent == OUT_OF_SCOPE else None, 1.0, outcome)
        if first_turn is Action.ANSWER:
            return self._named(question, outcome.matches[0])
        return self._choose(question, [match.id for match in outcome.matches]) if first_turn is Action.CHOOSE else None

    def _chosen(self, question: Question) -> Service | None:
        wanted = question.chosen.get("service")
        return None if wanted is None else question.catalogue.service(wanted)

    def _named(self, question: Question, match: Match) -> Answer:
        service = question.catalogue.service(match.id)
        return self._fallback.answer(question) if service is None else self._about(question, service)

    def _follow_up(self, question: Question) -> Answer | None:
        """Answer about the service of the conversation, or offer again those that were to be chosen from."""
        if question.candidates:
            return self._choose(question, question.candidates)
        service = None if question.service is None else question.catalogue.service(question.service)
        return None if service is None else self._about(question, service)

    def _about(self, question: Question, service: Service) -> Answer:
        year, aspect = question.local_now.year, question.aspect
        missing = lacks(service, aspect, question.catalogue)
        neighbour = neighbour_with(question.loaded, service, aspect) if missing else None
        asked: Aspect | None = aspect
        if question.chosen.get("topic") == _FAQ_TOPIC and service.faq:
            card, asked = faq_card(self._texts, service, service.faq, year), None
        elif same := _same_question(question, service):
            card, asked = faq_card(self._texts, service, (same,), year), None
        else:
            card = service_card(self._texts, service, aspect, question.catalogue, year, neighbour=neighbour)
        buttons = aspect_buttons(self._texts, service, question.catalogue, asked)
        if asked is not None and neighbour is not None:
            buttons = (Button(neighbour.title, payload(aspect, neighbour)), *buttons)
        if asked is not None and missing:
            buttons = (*buttons, human_button(self._texts))
        reply = card_reply(self._texts, card, buttons)
        return Answer(replies=(reply,), service=service.id, institution=service.provider.institution)

    def _choose(self, question: Question, candidates: Sequence[str]) -> Answer:
        services = [service for service in map(question.catalogue.service, candidates[:_MAX_CHOICES]) if service]
        if not services:
            return self._which()
        buttons = tuple(Button(service.title, payload(question.aspect, service)) for service in services)
        reply = Reply(text=self._texts.render("service.choose"), buttons=buttons, asks=Asks.CHOICE)
        return Answer(replies=(reply,), candidates=tuple(service.id for service in services))

    def _which(self) -> Answer:
        text = self._texts.render("service.which")
        return Answer(replies=(Reply(text=text, buttons=offers(self._texts), asks=Asks.CHOICE),))


def _same_question(question: Question, service: Service) -> AnsweredQuestion | None:
    if question.from_button:
        return None
    asked = fold(question.text)
    scored = [(fuzz.token_sort_ratio(asked, fold(item.q)), item) for item in service.faq]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= _SAME_QUESTION else None
