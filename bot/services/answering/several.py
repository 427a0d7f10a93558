"""Several questions in one message: each is answered, and one that the catalogue cannot answer is named as such."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.aspects import Aspect
from bot.core.reply import Asks, Card, Reply
from bot.nlu.intents import ASK_SERVICE, FALLBACK, OUT_OF_SCOPE
from bot.nlu.lexicon import content_words
from bot.nlu.reading import Part
from bot.services.answering.joined import JoinedAnswers, as_questions, joined_requests
from bot.services.answering.question import Answer, Question, card_reply, human_button, offers
from bot.services.answering.service_card import payload
from bot.services.finding import telling_text
from bot.services.texts import Texts


@dataclass(frozen=True, slots=True)
class _Answered:
    question: Question
    answer: Answer


class SeveralAnswers:
    """Answers the questions of a message in their order, with `answer_one` for each."""

    def __init__(self, texts: Texts, answer_one: Callable[[Question], Answer]) -> None:
        self._texts = texts
        self._answer_one = answer_one
        self._joined = JoinedAnswers(texts)

    def answer(self, question: Question) -> Answer | None:
        """Return the answers together; None when the message is better answered as a whole."""
        parts = question.parts
        joined = joined_requests(question) if _may_join(question) else ()
        if joined:
            return self._joined.choice(question, joined) or self._together(
                [_Answered(asked, self._answer_one(asked)) for asked in as_questions(question, joined)]
            )
        if len(parts) == 1:
            return self._without_story(question, parts[0])
        if not parts or (not content_words(parts[0].text) and any(content_words(p.text) for p in parts)):
            return None
        return self._together(self._each(question))

    def _together(self, answered: list[_Answered]) -> Answer | None:
        understood = [each for each in answered if each.answer.understood]
        if not understood:
            return None
        replies = [*self._replies(understood), *self._unknown(answered)]
        last = understood[-1].answer
        return Answer(
            replies=tuple(replies),
            service=last.service,
            institution=last.institution,
            candidates=last.candidates,
            subject=last.subject,
        )

    def _without_story(self, question: Question, alone: Part) -> Answer:
        """Return what the whole message is answered with, unless only its question by itself names one service."""
        whole = self._answer_one(replace(question, parts=()))
        if whole.understood and not whole.candidates:
            return whole
        clear = self._answer_one(replace(question, text=alone.text, intent=alone.intent, parts=()))
        return clear if clear.understood and not clear.candidates else whole

    def _each(self, question: Question) -> list[_Answered]:
        answered: list[_Answered] = []
        for part in question.parts:
            asked = _after(question, answered, part)
            answered.append(_Answered(asked, self._answer_one(asked)))
        return answered

    def _replies(self, understood: list[_Answered]) -> list[Reply]:
        """Return what is said; aspects of one service, one after another, share a card."""
        replies: list[Reply] = []
        told: list[_Answered] = []
        for each in understood:
            if told and each.answer.service is not None and each.answer.service == told[-1].answer.service:
                told.append(each)
                replies[-1] = self._one_card(replies[-1], told)
            else:
                told = [each]
                replies += each.answer.replies
        return replies

    def _one_card(self, said: Reply, told: list[_Answered]) -> Reply:
        """Return what was said with the last that is told; no button asks for what stands there already."""
        more = told[-1].answer.replies[-1]
        if said.card is None or more.card is None or told[-1].question.aspect is Aspect.GENERAL:
            return said
        person, answered = human_button(self._texts), _payloads(told)
        offered = dict.fromkeys((*more.buttons, *said.buttons))
        buttons = [button for button in offered if button != person and button.payload not in answered]
        if person in offered:
            buttons.append(person)
        return card_reply(self._texts, _both(said.card, more.card), tuple(buttons))

    def _unknown(self, answered: list[_Answered]) -> list[Reply]:
        asked = [each.question.text.strip(" ,") for each in answered if not each.answer.understood]
        return [
            Reply(
                text=self._texts.render("several.not_found", question=text),
                buttons=offers(self._texts),
                asks=Asks.CHOICE,
            )
            for text in asked
        ]


def _may_join(question: Question) -> bool:
    """Tell whether the message may be a sentence with several requests; several questions were parted already."""
    asks = question.intent.startswith(ASK_SERVICE) or question.intent in {FALLBACK, OUT_OF_SCOPE}
    pressed = question.from_button or question.chosen
    return asks and not pressed and len(question.parts) < 2 and not question.loaded.named(question.text)


def _payloads(told: list[_Answered]) -> set[str]:
    """Return what the buttons would send that ask for what was told, all of one service."""
    service = told[-1].question.catalogue.service(told[-1].answer.service or "")
    return set() if service is None else {payload(each.question.aspect, service) for each in told}


def _after(question: Question, answered: list[_Answered], part: Part) -> Question:
    """Return a part as a question that may go on with what the part before it was about."""
    asked = replace(question, text=telling_text(question.loaded, part), intent=part.intent, parts=())
    if not answered:
        return asked
    before = answered[-1].answer
    return replace(
        asked,
        service=before.service or question.service,
        institution=before.institution or question.institution,
        candidates=before.candidates,
    )


def _both(first: Card, second: Card) -> Card:
    """Return one card with what was asked in both, first things first."""
    if not any(section.asked for section in first.sections):
        return second
    added = tuple(part for part in second.sections if part.asked and part not in first.sections)
    asked = tuple(part for part in first.sections if part.asked)
    rest = tuple(part for part in first.sections if not part.asked and part not in added)
    warnings = (*first.warnings, *(warning for warning in second.warnings if warning not in first.warnings))
    return replace(first, sections=(*asked, *added, *rest), warnings=warnings)
