"""Prepared replies: for everybody to use, for supervisors to edit."""

from __future__ import annotations

import msgspec
from aiohttp import web

from bot.core.audit import AuditAction, AuditObject, AuditRecord
from bot.core.handoff import CannedReply
from channels.web.keys import CORE
from channels.web.operator.asked import read_number, value_of
from channels.web.operator.bodies import read_body
from channels.web.operator.desk_json import canned_json
from channels.web.operator.desk_refusals import refusing
from channels.web.operator.guard import operator_of, signed_in_of
from channels.web.operator.refusals import json_answer


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


async def _note(request: web.Request, reply: CannedReply, change: str) -> None:
    record = AuditRecord(
        action=AuditAction.SETTINGS_CHANGED,
        object_type=AuditObject.CANNED_REPLY,
        object_id=str(reply.id),
        municipality=reply.municipality,
        data={"change": change},
    )
    await request.app[CORE].people.audit.note(signed_in_of(request).actor, record)
