"""The report: Markdown tables, written between markers so that the prose around them stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.benchmarks.figures import Better, Measure, Spread
from tests.benchmarks.load import Load
from tests.benchmarks.machine import Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What one benchmark found."""

    name: str
    rounds: int
    versions: Mapping[str, Mapping[str, str]]
    """Versions of the packages by side."""
    busy: Spread
    """Share of the processor (0 … 1) that other programs used just before the measurements."""
    body: str


def render(section: Section, machine: Machine, command: str, at: datetime) -> str:
    """Return the section as Markdown: what was found, and on what it was measured."""
    rounds = "1 round" if section.rounds == 1 else f"{section.rounds} rounds"
    facts = [
        f"Measured {at:%Y-%m-%d %H:%M} UTC with `{command}`; medians of {rounds}, lowest and highest in brackets.",
        f"- Machine: {machine.cpu}, {machine.cores} cores, {machine.memory_gib:.0f} GiB memory, {machine.system}.",
        *(f"- {side}: {_listed(found)}." for side, found in section.versions.items()),
        f"- Other programs used {section.busy.low:.0%} to {section.busy.high:.0%} of the processor just before.",
    ]
    return f"{facts[0]}\n\n" + "\n".join(facts[1:]) + f"\n\n{section.body}\n"


def table(measures: Sequence[Measure]) -> str:
    """Return the measures as a Markdown table."""
    head = ("measure", "unit", "Langelis", "stock Rasa", "ratio", "target", "")
    lines = [_row(head), _row(["---", "---", "---:", "---:", "---:", "---:", "---"])]
    return "\n".join([*lines, *(_row(_cells(measure)) for measure in measures)])


def failures_table(loads: Mapping[str, Sequence[Load]]) -> str:
    """Return how many turns of each side failed, and why."""
    lines = [
        _row(("side", "turns", "failed", "target", "", "why")),
        _row(["---", "---:", "---:", "---:", "---", "---"]),
    ]
    for side, found in loads.items():
        failures = Counter(failure for load in found for failure in load.failures)
        turns = sum(len(load.turns) for load in found)
        why = ", ".join(f"{reason}: {times}" for reason, times in failures.most_common())
        lines.append(_row((side, str(turns), str(failures.total()), "0", verdict(not failures), why)))
    return "\n".join(lines)


def plain_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows of words as a Markdown table."""
    return "\n".join([_row(head), _row(["---"] * len(head)), *map(_row, rows)])


def replace_section(document: str, name: str, text: str) -> str:
    """Return the document with the text between the section's markers replaced; without markers it is added last."""
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    framed = f"{begin}\n{text.strip()}\n{end}"
    before, found, rest = document.partition(begin)
    if not found:
        return f"{document.rstrip()}\n\n{framed}\n"
    _, closed, after = rest.partition(end)
    if not closed:
        raise ValueError(f"{begin} is never closed by {end}")
    return f"{before}{framed}{after}"


def write_section(path: Path, name: str, text: str) -> None:
    """Put a section into a Markdown file."""
    path.write_text(replace_section(path.read_text(encoding="utf-8"), name, text), encoding="utf-8")


def number(figure: float) -> str:
    """Return a figure with about three digits."""
    if abs(figure) >= 100:
        return f"{figure:.0f}"
    return f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"


def _cells(measure: Measure) -> list[str]:
    ratio = "" if measure.ratio is None else f"{_cut(measure.ratio)}×"
    target = "" if measure.target is None else f"≥ {measure.target:g}×"
    stock = "–" if measure.stock is None else _spread(measure.stock)
    met = "" if measure.met is None else verdict(measure.met)
    better = f"{measure.label} ({measure.better.value} is better)" if measure.better is Better.HIGHER else measure.label
    return [better, measure.unit, _spread(measure.ours), stock, ratio, target, met]


def _cut(ratio: float) -> str:
    # Cut and not rounded: 4.996 must not read as a target of 5 that was reached.
    return f"{int(ratio * 100) / 100:.2f}"


def _spread(spread: Spread) -> str:
    return f"{number(spread.median)} ({number(spread.low)}–{number(spread.high)})"


def verdict(met: bool) -> str:
    """Say whether a target is reached."""
    return "met" if met else "**not met**"


def _listed(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in found.items())


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
