"""The report as Markdown and SVG."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.evaluation.examples import EvaluationInputError
from bot.evaluation.markdown import table
from bot.evaluation.output import write
from bot.evaluation.plots import plots
from bot.evaluation.report import JudgedSet, Report, report
from bot.evaluation.report_markdown import as_page, filled, sections, with_plots
from bot.evaluation.speed import Speed
from bot.evaluation.targets import reached
from tests.unit.evaluation.making import example, judged

SPEED = Speed(messages=100, services=300, p50_ms=1.5, p95_ms=4.25, index_ms=200)


def small(*, own: bool = True) -> Report:
    """A report in which everything is measured."""
    messages = (
        judged(example("a", intent="greet", service="x", action="answer"), services={"x": 0.9}, action="answer"),
        judged(example("b", intent="thanks", action="fallback"), services={"x": 0.2}, action="choose"),
    )
    styles = (
        judged(example("a", intent="greet", service="x", style="clean", base="1"), services={"x": 0.9}),
        judged(example("A", intent="greet", service="x", style="folded", base="1"), "thanks", services={"x": 0.9}),
    )
    languages = (judged(example("c", language="ru"), language="ru"),)
    return report(JudgedSet(messages=messages, styles=styles, languages=languages), own=own, speed=SPEED)


def test_a_table_is_padded_and_bars_in_cells_are_escaped() -> None:
    assert table(["name", "n"], [["a|b", "10"]]).splitlines() == [
        "| name |  n |",
        "|------|---:|",
        "| a\\|b | 10 |",
    ]


def test_every_part_that_was_measured_has_a_section() -> None:
    assert list(sections(small())) == [
        "summary",
        "intents",
        "confusions",
        "services",
        "off-catalogue",
        "calibration",
        "robustness",
        "actions",
        "languages",
        "speed",
    ]


def test_a_report_over_nothing_has_a_summary_alone() -> None:
    assert list(sections(report(JudgedSet(), own=False))) == ["summary"]
    assert plots(report(JudgedSet(), own=False)) == {}


def test_targets_are_those_of_the_projects_own_test_set() -> None:
    assert "≥ 0.95" in sections(small())["summary"]
    assert "target" not in sections(small(own=False))["summary"]


def test_a_target_is_met_or_not() -> None:
    verdicts = {name: verdict for name, _, _, _, verdict in reached(small())}
    assert verdicts["right service first"] == "✓"
    assert verdicts["intent accuracy"] == "✗"
    assert verdicts["off the catalogue, yet answered"] == "✗"
    assert verdicts["without diacritics, points lost"] == "✗"
    assert verdicts["a message, median, ms"] == "✓"
    assert verdicts["mean reciprocal rank"] == ""
    assert verdicts["one typo, points lost"] == ""


def test_figures_of_a_small_report() -> None:
    bodies = sections(small())
    assert "| all    |    1.000 |       1.000 |         1/1 |".split() == bodies["services"].splitlines()[-1].split()
    assert "| thanks |     greet |     1 |".split() == bodies["confusions"].splitlines()[-1].split()
    assert "| folded |  0.000 | 1.000 | 100.0 | 1.000 | 1.000 | 0.0 | 1 |".split() == (
        bodies["robustness"].splitlines()[-1].split()
    )
    assert "AUC of the first service's score 1.000 (1 answerable, 1 off the catalogue)" in bodies["off-catalogue"]
    assert "1.50" in bodies["speed"]
    assert "4.25" in bodies["speed"]


def test_every_plot_is_well_formed_and_named_for_screen_readers() -> None:
    drawn = [svg for files in plots(small()).values() for svg in files.values()]
    assert len(drawn) == 5
    for svg in drawn:
        root = ET.fromstring(svg)  # noqa: S314 - our own
        assert root.get("role") == "img"
        assert root.findtext("{http://www.w3.org/2000/svg}title")


def test_a_page_of_its_own_shows_each_plot_below_its_section() -> None:
    page = as_page({"summary": "A", "calibration": "B"}, {"calibration": ["intent-calibration.svg"]})
    assert page == (
        "# How well messages are understood\n\n## Summary\n\nA\n\n## Calibration\n\nB\n\n"
        "![intent calibration](intent-calibration.svg)\n"
    )


def test_marked_places_are_renewed_and_all_else_is_kept() -> None:
    page = "# A\n<!-- evaluate: speed -->\nold\n<!-- end -->\ntext\n<!-- evaluate: comparison -->\nkept\n<!-- end -->\n"
    renewed = filled(page, {"speed": "new", "actions": "has no place"})
    assert renewed == page.replace("old\n", "\nnew\n\n")
    assert filled(renewed, {"speed": "new"}) == renewed


def test_a_folder_gets_the_plots_and_a_page(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    written = write(folder, sections(small()), plots(small()))
    assert sorted(path.name for path in written) == [
        "intent-calibration.svg",
        "intent-confusion.svg",
        "off-catalogue-roc.svg",
        "report.md",
        "robustness.svg",
        "service-calibration.svg",
    ]
    assert "![robustness](robustness.svg)" in (folder / "report.md").read_text(encoding="utf-8")


def test_a_page_beside_the_folder_is_renewed_instead(tmp_path: Path) -> None:
    page = tmp_path / "understanding.md"
    page.write_text("# Mine\n<!-- evaluate: robustness -->\n<!-- end -->\n", encoding="utf-8")
    written = write(tmp_path / "understanding", sections(small()), plots(small()))
    assert page in written
    assert not (tmp_path / "understanding" / "report.md").exists()
    content = page.read_text(encoding="utf-8")
    assert content.startswith("# Mine\n")
    assert "![robustness](understanding/robustness.svg)" in content


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EvaluationInputError, match="cannot be written"):
        write(tmp_path / "file", {}, {})


def test_plots_are_placed_in_the_folder_that_holds_them() -> None:
    assert with_plots({"speed": "A"}, {"speed": ["x.svg"]}, "in/") == {"speed": "A\n\n![x](in/x.svg)"}
