"""Which websites may embed the widget: this one, the municipalities' own, and those in the settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from bot.app import Core
from channels.web.keys import CORE


def origin_allowed(request: web.Request, core: Core) -> bool:
    """Tell whether the request's `Origin` may open a conversation; programs send none."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin.lower().partition("://")[2] == request.host.lower() or origin.lower() in _allowed(core)


def from_own_page(request: web.Request) -> bool:
    """Tell whether a page of this server sent a form; the websites that embed the widget have no business there."""
    origin = request.headers.get("Origin")
    # A proxy may ask us by another host's name than the residents' browsers ask it.
    ours = {request.host.lower(), urlsplit(request.app[CORE].settings.public_url).netloc.lower()}
    return origin is None or origin.lower().partition("://")[2] in ours - {""}


def _allowed(core: Core) -> frozenset[str]:
    listed = {origin.strip().rstrip("/").lower() for origin in core.settings.allowed_origins.split(",")}
    for loaded in core.catalogues.all:
        host = urlsplit(loaded.catalogue.municipality.website).netloc.lower().removeprefix("www.")
        listed |= {f"{scheme}://{prefix}{host}" for scheme in ("https", "http") for prefix in ("", "www.")}
    return frozenset(listed - {""})
