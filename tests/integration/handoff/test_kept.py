"""How long what the desk holds is kept, and what the migration and the search index make of old logs."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from alembic import command
from sqlalchemy import text

from bot.app import Core
from bot.core.handoff import ClosedReason, Scope, TaskKind
from bot.nlu.search_words import search_query
from bot.storage import search
from bot.storage.database import Database, alembic_config
from bot.storage.search import Filters
from tests.asking import opened
from tests.desk import here, taken, waiting, write
from tests.fakes import FakeClock

EVERYWHERE = Scope(None, frozenset())
TABLES = ("conversations", "messages", "message_words", "handoffs", "notes", "tasks")


async def hits(database: Database, words: str) -> int:
    """Return how many rows hold the words."""
    async with database.read() as session:
        return len(await search.find(session, search_query(words), Filters(), EVERYWHERE, before=None, limit=100))


async def counts(core: Core) -> dict[str, int]:
    """Return how many rows the desk's tables hold."""
    async with core.database.read() as session:
        return {
            name: (await session.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one()  # noqa: S608
            for name in TABLES
        }


async def test_an_old_conversation_goes_with_all_that_the_desk_holds_of_it(core: Core, clock: FakeClock) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await write(core, conversation, "slaptažodis žirafa")
    await core.handoff.talk.note(rima, conversation, "pastaba")
    task = await core.handoff.tasks.leave(
        kind=TaskKind.CALLBACK, municipality="trakai", conversation=conversation, name="J", contact="8", text="labas"
    )
    await core.handoff.tasks.finish(rima, task.id)
    await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, "")
    assert await hits(core.database, "zirafa") == 1
    clock.move(days=31)
    await core.retention.run()
    assert await counts(core) == dict.fromkeys(TABLES, 0)
    assert await hits(core.database, "zirafa") == 0
    plain = sqlite3.connect(core.database.path)
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    assert b"zirafa" not in core.database.path.read_bytes()


async def test_what_is_with_people_or_promised_is_kept(core: Core, clock: FakeClock) -> None:
    await waiting(core, "jonas")
    await core.handoff.tasks.leave(
        kind=TaskKind.MESSAGE,
        municipality="trakai",
        conversation=await opened(core, "ona"),
        name="Ona",
        contact="ona@pastas.lt",
        text="labas",
    )
    await opened(core, "petras")
    clock.move(days=31)
    planned = await core.retention.plan()
    await core.retention.run()
    assert (await counts(core))["conversations"] == 2
    assert sum(planned.counts.values()) >= 1


async def test_the_migration_indexes_the_logs_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    database = Database(f"sqlite:///{path}")
    await asyncio.to_thread(command.upgrade, alembic_config(path), "0003")
    with sqlite3.connect(path) as old:
        old.execute(
            "INSERT INTO conversations VALUES ('c', 'rest', 'x', NULL, 'trakai', 'bot', 1, 0, 0, "
            "'2026-11-01 10:00:00', '2026-11-01 10:00:00')"
        )
        old.execute(
            "INSERT INTO messages (conversation_id, seq, author, text, created_at) "
            "VALUES ('c', 1, 'resident', 'Skundžiuosi dėl šiukšlių', '2026-11-01 10:00:00')"
        )
    old.close()
    await database.upgrade()
    assert await hits(database, "siuksles") == 1
    await database.close()
    await asyncio.to_thread(command.downgrade, alembic_config(path), "0003")
    with sqlite3.connect(path) as back:
        assert back.execute("SELECT text FROM messages").fetchall() == [("Skundžiuosi dėl šiukšlių",)]
    back.close()
