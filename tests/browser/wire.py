"""A socket proxy between a page and the server: cuts the line, holds frames back, rewrites them."""

import json
from collections.abc import Callable
from typing import TypeAlias

from playwright.async_api import Page, WebSocketRoute

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Frame: TypeAlias = dict[str, Json]
Rewrite: TypeAlias = Callable[[Frame], Frame | None]
"""What the page gets instead of a server frame; None = the frame is lost on the way."""


def _as_it_is(frame: Frame) -> Frame | None:
    return frame


class Wire:
    """Every chat socket of one page.

    With a `refusal`, an error's code and message, the resident's messages get that error and never reach the server.
    """

    def __init__(self) -> None:
        self.sent: list[Frame] = []
        self.sockets_opened = 0
        self.rewrite: Rewrite = _as_it_is
        self.refusal: Frame | None = None
        self._down = False
        self._held: list[tuple[WebSocketRoute, str]] | None = None
        self._open: list[WebSocketRoute] = []

    async def attach(self, page: Page) -> None:
        """Must come before the page opens its socket."""
        await page.route_web_socket("**/ws", self._route)

    async def cut(self) -> None:
        """Closes the page's sockets and refuses new ones until `mend`."""
        self._down = True
        await self.drop()

    async def drop(self) -> None:
        """Closes the page's sockets; the next attempt to connect gets through."""
        sockets, self._open = self._open, []
        for socket in sockets:
            await socket.close()

    def mend(self) -> None:
        self._down = False

    def hold(self) -> None:
        """Keeps the server's frames until `release`."""
        self._held = []

    def release(self) -> None:
        held, self._held = self._held or [], None
        for socket, data in held:
            socket.send(data)

    def messages(self) -> list[Frame]:
        return [frame for frame in self.sent if frame["type"] == "message"]

    async def _route(self, socket: WebSocketRoute) -> None:
        if self._down:
            await socket.close()
            return
        self.sockets_opened += 1
        self._open.append(socket)
        server = socket.connect_to_server()

        def to_server(data: str | bytes) -> None:
            frame: Frame = json.loads(data)
            self.sent.append(frame)
            if self.refusal is not None and frame["type"] == "message":
                socket.send(json.dumps({"type": "error", "client_id": frame["client_id"], **self.refusal}))
            else:
                server.send(data)

        def to_page(data: str | bytes) -> None:
            frame = self.rewrite(json.loads(data))
            if frame is not None:
                self._deliver(socket, json.dumps(frame))

        socket.on_message(to_server)
        server.on_message(to_page)

    def _deliver(self, socket: WebSocketRoute, data: str) -> None:
        if self._held is None:
            socket.send(data)
        else:
            self._held.append((socket, data))


def with_fields(author: str, fields: Frame) -> Rewrite:
    """Adds fields to every message of this author, for what the engine of the test does not say by itself."""

    def rewrite(frame: Frame) -> Frame | None:
        return {**frame, **fields} if frame.get("author") == author else frame

    return rewrite
