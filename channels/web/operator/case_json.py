"""Cases as the console gets them: a line of the register, and one case with its history and both counted terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.attachment import Attachment
from bot.core.case import TIMED_KINDS, Case, CaseEvent, EventKind
from bot.core.case_rules import allowed_events
from bot.core.clock import local
from bot.services.case_calendar import CaseCalendar
from bot.services.cases import history
from bot.services.cases.desk import Entry
from bot.services.texts import Texts
from channels.web.case_terms import TermView, case_terms
from channels.web.protocol import attachment_frame, moment

Json = dict[str, object]
COMMANDS = {
    "classify": EventKind.CLASSIFIED,
    "assign": EventKind.ASSIGNED,
    "investigate": EventKind.INVESTIGATED,
    "extend": EventKind.EXTENDED,
    "pause": EventKind.PAUSED,
    "resume": EventKind.RESUMED,
    "forward": EventKind.FORWARDED,
    "decide": EventKind.DECIDED,
    "notify": EventKind.NOTIFIED,
    "close": EventKind.CLOSED,
    "reopen": EventKind.REOPENED,
}
"""What officials may do, with the event that comes of it."""


def case_line(entry: Entry, texts: Texts) -> Json:
    """Return a line of the register."""
    case, terms = entry.case, entry.terms
    return {
        "number": case.number,
        "municipality": case.filing.municipality,
        "kind": case.kind.value,
        "kind_words": texts.render(f"case.kind.{case.kind.value}"),
        "state": case.state.value,
        "state_words": texts.render(f"case.state.{case.state.value}"),
        "received": local(case.received_at).date().isoformat(),
        "charter_due": None if terms.charter is None else terms.charter.isoformat(),
        "legal_due": None if terms.legal is None else terms.legal.isoformat(),
        "overdue": terms.overdue,
        "unit": None if case.assignee is None else case.assignee.unit,
        "conversation": case.filing.conversation,
    }


def case_detail(
    entry: Entry,
    calendar: CaseCalendar,
    texts: Texts,
    *,
    today: date,
    can_decide: bool,
    files: Sequence[Attachment] = (),
) -> Json:
    """Return a case with all that officials need; what may be done is what its state allows."""
    case, filing = entry.case, entry.case.filing
    allowed = allowed_events(case.state)
    happened = filing.happened_text or (None if filing.happened_on is None else filing.happened_on.isoformat())
    institution = filing.subject.institution_text or filing.subject.institution
    assignee = case.assignee
    return {
        **case_line(entry, texts),
        "description": filing.description,
        "outcome": filing.outcome,
        "happened": happened,
        "institution": institution,
        "principle": filing.subject.principle,
        "complained_about": case.complained_about,
        "contact": {"name": filing.contact.name, "email": filing.contact.email, "phone": filing.contact.phone},
        "wants_reply": filing.wants_reply,
        "must_reply": case.must_reply,
        "attachments": [attachment_frame(file) for file in files],
        "person": None if assignee is None else assignee.person,
        "history": [_event(case, event, texts) for event in case.history],
        "explanation": explanation(entry, calendar, texts, today),
        "allowed": [
            name for name, kind in COMMANDS.items() if kind in allowed and (can_decide or kind is not EventKind.DECIDED)
        ],
        "erased": case.erased_at is not None,
    }


def explanation(entry: Entry, calendar: CaseCalendar, texts: Texts, today: date) -> Json:
    """Return day by day how both terms were counted, under `charter` and `legal`."""
    views = list(case_terms(entry.case, entry.terms, calendar, today=today, texts=texts))
    has_charter = entry.terms.charter is not None and calendar.charter_days is not None
    charter = views.pop(0) if has_charter else None
    legal = views.pop(0) if views and entry.case.kind in TIMED_KINDS else None
    return {"charter": _days(charter), "legal": _days(legal)}


def event_words(case: Case, event: CaseEvent, texts: Texts) -> str:
    """Return what happened, in words."""
    own = f"desk.case_event.{event.kind.value}"
    return texts.render(own) if texts.has(own) else history.event_words(case, event, texts)


def actor_words(event: CaseEvent, texts: Texts) -> str:
    """Return who did it: the official's name, or what kind of actor."""
    return event.actor.name or texts.render(f"desk.actor.{event.actor.kind.value}")


def _event(case: Case, event: CaseEvent, texts: Texts) -> Json:
    return {
        "seq": event.seq,
        "kind": event.kind.value,
        "words": event_words(case, event, texts),
        "at": moment(event.at),
        "actor": actor_words(event, texts),
        "data": dict(event.data),
    }


def _days(view: TermView | None) -> list[Json]:
    if view is None:
        return []
    return [
        {
            "day": day.day.isoformat(),
            "until": day.until.isoformat(),
            "weekday": day.weekday,
            "words": day.words,
            "counts": day.counts,
        }
        for day in view.days
    ]
