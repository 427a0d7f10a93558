"""Settings: read from the environment, refused where unusable, shown without secrets."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from bot import settings as module
from bot.errors import SettingsError
from bot.settings import PROJECT_ROOT, Settings, described, project_path, variable


def read(**given: str) -> Settings:
    """Return the settings of an environment that holds only these."""
    return Settings.from_environment({f"LANGELIS_{name.upper()}": value for name, value in given.items()})


def test_without_any_variable_every_setting_has_its_default() -> None:
    assert read() == Settings()


def test_each_kind_of_value_is_read() -> None:
    settings = read(port="80", log_json="yes", models_dir="/srv/models", host="::")
    assert (settings.port, settings.log_json, settings.models_dir, settings.host) == (
        80,
        True,
        Path("/srv/models"),
        "::",
    )


@pytest.mark.parametrize("text", ["true", "TRUE", "1", "yes"])
def test_yes_is_written_in_several_ways(text: str) -> None:
    assert read(trust_proxy=text).trust_proxy is True


@pytest.mark.parametrize("text", ["false", "0", "No"])
def test_no_is_written_in_several_ways(text: str) -> None:
    assert read(trust_proxy=text).trust_proxy is False


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "eighty"),
        ("port", ""),
        ("port", "-1"),
        ("port", "65536"),
        pytest.param("port", "9" * 5000, id="port-of-5000-digits"),
        ("trust_proxy", "maybe"),
        ("log_level", "LOUD"),
        ("database_url", "mysql://localhost/x"),
        ("database_url", "sqlite:///"),
        ("attachments_dir", "channels/web/static/files"),
        ("attachments_dir", "bot/../channels/web"),
        ("token_messages_per_minute", "0"),
        ("address_messages_per_minute", "0"),
        ("reply_timeout_seconds", "0"),
        ("catalogue_poll_seconds", "0"),
        ("smtp_port", "0"),
        ("smtp_port", "65536"),
        ("smtp_security", "ssl"),
        ("smtp_timeout_seconds", "0"),
        ("smtp_from", "langelis"),
        ("smtp_from", "langelis@trakai.lt\nBcc: visi@trakai.lt"),
        ("public_url", "langelis.lt"),
        ("public_url", "javascript:alert(1)"),
        ("public_url", "https://"),
        ("public_url", "https://langelis.lt/"),
        ("public_url", "https://langelis.lt?x=1"),
        ("public_url", "https://lange lis.lt"),
        ("public_url", "https://[langelis"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_its_variables_name(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=variable(name)):
        read(**{name: text})


def test_mail_needs_an_address_to_send_from() -> None:
    with pytest.raises(SettingsError, match="LANGELIS_SMTP_FROM: required when LANGELIS_SMTP_HOST is set"):
        read(smtp_host="mail.trakai.lt")
    assert read(smtp_host="mail.trakai.lt", smtp_from="langelis@trakai.lt").smtp_from == "langelis@trakai.lt"


@pytest.mark.parametrize("url", ["https://langelis.lt", "http://127.0.0.1:8080", "https://trakai.lt/langelis"])
def test_an_installation_has_a_base_address_for_links(url: str) -> None:
    assert read(public_url=url).public_url == url


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LANGELIS_PORT=1\nLANGELIS_HOST=0.0.0.0\n")
    monkeypatch.setattr(module, "PROJECT_ROOT", tmp_path)
    for name in [name for name in os.environ if name.startswith("LANGELIS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANGELIS_PORT", "2")
    settings = Settings.from_environment()
    assert (settings.port, settings.host) == (2, "0.0.0.0")  # noqa: S104 - only read


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.from_environment({"PORT": "x", "RASA_PORT": "y"}) == Settings()


def test_every_setting_is_described_with_its_value() -> None:
    rows = described(Settings(port=81))
    assert [name for name, _, _ in rows] == [variable(field.name) for field in fields(Settings)]
    assert all(meaning.endswith(".") for _, _, meaning in rows)
    assert ("LANGELIS_PORT", "81") in [(name, value) for name, value, _ in rows]
    assert ("LANGELIS_TRUST_PROXY", "false") in [(name, value) for name, value, _ in rows]


def test_a_secret_is_shown_as_set_or_not_and_never_itself() -> None:
    shown = {name: value for name, value, _ in described(Settings(rest_token="labai-slaptas"))}
    assert shown["LANGELIS_REST_TOKEN"] == "(set)"
    assert {name: value for name, value, _ in described(Settings())}["LANGELIS_REST_TOKEN"] == "(not set)"
    assert "labai-slaptas" not in str(described(Settings(rest_token="labai-slaptas")))


@pytest.mark.parametrize("name", ["rest_token", "smtp_password"])
def test_a_secret_is_not_in_the_settings_own_representation(name: str) -> None:
    settings = read(**{name: "labai-slaptas"})
    assert "labai-slaptas" not in repr(settings)
    assert "labai-slaptas" not in str(described(settings))


def test_a_relative_path_is_taken_from_the_projects_folder() -> None:
    assert project_path(Path("var/x.db")) == PROJECT_ROOT / "var" / "x.db"
    assert project_path(Path("/srv/x.db")) == Path("/srv/x.db")
