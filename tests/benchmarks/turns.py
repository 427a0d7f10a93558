"""Benchmark `turns`: full turns through the REST channel, memory and start-up, side by side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from tests.benchmarks.figures import Better, Measure, Spread
from tests.benchmarks.load import Door, Load, Script, read_script, run_load
from tests.benchmarks.machine import wait_until_quiet
from tests.benchmarks.ours import Langelis
from tests.benchmarks.plan import Plan
from tests.benchmarks.processes import Running
from tests.benchmarks.report import Section, failures_table, table
from tests.benchmarks.sides import Side
from tests.benchmarks.stock import StockRasa
from tests.benchmarks.training import in_turn

NAME = "turns"
MANY = 32
"""Clients of the load with many clients."""
_START_SECONDS = 300.0
_POLL_SECONDS = 0.05
_MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class StartUp:
    """Seconds from the start of the processes."""

    http: float
    answered: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """All figures of one side in one round."""

    start_up: StartUp
    warm_up: Load
    single: Load
    many: Load
    server_memory: int
    """Bytes."""
    whole_memory: int
    """Bytes, the action server included."""

    @property
    def loads(self) -> tuple[Load, ...]:
        """All turns that had to be answered."""
        return (self.warm_up, self.single, self.many)


def measure(plan: Plan) -> Section:
    """Start, load and weigh both sides in turn, never both at once, and return the section."""
    both: tuple[Side, Side] = (Langelis(), StockRasa(plan.stock_epochs))
    for side in both:
        side.install()
        plan.say(f"{side.name}: trains a model unless there is one")
        side.ensure_model()
    script = read_script()
    rounds: dict[str, list[Round]] = {side.name: [] for side in both}
    busy = []
    for number in range(plan.rounds):
        for side in in_turn(number, both):
            busy.append(wait_until_quiet(plan.patience_seconds))
            plan.say(f"turns, round {number + 1} of {plan.rounds}: {side.name}")
            found = _round(side, script, plan)
            rounds[side.name].append(found)
            plan.say(_told(side, found))
    mine, theirs = (rounds[side.name] for side in both)
    return Section(
        name=NAME,
        rounds=plan.rounds,
        versions={side.name: side.versions() for side in both},
        busy=Spread.of(busy),
        body="\n\n".join((table(_measures(mine, theirs)), _failures(mine, theirs), _mix(mine, theirs))),
    )


def _round(side: Side, script: Script, plan: Plan) -> Round:
    with TemporaryDirectory(prefix="langelis-bench-") as scratch:
        running = side.start(Path(scratch))
        try:
            start_up = asyncio.run(_start_up(running, script))
            url = running.url
            warm_up = asyncio.run(run_load(url, script, clients=1, turns=len(script.questions), name="warm"))
            single = asyncio.run(run_load(url, script, clients=1, turns=plan.single_turns, name="single"))
            many = asyncio.run(run_load(url, script, clients=MANY, turns=plan.many_turns, name="many"))
            running.check_alive()
            server = running.server.memory()
            helpers = sum(served.memory() for served in running.helpers)
        finally:
            running.stop()
    return Round(
        start_up=start_up,
        warm_up=warm_up,
        single=single,
        many=many,
        server_memory=server,
        whole_memory=server + helpers,
    )


async def _start_up(running: Running, script: Script) -> StartUp:
    """Ask until there is an answer; raises RuntimeError when the side ends or takes too long."""
    async with aiohttp.ClientSession() as session:
        door = Door(session, running.url, script)
        http = None
        while time.perf_counter() - running.started < _START_SECONDS:
            running.check_alive()
            if http is None and await _is_up(session, running.url):
                http = time.perf_counter() - running.started
            if http is not None:
                turn = await door.ask("start-up", script.questions[1])
                if turn.failure is None:
                    return StartUp(http=http, answered=time.perf_counter() - running.started)
            await asyncio.sleep(_POLL_SECONDS)
    raise RuntimeError(f"no answer within {_START_SECONDS:.0f} s of the start")


async def _is_up(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/webhooks/rest/") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False


def _measures(ours: Sequence[Round], stock: Sequence[Round]) -> list[Measure]:
    def row(
        label: str,
        unit: str,
        figure: Callable[[Round], float],
        *,
        better: Better = Better.LOWER,
        target: float | None = None,
    ) -> Measure:
        return Measure(
            label=label,
            unit=unit,
            ours=Spread.of(figure(found) for found in ours),
            stock=Spread.of(figure(found) for found in stock),
            better=better,
            target=target,
        )

    higher = Better.HIGHER
    return [
        row("Turn with a custom action, p50, 1 client", "ms", lambda r: r.single.action_milliseconds(0.5), target=6),
        row("Turn with a custom action, p95, 1 client", "ms", lambda r: r.single.action_milliseconds(0.95)),
        row("Turns a second, 1 client", "1/s", lambda r: r.single.turns_per_second, better=higher, target=5),
        row(f"Turn with a custom action, p50, {MANY} clients", "ms", lambda r: r.many.action_milliseconds(0.5)),
        row(f"Turn with a custom action, p95, {MANY} clients", "ms", lambda r: r.many.action_milliseconds(0.95)),
        row(f"Turns a second, {MANY} clients", "1/s", lambda r: r.many.turns_per_second, better=higher, target=5),
        row("Resident memory after the load, server alone", "MiB", lambda r: r.server_memory / _MIB, target=1),
        row("Resident memory after the load, all processes", "MiB", lambda r: r.whole_memory / _MIB),
        row("Start to the first HTTP answer", "s", lambda r: r.start_up.http),
        row("Start to the first answered turn", "s", lambda r: r.start_up.answered, target=1),
    ]


def _failures(ours: Sequence[Round], stock: Sequence[Round]) -> str:
    return failures_table(
        {
            Langelis.name: _loads(ours),
            StockRasa.name: _loads(stock),
        }
    )


def _mix(ours: Sequence[Round], stock: Sequence[Round]) -> str:
    shares = (Spread.of(found.single.share_with_action for found in side).median for side in (ours, stock))
    mine, theirs = (f"{share:.0%}" for share in shares)
    return f"Of the turns {mine} ran a custom action in {Langelis.name}, {theirs} in {StockRasa.name}."


def _loads(rounds: Sequence[Round]) -> list[Load]:
    return [load for found in rounds for load in found.loads]


def _told(side: Side, found: Round) -> str:
    failed = sum(len(load.failures) for load in found.loads)
    return (
        f"{side.name}: p50 {found.single.action_milliseconds(0.5):.1f} ms, "
        f"{found.single.turns_per_second:.1f} and {found.many.turns_per_second:.1f} turns/s, "
        f"{found.server_memory / _MIB:.0f} MiB, answered after {found.start_up.answered:.1f} s, {failed} failed"
    )
