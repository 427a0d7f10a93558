"""Typed keys of what the web application holds."""

from __future__ import annotations

from aiohttp import web
from jinja2 import Environment

from bot.app import Core
from channels.web.limits import Limits


class OpenSockets(set[web.WebSocketResponse]):
    """The widget sockets that are open now."""


CORE: web.AppKey[Core] = web.AppKey("core", Core)
LIMITS: web.AppKey[Limits] = web.AppKey("limits", Limits)
PAGES: web.AppKey[Environment] = web.AppKey("pages", Environment)
SOCKETS: web.AppKey[OpenSockets] = web.AppKey("sockets", OpenSockets)
