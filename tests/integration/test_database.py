"""Units of work on a real SQLite file: all or nothing, one writer at a time, and no transaction left open."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from sqlalchemy import text

from bot.settings import Settings
from bot.storage.database import Database, announce

COUNT = text("SELECT count(*) FROM notes")
ADD = text("INSERT INTO notes VALUES (:note)")


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """A database with one empty table."""
    opened = Database(settings.database_url)
    with closing(sqlite3.connect(opened.path)) as connection:
        connection.execute("CREATE TABLE notes (note TEXT)")
    yield opened
    await opened.close()


async def count(database: Database) -> int:
    """Return how many notes are stored."""
    async with database.read() as session:
        return int((await session.execute(COUNT)).scalar_one())


async def test_what_is_written_is_there_after_the_block(database: Database) -> None:
    async with database.write() as session:
        await session.execute(ADD, {"note": "a"})
        await session.execute(ADD, {"note": "b"})
        assert await count(database) == 0
    assert await count(database) == 2


async def test_a_failed_unit_of_work_leaves_nothing_and_frees_the_writer(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            await session.execute(ADD, {"note": "a"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.write() as session:
        await session.execute(ADD, {"note": "b"})
    assert await count(database) == 1


async def test_a_cancelled_unit_of_work_leaves_nothing_and_frees_the_writer(database: Database) -> None:
    written = asyncio.Event()

    async def work() -> None:
        async with database.write() as session:
            await session.execute(ADD, {"note": "a"})
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as session:
        await session.execute(ADD, {"note": "b"})
    assert await count(database) == 1


async def test_a_unit_of_work_without_a_statement_begins_nothing(database: Database) -> None:
    async with database.write():
        pass
    async with database.write() as session:
        await session.rollback()
    with closing(sqlite3.connect(database.path, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.rollback()
    assert await count(database) == 0


async def test_a_unit_of_work_that_only_reads_so_far_already_holds_the_only_pen(database: Database) -> None:
    async with database.write() as session:
        await session.execute(COUNT)
        with closing(sqlite3.connect(database.path, timeout=0)) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")
        await session.execute(ADD, {"note": "a"})
    assert await count(database) == 1


async def test_what_is_announced_is_heard_once_it_is_committed_and_only_then(database: Database) -> None:
    heard: list[object] = []
    unfollow = database.follow(heard.extend)

    async def fail() -> None:
        async with database.write() as session:
            announce(session, "lost")
            raise ZeroDivisionError

    async with database.write() as session:
        await session.execute(ADD, {"note": "a"})
        announce(session, "kept")
        assert heard == []
    assert heard == ["kept"]
    with pytest.raises(ZeroDivisionError):
        await fail()
    unfollow()
    async with database.write() as session:
        announce(session, "unheard")
    assert heard == ["kept"]
