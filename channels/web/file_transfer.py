"""Files over HTTP, for residents and operators alike: taken in as a stream, sent so that no browser runs them."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from aiohttp import hdrs, web

from bot.core.attachment import MAX_BYTES, Attachment, AttachmentRefusedError
from bot.services.attachments.keeper import OpenedAttachment
from channels.web.keys import CORE

_CHUNK_BYTES = 64 * 1024
_SLOWEST_SECONDS = 180
"""How long one file may take to come: a photo over a poor mobile connection."""
_LONGEST_NAME = 500
_HEADERS = {
    # Whatever the file holds: nothing of it runs, and nothing of it is loaded from elsewhere.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


async def receive(request: web.Request, conversation: str, *, operator: str | None = None) -> Attachment:
    """Take in the request's body as a file of a conversation, named by `?name=…`.

    Raises `AttachmentRefusedError`, for a file that is too large before any of it is read when its size is announced.
    """
    if (request.content_length or 0) > MAX_BYTES:
        raise AttachmentRefusedError("file_too_large")
    name = request.query.get("name", "")[:_LONGEST_NAME]
    content = request.content.iter_chunked(_CHUNK_BYTES)
    keeping = request.app[CORE].attachments.keep(conversation, name, content, operator=operator)
    try:
        return await asyncio.wait_for(keeping, _SLOWEST_SECONDS)
    except asyncio.TimeoutError as error:
        raise AttachmentRefusedError("file_slow") from error


def send(opened: OpenedAttachment) -> web.FileResponse:
    """Return a file: pictures to be shown, all else to be saved."""
    shown = opened.kept.shown
    how = "inline" if shown.is_image else "attachment"
    named = f"{how}; filename*=UTF-8''{quote(shown.name, safe='')}"
    return web.FileResponse(
        opened.file,
        headers={**_HEADERS, hdrs.CONTENT_TYPE: shown.media_type, hdrs.CONTENT_DISPOSITION: named},
    )
