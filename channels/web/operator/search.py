"""Search over all logs, and the export of what fits."""

from __future__ import annotations

import json

from aiohttp import web

from bot.core.audit import AuditAction, AuditObject, AuditRecord
from bot.core.handoff import HandoffRefusedError
from bot.services.handoff.export import as_csv, record
from channels.web.keys import CORE
from channels.web.operator.asked import asked_json, filters_of, number_of, value_of
from channels.web.operator.desk_refusals import refusing
from channels.web.operator.guard import operator_of, signed_in_of
from channels.web.operator.refusals import json_answer
from channels.web.protocol import moment

_TYPES = {"csv": "text/csv", "json": "application/json"}


@refusing
async def find(request: web.Request) -> web.Response:
    """Return rows of logs that hold all words, newest first; that one has searched is written down, not for what."""
    core, words, filters = request.app[CORE], value_of(request, "q") or "", filters_of(request)
    before = number_of(request, "before")
    found = await core.handoff.search.find(operator_of(request), words, filters, before)
    if before is None:
        await _note(request, AuditAction.SEARCHED, filters.municipality, count=len(found.items))
    return json_answer(
        {
            "items": [
                {
                    "conversation": item.hit.conversation,
                    "seq": item.hit.seq,
                    "at": moment(item.hit.at),
                    "author": item.hit.author.value,
                    "snippet": [{"text": text, "hit": hit} for text, hit in item.snippet],
                    "municipality": item.hit.municipality,
                }
                for item in found.items
            ],
            "next": found.next,
        }
    )


@refusing
async def export(request: web.Request) -> web.Response:
    """Send one row a conversation, as CSV for a spreadsheet or as JSON."""
    core, form, filters = request.app[CORE], value_of(request, "format") or "csv", filters_of(request)
    if form not in _TYPES:
        raise HandoffRefusedError("bad_frame")
    lines = await core.handoff.search.conversations(operator_of(request), value_of(request, "q") or "", filters)
    await _note(request, AuditAction.EXPORTED, filters.municipality, count=len(lines), format=form)
    records = [record(line) for line in lines]
    text = as_csv(records) if form == "csv" else json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    headers = {"Content-Disposition": f'attachment; filename="pokalbiai.{form}"'}
    return web.Response(text=text, content_type=_TYPES[form], charset="utf-8", headers=headers)


async def _note(request: web.Request, action: AuditAction, municipality: str | None, **data: object) -> None:
    entry = AuditRecord(
        action=action,
        object_type=AuditObject.REGISTER,
        municipality=municipality,
        data={"filter": asked_json(request), **data},
    )
    await request.app[CORE].people.audit.note(signed_in_of(request).actor, entry)
