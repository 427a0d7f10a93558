"""The comparison with stock Rasa, without running it."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest
import yaml

from bot.evaluation import stock
from bot.evaluation.metrics import Share
from bot.evaluation.stock import StockRasaError, as_nlu, comparison_markdown, read_predictions, side_of
from tests.unit.evaluation.making import example


def test_messages_are_written_as_rasa_reads_them() -> None:
    document = yaml.safe_load(as_nlu([example("labas: a", intent="greet|thanks"), example("- ačiū", intent="thanks")]))
    assert document == {
        "version": "3.1",
        "nlu": [
            {"intent": "greet", "examples": "- labas: a\n"},
            {"intent": "thanks", "examples": "- - ačiū\n"},
        ],
    }


def test_predictions_are_read_from_successes_and_errors(tmp_path: Path) -> None:
    for name, text, intent in (("successes", "labas ", "greet"), ("errors", "ačiū", None)):
        row = {"text": text, "intent": "greet", "intent_prediction": {"name": intent, "confidence": 1.0}}
        (tmp_path / f"intent_{name}.json").write_text(json.dumps([row]), encoding="utf-8")
    assert read_predictions(tmp_path) == {"labas": "greet", "ačiū": ""}


def test_a_side_without_a_single_prediction_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StockRasaError, match="no predictions"):
        read_predictions(tmp_path)


def test_both_sides_are_judged_alike_and_a_missing_prediction_is_a_mistake() -> None:
    examples = [example("a", intent="greet|thanks"), example("b", intent="greet"), example("c", intent="thanks")]
    side = side_of("ours", examples, {"a": "thanks", "b": "greet"}, 12.0, 5.5)
    assert side.accuracy == Share(2, 3)
    assert side.macro_f1 == pytest.approx((1 + 2 / 3) / 2)
    assert "| ours" in comparison_markdown([side])


def test_too_few_intents_are_not_compared() -> None:
    with pytest.raises(StockRasaError, match="two intents"):
        stock.compare([example("a", intent="greet")], print)


def test_a_missing_uv_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requirements = tmp_path / "stock.txt"
    requirements.write_text("rasa==3.6.21\n", encoding="utf-8")
    monkeypatch.setattr(stock, "_REQUIREMENTS", requirements)
    monkeypatch.setattr(stock, "_VENV", tmp_path / "stock")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(StockRasaError, match="there is no uv beside python"):
        stock.install()


def test_an_environment_that_is_there_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requirements = tmp_path / "stock.txt"
    requirements.write_text("rasa==3.6.21\n", encoding="utf-8")
    (tmp_path / "stock").mkdir()
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    (tmp_path / "stock" / ".installed").write_text(digest, encoding="utf-8")
    monkeypatch.setattr(stock, "_REQUIREMENTS", requirements)
    monkeypatch.setattr(stock, "_VENV", tmp_path / "stock")
    stock.install()


def test_a_command_that_fails_is_named_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(StockRasaError, match=r"training x ended with code 3: broken"):
        stock._run("training x", ("sh", "-c", "echo broken >&2; exit 3"), tmp_path)


def test_stock_rasa_gets_its_own_defaults_for_our_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = tmp_path / "venv" / "lib" / "python3.10" / "site-packages" / stock._DEFAULT_CONFIG
    defaults.parent.mkdir(parents=True)
    defaults.write_text("assistant_id: placeholder_default\nlanguage: en\npipeline: []\n", encoding="utf-8")
    monkeypatch.setattr(stock, "_VENV", tmp_path / "venv")
    (tmp_path / "project").mkdir()
    stock.write_stock_project(tmp_path / "project")
    config = (tmp_path / "project" / "config.yml").read_text(encoding="utf-8")
    assert config == "assistant_id: stock-rasa\nlanguage: lt\npipeline: []\n"
    assert (tmp_path / "project" / "domain.yml").is_file()


def test_an_environment_without_the_default_configuration_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stock, "_VENV", tmp_path)
    with pytest.raises(StockRasaError, match="without its default configuration"):
        stock.write_stock_project(tmp_path)


def test_a_training_that_leaves_no_model_is_an_error(tmp_path: Path) -> None:
    nothing = stock._Rasa("x", ("true",), tmp_path)
    with pytest.raises(StockRasaError, match="training x left no model"):
        stock._side(nothing, [], tmp_path / "questions.yml", tmp_path / "0", lambda _: None)
