"""Opens a WebSocket and serves it until it closes: the residents' and the operators' alike."""

from __future__ import annotations

from typing import Protocol

import structlog
from aiohttp import WSCloseCode, web

from channels.web.keys import SOCKETS

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 25


class Serving(Protocol):
    """What talks over one open socket."""

    async def serve(self) -> None:
        """Talk until the socket closes."""


class Connects(Protocol):
    """Makes what talks over a socket."""

    def __call__(self, request: web.Request, socket: web.WebSocketResponse) -> Serving:
        """Return it, not talking yet."""


async def serve_socket(
    request: web.Request, connect: Connects, *, max_frame_bytes: int, failed: str
) -> web.WebSocketResponse:
    """Open a socket and serve it; an error in it is logged as `failed`."""
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=max_frame_bytes, compress=False)
    await socket.prepare(request)
    request.app[SOCKETS].add(socket)
    try:
        await connect(request, socket).serve()
    except ConnectionError:
        pass  # the other side has gone
    except Exception:
        # Past the handshake no error page can be sent, only a close code.
        log.exception(failed)
        await socket.close(code=WSCloseCode.INTERNAL_ERROR)
    finally:
        request.app[SOCKETS].discard(socket)
    return socket
