"""Lists of conversations, whole conversations and their transcripts, colleagues and departments."""

from __future__ import annotations

import msgspec
from aiohttp import web

from bot.core.aspects import Aspect
from bot.core.audit import AuditAction, AuditObject, AuditRecord
from bot.core.clock import local
from bot.core.handoff import HandoffRefusedError
from bot.services.answering.service_card import service_card
from bot.services.finding import find_services
from bot.services.handoff.views import Thread
from bot.storage.summaries import Tab
from channels.web.keys import CORE
from channels.web.operator.asked import choice_of, value_of
from channels.web.operator.case_json import case_line
from channels.web.operator.desk_json import colleague_json, note_json, row_json, summary_json
from channels.web.operator.desk_refusals import refusing, refusing_page
from channels.web.operator.guard import operator_of, signed_in_of
from channels.web.operator.refusals import json_answer
from channels.web.pages import html

_MOST_SERVICES = 20
_PRINTED = "%Y-%m-%d %H:%M"


@refusing
async def listed(request: web.Request) -> web.Response:
    """Return a tab's conversations, `before` which one of the page before ended."""
    found = await request.app[CORE].handoff.views.listing(
        operator_of(request),
        choice_of(request, "tab", Tab.MINE),
        municipality=value_of(request, "municipality"),
        before=value_of(request, "before"),
    )
    return json_answer(
        {
            "items": [summary_json(line) for line in found.lines],
            "last_event": found.last_event,
            "counts": {tab.value: count for tab, count in found.counts.items()},
        }
    )


@refusing
async def one(request: web.Request) -> web.Response:
    """Return a whole conversation with notes, earlier ones and cases; the reading is written down."""
    found = await _read(request)
    texts = request.app[CORE].texts
    return json_answer(
        {
            "summary": summary_json(found.line),
            "rows": [row_json(row) for row in found.rows],
            "notes": [note_json(note) for note in found.notes],
            "earlier": [summary_json(line) for line in found.earlier],
            "cases": [case_line(entry, texts) for entry in found.cases],
            "resident": {"name": found.resident},
        }
    )


@refusing_page
async def transcript(request: web.Request) -> web.Response:
    """Send a conversation to be printed; notes are not part of it."""
    found, core = await _read(request), request.app[CORE]
    loaded = core.catalogues.find(found.line.summary.municipality)
    rows = [
        {
            "at": local(row.message.at).strftime(_PRINTED),
            "author": row.message.operator.name
            if row.message.operator is not None
            else core.texts.render(f"desk.author.{row.message.author.value}"),
            "text": row.message.reply.text,
            "files": [attachment.name for attachment in row.message.reply.attachments],
        }
        for row in found.rows
    ]
    return html(
        request,
        "operator/transcript.html.j2",
        summary=found.line.summary,
        municipality=None if loaded is None else loaded.catalogue.municipality,
        cases=found.line.cases,
        rows=rows,
        printed=local(core.clock.now()).strftime(_PRINTED),
    )


@refusing
async def colleagues(request: web.Request) -> web.Response:
    """Return who else works here and where they are."""
    found = await request.app[CORE].handoff.views.colleagues(operator_of(request))
    return json_answer([colleague_json(colleague) for colleague in found])


@refusing
async def departments(request: web.Request) -> web.Response:
    """Return the departments of a municipality."""
    municipality = value_of(request, "municipality")
    if municipality is None:
        raise HandoffRefusedError("bad_frame")
    return json_answer(list(await request.app[CORE].handoff.views.departments(municipality)))


@refusing
async def services(request: web.Request) -> web.Response:
    """Return services of a municipality's catalogue for words, found as the bot finds them, with their cards."""
    municipality, words, core = value_of(request, "municipality"), value_of(request, "q"), request.app[CORE]
    if municipality is None:
        raise HandoffRefusedError("bad_frame")
    loaded = core.catalogues.get(municipality)
    if words is None:
        shown = list(loaded.catalogue.services[:_MOST_SERVICES])
    else:
        matches = find_services(loaded, words, Aspect.GENERAL)
        shown = [service for match in matches if (service := loaded.catalogue.service(match.id)) is not None]
    year = local(core.clock.now()).year
    return json_answer(
        [
            {
                "id": service.id,
                "title": service.title,
                "card": msgspec.to_builtins(service_card(core.texts, service, Aspect.GENERAL, loaded.catalogue, year)),
            }
            for service in shown
        ]
    )


async def _read(request: web.Request) -> Thread:
    who, core = signed_in_of(request), request.app[CORE]
    found = await core.handoff.views.thread(who.operator, request.match_info["id"])
    summary = found.line.summary
    record = AuditRecord(
        action=AuditAction.CONVERSATION_READ,
        object_type=AuditObject.CONVERSATION,
        object_id=summary.id,
        municipality=summary.municipality,
    )
    await core.people.audit.note(who.actor, record)
    return found
