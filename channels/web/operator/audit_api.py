"""The audit log for supervisors, newest first, by page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from aiohttp import web

from bot.core.audit import AuditEntry, AuditFilter
from bot.core.clock import VILNIUS
from bot.services.people.audit import MOST_ENTRIES, audit_read
from bot.services.texts import Texts
from channels.web.keys import CORE
from channels.web.operator.guard import signed_in_of
from channels.web.operator.refusals import Refused, json_answer

_LONGEST_NUMBER = 15
_FIRST_YEAR, _LAST_YEAR = 2000, 2999


async def page(request: web.Request) -> web.Response:
    """Return entries by `from` and `to` (days in Lithuania, both counted), operator, action, object, municipality."""
    who, core = signed_in_of(request), request.app[CORE]
    wanted, before = _filter(request), _number(request, "before")
    limit = _number(request, "limit") or MOST_ENTRIES
    found = await core.people.audit.page(who.operator, wanted, before=before, limit=limit)
    # Paging on is the same look.
    if before is None:
        await core.people.audit.note(who.actor, audit_read(wanted))
    return json_answer(
        {"entries": [_entry(entry, core.texts) for entry in found.entries], "next_before": found.next_before}
    )


def _filter(request: web.Request) -> AuditFilter:
    asked = request.query
    last = _day(request, "to")
    return AuditFilter(
        since=_day(request, "from"),
        # A day of 23 or 25 hours is a day.
        until=None if last is None else last + timedelta(days=1),
        operator_id=asked.get("operator") or None,
        action=asked.get("action") or None,
        object_type=asked.get("object_type") or None,
        object_id=asked.get("object_id") or None,
        municipality=asked.get("municipality") or None,
    )


def _day(request: web.Request, name: str) -> datetime | None:
    """Return the first moment of a day in Lithuania. Raises `Refused` for what is no day."""
    written = request.query.get(name)
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise Refused("bad_request") from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Refused("bad_request")
    return datetime.combine(day, time(), VILNIUS)


def _number(request: web.Request, name: str) -> int | None:
    written = request.query.get(name)
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or len(written) > _LONGEST_NUMBER:
        raise Refused("bad_request")
    return int(written)


def _entry(entry: AuditEntry, texts: Texts) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "operator_id": entry.operator_id,
        "operator_name": entry.operator_name,
        "action": entry.action,
        "action_label": _label(texts, f"operator.action.{entry.action}", entry.action),
        "object_type": entry.object_type,
        "object_label": _label(texts, f"operator.object.{entry.object_type}", entry.object_type),
        "object_id": entry.object_id,
        "municipality": entry.municipality,
        "address": entry.address,
        "data": dict(entry.data),
    }


def _label(texts: Texts, key: str, otherwise: str) -> str:
    """Return the words for what is written; an older version may have written what nobody knows any more."""
    return texts.render(key) if texts.has(key) else otherwise
