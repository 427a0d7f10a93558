"""The conversations of docs/telegram.md go as written there, with the real trained model."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.settings import PROJECT_ROOT
from tests.telegram_shows import DOCUMENT, STORY


@pytest.mark.timeout(300)
def test_three_whole_conversations_go_on_telegram_from_greeting_to_end() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.telegram_shows", "--print"],
        cwd=PROJECT_ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    service, complaint, hand_off = run.stdout.split("\n### ")[-3:]
    assert "[paspaudžia: " in service
    for told in (STORY, "Registracijos numeris: TR-", "nuotrauka.jpg", "vieta.txt", "Kreipinys paskirtas nagrinėti"):
        assert told in complaint
    for told in ("Jūsų vieta eilėje – 1", "Prie pokalbio prisijungė Rima", "laisvos dvi vietos", "Ačiū už įvertinimą"):
        assert told in hand_off


def test_the_document_holds_the_transcripts_without_an_access_code() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written.count("\n### ") == 3
    assert "Prieigos kodas: ····-····-····" in written
