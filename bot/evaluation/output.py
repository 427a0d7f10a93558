"""Writes a report: plots into a folder, tables into the page beside it or a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.evaluation.examples import EvaluationInputError
from bot.evaluation.report_markdown import as_page, filled, with_plots

PAGE = "report.md"


def write(folder: Path, bodies: Mapping[str, str], plots: Mapping[str, Mapping[str, str]]) -> tuple[Path, ...]:
    """Write all plots into `folder` and the tables into `folder`.md, if that page is there, else into a page inside.

    Returns what was written. Raises `EvaluationInputError` when that is not possible.
    """
    names = {section: tuple(files) for section, files in plots.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        drawn = tuple(_written(folder / name, svg) for files in plots.values() for name, svg in files.items())
        beside = folder.parent / f"{folder.name}.md"
        if beside.is_file():
            placed = with_plots(bodies, names, f"{folder.name}/")
            return (*drawn, _written(beside, filled(beside.read_text(encoding="utf-8"), placed)))
        return (*drawn, _written(folder / PAGE, as_page(bodies, names)))
    except OSError as error:
        raise EvaluationInputError(f"{folder}: cannot be written: {error.strerror}") from error


def _written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path
