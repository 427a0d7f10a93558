"""`langelis predict`: one JSON object a line, exactly as the contract says, whatever the lines hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.settings import PROJECT_ROOT
from tests.conftest import LiveServer

ACTIONS = {"answer", "choose", "fallback", "complaint", "problem", "human", "status", "other"}
LONG = "kiek kainuoja meno mokykla " + "a" * 5000
LINES: tuple[bytes, ...] = (
    "kokių dokumentų reikia į darželį".encode(),
    "noriu pasiskųsti dėl mokyklos".encode(),
    b"duobe gatveje",
    "noriu kalbėti su žmogumi".encode(),
    b"kas su mano skundu",
    b"labas",
    b"",
    LONG.encode(),
    b"\xed\xa0\x80\xff labas",
    b"nul\x00baitas",
    b"viena\rdu",
    "vienas\u2028du\x0btrys\x85keturi".encode(),
    b"   ",
    "какие документы нужны для детского сада".encode(),
    b"dega namas padekit",
    "paskutinė be eilutės pabaigos".encode(),
)
Predict = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(scope="module")
def predict(live: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> Predict:
    """Run the command on a database of its own; the shared server has seen to the model."""
    assert live.url
    database = tmp_path_factory.mktemp("predict") / "langelis.db"

    def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-W", "ignore", "-m", "bot", "predict", *arguments],
            input=given,
            capture_output=True,
            cwd=PROJECT_ROOT,
            env={**os.environ, "LANGELIS_DATABASE_URL": f"sqlite:///{database}", "LC_ALL": "C"},
            timeout=100,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def found(predict: Predict) -> list[dict[str, Any]]:
    """What is predicted for the lines."""
    done = predict("--municipality", "trakai", given=b"\n".join(LINES))
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode("utf-8").removesuffix("\n").split("\n")
    return [json.loads(line) for line in lines]


def test_every_line_gets_its_own_object_in_order(found: list[dict[str, Any]]) -> None:
    assert [item["text"] for item in found] == [line.decode("utf-8", errors="replace") for line in LINES]


def test_the_objects_have_the_fields_of_the_contract_and_no_others(found: list[dict[str, Any]]) -> None:
    for item in found:
        assert list(item) == ["text", "intent", "confidence", "language", "services", "action"]
        assert isinstance(item["intent"], str)
        assert 0 <= item["confidence"] <= 1
        assert item["language"] in {"lt", "ru", "pl", "en", "uk"}
        assert item["action"] in ACTIONS
        assert len(item["services"]) <= 5
        scores = [service["score"] for service in item["services"]]
        assert scores == sorted(scores, reverse=True)
        assert all(set(service) == {"id", "score"} and 0 <= service["score"] <= 1 for service in item["services"])


def test_what_is_asked_is_recognised(found: list[dict[str, Any]]) -> None:
    by_text = {item["text"]: item for item in found}
    nursery = by_text["kokių dokumentų reikia į darželį"]
    assert (nursery["intent"], nursery["action"]) == ("ask_service_documents", "answer")
    assert nursery["services"][0]["id"] == "priemimas-i-darzeli"
    assert by_text["noriu pasiskųsti dėl mokyklos"]["action"] == "complaint"
    assert by_text["duobe gatveje"]["action"] == "problem"
    assert by_text["noriu kalbėti su žmogumi"]["action"] == "human"
    assert by_text["kas su mano skundu"]["action"] == "status"
    assert by_text["labas"]["action"] == "other"
    assert by_text["dega namas padekit"]["intent"] == "emergency"
    assert by_text["какие документы нужны для детского сада"]["language"] == "ru"


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_line_is_a_fallback_without_services(found: list[dict[str, Any]], text: str) -> None:
    item = next(item for item in found if item["text"] == text)
    assert (item["action"], item["services"]) == ("fallback", [])


def test_no_line_at_all_gives_no_output(predict: Predict) -> None:
    done = predict("--municipality", "varena")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_an_unknown_municipality_is_one_clear_line(predict: Predict) -> None:
    done = predict("--municipality", "vilnius", given=b"labas\n")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == ["langelis: unknown municipality: 'vilnius'"]


@pytest.mark.parametrize("arguments", [(), ("--municipality",), ("--municipality", "trakai", "--nera")])
def test_bad_usage_is_one_line_and_exit_code_two(predict: Predict, arguments: tuple[str, ...]) -> None:
    done = predict(*arguments)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_reader_that_stops_early_is_no_failure(live: LiveServer, tmp_path: Path) -> None:
    assert live.url
    environment = {**os.environ, "LANGELIS_DATABASE_URL": f"sqlite:///{tmp_path / 'langelis.db'}"}
    command = [sys.executable, "-W", "ignore", "-m", "bot", "predict", "--municipality", "trakai"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=PROJECT_ROOT,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdin.write(b"labas\n")
        process.stdin.flush()
        assert b"greet" in process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"labas\n" * 1000)
        process.stdin.close()
        assert b"Traceback" not in process.stderr.read()
