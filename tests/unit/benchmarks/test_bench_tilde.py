"""The search for the settings of the public Lithuanian sets."""

from pathlib import Path

import pytest

from tests.benchmarks import bench_tilde
from tests.benchmarks.bench_tilde import OPTIONS, SETS, Part, cross_validated, read_part, search, settings

GREETINGS = ["labas", "labas rytas", "laba diena", "labas vakaras", "labas visiems"]
FAREWELLS = ["viso gero", "viso geriausio", "viso labo jums", "na tai viso", "viso"]
PART = Part(GREETINGS + FAREWELLS, ["greet"] * 5 + ["goodbye"] * 5)


def test_the_recorded_setting_is_one_of_those_searched() -> None:
    assert OPTIONS in list(settings())


def test_cross_validation_never_asks_what_it_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs: list[tuple[Part, Part]] = []

    def noted(learned: Part, asked: Part, _: object) -> float:
        pairs.append((learned, asked))
        return 1.0

    monkeypatch.setattr(bench_tilde, "accuracy", noted)
    assert cross_validated(PART) == pytest.approx(1.0)
    assert all(not set(learned.questions) & set(asked.questions) for learned, asked in pairs)
    assert all(sorted(learned.questions + asked.questions) == sorted(PART.questions) for learned, asked in pairs)


def test_of_equally_good_settings_the_simplest_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_tilde, "cross_validated", lambda *_: 0.5)
    mean, reached, options = search({"one": PART, "two": PART})[0]
    assert (mean, reached, options) == (0.5, (0.5, 0.5), next(settings()))


def test_a_search_reads_no_test_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SETS:
        (tmp_path / f"{name}_train_q.txt").write_text("\n".join(PART.questions), encoding="utf-8")
        (tmp_path / f"{name}_train_ans.txt").write_text("\n".join(PART.answers), encoding="utf-8")
    monkeypatch.setattr(bench_tilde, "settings", lambda: iter([OPTIONS]))
    monkeypatch.setattr("sys.argv", ["bench_tilde", "--data", str(tmp_path), "--search"])
    assert bench_tilde.main() == 0
    assert capsys.readouterr().out.count("\n") == 3
    with pytest.raises(OSError, match="test"):
        read_part(tmp_path, "chatbot", "test")
