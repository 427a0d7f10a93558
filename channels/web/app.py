"""The aiohttp application of the website channel."""

from __future__ import annotations

from aiohttp import WSCloseCode, web

from bot.app import Core
from channels.web import case_page, copy_page, files, health, pages, rest, socket, telegram_hook
from channels.web.keys import CORE, LIMITS, PAGES, SOCKETS, OpenSockets
from channels.web.limits import Limits
from channels.web.middlewares import add_security_headers, failures
from channels.web.operator.access import OPERATOR_ROUTES, OperatorRoutes, add_operator_routes
from channels.web.operator.desk_routes import DESK_ROUTES
from channels.web.operator.guard import guard
from channels.web.operator.routes import ROUTES

_MAX_BODY_BYTES = 64 * 1024


def create_app(core: Core) -> web.Application:
    """Return the application over a core that is already running."""
    app = web.Application(middlewares=[failures, guard], client_max_size=_MAX_BODY_BYTES)
    app[CORE] = core
    app[LIMITS] = Limits(core.settings)
    app[PAGES] = pages.page_environment()
    app[SOCKETS] = OpenSockets()
    app[OPERATOR_ROUTES] = OperatorRoutes()
    app.on_response_prepare.append(add_security_headers)
    app.on_shutdown.append(_close_sockets)
    app.add_routes(
        [
            web.get("/", pages.index),
            web.get("/m/{municipality}", pages.municipality),
            web.get("/case", case_page.form),
            web.post("/case", case_page.show),
            web.get("/case/confirm/{token}", case_page.ask_to_confirm),
            web.post("/case/confirm/{token}", case_page.confirm),
            web.get("/copy/{ticket}", copy_page.ask),
            web.post("/copy/{ticket}", copy_page.give),
            web.get("/widget.js", pages.widget),
            web.get("/ws", socket.handle),
            web.post("/files", files.take),
            web.get("/files/{id}", files.give),
            web.options("/files", files.ask_first),
            web.options("/files/{id}", files.ask_first),
            web.get("/webhooks/rest/", rest.status),
            web.post("/webhooks/rest/webhook", rest.webhook),
            web.post("/webhooks/telegram/{bot}", telegram_hook.webhook),
            web.get("/healthz", health.healthz),
            web.get("/readyz", health.readyz),
        ]
    )
    add_operator_routes(app, (*ROUTES, *DESK_ROUTES))
    if pages.STATIC.is_dir():
        app.router.add_static("/static/", pages.STATIC)
    return app


async def _close_sockets(app: web.Application) -> None:
    sockets: OpenSockets = app[SOCKETS]
    for open_socket in list(sockets):
        await open_socket.close(code=WSCloseCode.GOING_AWAY)
