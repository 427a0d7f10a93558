"""Which module answers which intent; the municipality form resumes a question through it."""

from __future__ import annotations

from collections.abc import Callable

from bot.services.answering.browse import Browse
from bot.services.answering.charter import CharterAnswers
from bot.services.answering.fallback import Fallback
from bot.services.answering.follow_up import completed
from bot.services.answering.institutions import InstitutionAnswers
from bot.services.answering.library import LibraryAnswers
from bot.services.answering.municipal import MunicipalAnswers
from bot.services.answering.question import Answer, Question
from bot.services.answering.services import ServiceAnswers
from bot.services.answering.several import SeveralAnswers
from bot.services.texts import Texts

REFERRED = (
    "file_complaint",
    "report_problem",
    "problem_status",
    "rate_service",
    "ask_admission_status",
)
"""Intents answered with the municipality's contacts until their own issues land."""


class Answering:
    """Answers a question by its intent."""

    def __init__(self, texts: Texts) -> None:
        institutions, charter = InstitutionAnswers(texts), CharterAnswers(texts)
        municipal = MunicipalAnswers(texts, institutions, charter)
        self._fallback, self._institutions = Fallback(texts), institutions
        self._services = ServiceAnswers(texts, self._fallback)
        self._by_intent: dict[str, Callable[[Question], Answer]] = {
            "list_services": Browse(texts).answer,
            "ask_contacts": institutions.answer,
            "ask_hours": institutions.answer,
            "ask_charter": charter.answer,
            "ask_mobile_library": LibraryAnswers(texts).answer,
            "ask_problem_map": municipal.problem_map,
            **dict.fromkeys(REFERRED, municipal.refer),
        }
        self._several = SeveralAnswers(texts, self._one)

    def answer(self, question: Question) -> Answer:
        """Return the answer; of a message with several questions the answers to all that are understood."""
        question = completed(question)
        return self._several.answer(question) or self._one(question)

    def _one(self, question: Question) -> Answer:
        """Return the answer; a message that was not understood is answered only when it plainly names a service."""
        named = self._institutions.only_named(question) or self._institutions.head(question)
        if named is not None:
            return named
        if question.intent.startswith("ask_service"):
            return self._services.answer(question)
        answer = self._by_intent.get(question.intent)
        if answer is not None:
            return answer(question)
        return self._services.try_strong(question) or self._fallback.answer(question)
