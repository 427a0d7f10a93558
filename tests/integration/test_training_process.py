"""Training in a process of its own, for whoever needs a model that is not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.engine.rasa.training import find_or_train
from bot.errors import EngineError


@pytest.fixture
def failing_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter that tells of progress and fails."""
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\necho Training: a step\nexit 3\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))


@pytest.mark.usefixtures("failing_python")
async def test_its_progress_never_reaches_standard_output(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    # `langelis predict` writes JSON lines there, also when it has to train first.
    with pytest.raises(EngineError, match="code 3"):
        await find_or_train(tmp_path / "models")
    captured = capfd.readouterr()
    assert "Training" not in captured.out
    assert "Training: a step" in captured.err
