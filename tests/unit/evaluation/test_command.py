"""`langelis evaluate` on a small table, with the real catalogues and the real trained model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from tests.conftest import LiveServer

ROWS = (
    "municipality\ttext\tintent\tservice\taction\tstyle\tbase\tlang",
    "trakai\tKaip užrašyti vaiką į darželį?\task_service_how\tpriemimas-i-darzeli\tanswer|choose\tclean\tb1\tlt",
    "trakai\tkaip uzrasyti vaika i darzeli\task_service_how\tpriemimas-i-darzeli\tanswer|choose\tfolded\tb1\tlt",
    "\tLaba diena\tgreet\t\t\tclean\t\tlt",
    "varena\tnoriu skristi į mėnulį\tout_of_scope\t\tfallback\tclean\t\tlt",
    "trakai\tЗдравствуйте, сколько стоит детский сад?\t\t\t\t\t\tru",
)


@pytest.fixture(autouse=True)
def environment(live: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveServer:
    """A database of the test's own beside the model that the shared server runs with."""
    monkeypatch.setenv("LANGELIS_DATABASE_URL", f"sqlite:///{tmp_path / 'langelis.db'}")
    monkeypatch.setattr("bot.cli.set_up_logging", lambda _: None)
    return live


def questions(folder: Path, *rows: str) -> str:
    """A file of these rows."""
    path = folder / "klausimai.tsv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


def test_anyones_own_questions_are_measured_printed_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "report"
    assert main(["evaluate", "--input", questions(tmp_path, *ROWS), "--output", str(folder)]) == 0
    printed, progress = capsys.readouterr()
    for part in ("5 messages", "## Intents", "## Services", "## Off the catalogue", "## Ways of writing", "| ru "):
        assert part in printed
    assert "among 300 services" in printed
    assert "target" not in printed
    assert all(line.startswith("evaluate: ") for line in progress.splitlines())
    assert (folder / "report.md").read_text(encoding="utf-8").startswith("# How well messages are understood")
    assert (folder / "intent-confusion.svg").is_file()


def test_without_an_output_folder_nothing_is_written(tmp_path: Path) -> None:
    path = questions(tmp_path, *ROWS)
    before = {found.name for found in tmp_path.iterdir()}
    assert main(["evaluate", "--input", path]) == 0
    new = {found.name for found in tmp_path.iterdir()} - before
    assert all(name.startswith("langelis.db") for name in new)


def test_one_municipality_can_be_measured_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--municipality", "varena", "--input", questions(tmp_path, *ROWS)]) == 0
    assert "\n2 messages." in capsys.readouterr().out


def test_a_service_that_no_catalogue_holds_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = questions(tmp_path, "municipality\ttext\tservice", "trakai\tdarželis\tdarzelis-2")
    assert main(["evaluate", "--input", path]) == 0
    assert "note: klausimai.tsv: line 2, column service: 'darzelis-2'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("question\tintent", "labas\tgreet"), "line 1: column text is missing; the first line names question, intent"),
        (("text\taction", "labas\tfly"), "line 2, column action: unknown action 'fly'"),
        (("text\tintent\tmunicipality", "labas\tgreet\tkaunas"), "line 2, column municipality: unknown municipality"),
        (("text\tservice", "darželis\tx"), "line 2, column municipality: is empty"),
    ],
    ids=["header", "action", "municipality", "no municipality"],
)
def test_what_is_wrong_with_a_table_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: tuple[str, ...], said: str
) -> None:
    assert main(["evaluate", "--input", questions(tmp_path, *rows)]) == 1
    printed, progress = capsys.readouterr()
    assert printed == ""
    (line,) = [line for line in progress.splitlines() if line.startswith("langelis: ")]
    assert "klausimai.tsv: " + said in line


def test_an_unknown_municipality_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--municipality", "kaunas", "--input", questions(tmp_path, *ROWS)]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "langelis: unknown municipality: 'kaunas'"
