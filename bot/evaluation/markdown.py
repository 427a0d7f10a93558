"""Markdown tables and figures that read well in a terminal too."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.metrics import Share

NOTHING = "–"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with padded cells; all columns but the first are set right."""
    lines = [[cell.replace("|", "\\|") for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = ["| " + " | ".join(_padded(row, widths)) + " |" for row in lines]
    rule = "|" + "|".join("-" * (width + 1) + (":" if place else "-") for place, width in enumerate(widths)) + "|"
    return "\n".join([drawn[0], rule, *drawn[1:]])


def number(value: float | None, digits: int = 3) -> str:
    """Return the value with so many digits, or a dash."""
    return NOTHING if value is None else f"{value:.{digits}f}"


def share(value: Share) -> str:
    """Return the share as a number."""
    return number(value.value)


def of(value: Share) -> str:
    """Return how many of how many."""
    return f"{value.right}/{value.of}" if value.of else NOTHING


def interval(value: Share) -> str:
    """Return the 95 % interval."""
    found = value.interval
    return NOTHING if found is None else f"{found[0]:.3f}–{found[1]:.3f}"


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [cell.rjust(widths[place]) if place else cell.ljust(widths[0]) for place, cell in enumerate(row)]
