"""Benchmark `training`: from training data to a model, from nothing, in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Measure, Spread
from tests.benchmarks.machine import wait_until_quiet
from tests.benchmarks.ours import Langelis
from tests.benchmarks.plan import Plan
from tests.benchmarks.report import Section, table
from tests.benchmarks.sides import Side
from tests.benchmarks.stock import StockRasa

NAME = "training"
_TARGET = 3.0
_LONG_SECONDS = 240.0
"""A side that trains longer than this is trained once: more rounds would take hours and tell the same."""


def measure(plan: Plan) -> Section:
    """Train both sides in turn and return the section."""
    both: tuple[Side, Side] = (Langelis(), StockRasa(plan.stock_epochs))
    seconds: dict[str, list[float]] = {side.name: [] for side in both}
    busy = []
    for side in both:
        side.install()
    for number in range(plan.rounds):
        for side in in_turn(number, both):
            if any(taken > _LONG_SECONDS for taken in seconds[side.name]):
                continue
            busy.append(wait_until_quiet(plan.patience_seconds))
            plan.say(f"training, round {number + 1} of {plan.rounds}: {side.name}")
            seconds[side.name].append(_train(side))
            plan.say(f"{side.name}: {seconds[side.name][-1]:.1f} s")
    row = Measure(
        label="Training from nothing, command to exit",
        unit="s",
        ours=Spread.of(seconds[both[0].name]),
        stock=Spread.of(seconds[both[1].name]),
        target=_TARGET,
    )
    return Section(
        name=NAME,
        rounds=plan.rounds,
        versions={side.name: side.versions() for side in both},
        busy=Spread.of(busy),
        body=f"{table([row])}\n\n{_counts(seconds)}",
    )


def _counts(seconds: Mapping[str, Sequence[float]]) -> str:
    trained = ", ".join(f"{side} {len(taken)}×" for side, taken in seconds.items())
    return f"Trained: {trained}. A side that takes longer than {_LONG_SECONDS / 60:.0f} minutes is trained once."


def in_turn(number: int, both: tuple[Side, Side]) -> tuple[Side, Side]:
    """Return both sides, the other one first in every second round."""
    first, second = both
    return (first, second) if number % 2 == 0 else (second, first)


def _train(side: Side) -> float:
    with TemporaryDirectory(prefix="langelis-bench-") as scratch:
        return side.train(Path(scratch))
