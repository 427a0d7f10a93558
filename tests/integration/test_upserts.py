"""Upserts are compiled once and write what they wrote before."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import CacheStats

from bot.storage import telegram_updates, trackers
from bot.storage.database import Database

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=timezone.utc)


async def test_a_second_execution_compiles_nothing(database: Database) -> None:
    seen: list[CacheStats] = []

    def note(_connection: object, _cursor: object, _sql: str, _given: object, context: Any, _many: bool) -> None:  # noqa: ANN401 - SQLAlchemy's own
        seen.append(context.cache_hit)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for _ in range(2):
            async with database.write() as session:
                await trackers.save(session, "a", b"[]", NOW)
                await telegram_updates.add(session, "all", [(7, {"update_id": 1})], NOW)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen) == 4
    assert seen[2:] == [CacheStats.CACHE_HIT] * 2


async def test_the_later_state_replaces_the_one_before(database: Database) -> None:
    for state in (b"[1]", b"[2]"):
        async with database.write() as session:
            await trackers.save(session, "a", state, NOW)
    async with database.read() as session:
        assert await trackers.load(session, "a") == b"[2]"


async def test_an_update_that_is_there_stays_as_it_is(database: Database) -> None:
    body = {"update_id": 1, "message": {"text": "Ąžuolas"}}
    async with database.write() as session:
        await telegram_updates.add(session, "all", [(7, body)], NOW)
        await telegram_updates.add(session, "all", [(7, {"update_id": 1})], NOW)
    async with database.read() as session:
        stored = await telegram_updates.next_of(session, "all", 7)
    assert stored is not None
    assert stored.body == body
    assert not stored.more
