"""The direction of dependencies (architecture: `bot/core` ← `bot/services` ← `channels`, `actions`)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.settings import PROJECT_ROOT
from tests.meta.imports import Import, all_imports

IMPORTS = all_imports()


def breaking(*names: str, but_for: tuple[str, ...]) -> list[str]:
    """Return who imports one of the names without being allowed to."""
    return [
        f"{found.module} imports {found.name}"
        for found in IMPORTS
        if found.below(*names) and not Import("", found.module, always=True).below(*but_for)
    ]


def of(*modules: str, without: tuple[str, ...] = ()) -> list[Import]:
    """Return the imports of some packages' modules."""
    return [
        found
        for found in IMPORTS
        if Import("", found.module, always=True).below(*modules)
        and not (without and Import("", found.module, always=True).below(*without))
    ]


def test_the_walk_sees_the_whole_product() -> None:
    seen = {found.module.split(".")[0] for found in IMPORTS}
    assert seen == {"bot", "actions", "channels"}
    assert len({found.module for found in IMPORTS}) > 60


def test_the_core_knows_only_the_standard_library_itself_and_the_errors() -> None:
    allowed = (*sys.stdlib_module_names, "bot.core", "bot.errors")
    assert [f"{found.module} imports {found.name}" for found in of("bot.core") if not found.below(*allowed)] == []


def test_the_errors_know_nothing_of_ours() -> None:
    assert [found.name for found in of("bot.errors") if found.below("bot", "channels", "actions")] == []


def test_rasa_is_known_to_its_engine_its_components_and_its_importer_only() -> None:
    assert breaking("rasa", but_for=("bot.engine.rasa", "bot.nlu.components", "bot.nlu.importer")) == []


def test_rasas_sdk_is_known_to_the_actions_and_to_the_engine_that_runs_them_only() -> None:
    assert breaking("rasa_sdk", but_for=("actions", "bot.engine.rasa")) == []


def test_aiohttps_server_is_known_to_the_web_channel_only() -> None:
    assert breaking("aiohttp.web", but_for=("channels.web",)) == []


def test_telegram_is_known_to_its_channel_only() -> None:
    assert breaking("telegram", but_for=("channels.telegram",)) == []


def test_sqlalchemy_is_known_to_the_storage_only_but_for_the_unit_of_work() -> None:
    """Services pass an `AsyncSession` from query to query; they never build a query themselves."""
    assert breaking("sqlalchemy", "alembic", "aiosqlite", but_for=("bot.storage", "bot.services")) == []
    in_services = {found.name for found in of("bot.services") if found.below("sqlalchemy", "alembic", "aiosqlite")}
    assert in_services <= {"sqlalchemy.ext.asyncio.AsyncSession"}


def test_the_storage_knows_the_core_and_the_settings_only() -> None:
    allowed = ("bot.storage", "bot.core", "bot.errors", "bot.settings")
    ours = [found for found in of("bot.storage") if found.below("bot", "channels", "actions")]
    assert [f"{found.module} imports {found.name}" for found in ours if not found.below(*allowed)] == []


def test_the_language_modules_know_the_core_only() -> None:
    allowed = ("bot.nlu", "bot.core", "bot.errors")
    ours = [found for found in of("bot.nlu") if found.below("bot", "channels", "actions")]
    assert [f"{found.module} imports {found.name}" for found in ours if not found.below(*allowed)] == []


def test_the_services_know_the_engine_as_a_port_only() -> None:
    assert [found.name for found in of("bot.services") if found.below("bot.engine.rasa", "bot.app", "bot.cli")] == []


def test_the_bot_knows_neither_channels_nor_actions_but_for_the_composition_root() -> None:
    assert breaking("channels", "actions", but_for=("bot.app", "channels", "actions")) == []


def test_channels_and_actions_do_not_know_each_other() -> None:
    assert [found.name for found in of("channels") if found.below("actions")] == []
    assert [found.name for found in of("actions") if found.below("channels")] == []


@pytest.mark.parametrize("module", ["channels.web.server", "bot.cli"])
def test_neither_the_server_nor_the_command_line_loads_rasa_before_it_is_needed(module: str) -> None:
    """Rasa takes some 14 s to import, and HTTP must answer within 3 s of start."""
    script = (
        f"import sys, {module}; "
        "print(*({name.split('.')[0] for name in sys.modules} & {'rasa', 'rasa_sdk', 'tensorflow', 'sklearn'}))"
    )
    loaded = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", script], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == ""
