"""A widget socket as a client sees it, for tests."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMessage, WSMsgType

from tests.conftest import WebClient

Frame = dict[str, Any]
_PATIENCE_SECONDS = 10.0


class Widget:
    """One open socket; frames are plain dictionaries."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    @classmethod
    async def connect(cls, client: WebClient, origin: str | None = None) -> Widget:
        """Open a socket without greeting."""
        return cls(await client.ws_connect("/ws", headers={} if origin is None else {"Origin": origin}))

    @classmethod
    async def greet(cls, client: WebClient, municipality: str = "trakai", **hello: str | int) -> tuple[Widget, Frame]:
        """Open a socket, greet, and return it with the welcome."""
        widget = await cls.connect(client)
        await widget.send(type="hello", municipality=municipality, **hello)
        welcome = await widget.frame()
        assert welcome["type"] == "welcome", welcome
        return widget, welcome

    async def send(self, **frame: object) -> None:
        """Send one frame."""
        await self.socket.send_str(json.dumps(frame))

    async def say(self, text: str, client_id: str, **more: str) -> None:
        """Send one message."""
        await self.send(type="message", text=text, client_id=client_id, **more)

    async def received(self) -> WSMessage:
        """Return whatever comes next."""
        return await asyncio.wait_for(self.socket.receive(), _PATIENCE_SECONDS)

    async def frame(self) -> Frame:
        """Return the next frame."""
        message = await self.received()
        assert message.type is WSMsgType.TEXT, message
        frame: Frame = json.loads(message.data)
        return frame

    async def frames(self, count: int, *types: str) -> list[Frame]:
        """Return the next frames, only those of the given types when any are given."""
        found: list[Frame] = []
        while len(found) < count:
            frame = await self.frame()
            if not types or frame["type"] in types:
                found.append(frame)
        return found

    async def closed(self) -> int | None:
        """Read until the server closes and return its close code."""
        while (await self.received()).type not in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING}:
            pass
        return self.socket.close_code
