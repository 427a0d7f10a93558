"""Files in the console: sent with a reply, and read from conversations and cases."""

from __future__ import annotations

from aiohttp import web

from bot.core.attachment import AttachmentRefusedError
from bot.core.handoff import HandoffRefusedError
from bot.core.operators import Permission
from bot.services.attachments.keeper import OpenedAttachment
from channels.web.file_transfer import receive, send
from channels.web.keys import CORE
from channels.web.operator.desk_refusals import refusing, refusing_page
from channels.web.operator.guard import operator_of, permit
from channels.web.operator.refusals import json_answer
from channels.web.protocol import attachment_frame


@refusing
async def take(request: web.Request) -> web.Response:
    """Take in a file for a conversation that the operator has; a reply then shows it."""
    core, operator, conversation = request.app[CORE], operator_of(request), request.match_info["id"]
    await core.handoff.talk.may_send(operator, conversation)
    kept = await receive(request, conversation, operator=operator.id)
    return json_answer(attachment_frame(kept), status=201)


@refusing_page
async def of_conversation(request: web.Request) -> web.StreamResponse:
    """Send a file that was shown in a conversation."""
    core, conversation = request.app[CORE], request.match_info["id"]
    if await core.handoff.talk.standing(operator_of(request), conversation) is None:
        raise HandoffRefusedError("unknown_conversation")
    opened = await _opened(request)
    if opened.kept.conversation != conversation or opened.kept.seq is None:
        raise AttachmentRefusedError("file_unknown")
    return send(opened)


@refusing_page
async def of_case(request: web.Request) -> web.StreamResponse:
    """Send a file of a case."""
    case = (await request.app[CORE].desk.get(request.match_info["number"])).case
    permit(request, Permission.READ_CASES, case.filing.municipality)
    opened = await _opened(request)
    if opened.kept.case != case.id:
        raise AttachmentRefusedError("file_unknown")
    return send(opened)


async def _opened(request: web.Request) -> OpenedAttachment:
    opened = await request.app[CORE].attachments.open(request.match_info["file"])
    if opened is None:
        raise AttachmentRefusedError("file_unknown")
    return opened
