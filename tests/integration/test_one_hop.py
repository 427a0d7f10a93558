"""What waits for the next visit of the connection's thread is stored with the rest, or nothing is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.settings import Settings
from bot.storage.database import Database

ADD = text("INSERT INTO things (name) VALUES (:name)")
ADD_AND_TELL = text("INSERT INTO things (name) VALUES (:name) RETURNING name")


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """A database of things with names of their own."""
    opened = Database(settings.database_url)
    async with opened.write() as session:
        await session.execute(text("CREATE TABLE things (name TEXT UNIQUE NOT NULL)"))
    yield opened
    await opened.close()


async def add(session: AsyncSession, *names: str) -> None:
    """Add things, each by a statement of its own."""
    for name in names:
        await session.execute(ADD, {"name": name})


async def names(database: Database) -> list[str]:
    """Return what is stored, in the order in which it was."""
    async with database.read() as session:
        return list((await session.execute(text("SELECT name FROM things ORDER BY rowid"))).scalars())


async def test_statements_are_executed_in_the_order_of_the_program(database: Database) -> None:
    async with database.write() as session:
        await add(session, "a", "b")
        told = await session.execute(ADD_AND_TELL, {"name": "c"})
        assert told.scalar_one() == "c"
        await add(session, "d")
        assert (await session.execute(text("SELECT count(*) FROM things"))).scalar_one() == 4
        await session.execute(text("UPDATE things SET name = 'e' WHERE name = 'd'"))
        await session.execute(text("DELETE FROM things WHERE name = 'a'"))
    assert await names(database) == ["b", "c", "e"]


async def test_a_refusal_is_told_at_the_commit_and_nothing_is_stored(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await add(session, "a", "a", "b")
    assert await names(database) == []


async def test_a_refusal_is_told_by_the_next_statement_that_answers(database: Database) -> None:
    async def write() -> None:
        async with database.write() as session:
            await add(session, "a", "a")
            await session.execute(text("SELECT 1"))
            pytest.fail("the refusal was not told")

    with pytest.raises(IntegrityError):
        await write()
    assert await names(database) == []


async def test_a_transaction_in_which_a_statement_was_refused_is_not_committed(database: Database) -> None:
    async def write() -> None:
        async with database.write() as session:
            await add(session, "a", "a", "b")
            with pytest.raises(IntegrityError):
                await session.execute(text("SELECT 1"))
            await add(session, "c")

    with pytest.raises(IntegrityError):
        await write()
    assert await names(database) == []


async def test_after_a_refusal_the_next_transaction_is_as_any_other(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await add(session, "a", "a")
    async with database.write() as session:
        await add(session, "b")
    assert await names(database) == ["b"]


async def test_what_waits_is_forgotten_with_the_rest(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            await add(session, "a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.write() as session:
        await add(session, "b")
        await session.rollback()
    assert await names(database) == []


async def test_one_who_is_cancelled_on_the_way_leaves_nothing_open(database: Database) -> None:
    async def write() -> None:
        async with database.write() as session:
            await session.execute(ADD_AND_TELL, {"name": "a"})
            await asyncio.sleep(0)

    for steps in range(12):
        task = asyncio.create_task(write())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with database.write() as session:
            await session.execute(text("DELETE FROM things"))
    assert await names(database) == []
