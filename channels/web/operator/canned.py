"""Prepared replies: for everybody to use, for supervisors to edit."""

from __future__ import annotations

import json

import msgspec
from aiohttp import web

from bot.core.audit import AuditAction, AuditObject, AuditRecord
from bot.core.handoff import CannedReply, HandoffRefusedError
from bot.services.handoff.canned import CannedImportError
from channels.web.keys import CORE
from channels.web.operator.asked import read_number, value_of
from channels.web.operator.bodies import read_body
from channels.web.operator.desk_json import canned_json
from channels.web.operator.desk_refusals import DeskFailure, refusing
from channels.web.operator.guard import operator_of, signed_in_of
from channels.web.operator.refusals import json_answer
from channels.web.protocol import read_json

_MOST_BYTES = 2 * 1024 * 1024


class New(msgspec.Struct):
    """A new reply."""

    shortcut: str
    title: str
    text: str
    municipality: str | None = None


class Changed(msgspec.Struct):
    """What is to be different; what is left out stays."""

    shortcut: str | None = None
    title: str | None = None
    text: str | None = None
    municipality: str | msgspec.UnsetType | None = msgspec.UNSET


@refusing
async def listed(request: web.Request) -> web.Response:
    """Return the replies of one's municipalities and those of all."""
    found = await request.app[CORE].handoff.canned.listed(operator_of(request), value_of(request, "municipality"))
    return json_answer([canned_json(reply) for reply in found])


@refusing
async def add(request: web.Request) -> web.Response:
    """Store a new reply."""
    body = await read_body(request, New)
    stored = await request.app[CORE].handoff.canned.add(
        operator_of(request),
        municipality=body.municipality,
        shortcut=body.shortcut,
        title=body.title,
        text=body.text,
    )
    await _note(request, stored, "added")
    return json_answer(canned_json(stored), status=201)


@refusing
async def change(request: web.Request) -> web.Response:
    """Store what a reply says from now on."""
    body, desk = await read_body(request, Changed), request.app[CORE].handoff.canned
    before = await desk.get(read_number(request.match_info["id"]))
    wanted = CannedReply(
        id=before.id,
        municipality=before.municipality if body.municipality is msgspec.UNSET else body.municipality,
        shortcut=before.shortcut if body.shortcut is None else body.shortcut,
        title=before.title if body.title is None else body.title,
        text=before.text if body.text is None else body.text,
    )
    after = await desk.change(operator_of(request), wanted)
    await _note(request, after, "changed")
    return json_answer(canned_json(after))


@refusing
async def remove(request: web.Request) -> web.Response:
    """Remove a reply."""
    desk = request.app[CORE].handoff.canned
    before = await desk.get(read_number(request.match_info["id"]))
    await desk.remove(operator_of(request), before.id)
    await _note(request, before, "removed")
    return json_answer({"ok": True})


@refusing
async def export(request: web.Request) -> web.Response:
    """Send the replies that one may use as a file that another installation takes in."""
    found = await request.app[CORE].handoff.canned.listed(operator_of(request), value_of(request, "municipality"))
    replies = [{name: getattr(reply, name) for name in New.__struct_fields__} for reply in found]
    text = json.dumps(replies, ensure_ascii=False, indent=2) + "\n"
    headers = {"Content-Disposition": 'attachment; filename="ruosiniai.json"'}
    return web.Response(text=text, content_type="application/json", charset="utf-8", headers=headers)


@refusing
async def take_in(request: web.Request) -> web.Response:
    """Store the replies of such a file, all or none, in place of those with the same shortcut."""
    core, wanted = request.app[CORE], await _sent_replies(request)
    try:
        count = await core.handoff.canned.take_in(
            operator_of(request), [CannedReply(id=0, **msgspec.structs.asdict(new)) for new in wanted]
        )
    except CannedImportError as error:
        why = core.texts.render(f"desk.error.{error.code}", operator="")
        message = core.texts.render("desk.canned_import", number=error.number, why=why)
        refused = DeskFailure("canned_import", message)
        return json_answer({"error": refused.body()}, status=refused.status)
    await _record(request, None, None, change="imported", count=count)
    return json_answer({"count": count})


async def _sent_replies(request: web.Request) -> list[New]:
    data = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        data += chunk
        if len(data) > _MOST_BYTES:
            raise HandoffRefusedError("text_too_long")
    try:
        return msgspec.convert(read_json(bytes(data)), list[New])
    except msgspec.ValidationError as error:
        raise HandoffRefusedError("bad_frame") from error


async def _note(request: web.Request, reply: CannedReply, change: str) -> None:
    await _record(request, str(reply.id), reply.municipality, change=change)


async def _record(request: web.Request, number: str | None, municipality: str | None, **data: object) -> None:
    record = AuditRecord(
        action=AuditAction.SETTINGS_CHANGED,
        object_type=AuditObject.CANNED_REPLY,
        object_id=number,
        municipality=municipality,
        data=data,
    )
    await request.app[CORE].people.audit.note(signed_in_of(request).actor, record)
