"""The mobile library: when it comes to a village, what it takes and does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.catalogue import MobileLibrary, Stop
from bot.core.reply import Card, Reply, Section
from bot.core.timetable import WEEKDAYS, by_weekday, find_stop, next_visit
from bot.nlu.days import named_days
from bot.nlu.layout import in_letters
from bot.nlu.normalise import fold
from bot.nlu.places import destination
from bot.services import calendar
from bot.services.answering.question import LIBRARY, Answer, Question, Subject, card_reply, offers
from bot.services.answering.service_card import source_links
from bot.services.texts import Texts

_WORD = re.compile(r"[^\W\d_][\w-]*")
_ASKS_ACCEPTS = re.compile(r"\b(?:prasym|skund|pasiulym|kreipim|dokument|priima|pateikt|paduot|atiduot|sutvarkyt)")
_ASKS_OFFERS = re.compile(
    r"\b(?:paslaug|nemokam|mokam|kain|spausdin|kopijuo|knyg|internet|kompiuter|ka galima|ka daro|pasiimt)"
)


def asks_what_it_does(text: str) -> bool:
    """Tell whether a text asks what the library takes or does."""
    folded = fold(text)
    return (_ASKS_ACCEPTS.search(folded) or _ASKS_OFFERS.search(folded)) is not None


class LibraryAnswers:
    """Answers `ask_mobile_library`."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def answer(self, question: Question) -> Answer:
        """Answer about the named village, about what the library takes and does, or with the whole timetable."""
        library = question.catalogue.mobile_library
        if library is None:
            text = self._texts.render("library.none", municipality=question.municipality)
            return Answer(replies=(Reply(text=text, buttons=offers(self._texts)),))
        named = in_letters(question.text)
        stop = find_stop(_WORD.findall(named), library.stops)
        if stop is not None:
            return self._card(library, self._stop_sections(question, stop), self._stop_title(stop))
        folded = fold(question.text)
        place = destination(named)
        if place is not None:
            missing = self._texts.render("library.not_a_stop", place=place)
            return self._card(library, (Section((missing,), asked=True), self._timetable(library, asked=False)))
        days = named_days(question.text, question.local_now.date())
        if days:
            return self._card(library, (self._on_weekdays(library, sorted({day.weekday() for day in days})),))
        if _ASKS_ACCEPTS.search(folded):
            return self._card(library, self._accepts(library, asked=True))
        if _ASKS_OFFERS.search(folded):
            return self._card(library, self._offers(library))
        return self._card(
            library, (self._timetable(library, asked=True), *self._accepts(library, asked=False)), lead=True
        )

    def _stop_title(self, stop: Stop) -> str:
        return self._texts.render("library.stop.title", settlement=stop.settlement)

    def _stop_sections(self, question: Question, stop: Stop) -> tuple[Section, ...]:
        day = next_visit(stop, question.local_now)
        weekday = self._texts.render(f"calendar.weekday.{day.weekday()}")
        shown = self._texts.render("calendar.day", weekday=weekday, date=day.isoformat())
        lines: tuple[str, ...] = (
            self._texts.render("library.stop.when", weekday=stop.weekday, time=stop.time),
            self._texts.render("library.stop.next", date=shown, time=stop.time),
        )
        holiday = calendar.holiday_name(day)
        if holiday is not None:
            lines = (*lines, self._texts.render("library.stop.holiday", name=holiday))
        notes = (Section((stop.note,)),) if stop.note else ()
        return (Section(lines, self._texts.render("library.stop.next_heading"), asked=True), *notes)

    def _on_weekdays(self, library: MobileLibrary, numbers: list[int]) -> Section:
        """Return where the library stops on these days of the week, 0 for Monday."""
        timetable = dict(by_weekday(library.stops))
        lines = tuple(
            self._day_line(day, timetable[day]) if day in timetable else self._no_stops_on(number)
            for number, day in ((number, WEEKDAYS[number]) for number in numbers)
        )
        return Section(lines, self._texts.render("library.section.timetable"), "list", asked=True)

    def _no_stops_on(self, number: int) -> str:
        weekday = self._texts.render(f"calendar.weekday.{number}")
        return self._texts.render("library.no_stops_on", weekday=weekday)

    def _day_line(self, weekday: str, stops: Iterable[Stop]) -> str:
        shown = (self._texts.render("library.stop_line", settlement=stop.settlement, time=stop.time) for stop in stops)
        return self._texts.render("library.line", weekday=weekday, stops="; ".join(shown))

    def _timetable(self, library: MobileLibrary, *, asked: bool) -> Section:
        lines = tuple(self._day_line(weekday, stops) for weekday, stops in by_weekday(library.stops))
        return Section(lines, self._texts.render("library.section.timetable"), "list", asked=asked)

    def _accepts(self, library: MobileLibrary, *, asked: bool) -> tuple[Section, ...]:
        what_happens = (library.what_happens,) if library.what_happens else ()
        return self._sections({"accepts": library.accepts, "what_happens": what_happens}, asked=asked)

    def _offers(self, library: MobileLibrary) -> tuple[Section, ...]:
        parts = {"free": library.free_services, "paid": library.paid_services, "help": library.other_help}
        return self._sections(parts, asked=True)

    def _sections(self, parts: dict[str, tuple[str, ...]], *, asked: bool) -> tuple[Section, ...]:
        return tuple(
            Section(
                lines,
                self._texts.render(f"library.section.{name}"),
                "list" if len(lines) > 1 else "text",
                asked,
            )
            for name, lines in parts.items()
            if lines
        )

    def _card(
        self,
        library: MobileLibrary,
        sections: tuple[Section, ...],
        title: str | None = None,
        *,
        lead: bool = False,
    ) -> Answer:
        contact = (
            (Section((library.contact,), self._texts.render("library.section.contact")),) if library.contact else ()
        )
        card = Card(
            kind="timetable",
            title=title or self._texts.render("library.title"),
            lead=library.description if lead else None,
            sections=(*sections, *contact),
            warnings=(library.schedule_note,) if library.schedule_note else (),
            links=source_links(self._texts, library.sources),
        )
        return Answer(replies=(card_reply(self._texts, card),), subject=Subject(LIBRARY))
