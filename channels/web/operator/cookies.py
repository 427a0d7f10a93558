"""The cookie of a session: no script reads it, no other site sends it, no open network sees it."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address

from aiohttp import web
from yarl import URL

from bot.services.people.sessions import OPEN_FOR, PENDING_FOR
from bot.storage.sessions import Stage
from channels.web.operator.access import ROOT

COOKIE = "langelis_operator"


def token_of(request: web.Request) -> str:
    """Return the session's token, "" for none."""
    return request.cookies.get(COOKIE, "")


def set_token(request: web.Request, response: web.StreamResponse, token: str, stage: Stage) -> None:
    """Let the browser keep a token for as long as it counts."""
    lifetime: timedelta = OPEN_FOR if stage is Stage.OPEN else PENDING_FOR
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(lifetime.total_seconds()),
        path=ROOT,
        secure=not plain_on_loopback(request),
        httponly=True,
        samesite="Strict",
    )


def drop_token(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser forget the token."""
    response.del_cookie(COOKIE, path=ROOT, secure=not plain_on_loopback(request), httponly=True, samesite="Strict")


def plain_on_loopback(request: web.Request) -> bool:
    """Tell whether the request came unencrypted from this very machine, as when Langelis is tried out.

    Behind a proxy on this machine the address is loopback as well, but the name is not.
    """
    encrypted = request.secure or request.headers.get("X-Forwarded-Proto", "").lower() == "https"
    return not encrypted and _loopback(request.remote or "") and _loopback(_host(request))


def surely_plain(request: web.Request) -> bool:
    """Tell whether the request came over a network unencrypted for sure: no proxy of this machine brought it."""
    return not request.secure and not _loopback(request.remote or "") and "X-Forwarded-Proto" not in request.headers


def _host(request: web.Request) -> str:
    try:
        return URL(f"http://{request.host}").host or ""
    except ValueError:
        return ""


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
