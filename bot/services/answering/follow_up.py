"""A few words that go on with the last subject: "o šeštadienį?" after hours, "o į Barčius?" after the library bus."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.timetable import find_stop
from bot.nlu.days import named_days, without_time
from bot.nlu.entities.entity import Entity, Kind, Reading
from bot.nlu.layout import in_letters
from bot.nlu.normalise import fold, tokens
from bot.services.answering.library import asks_what_it_does
from bot.services.answering.question import CONTACTS, HOURS, LIBRARY, WHERE, Question, Subject

_MOST_WORDS = 5
_SHORTEST_NAME = 4
# Folded words that lead from one subject to the next and name nothing.
_LEADS = frozenset(
    "o ir ar bet tai gal na dar taip pat kaip del ten jei jeigu ji jis as mes gyvena gyvenu gyvename".split()
)
_TOWARDS = frozenset("i pas iki".split())
_WHERE = re.compile(
    r"(?:o |ir |tai )?(?:kur|koks adresas|kokiu adresu|adresas)(?: jus| jie| ji| jis| yra| esat\w*| randa\w*)*"
)
_WEEKDAY = re.compile(r"\b(?:o|ir|ar|bet|tai|gal|na|dar|taip|pat|kaip|del|ten|per|nuo|iki)\b")


def completed(question: Question) -> Question:
    """Return the question with what its few words leave out, or as it is when they say enough."""
    if question.from_button or question.parts or not 0 < len(tokens(question.text)) <= _MOST_WORDS:
        return question
    return _by_day(question) or _by_place(question) or _whereabouts(question) or question


def _by_day(question: Question) -> Question | None:
    """A day alone: the hours of what was spoken of on that day, or where the mobile library is then."""
    subject = question.subject
    if subject is None and question.service is None:
        return None
    if not named_days(question.text, question.local_now.date()):
        return None
    if tokens(_WEEKDAY.sub(" ", without_time(question.text))):
        return None
    if subject is not None and subject.intent == LIBRARY:
        return replace(question, intent=LIBRARY)
    about = question.institution if subject is None else subject.institution
    return replace(question, intent=HOURS, institution=about)


def _by_place(question: Question) -> Question | None:
    """A place or an institution alone: the same is asked there."""
    words = question.text.split()
    while words and fold(words[0]).strip(",.?!") in _LEADS:
        words = words[1:]
    rest = " ".join(words).strip(" ,.?!")
    if not rest:
        return None
    if question.subject is None:
        return _service_there(question, rest)
    if question.subject.intent == LIBRARY:
        return _stop(question, rest)
    return _elsewhere(question, question.subject, rest)


def _service_there(question: Question, rest: str) -> Question | None:
    """A settlement after a service ("o Valkininkuose?"): where to turn for it; services do not differ by place."""
    if question.service is None or not any(entity.kind is Kind.SETTLEMENT for entity in _whole(question, rest)):
        return None
    if question.text.startswith(rest) and _may_be_the_municipality(question, rest):
        return None
    return replace(question, intent=WHERE, text="", candidates=())


def _whereabouts(question: Question) -> Question | None:
    """Where the institution is that was told of: "o kur jūs esate?"."""
    subject = question.subject
    if subject is None or subject.intent == LIBRARY or not _WHERE.fullmatch(" ".join(tokens(fold(question.text)))):
        return None
    return replace(question, intent=CONTACTS, institution=subject.institution)


def _may_be_the_municipality(question: Question, rest: str) -> bool:
    """Tell whether a place that nothing leads to shares the municipality's name ("Trakuose"), which it may choose."""
    return fold(question.municipality.name).startswith(fold(rest)[:_SHORTEST_NAME])


def _stop(question: Question, rest: str) -> Question | None:
    library, named = question.catalogue.mobile_library, tokens(fold(rest))
    towards = named[0] in _TOWARDS and 1 < len(named) <= 3
    # "o spausdina?", "o skundus priima?"
    does = len(named) <= 3 and asks_what_it_does(rest)
    if does:
        return replace(question, intent=LIBRARY)
    known = library is not None and len(named) <= 3 and find_stop(in_letters(rest).split(), library.stops) is not None
    return replace(question, intent=LIBRARY, text=f"kada {rest}") if towards or known else None


def _elsewhere(question: Question, subject: Subject, rest: str) -> Question | None:
    whole = _whole(question, rest)
    if not whole:
        return None
    about = None if subject.institution is None else question.catalogue.institution(subject.institution)
    if about is None or any(entity.kind is Kind.INSTITUTION for entity in whole):
        return replace(question, intent=subject.intent, text=rest)
    return replace(question, intent=subject.intent, text=f"{about.kind} {rest}")


def _whole(question: Question, rest: str) -> list[Entity]:
    """Return the places and institutions that the words name from the first to the last."""
    found = question.loaded.places.find(Reading(rest))
    return [entity for entity in found if entity.start == 0 and entity.end >= len(rest)]
