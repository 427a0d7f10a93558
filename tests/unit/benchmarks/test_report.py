"""The tables of docs/benchmarks.md and how they are put there."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.benchmarks.figures import Better, Measure, Spread
from tests.benchmarks.load import Load, Turn
from tests.benchmarks.machine import Machine
from tests.benchmarks.report import Section, failures_table, number, render, replace_section, table, write_section

MACHINE = Machine(cpu="A processor", cores=2, memory_gib=23.4, system="Linux 6.1")
ANSWERED = Turn(0.01, with_action=True, failure=None)
FAILED = Turn(0.01, with_action=False, failure="empty answer")


def row_of(measure: Measure) -> list[str]:
    """The cells of the one row of a table."""
    return [cell.strip() for cell in table([measure]).splitlines()[-1].strip("|").split("|")]


def test_a_row_tells_both_sides_with_their_extremes_ratio_and_target() -> None:
    found = Measure(
        label="p50", unit="ms", ours=Spread(8.04, 7.9, 8.5), stock=Spread(50.1, 48, 120), better=Better.LOWER, target=6
    )
    assert row_of(found) == ["p50", "ms", "8.04 (7.90–8.50)", "50.1 (48.0–120)", "6.23×", "≥ 6×", "met"]


def test_a_missed_target_is_said_plainly() -> None:
    found = Measure(label="p50", unit="ms", ours=Spread.of([10]), stock=Spread.of([20]), target=6)
    assert row_of(found)[-1] == "**not met**"


def test_a_ratio_just_below_the_target_is_not_rounded_up_to_it() -> None:
    found = Measure(label="p50", unit="ms", ours=Spread.of([1000]), stock=Spread.of([4999]), target=5)
    assert row_of(found)[4:] == ["4.99×", "≥ 5×", "**not met**"]


def test_throughput_says_that_higher_is_better() -> None:
    found = Measure(
        label="turns", unit="1/s", ours=Spread.of([100]), stock=Spread.of([20]), better=Better.HIGHER, target=5
    )
    assert row_of(found)[0] == "turns (higher is better)"
    assert row_of(found)[4:] == ["5.00×", "≥ 5×", "met"]


@pytest.mark.parametrize(("figure", "text"), [(1234.5, "1234"), (99.94, "99.9"), (12.34, "12.3"), (3.14159, "3.14")])
def test_figures_have_about_three_digits(figure: float, text: str) -> None:
    assert number(figure) == text


def test_failed_turns_are_counted_by_their_reason() -> None:
    load = Load((ANSWERED, FAILED, FAILED), seconds=1)
    rows = failures_table({"Langelis": [Load((ANSWERED,), 1)], "stock Rasa": [load]}).splitlines()
    assert rows[2] == "| Langelis | 1 | 0 | 0 | met |  |"
    assert rows[3] == "| stock Rasa | 3 | 2 | 0 | **not met** | empty answer: 2 |"


def test_a_section_tells_machine_versions_command_and_date() -> None:
    section = Section(
        name="turns",
        rounds=3,
        versions={"Langelis": {"rasa": "3.6.21"}, "stock Rasa": {"rasa": "3.6.21", "SQLAlchemy": "1.4.54"}},
        busy=Spread(0.02, 0.01, 0.07),
        body="| table |",
    )
    text = render(section, MACHINE, "python -m tests.benchmarks", datetime(2026, 11, 21, 20, 5, tzinfo=timezone.utc))
    assert "Measured 2026-11-21 20:05 UTC with `python -m tests.benchmarks`" in text
    assert "medians of 3 rounds" in text
    assert "A processor, 2 cores, 23 GiB memory, Linux 6.1" in text
    assert "- stock Rasa: rasa 3.6.21, SQLAlchemy 1.4.54." in text
    assert "1% to 7%" in text
    assert text.endswith("| table |\n")


def test_only_the_text_between_the_markers_is_replaced(tmp_path: Path) -> None:
    report = tmp_path / "benchmarks.md"
    report.write_text("before\n<!-- bench:turns -->\nold\n<!-- /bench:turns -->\nafter\n", encoding="utf-8")
    write_section(report, "turns", "new\n")
    assert report.read_text(encoding="utf-8") == ("before\n<!-- bench:turns -->\nnew\n<!-- /bench:turns -->\nafter\n")


def test_a_section_without_markers_is_added_at_the_end_and_found_the_next_time() -> None:
    once = replace_section("prose\n", "training", "first")
    assert once == "prose\n\n<!-- bench:training -->\nfirst\n<!-- /bench:training -->\n"
    assert replace_section(once, "training", "second") == once.replace("first", "second")


def test_a_marker_that_is_never_closed_is_refused() -> None:
    with pytest.raises(ValueError, match="never closed"):
        replace_section("<!-- bench:turns -->\nold\n", "turns", "new")
