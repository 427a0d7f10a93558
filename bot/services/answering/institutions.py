"""Contacts of institutions, and whether they are open."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.catalogue import Institution, Municipality
from bot.core.hours import WeekHours, is_open, next_opening, opening_on, parse_hours
from bot.core.reply import Asks, Button, Card, Link, Reply, Section
from bot.nlu.days import asks_about_now, named_days, without_time
from bot.nlu.entities.entity import Kind, Reading
from bot.nlu.heads import MUNICIPALITY, AskedHead, asked_head, names_head
from bot.nlu.institutions import weighed_name
from bot.nlu.lexicon import content_words
from bot.nlu.normalise import fold
from bot.nlu.resolver import Match, Verdict, decide
from bot.nlu.stems import stem
from bot.services import calendar
from bot.services.answering.question import CONTACTS, HOURS, Answer, Question, Subject, card_reply, offers
from bot.services.answering.service_card import source_links
from bot.services.finding import only_institution
from bot.services.texts import Texts

_MAX_CHOICES = 4
# A name met in full with no other near it is meant, though parts of it name others too.
_MET_IN_FULL = 0.95
_NEAR = 0.9
# Folded words of asking that are no name, though they fit no list of contact words.
_ASKING = re.compile(r"\b(?:el|tel|nr|uzei\w*|susisiek\w*|isikur\w*|randa\w*|esat\w*|ju[sm]\w*)\b")
_MUNICIPALITY = re.compile(r"\b(?:savivaldyb|merij)")


class InstitutionAnswers:
    """Answers `ask_contacts` and `ask_hours`."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def answer(self, question: Question) -> Answer:
        """Answer about the institution that was chosen, named, spoken of before, or the municipality itself."""
        chosen = question.chosen.get("institution")
        if chosen is not None:
            institution = question.catalogue.institution(chosen)
            return self._municipality(question) if institution is None else self._about(question, institution)
        if question.from_button:
            return self._municipality(question)
        exact = _named_in_full(question, question.text)
        if exact is not None:
            return self._about(question, exact)
        found = question.loaded.institutions.search(question.text, _MAX_CHOICES)
        institutions = _all_of(question, found)
        kind = _kind_asked(question)
        if institutions and kind and not _is_of(institutions[0], kind):
            # "Biblioteka Simne": what else there is in Simnas was not asked for.
            return self._choose(question, _all_of(question, question.loaded.institutions.search(kind, _MAX_CHOICES)))
        if institutions and _one_is_meant(found):
            return self._about(question, institutions[0])
        if institutions:
            return self._choose(question, institutions)
        return self._provider(question) or self._municipality(question)

    def only_named(self, question: Question) -> Answer | None:
        """Answer when an institution's name is all that was said."""
        named = None if question.from_button else only_institution(question.loaded, question.text, question.intent)
        institution = None if named is None else question.catalogue.institution(named)
        return None if institution is None else self._about(question, institution)

    def head(self, question: Question) -> Answer | None:
        """Answer who heads an institution: what the catalogue says of it, else that it does not, and whom to ask."""
        asked = None if question.from_button else asked_head(question.text)
        if asked is None:
            return None
        if asked.kind == MUNICIPALITY:
            told = self._municipality(replace(question, intent=CONTACTS, text=""))
            return replace(told, replies=(Reply(text=self._texts.render("institution.no_head")), *told.replies))
        institutions = _headed(question, asked)
        if len(institutions) > 1:
            return self._choose(replace(question, intent=CONTACTS), institutions)
        return self._about(question, institutions[0], (self._head(institutions[0]),)) if institutions else None

    def _head(self, institution: Institution) -> Section:
        others = (f"{label}: {value}" for label, value in institution.other_contacts)
        told = (institution.facts, institution.note, *others)
        lines = tuple(text for text in told if text and names_head(text))
        return Section(lines or (self._texts.render("institution.no_head"),), asked=True)

    def _provider(self, question: Question) -> Answer | None:
        """Contacts of whoever provides the service that is named, or of what was spoken of before."""
        if _names_something(question.text):
            outcome = decide(question.loaded.services.search(question.text))
            if outcome.verdict is not Verdict.ANSWER:
                return None
            service = question.catalogue.service(outcome.matches[0].id)
            provider = None if service is None else question.catalogue.provider_of(service)
        elif question.institution is None or _MUNICIPALITY.search(fold(question.text)):
            provider = None
        else:
            provider = question.catalogue.institution(question.institution)
        return None if provider is None else self._about(question, provider)

    def _about(self, question: Question, institution: Institution, first: tuple[Section, ...] = ()) -> Answer:
        sections = [
            *first,
            *self._hours(question, institution),
            *self._contacts(institution, question.municipality),
            *self._details(institution),
        ]
        links = source_links(self._texts, institution.sources)
        if institution.website:
            links = (Link(self._texts.render("institution.label.website"), institution.website), *links)
        card = Card(kind="institution", title=institution.name, sections=tuple(sections), links=links)
        subject = _subject(question, institution.id)
        return Answer(replies=(card_reply(self._texts, card),), institution=institution.id, subject=subject)

    def _municipality(self, question: Question) -> Answer:
        hours = self._hours(question, question.municipality) if question.intent == HOURS else []
        card = Card(
            kind="institution",
            title=question.municipality.name,
            sections=(*hours, self.municipality_contacts(question.municipality, with_hours=not hours)),
            links=self.municipality_links(question.municipality),
        )
        reply, subject = card_reply(self._texts, card), _subject(question, None)
        if not question.from_button and _names_something(question.text):
            text = self._texts.render("institution.not_found")
            contacts = Reply(text=reply.text, card=card, buttons=offers(self._texts))
            return Answer(replies=(Reply(text=text), contacts), subject=subject)
        return Answer(replies=(reply,), subject=subject)

    def municipality_links(self, municipality: Municipality) -> tuple[Link, ...]:
        """Return the municipality's website and where its contacts were read."""
        website = Link(self._texts.render("institution.label.website"), municipality.website)
        return (website, *source_links(self._texts, municipality.sources))

    def municipality_contacts(
        self, municipality: Municipality, heading: str | None = None, *, with_hours: bool = True
    ) -> Section:
        """Return the municipality's own contacts as a section."""
        return Section(
            (
                *self._lines(address=municipality.address, phone=municipality.phone, email=municipality.email),
                *self._quality_contacts(municipality),
                *self._lines(hours=municipality.hours if with_hours else None),
            ),
            heading or self._texts.render("institution.part.contacts"),
            "list",
            asked=True,
        )

    def _quality_contacts(self, municipality: Municipality) -> tuple[str, ...]:
        """Return the charter's contacts, named as such, where the municipality's own are not known."""
        channels = municipality.charter.report_channels
        return self._lines(
            quality_phone=None if municipality.phone else ", ".join(channels.phones),
            quality_email=None if municipality.email else channels.email,
        )

    def _contacts(self, institution: Institution, municipality: Municipality) -> list[Section]:
        phone, note = institution.phone, institution.phone_note
        if phone and note:
            phone = self._texts.render("institution.noted", value=phone, note=note[:1].lower() + note[1:].rstrip("."))
        place = None if institution.address else institution.settlement
        lines = self._lines(address=institution.address, place=place, phone=phone, email=institution.email)
        others = tuple(
            self._texts.render("institution.label.other", label=label[:1].upper() + label[1:], value=value)
            for label, value in institution.other_contacts
        )
        missing = () if institution.phone else (self._texts.render("institution.no_phone", of=municipality.phone),)
        heading = self._texts.render("institution.part.contacts")
        return [Section((*lines, *others, *missing), heading, "list", asked=True)]

    def _details(self, institution: Institution) -> list[Section]:
        about = tuple(text for text in (institution.facts, institution.note) if text)
        sections = []
        if institution.functions:
            sections.append(Section(institution.functions, self._texts.render("institution.part.functions"), "list"))
        if about:
            sections.append(Section(about, self._texts.render("institution.part.about")))
        return sections

    def _lines(self, **values: str | None) -> tuple[str, ...]:
        return tuple(
            self._texts.render(f"institution.label.{label}", value=value) for label, value in values.items() if value
        )

    def _choose(self, question: Question, institutions: list[Institution]) -> Answer:
        buttons = tuple(
            Button(institution.name, f"/{question.intent}{json.dumps({'institution': institution.id})}")
            for institution in institutions
        )
        reply = Reply(text=self._texts.render("institution.choose"), buttons=buttons, asks=Asks.CHOICE)
        return Answer(replies=(reply,))

    def _hours(self, question: Question, of: Institution | Municipality) -> list[Section]:
        asked = question.intent == HOURS
        if of.hours is None and not asked:
            return []
        heading = self._texts.render("institution.part.hours")
        if of.hours is None:
            # Only what is known may be told to be asked.
            lines: tuple[str, ...] = (
                self._texts.render("institution.hours.unknown", phone=of.phone, website=of.website),
            )
        else:
            lines = self._hours_lines(question, of.hours, asked=asked)
        return [Section(lines, heading, asked=asked)]

    def _hours_lines(self, question: Question, hours: str, *, asked: bool) -> tuple[str, ...]:
        week = parse_hours(hours)
        if week is None or not asked:
            return (hours,)
        days = named_days(question.text, question.local_now.date())
        if days and not asks_about_now(question.text):
            first = tuple(self._on_day(week, day) for day in days)
        else:
            first = (self._now(week, question.local_now),)
        return (*first, self._texts.render("institution.hours.week", hours=hours))

    def _on_day(self, week: WeekHours, day: date) -> str:
        shown = self._day(day)
        holiday = calendar.holiday_name(day)
        if holiday is not None:
            return self._texts.render("institution.hours.holiday", day=shown, name=holiday)
        spans = opening_on(week, day)
        if not spans:
            return self._texts.render("institution.hours.closed_on", day=shown)
        return self._texts.render("institution.hours.open_on", day=shown, spans=", ".join(map(str, spans)))

    def _now(self, week: WeekHours, local: datetime) -> str:
        if is_open(week, local, calendar.is_holiday(local.date())):
            return self._texts.render("institution.hours.open_now")
        opening = next_opening(week, local, calendar.is_holiday)
        opens = None
        if opening is not None:
            opens = self._texts.render(
                "calendar.opens",
                weekday=self._texts.render(f"calendar.weekday.{opening.weekday()}"),
                date=opening.date().isoformat(),
                time=f"{opening.hour}.{opening.minute:02}",
            )
        return self._texts.render("institution.hours.closed_now", opens=opens)

    def _day(self, day: date) -> str:
        weekday = self._texts.render(f"calendar.weekday.{day.weekday()}")
        shown = self._texts.render("calendar.day", weekday=weekday, date=day.isoformat())
        return shown[:1].upper() + shown[1:]


def _names_something(text: str) -> bool:
    """Tell whether words are left that may be a name, besides what is asked of it and for which day."""
    rest = _ASKING.sub(" ", without_time(text))
    return any(weighed_name(word) for word in content_words(rest))


def _subject(question: Question, institution: str | None) -> Subject:
    return Subject(HOURS if question.intent == HOURS else CONTACTS, institution)


def _all_of(question: Question, found: Sequence[Match]) -> list[Institution]:
    named = [question.catalogue.institution(match.id) for match in found]
    return [institution for institution in named if institution is not None]


def _named_in_full(question: Question, text: str) -> Institution | None:
    """Return the one institution that is named as no other is."""
    named = {e.value for e in question.loaded.places.find(Reading(text)) if e.kind is Kind.INSTITUTION}
    return question.catalogue.institution(named.pop()) if len(named) == 1 else None


def _kind_asked(question: Question) -> str | None:
    """Return the word of a message that is a kind of institution in this catalogue: "biblioteka"."""
    kinds = {stem(fold(item.kind)) for item in question.catalogue.institutions if " " not in item.kind}
    return next((word for word in content_words(question.text) if stem(word) in kinds), None)


def _is_of(institution: Institution, kind: str) -> bool:
    names = " ".join((institution.kind, institution.name, *institution.aliases))
    return stem(kind) in weighed_name(names)


def _headed(question: Question, asked: AskedHead) -> list[Institution]:
    """Return the institutions whose head may be meant: of the kind that is asked, in the place that is named."""
    spoken_of = None if question.institution is None else question.catalogue.institution(question.institution)
    if not asked.rest and spoken_of is not None and asked.kind in {None, spoken_of.kind}:
        return [spoken_of]
    if asked.kind is None:
        named = _named_in_full(question, question.text)
        return [] if named is None else [named]
    places = question.loaded.places.find(Reading(question.text))
    if asked.rest and asked.rest not in {fold(question.text[place.start : place.end]) for place in places}:
        # Something else is asked of the elder.
        return []
    found = question.loaded.institutions.search(f"{asked.kind} {asked.rest}", _MAX_CHOICES)
    of_kind = [institution for institution in _all_of(question, found) if institution.kind == asked.kind]
    return of_kind[:1] if asked.rest else of_kind


def _one_is_meant(found: Sequence[Match]) -> bool:
    return len(found) == 1 or (found[0].score >= _MET_IN_FULL and found[1].score < _NEAR)
