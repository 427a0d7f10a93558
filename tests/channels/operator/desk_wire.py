"""The console's socket as a browser has it, for tests."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMessage, WSMsgType

from tests.channels.operator.console import Console

Frame = dict[str, Any]
_PATIENCE_SECONDS = 10.0
_NUMBERS = itertools.count(1)


class Desk:
    """One open socket; `events` are those that were seen, in order."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.events: list[Frame] = []
        self.last_event = 0

    @classmethod
    async def connect(cls, who: Console, origin: str | None = None) -> Desk:
        """Open a socket without greeting."""
        headers = {"Cookie": who.headers["Cookie"]}
        if origin is not None:
            headers["Origin"] = origin
        return cls(await who.client.ws_connect("/operator/ws", headers=headers))

    @classmethod
    async def greet(cls, who: Console, after: int | None = None) -> Desk:
        """Open a socket and greet."""
        desk = await cls.connect(who)
        await desk.send(type="hello", after=after)
        welcome = await desk.frame()
        assert welcome["type"] == "welcome", welcome
        desk.last_event = welcome["last_event"] if after is None else after
        return desk

    async def send(self, **frame: object) -> None:
        """Send one frame."""
        await self.socket.send_str(json.dumps(frame))

    async def do(self, **command: object) -> Frame:
        """Send a command and return its answer; events that come meanwhile are kept."""
        given = {"id": f"c{next(_NUMBERS)}", **command}
        await self.send(**given)
        while True:
            frame = await self.frame()
            if frame["type"] in {"done", "error", "pong"} and frame.get("id", "") in {given["id"], ""}:
                return frame

    async def refused(self, **command: object) -> str:
        """Send a command that is refused and return the code; there is a sentence too."""
        answer = await self.do(**command)
        assert answer["type"] == "error", answer
        assert answer["message"].endswith(".")
        code: str = answer["code"]
        return code

    async def received(self) -> WSMessage:
        """Return whatever comes next."""
        return await asyncio.wait_for(self.socket.receive(), _PATIENCE_SECONDS)

    async def frame(self) -> Frame:
        """Return the next frame; an event is kept."""
        message = await self.received()
        assert message.type is WSMsgType.TEXT, message
        frame: Frame = json.loads(message.data)
        if frame["type"] == "event":
            assert frame["seq"] > self.last_event, (frame, self.last_event)
            self.last_event = frame["seq"]
            self.events.append(frame)
        return frame

    async def until(self, text: str) -> Frame:
        """Read until an event carries a row with this text."""
        for event in self.events:
            if event.get("row", {}).get("text") == text:
                return event
        while True:
            frame = await self.frame()
            if frame["type"] == "event" and frame.get("row", {}).get("text") == text:
                return frame

    async def next_of(self, kind: str) -> Frame:
        """Read until an event of a kind comes."""
        while True:
            frame = await self.frame()
            if frame["type"] == "event" and frame["kind"] == kind:
                return frame

    async def closed(self) -> int | None:
        """Read until the server closes and return its close code."""
        while (await self.received()).type not in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING}:
            pass
        return self.socket.close_code


def rows_of(events: list[Frame], conversation: str) -> list[int]:
    """Return the numbers of the conversation's rows that events told of."""
    return [event["row"]["seq"] for event in events if event.get("conversation") == conversation and "row" in event]
