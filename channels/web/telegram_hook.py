"""`POST /webhooks/telegram/{bot}`: updates that Telegram sends by itself, in webhook mode."""

from __future__ import annotations

import hmac

from aiohttp import web

from bot.errors import RefusedMessageError
from channels.web.failures import Failure
from channels.web.keys import CORE, LIMITS
from channels.web.protocol import read_json
from channels.web.rest import refusal

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


async def webhook(request: web.Request) -> web.Response:
    """Store the update and answer 200 at once; the work comes after."""
    core = request.app[CORE]
    bot = request.match_info["bot"]
    if core.settings.telegram_mode != "webhook" or core.telegram is None or not core.telegram.serves(bot):
        return refusal(request, Failure("not_found"))
    if not _is_telegram(request, core.settings.telegram_webhook_secret):
        # Guessing is slowed down as writing is.
        wait = request.app[LIMITS].take_address(request)
        return refusal(request, Failure("rate_limited", wait) if wait else Failure("unauthorized"))
    try:
        update = read_json(await request.read())
        if not isinstance(update, dict):
            return refusal(request, Failure("bad_json"))
        await core.telegram.receive(bot, update)
    except RefusedMessageError as error:
        return refusal(request, Failure(error.code))
    except (KeyError, TypeError):
        return refusal(request, Failure("bad_frame"))
    return web.Response()


def _is_telegram(request: web.Request, secret: str) -> bool:
    given = request.headers.get(_SECRET, "")
    return bool(secret) and hmac.compare_digest(given.encode(errors="replace"), secret.encode())
