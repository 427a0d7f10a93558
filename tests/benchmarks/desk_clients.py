"""The clients of the console benchmark, a process of their own: residents' and operators' sockets under load.

`python -m tests.benchmarks.desk_clients` reads its task as JSON from standard input and writes what it found.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

import aiohttp
import msgspec
import psutil
import uvloop

from channels.web.operator.cookies import COOKIE
from tests.benchmarks.desk_receipts import Receipts, text_of

WAVE_SECONDS = 30.0
"""So often a tenth of all sockets is cut."""
CUT_SHARE = 0.1
_AWAY_SECONDS = 2.0
_SETTLE_SECONDS = 30.0
_START_SECONDS = 120.0
_PING_SECONDS = 20.0
_LOOK_SECONDS = 0.05


Socket: TypeAlias = "aiohttp.ClientWebSocketResponse[bool]"


class Task(msgspec.Struct, kw_only=True):
    """What to do."""

    url: str
    municipality: str
    residents: int
    sessions: list[str]
    """One session token for each operator."""
    seconds: float
    per_second: float
    server: int
    """The server's process, to be weighed."""
    seed: int


class Line:
    """One socket that comes back by itself; `cut` breaks it off without a word."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, headers: dict[str, str], randomness: random.Random
    ) -> None:
        self._session = session
        self._url = url
        self._headers = headers
        self._random = randomness
        self._socket: Socket | None = None
        self.ready = asyncio.Event()
        self.unanswered: dict[str, dict[str, object]] = {}

    async def run(self, hello: Callable[[], dict[str, object]], take: Callable[[dict[str, object]], None]) -> None:
        """Connect, greet and read, again and again."""
        while True:
            with suppress(aiohttp.ClientError, ConnectionError, asyncio.TimeoutError):
                async with self._session.ws_connect(self._url, headers=self._headers) as socket:
                    await socket.send_json(hello())
                    self._socket = socket
                    await self._read(socket, take)
            self._socket = None
            self.ready.clear()
            await asyncio.sleep(self._random.uniform(0.05, _AWAY_SECONDS))

    async def _read(self, socket: Socket, take: Callable[[dict[str, object]], None]) -> None:
        async for message in socket:
            frame: dict[str, object] = msgspec.json.decode(message.data)
            if frame["type"] == "welcome":
                self.ready.set()
                for waiting in list(self.unanswered.values()):
                    await socket.send_json(waiting)
            take(frame)

    async def send(self, key: str, frame: dict[str, object]) -> None:
        """Send what must be answered; without a line, or without an answer, it is sent again after the next welcome."""
        self.unanswered[key] = frame
        if self._socket is not None and self.ready.is_set():
            with suppress(ConnectionError, aiohttp.ClientError):
                await self._socket.send_json(frame)

    async def ping(self) -> None:
        """Give a sign of life."""
        if self._socket is not None and self.ready.is_set():
            with suppress(ConnectionError, aiohttp.ClientError):
                await self._socket.send_json({"type": "ping", "id": "ping"})

    def cut(self) -> bool:
        """Break the line off; False when there is none."""
        if self._socket is None:
            return False
        response = self._socket._response
        if response.connection is None or response.connection.transport is None:
            return False
        response.connection.transport.abort()
        return True


class Resident:
    """A widget."""

    def __init__(self, number: int, line: Line, stage: Stage) -> None:
        self.name = f"resident-{number}"
        self.line = line
        self._stage = stage
        self._token: str | None = None
        self._last = 0
        self.owner = "bot"

    def hello(self) -> dict[str, object]:
        """Return the first frame of a line."""
        begin: dict[str, object] = {"type": "hello", "municipality": self._stage.task.municipality}
        return begin if self._token is None else {**begin, "token": self._token, "after": self._last}

    def take(self, frame: dict[str, object]) -> None:
        """Take a frame of the server's."""
        kind = frame["type"]
        if kind == "welcome":
            self._token = str(frame["token"])
        elif kind == "accepted":
            self.line.unanswered.pop(str(frame["client_id"]), None)
        elif kind == "error":
            self._stage.refused.append(str(frame["code"]))
        elif kind in {"message", "owner"}:
            self._last = max(self._last, int(str(frame["seq"])))
            self.owner = str(frame.get("owner", self.owner))
            text = str(frame["text"])
            self._stage.receipts.row(self.name, "", int(str(frame["seq"])), text, time.perf_counter(), console=False)

    async def say(self, key: str, text: str) -> None:
        """Write something."""
        await self.line.send(key, {"type": "message", "client_id": key, "text": text})


class Operator:
    """A console; `conversations` are those that it has."""

    def __init__(self, number: int, line: Line, stage: Stage) -> None:
        self.name = f"console-{number}"
        self.line = line
        self._stage = stage
        self._after: int | None = None
        self.conversations: list[str] = []

    def hello(self) -> dict[str, object]:
        """Return the first frame of a line."""
        return {"type": "hello", "after": self._after}

    def take(self, frame: dict[str, object]) -> None:
        """Take a frame of the server's."""
        kind = frame["type"]
        if kind == "welcome":
            self._after = int(str(frame["last_event"])) if self._after is None else self._after
        elif kind == "reset":
            self._stage.refused.append("reset")
        elif kind == "done":
            self.line.unanswered.pop(str(frame["id"]), None)
        elif kind == "error":
            self._stage.refused.append(str(frame["code"]))
        elif kind == "event":
            self._event(frame)

    def _event(self, frame: dict[str, object]) -> None:
        seq = int(str(frame["seq"]))
        if self._after is not None and seq <= self._after:
            self._stage.refused.append("an old event")
        self._after = seq
        row, conversation = frame.get("row"), frame.get("conversation")
        if not isinstance(row, dict) or not isinstance(conversation, str):
            return
        number, text = int(row["seq"]), str(row["text"])
        if row.get("owner") == "queued":
            self._stage.queued.add(conversation)
        self._stage.receipts.row(self.name, conversation, number, text, time.perf_counter(), console=True)
        self._stage.note_place(conversation, text)

    async def do(self, **command: object) -> None:
        """Give a command."""
        key = f"{self.name}-{next(self._stage.numbers)}"
        await self.line.send(key, {"id": key, **command})


class Stage:
    """All clients, and what is known of them."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.receipts = Receipts()
        self.refused: list[str] = []
        self.queued: set[str] = set()
        self.numbers = itertools.count(1)
        self.place_of: dict[str, str] = {}
        """Conversation by the resident's name: told by the first words of each."""
        self.cuts = 0
        self.random = random.Random(task.seed)  # noqa: S311 - no secret

    def note_place(self, conversation: str, text: str) -> None:
        """Learn whose conversation it is from what the resident said first."""
        if text.startswith("resident-"):
            self.place_of[text.split(maxsplit=1)[0]] = conversation

    async def play(self) -> None:
        """Connect everybody, hand every resident to an operator, talk, cut, and wait until all has arrived."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            residents, operators = self._clients(session)
            everybody: list[Resident | Operator] = [*residents, *operators]
            lines = [asyncio.create_task(one.line.run(one.hello, one.take)) for one in everybody]
            for one in everybody:
                await asyncio.wait_for(one.line.ready.wait(), _START_SECONDS)
            await self._hand_over(residents, operators)
            process = psutil.Process(self.task.server)
            memory = [process.memory_info().rss]
            stop = asyncio.Event()
            beside = [asyncio.create_task(self._cut(everybody, stop)), asyncio.create_task(self._ping(operators, stop))]
            await self._talk(residents, operators, memory, process)
            stop.set()
            await asyncio.gather(*beside)
            await _until(lambda: not self.receipts.missing, _SETTLE_SECONDS)
            # What would come doubled comes late.
            await asyncio.sleep(min(5.0, self.task.seconds))
            memory.append(process.memory_info().rss)
            for line in lines:
                line.cancel()
            await asyncio.gather(*lines, return_exceptions=True)
        found = self.receipts.found(cuts=self.cuts, refused=self.refused, memory=memory)
        sys.stdout.buffer.write(msgspec.json.encode(found))

    def _clients(self, session: aiohttp.ClientSession) -> tuple[list[Resident], list[Operator]]:
        task = self.task
        residents = [
            Resident(number, Line(session, f"{task.url}/ws", {}, self.random), self) for number in range(task.residents)
        ]
        operators = [
            Operator(
                number,
                Line(session, f"{task.url}/operator/ws", {"Cookie": f"{COOKIE}={token}"}, self.random),
                self,
            )
            for number, token in enumerate(task.sessions)
        ]
        return residents, operators

    async def _hand_over(self, residents: list[Resident], operators: list[Operator]) -> None:
        for one in residents:
            await one.say(f"{one.name}-first", f"{one.name} sveiki")
        await _until(lambda: len(self.place_of) == len(residents), _START_SECONDS)
        for one in residents:
            await one.say(f"{one.name}-ask", "noriu kalbėti su darbuotoju")
        await _until(lambda: len(self.queued) == len(residents), _START_SECONDS)
        for resident, operator in zip(residents, itertools.cycle(operators)):
            operator.conversations.append(self.place_of[resident.name])
            await operator.do(type="claim", conversation=self.place_of[resident.name])
        await _until(lambda: all(one.owner == "operator" for one in residents), _START_SECONDS)

    async def _talk(
        self, residents: list[Resident], operators: list[Operator], memory: list[int], process: psutil.Process
    ) -> None:
        consoles = frozenset(operator.name for operator in operators)
        name_of = {place: name for name, place in self.place_of.items()}
        begun, total = time.perf_counter(), int(self.task.seconds * self.task.per_second)
        for number in range(1, total + 1):
            wait = begun + number / self.task.per_second - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            if number == total // 2:
                memory.append(process.memory_info().rss)
            now, text = time.perf_counter(), text_of(number)
            if number % 2:
                resident = self.random.choice(residents)
                self.receipts.expect(number, now, consoles)
                await resident.say(f"{resident.name}-{number}", text)
            else:
                operator = self.random.choice(operators)
                conversation = self.random.choice(operator.conversations)
                self.receipts.expect(number, now, frozenset({name_of[conversation]}))
                await operator.do(type="reply", conversation=conversation, text=text)

    async def _cut(self, everybody: list[Resident | Operator], stop: asyncio.Event) -> None:
        """Cut a tenth of all sockets now and then, each wave spread over its time."""
        wave = min(WAVE_SECONDS, self.task.seconds / 2)
        number = max(1, round(len(everybody) * CUT_SHARE))
        while not stop.is_set():
            for one in self.random.sample(everybody, number):
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(stop.wait(), self.random.expovariate(number / wave))
                if stop.is_set():
                    return
                self.cuts += one.line.cut()

    async def _ping(self, operators: list[Operator], stop: asyncio.Event) -> None:
        while not stop.is_set():
            for operator in operators:
                await operator.line.ping()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(stop.wait(), _PING_SECONDS)


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait for a condition, no longer than so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:  # noqa: ASYNC110 - many small changes, not one event
        await asyncio.sleep(_LOOK_SECONDS)


if __name__ == "__main__":
    uvloop.install()
    asyncio.run(Stage(msgspec.json.decode(sys.stdin.buffer.read(), type=Task)).play())
