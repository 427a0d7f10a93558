"""`python -m tests.benchmarks` (`make bench`): measures Langelis beside stock Rasa and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timezone

import uvloop

from bot.settings import PROJECT_ROOT
from tests.benchmarks import desk, telegram, training, turns
from tests.benchmarks.machine import Machine
from tests.benchmarks.plan import Plan
from tests.benchmarks.report import Section, render, write_section

REPORT = PROJECT_ROOT / "docs" / "benchmarks.md"
# Training comes first: the model that it leaves is served by the next one.
BENCHMARKS: dict[str, Callable[[Plan], Section]] = {
    training.NAME: training.measure,
    turns.NAME: turns.measure,
    desk.NAME: desk.measure,
    telegram.NAME: telegram.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks; return the exit code."""
    given = _parser().parse_args(arguments)
    command = " ".join(["python -m tests.benchmarks", *(sys.argv[1:] if arguments is None else arguments)])
    plan = Plan.quick() if given.quick else Plan.full()
    if given.desk_seconds is not None:
        plan = replace(plan, desk_seconds=given.desk_seconds)
    uvloop.install()
    # So that the servers under measurement are ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for name in [given.only] if given.only else BENCHMARKS:
        section = BENCHMARKS[name](plan)
        text = render(section, Machine.here(), command, datetime.now(timezone.utc))
        if given.quick:
            trial = (
                f"A trial, not for the record: one small round, stock Rasa trained for {plan.stock_epochs} epochs only."
            )
            print(f"{trial}\n\n{text}", flush=True)
        else:
            print(text, flush=True)
            write_section(REPORT, name, text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measures Langelis beside stock Rasa on the same data and the same machine, one after the other in "
        "alternating rounds, and writes the tables of docs/benchmarks.md. Keep the machine quiet meanwhile.",
    )
    parser.add_argument(
        "--quick", action="store_true", help="one small round; prints the tables and leaves the document alone"
    )
    parser.add_argument(
        "--desk-seconds", type=float, metavar="N", help="how long residents and operators write to each other (300)"
    )
    parser.add_argument("--only", choices=tuple(BENCHMARKS), metavar="NAME", help=f"one of: {', '.join(BENCHMARKS)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
