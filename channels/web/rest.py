"""Rasa's REST channel: `POST /webhooks/rest/webhook`, request and answer as in Rasa's documentation."""

from __future__ import annotations

import hmac
import json

import msgspec
from aiohttp import web

from bot.core.conversation import Inbound, Message
from bot.core.reply import Reply
from bot.core.text_rules import MAX_CLIENT_ID_CHARACTERS
from bot.errors import LangelisError, RefusedMessageError
from channels.web.failures import Failure, failure_of
from channels.web.keys import CORE, LIMITS
from channels.web.protocol import read_json

CHANNEL = "rest"
_MAX_SENDER_CHARACTERS = 128


class Metadata(msgspec.Struct):
    """What a client may tell about a message; other fields are ignored."""

    municipality: str | None = None
    client_id: str | None = None


class Body(msgspec.Struct):
    """The request; other fields that Rasa's clients send are ignored."""

    sender: str
    message: str
    metadata: Metadata | None = None


async def status(_request: web.Request) -> web.Response:
    """Answer as Rasa's channel does to a health check."""
    return web.json_response({"status": "ok"})


async def webhook(request: web.Request) -> web.Response:
    """Take one message and return what is said to it."""
    core = request.app[CORE]
    if not _authorised(request, core.settings.rest_token):
        # Guessing is slowed down as writing is.
        wait = request.app[LIMITS].take_address(request)
        return refusal(request, Failure("rate_limited", wait) if wait else Failure("unauthorized"))
    try:
        body = _body(await request.read())
        wait = request.app[LIMITS].take(request, f"{CHANNEL}:{body.sender}")
        if wait:
            return refusal(request, Failure("rate_limited", wait))
        metadata = body.metadata or Metadata()
        conversation = await core.hub.open_external(CHANNEL, body.sender, metadata.municipality)
        inbound = Inbound(text=body.message, client_id=metadata.client_id)
        receipt = await core.hub.receive(conversation.id, inbound)
        said = await core.hub.answers(receipt, core.settings.reply_timeout_seconds)
    except LangelisError as error:
        return refusal(request, failure_of(error))
    except TimeoutError:
        return refusal(request, Failure("busy", core.settings.reply_timeout_seconds))
    return web.json_response([_answer(body.sender, message) for message in said], dumps=_dumps)


def refusal(request: web.Request, failure: Failure) -> web.Response:
    """Return a failure as JSON."""
    headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
    body = {"error": failure.body(request.app[CORE].texts)}
    return web.json_response(body, status=failure.status, headers=headers, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _authorised(request: web.Request, token: str) -> bool:
    if not token:
        return True
    given = request.query.get("token") or request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(errors="replace"), token.encode())


def _body(data: bytes) -> Body:
    try:
        body = msgspec.convert(read_json(data), Body)
    except msgspec.ValidationError as error:
        raise RefusedMessageError("bad_frame") from error
    if not _plain(body.sender, _MAX_SENDER_CHARACTERS):
        raise RefusedMessageError("bad_frame")
    client_id = body.metadata.client_id if body.metadata else None
    if client_id is not None and not _plain(client_id, MAX_CLIENT_ID_CHARACTERS):
        raise RefusedMessageError("bad_frame")
    return body


def _plain(identifier: str, longest: int) -> bool:
    return 0 < len(identifier) <= longest and identifier.isprintable()


def _answer(sender: str, message: Message) -> dict[str, object]:
    reply = message.reply
    parts: dict[str, object] = {
        "text": reply.text,
        "buttons": [msgspec.to_builtins(button) for button in reply.buttons],
        "image": reply.image,
        "custom": _custom(reply),
    }
    return {"recipient_id": sender, **{key: value for key, value in parts.items() if value}}


def _custom(reply: Reply) -> dict[str, object]:
    """Return what Rasa's format has no field for: the card, and the language of a reply that is not Lithuanian."""
    parts = {"card": None if reply.card is None else msgspec.to_builtins(reply.card), "lang": reply.lang}
    return {name: value for name, value in parts.items() if value}
