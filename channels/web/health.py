"""Health: `/healthz` = alive, `/readyz` = engine loaded and database reachable."""

from __future__ import annotations

from aiohttp import web

from channels.web.keys import CORE


async def healthz(_request: web.Request) -> web.Response:
    """Answer as long as the process lives."""
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    """Answer 200 when messages are answered at once, else 503 and what is missing."""
    core = request.app[CORE]
    body = {"engine": core.engine.ready, "database": await core.database.reachable()}
    return web.json_response(body, status=200 if all(body.values()) else 503)
