"""The schema that migrations build, and how the database file is opened."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.settings import PROJECT_ROOT
from bot.storage.database import Database, alembic_config
from bot.storage.handoff_tables import SEARCH_TABLE
from bot.storage.telegram_tables import metadata

OPTIONS = {
    "compare_type": True,
    "compare_server_default": True,
    # SQLite's own full-text table and those in which it keeps its index.
    "include_name": lambda name, kind, _parents: kind != "table" or not str(name).startswith(SEARCH_TABLE),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's database will be."""
    return tmp_path / "var" / "langelis.db"


def content(path: Path) -> bytes:
    """Return what the file holds."""
    return path.read_bytes()


async def test_upgrading_from_nothing_builds_exactly_the_tables(path: Path) -> None:
    await Database(f"sqlite:///{path}").upgrade()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


async def test_upgrading_again_changes_nothing(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    await database.upgrade()
    before = content(path)
    await database.upgrade()
    assert content(path) == before


async def test_every_migration_can_be_undone(path: Path) -> None:
    await Database(f"sqlite:///{path}").upgrade()
    await asyncio.to_thread(command.downgrade, alembic_config(path), "base")
    engine = create_engine(f"sqlite:///{path}")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()


def test_there_is_one_newest_revision() -> None:
    assert len(ScriptDirectory.from_config(alembic_config(Path("x.db"))).get_heads()) == 1


async def test_readers_and_the_writer_use_the_write_ahead_log_and_foreign_keys(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    await database.upgrade()
    for opened in (database.read, database.write):
        async with opened() as session:
            assert (await session.execute(text("PRAGMA journal_mode"))).scalar_one() == "wal"
            assert (await session.execute(text("PRAGMA foreign_keys"))).scalar_one() == 1
    await database.close()


async def test_a_path_with_spaces_signs_and_lithuanian_letters_works(tmp_path: Path) -> None:
    path = tmp_path / "Rolės 100% #1?" / "duomenų bazė.db"
    database = Database(f"sqlite:///{path}")
    await database.upgrade()
    async with database.write() as session:
        await session.execute(text("SELECT count(*) FROM messages"))
    await database.close()
    assert path.is_file()


async def test_a_unit_of_work_that_raises_leaves_nothing(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    await database.upgrade()

    async def fail_half_way() -> None:
        async with database.write() as session:
            await session.execute(text("INSERT INTO trackers VALUES ('x', x'00', '2026-11-21')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    async with database.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM trackers"))).scalar_one() == 0
    await database.close()


async def test_a_database_error_does_not_tell_what_was_to_be_stored(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    await database.upgrade()
    statement = text("INSERT INTO messages (conversation_id, seq, text) VALUES (:c, 1, :t)")
    with pytest.raises(DBAPIError) as caught:
        async with database.write() as session:
            await session.execute(statement, {"c": "none", "t": "labai asmeniška žinutė"})
    assert "asmeniška" not in str(caught.value)
    await database.close()


def test_two_processes_that_start_at_once_on_a_new_database_both_upgrade_it(path: Path) -> None:
    path.parent.mkdir()
    script = (
        "import asyncio, sys; from bot.storage.database import Database; sys.stdin.readline(); "
        f"asyncio.run(Database('sqlite:///{path}').upgrade())"
    )
    processes = [
        subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", script], cwd=PROJECT_ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    errors = [process.communicate(timeout=60)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0] * 3, errors
