"""The complaint laid out: to be confirmed, once it is filed, and as it stands later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.case import CHARTER_KINDS, TIMED_KINDS, Case, CaseKind
from bot.core.case_progress import Terms, extension_days, pauses
from bot.core.catalogue import Municipality
from bot.core.deadlines import LEGAL
from bot.core.reply import Asks, Button, Card, Link, Reply, Section
from bot.core.working_days import CountedDay, RestKind, explain
from bot.services.answering.question import card_reply
from bot.services.case_calendar import CaseCalendar
from bot.services.cases.history import resident_history
from bot.services.catalogues import LoadedCatalogue
from bot.services.filing.dialogue import button
from bot.services.filing.draft import Draft, Place, ReplyTo, Step, When
from bot.services.texts import Texts


class Summary:
    """Lays out drafts and cases for residents."""

    def __init__(self, texts: Texts, public_url: str = "") -> None:
        self._texts = texts
        self._public_url = public_url.rstrip("/")

    def to_confirm(self, draft: Draft, loaded: LoadedCatalogue, files: Sequence[str] = ()) -> Reply:
        """Return the draft with everything in it and the names of its files, to be submitted, corrected or left."""
        attached = (Section(tuple(files), self._say("field.files"), "list"),) if files else ()
        card = Card(
            kind="info",
            title=self._say("summary.title"),
            sections=(*self._fields(draft, loaded), *attached),
            warnings=self._warnings(draft),
        )
        reply = card_reply(self._texts, card)
        return Reply(text=reply.text, card=card, buttons=self.decisions(), asks=Asks.ANSWER)

    def decisions(self) -> tuple[Button, ...]:
        """Return the buttons below what is to be confirmed."""
        confirm = Step.CONFIRM.value
        return (
            Button(self._say("button.submit"), button(confirm, "submit")),
            Button(self._say("button.change"), button(confirm, "edit")),
            Button(self._say("button.cancel"), "/cancel"),
        )

    def _fields(self, draft: Draft, loaded: LoadedCatalogue) -> list[Section]:
        told = "text" if draft.is_short else "story"
        lines = {"kind": self._texts.render(f"case.kind.{draft.kind.value}"), told: draft.story or ""}
        if not draft.is_short:
            lines |= {
                "institution": self._place(draft.place or Place(), loaded),
                "when": self._when(draft.when or When()),
                "outcome": draft.outcome or self._say("summary.no_outcome"),
            }
        if draft.kind is CaseKind.CHARTER_NOTICE:
            lines["principle"] = draft.principle or self._say("summary.no_principle")
        lines["reply"] = self._reply(draft.reply or ReplyTo(wanted=False))
        return [Section(tuple(text.splitlines()), self._say(f"field.{name}")) for name, text in lines.items()]

    def _place(self, place: Place, loaded: LoadedCatalogue) -> str:
        known = None if place.id is None else loaded.catalogue.institution(place.id)
        name = known.name if known is not None else place.text
        if name is None:
            return self._say("summary.no_institution")
        return self._say("summary.found", text=name) if place.found else name

    def _when(self, when: When) -> str:
        said = when.day.isoformat() if when.day is not None else when.text
        if said is None:
            return self._say("summary.no_day")
        return self._say("summary.found", text=said) if when.found else said

    def _reply(self, reply: ReplyTo) -> str:
        given = ", ".join(part for part in (reply.name, reply.email, reply.phone) if part)
        if not (reply.email or reply.phone):
            return self._say("summary.anonymous")
        return given if reply.wanted else self._say("summary.no_reply", contact=given)

    def _warnings(self, draft: Draft) -> tuple[str, ...]:
        reply = draft.reply or ReplyTo(wanted=False)
        reachable = bool(reply.email or reply.phone)
        found = []
        if reachable:
            found.append(self._say("notice.short"))
        if not reachable and draft.kind in TIMED_KINDS:
            found.append(self._say("notice.anonymous"))
        if reachable and reply.name is None and draft.kind is CaseKind.COMPLAINT:
            found.append(self._say("notice.no_name"))
        return tuple(found)

    def filed(self, case: Case, terms: Terms, code: str, municipality: Municipality) -> Reply:
        """Return number, code, both due dates, what happens next and the routes of appeal."""
        timed = case.kind in TIMED_KINDS
        sections = [
            Section(
                self._lines("filed.keep", number=case.number, code=code),
                self._say("filed.number"),
                asked=True,
            ),
            *self._due(case, terms),
            Section(
                self._next(case),
                self._say("filed.what_next"),
                "list",
            ),
        ]
        if timed:
            sections.append(Section(self._lines("filed.appeal"), self._say("filed.appeal_heading"), "list"))
        card = Card(
            kind="info",
            title=self._say(f"filed.title.{case.kind.value}"),
            lead=self._texts.render(
                "complaint.filed.received", day=case.receipt_day.isoformat(), municipality=municipality
            ),
            sections=tuple(sections),
            links=self._links(),
        )
        buttons = (
            *((Button(self._say("button.terms"), button("terms", case.number)),) if timed else ()),
            Button(self._say("button.status"), "/complaint_status"),
        )
        return card_reply(self._texts, card, buttons)

    def _next(self, case: Case) -> tuple[str, ...]:
        return self._lines(
            "filed.next",
            mailed=case.filing.contact.email is not None,
            short=case.kind not in TIMED_KINDS,
            wants_reply=case.filing.wants_reply,
            must_reply=case.must_reply,
        )

    def status(self, case: Case, terms: Terms, municipality: Municipality) -> Reply:
        """Return where a case stands, its due dates and the part of its history that is the resident's."""
        history = tuple(
            self._say("status.event", day=event.at.date().isoformat(), text=event.words)
            for event in resident_history(case, self._texts)
        )
        card = Card(
            kind="info",
            title=self._say("status.title", number=case.number),
            lead=self._texts.render(
                "complaint.status.lead", state=self._texts.render(f"case.state.{case.state.value}")
            ),
            sections=(
                *self._due(case, terms),
                Section(history, self._say("status.history"), "list"),
            ),
            warnings=(self._say("status.overdue"),) if terms.overdue else (),
            links=self._links(),
        )
        buttons = (Button(self._say("button.withdraw"), "/withdraw_case"),)
        return card_reply(self._texts, card, buttons if case.closed_at is None else ())

    def counted(self, case: Case, calendar: CaseCalendar) -> Reply:
        """Return how both due dates came about, day by day, with the holidays that were skipped."""
        sections = []
        if case.kind in CHARTER_KINDS and calendar.charter_days is not None:
            sections.append(self._days("charter", explain(case.receipt_day, calendar.charter_days, calendar.rest)))
        if case.kind in TIMED_KINDS:
            days = explain(case.receipt_day, LEGAL + extension_days(case.history), calendar.rest, pauses(case.history))
            sections.append(self._days("legal", days))
        card = Card(
            kind="info",
            title=self._say("counted.title", number=case.number),
            lead=self._say("counted.lead", day=_iso(case.receipt_day)),
            sections=tuple(sections),
        )
        return card_reply(self._texts, card)

    def _days(self, clock: str, days: tuple[CountedDay, ...]) -> Section:
        heading = self._say(f"counted.{clock}")
        return Section(tuple(self._day(day) for day in days), heading, "list")

    def _day(self, counted: CountedDay) -> str:
        if counted.number is not None:
            why, name = "number", str(counted.number)
        elif counted.paused:
            why, name = "paused", ""
        else:
            rest = counted.rest
            why = "weekend" if rest is None else rest.kind.value
            name = "" if rest is None or rest.kind is RestKind.WEEKEND else rest.name or ""
        reason = self._say(f"counted.why.{why}", name=name)
        return self._say("counted.day", day=_iso(counted.day), reason=reason)

    def _due(self, case: Case, terms: Terms) -> tuple[Section, ...]:
        lines = []
        if terms.charter is not None:
            lines.append(self._say("due.charter", day=_iso(terms.charter)))
        if terms.legal is not None:
            lines.append(self._say("due.legal", day=_iso(terms.legal)))
        elif case.kind in TIMED_KINDS:
            lines.append(self._say("due.paused"))
        if not lines:
            return ()
        if terms.charter is not None and terms.legal is not None:
            lines.append(self._say("due.law_prevails"))
        return (Section(tuple(lines), self._say("due.heading"), "list"),)

    def _say(self, key: str, **values: object) -> str:
        return self._texts.render(f"complaint.{key}", **values)

    def _lines(self, key: str, **values: object) -> tuple[str, ...]:
        text = self._say(key, **values)
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def _links(self) -> tuple[Link, ...]:
        if not self._public_url:
            return ()
        return (Link(self._say("status.page"), f"{self._public_url}/case"),)


def _iso(day: date) -> str:
    return day.isoformat()
