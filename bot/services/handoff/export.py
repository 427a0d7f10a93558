"""Conversations as data: one flat record each, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.core.clock import local
from bot.services.cases.export import defused
from bot.services.handoff.views import Line

COLUMNS = (
    "id",
    "channel",
    "municipality",
    "department",
    "owner",
    "operator",
    "topic",
    "began_at",
    "queued_at",
    "claimed_at",
    "last_at",
    "messages",
    "closed_at",
    "closed_reason",
    "closed_topic",
    "rating",
    "cases",
)
"""The header of the CSV file: stable, new columns come last."""


def record(line: Line) -> dict[str, object]:
    """Return a conversation as plain JSON values under the names of `COLUMNS`, without anything that was said."""
    summary, closed = line.summary, line.summary.closed
    return {
        "id": summary.id,
        "channel": summary.channel,
        "municipality": summary.municipality,
        "department": summary.department,
        "owner": summary.owner.value,
        "operator": None if summary.operator is None else summary.operator.name,
        "topic": summary.topic,
        "began_at": _iso(summary.created_at),
        "queued_at": _iso(summary.queued_at),
        "claimed_at": _iso(summary.claimed_at),
        "last_at": _iso(summary.last_at),
        "messages": summary.last_seq,
        "closed_at": None if closed is None else _iso(closed.at),
        "closed_reason": None if closed is None else closed.reason,
        "closed_topic": None if closed is None else closed.topic,
        "rating": summary.rating,
        "cases": " ".join(line.cases) or None,
    }


def as_csv(records: Iterable[Mapping[str, object]]) -> str:
    """Return the records as RFC 4180 has it; a cell that a spreadsheet would take for a formula gets an apostrophe."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for values in records:
        writer.writerow(["" if values[name] is None else defused(str(values[name])) for name in COLUMNS])
    return written.getvalue()


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else local(moment).isoformat(timespec="seconds")
