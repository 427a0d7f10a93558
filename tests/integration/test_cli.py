"""The command line as a person or a script uses it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.services.packs import load_pack
from bot.settings import PROJECT_ROOT, Settings, described

TODAY = date(2026, 11, 21)
PACKS = PROJECT_ROOT / "nlu_data" / "municipalities"


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of two packs and a database of the test's own; logging stays as the tests have it."""
    for name in ("trakai", "varena"):
        shutil.copytree(PACKS / name, tmp_path / "packs" / name)
    monkeypatch.setenv("LANGELIS_PACKS_DIR", str(tmp_path / "packs"))
    monkeypatch.setenv("LANGELIS_DATABASE_URL", f"sqlite:///{tmp_path / 'langelis.db'}")
    monkeypatch.setattr("bot.cli.set_up_logging", lambda _: None)
    return tmp_path


def code_of(*arguments: str) -> int:
    """Run a command and return its exit code."""
    try:
        return main(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("catalogue",),
        ("catalogue", "paint"),
        ("catalogue", "export", "trakai"),
        ("db",),
        ("db", "downgrade"),
        ("serve", "--port", "eighty"),
        ("serve", "--port", "99999"),
        ("serve", "--port", "-1"),
        ("predict",),
        ("settings", "--loud"),
        ("train", "extra"),
    ],
    ids=" ".join,
)
def test_bad_usage_ends_with_code_2_and_one_clear_line(
    arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert code_of(*arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("langelis")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("serve",),
        ("train",),
        ("predict",),
        ("settings",),
        ("catalogue",),
        ("catalogue", "validate"),
        ("catalogue", "import"),
        ("catalogue", "export"),
        ("db",),
        ("db", "upgrade"),
    ],
    ids=" ".join,
)
def test_every_command_explains_itself(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(*arguments, "--help") == 0
    assert "usage: langelis" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Telegram is off: LANGELIS_TELEGRAM_TOKEN is not set."),
        ({"TOKEN": "1:a"}, "Telegram is on (polling): all municipalities."),
        ({"TOKEN": "1:a", "TOKENS": "trakai=2:b"}, "Telegram is on (polling): all municipalities, trakai."),
    ],
)
def test_settings_say_whether_telegram_is_on(
    given: dict[str, str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"LANGELIS_TELEGRAM_{name}", value)
    assert code_of("settings") == 0
    assert capsys.readouterr().out.splitlines()[-1] == said


def test_settings_are_printed_with_their_meaning_and_without_secrets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGELIS_REST_TOKEN", "labai-slaptas")
    assert code_of("settings") == 0
    printed = capsys.readouterr().out
    for name, _, meaning in described(Settings()):
        assert name in printed
        assert meaning in printed
    assert "labai-slaptas" not in printed
    assert "LANGELIS_REST_TOKEN=(set)" in printed


def test_a_setting_that_cannot_be_used_is_named_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGELIS_PORT", "eighty")
    assert code_of("settings") != 0
    assert capsys.readouterr().err == "langelis: LANGELIS_PORT='eighty': expected a whole number\n"


def test_the_schema_is_built_and_building_it_again_is_no_error(
    environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert code_of("db", "upgrade") == 0
        assert "up to date" in capsys.readouterr().out
    assert (environment / "langelis.db").is_file()


def test_right_packs_are_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("catalogue", "validate") == 0
    printed = capsys.readouterr().out
    assert re.search(r"^trakai: valid \(\d+ services, \d+ institutions\)$", printed, re.MULTILINE)
    assert "varena: valid" in printed


def test_one_pack_is_validated_by_id_or_by_folder(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("catalogue", "validate", "trakai") == 0
    assert code_of("catalogue", "validate", str(environment / "packs" / "varena")) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["trakai", "varena"]


def test_a_broken_pack_is_named_by_file_entry_and_field(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    services = environment / "packs" / "trakai" / "services.yml"
    services.write_text(services.read_text(encoding="utf-8").replace("  title:", "  tittle:", 1), encoding="utf-8")
    assert code_of("catalogue", "validate") == 1
    out, err = capsys.readouterr()
    first = load_pack(PACKS / "trakai", TODAY).catalogue
    assert first is not None
    assert re.search(rf"^trakai/error: services\.yml: {first.services[0].id}: title: is missing$", err, re.MULTILINE)
    assert "varena: valid" in out
    assert "trakai: valid" not in out


def test_a_broken_pack_is_not_imported_and_the_others_are(
    environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (environment / "packs" / "trakai" / "services.yml").write_text("services: [", encoding="utf-8")
    assert code_of("catalogue", "import") == 1
    out, err = capsys.readouterr()
    assert out == "varena: imported\n"
    assert "trakai: not imported" in err
    assert code_of("catalogue", "export", "trakai", str(environment / "out")) == 2
    assert not (environment / "out").exists()


def test_a_pack_that_is_not_there_is_named_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    for action in ("validate", "import"):
        assert code_of("catalogue", action, "kaunas") == 2
        err = capsys.readouterr().err
        assert "kaunas" in err
        assert "trakai, varena" in err
        assert err.count("\n") == 1


def test_what_was_imported_is_exported_as_a_pack_that_says_the_same(
    environment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of("catalogue", "import") == 0
    assert capsys.readouterr().out == "trakai: imported\nvarena: imported\n"
    assert code_of("catalogue", "import") == 0
    assert capsys.readouterr().out == "trakai: unchanged\nvarena: unchanged\n"
    for name in ("trakai", "varena"):
        exported = environment / "exported" / name
        assert code_of("catalogue", "export", name, str(exported)) == 0
        assert code_of("catalogue", "validate", str(exported)) == 0
        assert load_pack(exported, TODAY).catalogue == load_pack(PACKS / name, TODAY).catalogue
        assert code_of("catalogue", "import", str(exported)) == 0


def test_an_export_never_writes_over_anything(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code_of("catalogue", "import", "trakai")
    capsys.readouterr()
    before = {path: path.read_bytes() for path in (environment / "packs").rglob("*.yml")}
    assert code_of("catalogue", "export", "trakai", str(environment / "packs" / "trakai")) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (environment / "packs").rglob("*.yml")} == before


def test_an_unknown_municipality_is_one_clear_line(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of("catalogue", "export", "kaunas", str(environment / "out")) == 2
    assert capsys.readouterr().err == "langelis: unknown municipality: 'kaunas'\n"


def test_a_port_that_is_taken_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        serving = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "bot", "serve", "--port", str(port)],
            cwd=PROJECT_ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert serving.returncode == 1
    assert serving.stderr.splitlines()[-1].startswith(f"langelis: cannot listen on 127.0.0.1:{port}: ")
    assert "Traceback" not in serving.stderr
