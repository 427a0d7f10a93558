"""Benchmark `telegram`: from an update to the request that answers it, and a thousand updates at once.

Everything runs in this process, over the trained model and a real database; in place of the network stands a client
that answers at once, and Telegram's limits on messages a second are lifted.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any, cast

from telegram.request import BaseRequest, RequestData
from threadpoolctl import threadpool_limits

from bot.app import Core, build, running
from bot.logging_setup import set_up_logging
from bot.settings import Settings
from channels.telegram.channel import TelegramChannel
from channels.telegram.pace import Pace
from tests.benchmarks.figures import Spread
from tests.benchmarks.load import read_script
from tests.benchmarks.machine import versions, wait_until_quiet
from tests.benchmarks.plan import Plan
from tests.benchmarks.report import Section

NAME = "telegram"
_BOT = "all"
_CHATS = 50
_QUEUED = 1000
_TARGET_MS = 15.0
_TARGET_A_SECOND = 60.0
_PATIENCE_SECONDS = 120.0
_UNUSED_URL = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Round:
    """Milliseconds of each turn, and what became of the queued updates."""

    milliseconds: tuple[float, ...]
    a_second: float
    lost: int
    out_of_order: int


class InstantClient(BaseRequest):
    """Answers each request at once and notes when messages were to leave."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str, float]] = []
        self.news = asyncio.Event()
        self._numbers = itertools.count(10**6)

    @property
    def read_timeout(self) -> float | None:
        """See parent class."""
        return 5.0

    async def initialize(self) -> None:
        """See parent class."""

    async def shutdown(self) -> None:
        """See parent class."""

    async def do_request(  # noqa: PLR0917 - the parent's own
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """See parent class."""
        at, name = time.perf_counter(), url.partition("?")[0].rpartition("/")[2]
        result: object = True
        if name == "getMe":
            result = {"id": 1, "is_bot": True, "first_name": "Langelis", "username": "langelis_bot"}
        elif name == "getUpdates":
            await asyncio.sleep(3600)
        elif name == "sendMessage" and request_data is not None:
            given = request_data.parameters
            self.sent.append((int(cast("int", given["chat_id"])), str(given["text"]), at))
            self.news.set()
            chat = {"id": given["chat_id"], "type": "private"}
            result = {"message_id": next(self._numbers), "date": 1, "chat": chat}
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def until(self, count: int) -> None:
        """Wait until so many messages were to leave."""
        while len(self.sent) < count:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), _PATIENCE_SECONDS)


class Residents:
    """Writes messages as Telegram hands them over."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def message(self, chat: int, text: str) -> dict[str, Any]:
        """Return an update with a message."""
        number = next(self._numbers)
        user = {"id": chat, "is_bot": False, "first_name": "Ona"}
        chat_object = {"id": chat, "type": "private", "first_name": "Ona"}
        commands = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        message = {
            "message_id": number,
            "date": 1,
            "chat": chat_object,
            "from": user,
            "text": text,
            "entities": commands if text.startswith("/") else [],
        }
        return {"update_id": number, "message": message}


def measure(plan: Plan) -> Section:
    """Measure all rounds."""
    set_up_logging(Settings(log_level="WARNING"))
    busy = [wait_until_quiet(plan.patience_seconds)]
    # As `langelis serve` has it by variables; they come too late here, where NumPy is imported already.
    with threadpool_limits(1):
        rounds = [asyncio.run(_round(plan)) for _ in range(plan.rounds)]
    return Section(
        name=NAME,
        rounds=plan.rounds,
        versions={"Langelis": versions(Path(sys.executable))},
        busy=Spread.of(busy),
        body=_body(rounds),
    )


async def _round(plan: Plan) -> Round:
    client, residents = InstantClient(), Residents()
    with TemporaryDirectory() as folder:
        async with _served(Path(folder), client) as core:
            assert core.telegram is not None
            questions = read_script().questions
            for chat in range(1, _CHATS + 1):
                # The municipality by deep link: greeting and answer are two messages.
                await core.telegram.receive(_BOT, residents.message(chat, "/start varena"))
            await client.until(2 * _CHATS)
            times = await _turns(core, client, residents, questions, plan.single_turns)
            return await _queue(core, client, residents, questions, times)


@asynccontextmanager
async def _served(folder: Path, client: InstantClient) -> AsyncIterator[Core]:
    settings = Settings(
        database_url=f"sqlite:///{folder / 'langelis.db'}",
        telegram_token="1:benchmark",
        telegram_api_url=_UNUSED_URL,
        log_level="WARNING",
    )
    core = build(settings)
    channel = cast("TelegramChannel", core.telegram)
    line = channel._lines[_BOT]
    line.bot._request = (client, client)
    object.__setattr__(line, "fetching", client)
    object.__setattr__(line, "pace", Pace(10**9, 0.0))
    async with running(core) as load_engine:
        await load_engine()
        yield core


async def _turns(
    core: Core, client: InstantClient, residents: Residents, questions: tuple[str, ...], count: int
) -> tuple[float, ...]:
    """Ask one question after another, each in the next chat; return the milliseconds until its answer was to leave."""
    found: list[float] = []
    assert core.telegram is not None
    for number in range(count):
        before = len(client.sent)
        update = residents.message(1 + number % _CHATS, questions[number % len(questions)])
        begun = time.perf_counter()
        await core.telegram.receive(_BOT, update)
        await client.until(before + 1)
        found.append((client.sent[before][2] - begun) * 1000)
        await _until_idle(core, client)
    return tuple(found)


async def _until_idle(core: Core, client: InstantClient) -> None:
    """Let further messages of the answer leave, so that they do not count for the next turn."""
    seen = -1
    while seen != len(client.sent) or core.turns._running:
        seen = len(client.sent)
        await asyncio.sleep(0.02)


async def _queue(
    core: Core, client: InstantClient, residents: Residents, questions: tuple[str, ...], times: tuple[float, ...]
) -> Round:
    """Let a thousand updates wait at once; return how fast they were worked off, and what was lost or overtaken."""
    asked: dict[int, list[str]] = defaultdict(list)
    updates = []
    for number in range(_QUEUED):
        chat, text = 1 + number % _CHATS, questions[number % len(questions)]
        asked[chat].append(text)
        updates.append(residents.message(chat, text))
    before = len(client.sent)
    begun = time.perf_counter()
    channel = cast("TelegramChannel", core.telegram)
    for start in range(0, _QUEUED, 100):
        await channel._updates.store(_BOT, updates[start : start + 100])
    # Looked at seldom: the looking takes time from what is measured.
    while await _waiting(core) and time.perf_counter() - begun < _PATIENCE_SECONDS:  # noqa: ASYNC110
        await asyncio.sleep(0.2)
    lost, disorder = await _unanswered(core, asked)
    lost += await _waiting(core)
    ended = max((at for _, _, at in client.sent[before:]), default=begun)
    return Round(times, _QUEUED / (ended - begun), lost, disorder)


async def _unanswered(core: Core, asked: dict[int, list[str]]) -> tuple[int, int]:
    """Return how many of the queued messages have no answer yet, and in how many chats they stand in disorder."""
    from bot.core.conversation import Author
    from bot.storage import messages, telegram

    missing = disorder = 0
    async with core.database.read() as session:
        for number, texts in asked.items():
            chat = await telegram.chat(session, _BOT, number)
            rows = () if chat is None else await messages.after(session, chat.conversation, 0, 10_000)
            answered = {row.turn for row in rows if row.author is not Author.RESIDENT}
            own = [row for row in rows if row.author is Author.RESIDENT][-len(texts) :]
            missing += len(texts) - len([row for row in own if row.seq in answered])
            disorder += [row.reply.text for row in own] != texts
    return missing, disorder


async def _waiting(core: Core) -> int:
    """Return in how many chats something is still to be worked off, answered or sent."""
    from bot.storage import messages, outbox, telegram_updates

    async with core.database.read() as session:
        taken = await telegram_updates.waiting_chats(session)
        asked = await messages.conversations_with_inbox(session)
        leaving = await outbox.due_lanes(session, "telegram", core.clock.now())
    return len(taken) + len(asked) + len(leaving)


def _body(rounds: list[Round]) -> str:
    p50 = [median(one.milliseconds) for one in rounds]
    p95 = [quantiles(one.milliseconds, n=20)[-1] for one in rounds]
    speed = [one.a_second for one in rounds]
    lost, disorder = sum(one.lost for one in rounds), sum(one.out_of_order for one in rounds)
    lines = [
        "| measure | unit | Langelis | target | |",
        "|---|---|---:|---:|---|",
        _line("update to sendMessage request, p50", "ms", p50, f"≤ {_TARGET_MS:.0f}", median(p50) <= _TARGET_MS),
        _line("update to sendMessage request, p95", "ms", p95, "–", None),
        _line(
            f"{_QUEUED} updates queued at once", "a second", speed, f"≥ {_TARGET_A_SECOND:.0f}",
            median(speed) >= _TARGET_A_SECOND,
        ),
        f"| lost of them | updates | {lost} | 0 | {_verdict(lost == 0)} |",
        f"| chats in which they stand in disorder | chats | {disorder} | 0 | {_verdict(disorder == 0)} |",
    ]  # fmt: skip
    return "\n".join(lines)


def _line(name: str, unit: str, figures: list[float], target: str, met: bool | None) -> str:
    shown = f"{median(figures):.1f} ({min(figures):.1f}–{max(figures):.1f})"
    return f"| {name} | {unit} | {shown} | {target} | {'' if met is None else _verdict(met)} |"


def _verdict(met: bool) -> str:
    return "met" if met else "**not met**"
