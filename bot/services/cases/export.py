"""The register as data for other systems: one flat record a case, CSV for a document-management system, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from bot.core.case import Case, CaseEvent, Contact, EventKind
from bot.core.case_progress import extension_days
from bot.core.clock import VILNIUS, local
from bot.services.cases.desk import CaseDesk, Entry
from bot.storage import cases as storage
from bot.storage.database import Database

NO_CONTACT = Contact()
_FORMULA = frozenset("=+-@＝＋－＠")  # the wide ones are taken for the plain ones by spreadsheets of the Far East

COLUMNS = (
    "number",
    "municipality",
    "kind",
    "filed_kind",
    "state",
    "channel",
    "received_at",
    "receipt_day",
    "charter_due",
    "legal_due",
    "charter_overdue",
    "legal_overdue",
    "extended_days",
    "institution_id",
    "institution_text",
    "service_id",
    "principle",
    "complained_about",
    "happened_on",
    "happened_text",
    "description",
    "outcome",
    "wants_reply",
    "must_reply",
    "identity",
    "contact_name",
    "contact_email",
    "contact_phone",
    "assigned_unit",
    "assigned_person",
    "forwarded_to",
    "decided_on",
    "decision_number",
    "decision_ruling",
    "notified_at",
    "closed_at",
    "erased_at",
)
"""The header of the CSV file: stable, new columns come last."""


async def register(
    database: Database, desk: CaseDesk, *, municipality: str | None, first: date | None, last: date | None
) -> tuple[Entry, ...]:
    """Return the cases received from the first to the last day (in Lithuania, both included), in order of receipt."""
    async with database.read() as session:
        found = await storage.register(
            session,
            municipality=municipality,
            received_from=None if first is None else _midnight(first),
            received_until=None if last is None else _midnight(last + timedelta(days=1)),
        )
    return tuple(Entry(case, desk.terms(case)) for case in found)


def record(entry: Entry, contact: Contact = NO_CONTACT) -> dict[str, object]:
    """Return a case as plain JSON values under the names of `COLUMNS`; the contact as it may be shown."""
    case, terms = entry.case, entry.terms
    values = {
        **_filed(case),
        "charter_due": _iso(terms.charter),
        "legal_due": _iso(terms.legal),
        "charter_overdue": terms.charter_overdue,
        "legal_overdue": terms.legal_overdue,
        "contact_name": contact.name,
        "contact_email": contact.email,
        "contact_phone": contact.phone,
        **_progress(case),
    }
    return {column: values[column] for column in COLUMNS}


def history(case: Case) -> list[dict[str, object]]:
    """Return the history as plain JSON values, oldest first."""
    return [
        {
            "seq": event.seq,
            "kind": event.kind.value,
            "at": _iso(event.at),
            "actor": event.actor.kind.value,
            "actor_name": event.actor.name,
            "data": dict(event.data),
        }
        for event in case.history
    ]


def as_csv(records: Iterable[Mapping[str, object]]) -> str:
    """Return the records as RFC 4180 has it: a header, commas, CRLF; dates ISO, truth as true and false.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for values in records:
        writer.writerow([_cell(values[column]) for column in COLUMNS])
    return written.getvalue()


def as_json(records: Iterable[Mapping[str, object]]) -> str:
    """Return the records as a JSON array."""
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"


def defused(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula; blanks before the sign do not help."""
    return f"'{text}" if text.lstrip()[:1] in _FORMULA else text


def _filed(case: Case) -> dict[str, object]:
    filing = case.filing
    return {
        "number": case.number,
        "municipality": filing.municipality,
        "kind": case.kind.value,
        "filed_kind": filing.kind.value,
        "state": case.state.value,
        "channel": filing.channel,
        "received_at": _iso(case.received_at),
        "receipt_day": _iso(case.receipt_day),
        "institution_id": filing.subject.institution,
        "institution_text": filing.subject.institution_text,
        "service_id": filing.subject.service,
        "principle": filing.subject.principle,
        "complained_about": case.complained_about,
        "happened_on": _iso(filing.happened_on),
        "happened_text": filing.happened_text,
        "description": filing.description,
        "outcome": filing.outcome,
        "wants_reply": filing.wants_reply,
        "must_reply": case.must_reply,
        "identity": case.identity.value,
    }


def _progress(case: Case) -> dict[str, object]:
    decision, notified, forwarded = (
        _latest(case, kind) for kind in (EventKind.DECIDED, EventKind.NOTIFIED, EventKind.FORWARDED)
    )
    return {
        "extended_days": extension_days(case.history) or None,
        "assigned_unit": None if case.assignee is None else case.assignee.unit,
        "assigned_person": None if case.assignee is None else case.assignee.person,
        "forwarded_to": _said(forwarded, "to"),
        "decided_on": _said(decision, "decided_on"),
        "decision_number": _said(decision, "number"),
        "decision_ruling": _said(decision, "ruling"),
        "notified_at": None if notified is None else _iso(notified.at),
        "closed_at": _iso(case.closed_at),
        "erased_at": _iso(case.erased_at),
    }


def _latest(case: Case, kind: EventKind) -> CaseEvent | None:
    return next((event for event in reversed(case.history) if event.kind is kind), None)


def _said(event: CaseEvent | None, name: str) -> object:
    return None if event is None else event.data.get(name)


def _iso(moment: date | datetime | None) -> str | None:
    """Return a day as YYYY-MM-DD, a moment with Lithuania's offset to the second."""
    if isinstance(moment, datetime):
        return local(moment).isoformat(timespec="seconds")
    return None if moment is None else moment.isoformat()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return defused(str(value))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VILNIUS)
