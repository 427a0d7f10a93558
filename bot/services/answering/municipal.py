"""The problem map, and the municipality's own channels for what cannot be handled in the conversation yet."""

from __future__ import annotations

from bot.core.reply import Card, Link, Reply, Section
from bot.services.answering.charter import CharterAnswers
from bot.services.answering.institutions import InstitutionAnswers
from bot.services.answering.question import Answer, Question, card_reply, offers
from bot.services.answering.service_card import source_links
from bot.services.texts import Texts

_WITH_CHARTER = frozenset({"file_complaint", "rate_service"})
_WITH_MAP = frozenset({"report_problem", "problem_status"})
_MAP_STYLES = {"how": "steps", "categories": "list", "examples": "text", "who": "text"}


class MunicipalAnswers:
    """Answers `ask_problem_map` and everything that is referred to the municipality."""

    def __init__(self, texts: Texts, institutions: InstitutionAnswers, charter: CharterAnswers) -> None:
        self._texts = texts
        self._institutions = institutions
        self._charter = charter

    def problem_map(self, question: Question) -> Answer:
        """Describe the problem map, or say that the municipality has none."""
        found = question.catalogue.problem_map
        if found is None:
            text = self._texts.render("problem_map.none", municipality=question.municipality)
            return Answer(replies=(Reply(text=text), *self.refer(question, "report_problem").replies))
        notes = (found.categories_note,) if found.categories_note else ()
        parts = {
            "how": found.how,
            "categories": found.categories,
            "examples": (", ".join(found.examples),) if found.examples else (),
            "who": (self._texts.render("problem_map.who", who=found.who),) if found.who else (),
        }
        sections = [
            Section(lines, self._texts.render(f"problem_map.section.{name}"), _MAP_STYLES[name], asked=name == "how")
            for name, lines in parts.items()
            if lines
        ]
        card = Card(
            kind="info",
            title=found.name,
            lead=self._texts.render("problem_map.purpose", purpose=found.purpose),
            sections=tuple(sections),
            warnings=notes,
            links=(
                Link(self._texts.render("problem_map.open"), found.url),
                *source_links(self._texts, found.sources),
            ),
        )
        return Answer(replies=(card_reply(self._texts, card),))

    def refer(self, question: Question, matter: str | None = None) -> Answer:
        """Say what cannot be done here yet and give the true contacts."""
        matter = matter or question.intent
        problem_map = question.catalogue.problem_map if matter in _WITH_MAP else None
        sections = [self._contacts(question, matter)]
        charter = question.municipality.charter
        if matter in _WITH_CHARTER:
            heading = self._texts.render("referral.heading.charter")
            sections.append(
                Section((*self._charter.report_lines(charter), self._charter.term_line(charter)), heading, "list")
            )
        if matter == "file_complaint":
            appeal = self._texts.render("complaint.filed.appeal").splitlines()
            sections.append(Section(tuple(appeal), self._texts.render("referral.heading.appeal"), "list"))
        links = list(self._institutions.municipality_links(question.municipality))
        if matter in _WITH_CHARTER:
            links += source_links(self._texts, charter.sources)
        if problem_map is not None:
            links = [Link(self._texts.render("referral.map_link"), problem_map.url), *links]
            links += source_links(self._texts, problem_map.sources)
        card = Card(
            kind="info",
            title=self._texts.render(f"referral.title.{matter}"),
            lead=self._texts.render(f"referral.lead.{matter}", map=problem_map),
            sections=tuple(sections),
            warnings=(self._texts.render("referral.urgent"),) if matter == "report_problem" else (),
            links=tuple({link.url: link for link in reversed(links)}.values())[::-1],
        )
        return Answer(replies=(card_reply(self._texts, card, offers(self._texts)[:2]),))

    def _contacts(self, question: Question, matter: str) -> Section:
        heading = self._texts.render("referral.heading.contacts")
        return self._institutions.municipality_contacts(question.municipality, heading)
