"""Files in the widget: a resident sends and gets those of the conversation whose token the request bears."""

from __future__ import annotations

from functools import wraps

from aiohttp import hdrs, web

from bot.core.attachment import AttachmentRefusedError
from bot.core.conversation import Conversation
from bot.errors import LangelisError
from channels.web.failures import Failure, failure_of
from channels.web.file_transfer import receive, send
from channels.web.keys import CORE, LIMITS
from channels.web.operator.access import Handler
from channels.web.origins import origin_allowed
from channels.web.protocol import attachment_frame
from channels.web.rest import refusal
from channels.web.socket import CHANNEL

_ASK_AGAIN_SECONDS = "600"


def _across_origins(handler: Handler) -> Handler:
    """Let the widget call from the websites that may embed it, and refuse in JSON with its headers."""

    @wraps(handler)
    async def wrapped(request: web.Request) -> web.StreamResponse:
        if not origin_allowed(request, request.app[CORE]):
            return refusal(request, Failure("origin_refused"))
        try:
            response = await handler(request)
        except LangelisError as error:
            response = refusal(request, failure_of(error))
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is not None:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
            response.headers[hdrs.VARY] = hdrs.ORIGIN
        return response

    return wrapped


@_across_origins
async def ask_first(_request: web.Request) -> web.StreamResponse:
    """Answer what a browser asks before it lets another website's page send a file."""
    return web.Response(
        status=204,
        headers={
            hdrs.ACCESS_CONTROL_ALLOW_METHODS: "GET, POST",
            hdrs.ACCESS_CONTROL_ALLOW_HEADERS: "Authorization, Content-Type",
            hdrs.ACCESS_CONTROL_MAX_AGE: _ASK_AGAIN_SECONDS,
        },
    )


@_across_origins
async def take(request: web.Request) -> web.StreamResponse:
    """Take in a file; a message of the socket then shows it."""
    conversation = await _conversation(request)
    wait = request.app[LIMITS].take(request, conversation.id)
    if wait:
        return refusal(request, Failure("rate_limited", wait))
    kept = await receive(request, conversation.id)
    return web.json_response(attachment_frame(kept), status=201)


@_across_origins
async def give(request: web.Request) -> web.StreamResponse:
    """Send a file of the conversation that the resident was shown."""
    conversation = await _conversation(request)
    opened = await request.app[CORE].attachments.open(request.match_info["id"])
    if opened is None or opened.kept.conversation != conversation.id or opened.kept.seq is None:
        raise AttachmentRefusedError("file_unknown")
    return send(opened)


async def _conversation(request: web.Request) -> Conversation:
    token = request.headers.get(hdrs.AUTHORIZATION, "").removeprefix("Bearer ")
    return await request.app[CORE].hub.by_token(CHANNEL, token)
