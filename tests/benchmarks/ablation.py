"""`python -m tests.benchmarks.ablation`: what each part of understanding brings, taken out one at a time.

Every variant learns anew with the same seeds. `--write` renews the tables in docs/understanding.md; what they mean is
written by hand beside them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from bot.evaluation.markdown import NOTHING, table
from bot.settings import PROJECT_ROOT
from tests.benchmarks import ablation_intents, ablation_services

PAGE = PROJECT_ROOT / "docs" / "understanding.md"
BEGIN, END = "<!-- ablation: begin -->", "<!-- ablation: end -->"
_MINUS = "−"

Figures = tuple[float | None, ...]
"""Shares 0..1, one for each column; None where nothing could be measured."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One table: `measure` gives the figures without the named part, of the whole for None."""

    title: str
    columns: Sequence[str]
    parts: Sequence[str]
    measure: Callable[[str | None], Figures]


SUBJECTS = (
    Subject("Intents", ablation_intents.COLUMNS, tuple(ablation_intents.PARTS), ablation_intents.measured),
    Subject("Services", ablation_services.COLUMNS, tuple(ablation_services.PARTS), ablation_services.measured),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and, if asked to, write them into the page."""
    given = _parser().parse_args(arguments)
    with ProcessPoolExecutor(given.processes) as pool:
        asked = {subject: _submitted(pool, subject) for subject in SUBJECTS}
        text = "\n\n".join(drawn(subject, _collected(subject, found)) for subject, found in asked.items())
    print(text)
    if given.write:
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def drawn(subject: Subject, found: Mapping[str | None, Figures]) -> str:
    """The subject's table: the whole in percent, then for each part what is lost or won without it, in points."""
    whole = found[None]
    rows = [["everything", *map(_percent, whole)]]
    for part in subject.parts:
        differences = (_points(before, after) for before, after in zip(whole, found[part], strict=True))
        rows.append([f"without {part}", *differences])
    return table([subject.title.lower(), *subject.columns], rows)


def renewed(page: str, text: str) -> str:
    """The page with `text` between its marks; raises ValueError when it has no such place."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no place {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{text.strip()}\n{END}{after}"


def timed(measure: Callable[[str | None], Figures], part: str | None) -> tuple[Figures, float]:
    """The figures and the seconds that they took."""
    started = time.perf_counter()
    return measure(part), time.perf_counter() - started


def _submitted(pool: ProcessPoolExecutor, subject: Subject) -> dict[str | None, Future[tuple[Figures, float]]]:
    return {part: pool.submit(timed, subject.measure, part) for part in (None, *subject.parts)}


def _collected(
    subject: Subject, asked: Mapping[str | None, Future[tuple[Figures, float]]]
) -> dict[str | None, Figures]:
    found: dict[str | None, Figures] = {}
    for part, future in asked.items():
        found[part], seconds = future.result()
        name = "everything" if part is None else f"without {part}"
        print(f"{subject.title}: {name}, {seconds:.0f} s, {' '.join(map(_percent, found[part]))}", file=sys.stderr)
    return found


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{100 * value:.1f}"


def _points(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return NOTHING
    points = round(100 * (after - before), 1)
    return f"{'+' if points > 0 else _MINUS if points < 0 else ''}{abs(points):.1f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.ablation",
        description="Takes out one part of understanding at a time, learns anew, and measures on the test set.",
    )
    parser.add_argument("--write", action="store_true", help=f"renew the tables in {PAGE.relative_to(PROJECT_ROOT)}")
    parser.add_argument("--processes", type=int, default=1, metavar="NUMBER", help="variants measured at once")
    return parser


if __name__ == "__main__":
    sys.exit(main())
