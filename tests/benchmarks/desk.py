"""Benchmark `desk`: residents and operators on real sockets that are cut, and the search over a large log."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import msgspec
from sqlalchemy import insert

from bot.core.clock import SystemClock
from bot.core.conversation import Conversation, Owner
from bot.nlu.search_words import search_words
from bot.services.people.passwords import PasswordCost
from bot.services.people.people import People, build_people
from bot.settings import PROJECT_ROOT
from bot.storage import conversations, search
from bot.storage.database import Database
from bot.storage.tables import MessageRow, table_of
from channels.web.operator.cookies import COOKIE
from tests.benchmarks.desk_clients import CUT_SHARE, WAVE_SECONDS, Task
from tests.benchmarks.desk_receipts import Found
from tests.benchmarks.figures import Spread, percentile
from tests.benchmarks.load import read_script
from tests.benchmarks.machine import wait_until_quiet
from tests.benchmarks.ours import Langelis
from tests.benchmarks.plan import Plan
from tests.benchmarks.processes import Running
from tests.benchmarks.report import Section, number, plain_table, verdict
from tests.people import hired, token_of

NAME = "desk"
RESIDENTS, OPERATORS = 200, 20
MESSAGES_A_SECOND = 20.0
LOGGED = 100_000
"""Messages in the log that is searched."""
TARGET_MS, SEARCH_TARGET_MS = 150.0, 200.0
_MUNICIPALITY = "trakai"
_ROWS_OF_A_CONVERSATION = 50
_QUERIES = (
    *("darželis", "dokumentai vaikui", "deklaruoti gyvenamąją vietą", "laidojimo pašalpa", "zxqv", "biblioteka"),
    *("kiek kainuoja", "atliekų vežimas", "priėmimas į mokyklą", "savivaldybė dirba"),
)
_FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"municipality": _MUNICIPALITY},
    {"channel": "web"},
    {"outcome": "open"},
    {"intent": "ask_service_documents"},
)
_CHEAP = PasswordCost(passes=1, memory_kib=8, lanes=1)
_SEED = 20261128
_START_SECONDS = 300.0
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Searched:
    """Seconds of each search."""

    seconds: tuple[float, ...]


def measure(plan: Plan) -> Section:
    """Fill a log, serve it, load it and search in it."""
    side = Langelis()
    plan.say("desk: trains a model unless there is one")
    side.ensure_model()
    with TemporaryDirectory(prefix="langelis-bench-") as folder:
        scratch = Path(folder)
        database = Database(f"sqlite:///{scratch / 'langelis.db'}")
        plan.say(f"desk: writes a log of {plan.logged} messages")
        asyncio.run(_fill(database, plan.logged))
        busy = wait_until_quiet(plan.patience_seconds)
        running = side.start(scratch)
        try:
            sessions = asyncio.run(_prepared(running, database))
            plan.say(f"desk: {RESIDENTS} residents, {OPERATORS} operators, {plan.desk_seconds:.0f} s")
            found = _load(running, sessions, plan)
            plan.say("desk: searches")
            searched = asyncio.run(_search(running, sessions[0], plan.searches))
            running.check_alive()
        finally:
            running.stop()
    return Section(
        name=NAME,
        rounds=1,
        versions={side.name: side.versions()},
        busy=Spread.of([busy]),
        body=_body(found, searched, plan),
    )


async def _fill(database: Database, rows: int) -> None:
    """Write conversations of both sides in the words that the other benchmarks ask."""
    await database.upgrade()
    questions, now = read_script().questions, SystemClock().now()
    for place in range(rows // _ROWS_OF_A_CONVERSATION):
        name, at = f"senas{place}", now - timedelta(minutes=place)
        said: list[dict[str, object]] = [
            {
                "conversation_id": name,
                "seq": seq,
                "author": "resident" if seq % 2 else "bot",
                "text": f"{questions[(place * 3 + seq) % len(questions)]} {place}",
                "nlu": None if seq % 2 else {"intent": {"name": "ask_service", "confidence": 0.9}},
                "created_at": at,
            }
            for seq in range(1, _ROWS_OF_A_CONVERSATION + 1)
        ]
        conversation = Conversation(name, "web", _MUNICIPALITY, Owner.BOT, _ROWS_OF_A_CONVERSATION)
        async with database.write() as session:
            await conversations.add(session, conversation, now=at)
            await session.execute(insert(table_of(MessageRow)), said)
            await search.add(session, [(name, seq, search_words(str(row["text"]))) for seq, row in enumerate(said, 1)])
    await database.close()


async def _prepared(running: Running, database: Database) -> list[str]:
    """Wait until the server answers; return a session of each operator."""
    async with aiohttp.ClientSession() as session:
        deadline = time.monotonic() + _START_SECONDS
        while not await _is_ready(session, running.url):
            running.check_alive()
            if time.monotonic() > deadline:
                raise RuntimeError(f"not ready within {_START_SECONDS:.0f} s")
            await asyncio.sleep(0.2)
    people = _people(database)
    names = [f"operatorius{place}" for place in range(OPERATORS)]
    for name in names:
        await hired(people, name)
    sessions = [await token_of(people, name) for name in names]
    await database.close()
    return sessions


def _people(database: Database) -> People:
    places = frozenset({_MUNICIPALITY})
    return build_people(database=database, clock=SystemClock(), municipalities=lambda: places, cost=_CHEAP)


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/readyz") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False


def _load(running: Running, sessions: Sequence[str], plan: Plan) -> Found:
    """Let a process of its own be all clients: what it needs of the processor is not the server's."""
    task = Task(
        url=running.url,
        municipality=_MUNICIPALITY,
        residents=RESIDENTS,
        sessions=list(sessions),
        seconds=plan.desk_seconds,
        per_second=MESSAGES_A_SECOND,
        server=running.server.process.pid,
        seed=_SEED,
    )
    command, given = [sys.executable, "-m", "tests.benchmarks.desk_clients"], msgspec.json.encode(task)
    done = subprocess.run(command, cwd=PROJECT_ROOT, input=given, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=Found)


async def _search(running: Running, token: str, searches: int) -> Searched:
    taken = []
    async with aiohttp.ClientSession(headers={"Cookie": f"{COOKIE}={token}"}) as session:
        for place in range(searches):
            asked = {"q": _QUERIES[place % len(_QUERIES)], **_FILTERS[place // len(_QUERIES) % len(_FILTERS)]}
            begun = time.perf_counter()
            async with session.get(f"{running.url}/operator/api/search", params=asked) as response:
                await response.read()
                if response.status != 200:
                    raise RuntimeError(f"search {asked} gave {response.status}")
            taken.append(time.perf_counter() - begun)
    return Searched(tuple(taken))


def _body(found: Found, searched: Searched, plan: Plan) -> str:
    begin, middle, end = (f"{bytes_ / _MIB:.0f}" for bytes_ in found.memory)
    rows = [
        *_latency_rows("Resident → console", found.to_console),
        *_latency_rows("Operator → resident", found.to_resident),
        ("Lost", "", str(found.lost), "0", verdict(not found.lost)),
        ("Doubled", "", str(found.doubled), "0", verdict(not found.doubled)),
        ("Out of order", "", str(found.disordered), "0", verdict(not found.disordered)),
        ("Refused commands", "", str(len(found.refused)), "0", verdict(not found.refused)),
        ("Resident memory of the server, start / middle / end", "MiB", f"{begin} / {middle} / {end}", "stable", ""),
        *_latency_rows(f"Search over {plan.logged:,} messages", searched.seconds, target=SEARCH_TARGET_MS),
    ]
    told = (
        f"{RESIDENTS} residents and {OPERATORS} operators on sockets of one `langelis serve`, all clients in a second "
        f"process; {found.sent} messages, {MESSAGES_A_SECOND:.0f} a second for {plan.desk_seconds:.0f} s, half of them "
        f"in each direction. A resident's message must reach all {OPERATORS} consoles, and each is timed. "
        f"{CUT_SHARE:.0%} of the sockets are broken off at random in every {WAVE_SECONDS:.0f} s ({found.cuts} cuts) "
        f"and come back within 2 s; what was on its way is part of the times."
    )
    return f"{told}\n\n{plain_table(('measure', 'unit', 'Langelis', 'target', ''), rows)}"


def _latency_rows(
    label: str, seconds: Sequence[float], *, target: float = TARGET_MS
) -> list[tuple[str, str, str, str, str]]:
    shares = ((0.5, "p50", ""), (0.95, "p95", f"≤ {target:.0f}"), (1.0, "at worst", ""))
    rows = []
    for share, name, wanted in shares:
        figure = percentile(seconds, share) * 1000
        rows.append((f"{label}, {name}", "ms", number(figure), wanted, verdict(figure <= target) if wanted else ""))
    return rows
