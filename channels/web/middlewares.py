"""Middlewares: security headers on everything, and every error as a page or as JSON."""

from __future__ import annotations

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from channels.web.failures import Failure
from channels.web.headers import SECURITY_HEADERS
from channels.web.pages import error_page
from channels.web.rest import refusal

log = structlog.get_logger(__name__)

_CODES = {403: "not_found", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
"""Codes of aiohttp's own refusals; 403 is its answer to the listing of a folder."""


@web.middleware
async def failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what went wrong into an answer that says so."""
    headers: dict[str, str] = {}
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        code = _CODES.get(error.status, "bad_frame")
        headers = {name: error.headers[name] for name in ("Allow",) if name in error.headers}
    except Exception:
        log.exception("request_failed", route=_route(request))
        code = "internal"
    page = "text/html" in request.headers.get("Accept", "")
    response = error_page(request, Failure(code)) if page else refusal(request, Failure(code))
    response.headers.update(headers)
    return response


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers on every response, static files too."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    caching = "no-cache" if request.path.startswith("/static/") else "no-store"
    response.headers.setdefault("Cache-Control", caching)


def _route(request: web.Request) -> str:
    """Return the route's pattern: the path itself may hold a secret, as the link that confirms an address does."""
    resource = request.match_info.route.resource
    return "unknown" if resource is None else resource.canonical
