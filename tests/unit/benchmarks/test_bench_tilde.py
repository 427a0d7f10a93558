"""The search for the settings of the public Lithuanian sets."""

from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pytest

from bot.nlu.classifier import TrainingOptions
from tests.benchmarks import bench_tilde
from tests.benchmarks.bench_tilde import OPTIONS, SETS, LeftOut, Part, left_out, read_part, search, settings

GREETINGS = ["labas", "labas rytas", "laba diena", "labas vakaras", "labas visiems"]
FAREWELLS = ["viso gero", "viso geriausio", "viso labo jums", "na tai viso", "viso"]
PART = Part(GREETINGS + FAREWELLS, ["greet"] * 5 + ["goodbye"] * 5)


def test_the_recorded_setting_is_one_of_those_searched() -> None:
    assert OPTIONS in list(settings())


class Learned:
    """What a stand-in for the classifier was taught; it finds every sentence a greeting."""

    labels = ("goodbye", "greet")
    taught: ClassVar[list[list[str]]] = []

    @classmethod
    def train(cls, texts: list[str], labels: list[str], options: TrainingOptions) -> "Learned":
        cls.taught.append(texts)
        return cls()

    def scores(self, text: str) -> npt.NDArray[np.float64]:
        return np.array([0.0, 1.0])


def test_a_sentence_is_never_asked_of_who_learned_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_tilde, "IntentClassifier", Learned)
    monkeypatch.setattr(Learned, "taught", [])
    assert left_out(PART).accuracy == pytest.approx(0.5)
    missing = [set(PART.questions) - set(texts) for texts in Learned.taught]
    assert missing == [{question} for question in PART.questions]


def test_of_equally_right_settings_the_one_with_the_least_loss_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    losses = dict.fromkeys(settings(), 1.0) | {OPTIONS: 0.5}
    monkeypatch.setattr(bench_tilde, "left_out", lambda _, options: LeftOut(0.5, losses[options]))
    mean, loss, reached, options = search({"one": PART, "two": PART})[0]
    assert (mean, loss, reached, options) == (0.5, 0.5, [LeftOut(0.5, 0.5)] * 2, OPTIONS)


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
