"""The citizens' charter: principles, what residents are asked, commitments, where to report, in how many days."""

from __future__ import annotations

from bot.core.catalogue import Charter, Municipality
from bot.core.reply import Card, Section
from bot.nlu.normalise import fold
from bot.services.answering.question import Answer, Question, card_reply
from bot.services.answering.service_card import source_links
from bot.services.texts import Texts

# Folded stems by which a resident asks for one part of the charter.
_STEMS: dict[str, tuple[str, ...]] = {
    "principles": ("princip", "vertyb", "nuostat"),
    "requests": (
        "praso",
        "prasom",
        "gyventoju pareig",
        "tiketis is gyventoj",
        "turi gyventoj",
        "mano pareig",
    ),
    "commitments": ("isipareig", "pazad", "standart"),
    "report": ("kur pranes", "kam pranes", "pranest", "pazeid", "nesilaik", "kur kreip", "kam ras"),
    "term": ("dien", "per kiek", "kiek laik", "termin", "kada atsak"),
}
_ORDER = ("principles", "requests", "commitments", "report", "term", "preparation", "quality")


class CharterAnswers:
    """Answers `ask_charter`."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def answer(self, question: Question) -> Answer:
        """Return the whole charter, or its asked parts alone."""
        municipality = question.municipality
        charter = municipality.charter
        sections = self._sections(municipality)
        asked = _asked(question.text)
        shown = [name for name in _ORDER if name in sections and (not asked or name in asked)]
        card = Card(
            kind="charter",
            title=charter.title or self._texts.render("charter.title"),
            lead=None if asked else self._lead(charter),
            sections=tuple(self._section(name, sections[name], asked=name in asked) for name in shown),
            warnings=(charter.note,) if charter.note else (),
            links=source_links(self._texts, charter.sources),
        )
        return Answer(replies=(card_reply(self._texts, card),))

    def report_lines(self, charter: Charter) -> tuple[str, ...]:
        """Return where the municipality takes reports that the charter was not kept."""
        channels = charter.report_channels
        values = (
            ("receiver", channels.receiver),
            ("phones", ", ".join(channels.phones) or None),
            ("email", channels.email),
            ("in_person", channels.in_person),
            ("local", channels.local),
            ("form", channels.form),
            ("problem_map", channels.problem_map),
            ("mobile_library", channels.mobile_library),
        )
        return tuple(self._texts.render(f"charter.channel.{name}", value=value) for name, value in values if value)

    def term_line(self, charter: Charter) -> str:
        """Return in how many working days a report is examined, or that it is not known."""
        days = charter.response_working_days
        if days is None:
            return self._texts.render("charter.no_term")
        return self._texts.render("charter.term", days=days)

    def _section(self, name: str, lines: tuple[str, ...], *, asked: bool) -> Section:
        style = "text" if len(lines) == 1 else "list"
        return Section(lines, self._texts.render(f"charter.section.{name}"), style, asked)

    def _sections(self, municipality: Municipality) -> dict[str, tuple[str, ...]]:
        charter = municipality.charter
        note = charter.requests_note or self._texts.render("charter.no_requests")
        project = municipality.quality_project
        quality = (*municipality.quality_documents, *((project.name, *project.facts) if project else ()))
        parts = {
            "principles": charter.principles,
            "requests": charter.requests_to_residents or (note,),
            "commitments": charter.commitments,
            "report": self.report_lines(charter),
            "term": (self.term_line(charter), self._texts.render("charter.law_term")),
            "preparation": charter.preparation,
            "quality": quality,
        }
        return {name: lines for name, lines in parts.items() if lines}

    def _lead(self, charter: Charter) -> str | None:
        approved = None
        if charter.approval_act:
            approved = self._texts.render("charter.approved_act", act=charter.approval_act)
        elif charter.approved_by and charter.approved_on:
            approved = self._texts.render(
                "charter.approved_by_on", by=charter.approved_by, on=charter.approved_on.isoformat()
            )
        purpose = self._texts.render("charter.purpose", purpose=charter.purpose) if charter.purpose else None
        return " ".join(part for part in (purpose, approved) if part) or None


def _asked(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(part for part, stems in _STEMS.items() if any(stem in folded for stem in stems))
