"""`kill -9` in the middle of deletions: each conversation is there as a whole, or gone down to the bytes."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.services.own_data.orders import ERASE
from tests.conftest import LiveServer, ServerStarter

CONVERSATIONS = 40
AT_ONCE = 4
BEFORE_THE_KILL = 5
_TABLES = {
    "conversations": "id",
    **dict.fromkeys(("messages", "trackers", "message_words", "desk_events"), "conversation_id"),
}


def word_of(number: int) -> str:
    """Return what only this resident says."""
    return f"zodis{number:03}zodis"


async def say(session: ClientSession, server: LiveServer, number: int, text: str) -> list[str]:
    """Send one message and return the answer."""
    body = {"sender": f"siuntėjas {number}", "message": text, "metadata": {"municipality": "trakai"}}
    async with session.post(f"{server.url}/webhooks/rest/webhook", json=body) as response:
        assert response.status == 200, await response.text()
        return [said["text"] for said in await response.json()]


def rows_of(database: Path) -> dict[str, dict[str, int]]:
    """Return how many rows of each table each conversation has, deletions told to consoles left out."""
    found: dict[str, dict[str, int]] = {}
    with closing(sqlite3.connect(database)) as connection:
        for table, key in _TABLES.items():
            only = " WHERE kind != 'erased'" if table == "desk_events" else ""
            for conversation, count in connection.execute(
                f"SELECT {key}, count(*) FROM {table}{only} GROUP BY {key}"  # noqa: S608 - names of ours
            ):
                found.setdefault(conversation, {})[table] = count
    return found


@pytest.mark.timeout(300)
async def test_after_a_kill_a_deletion_is_done_wholly_or_not_at_all(start_server: ServerStarter) -> None:
    server = start_server()
    erased: list[int] = []
    # Not all at once: each could be done before the first of them is answered.
    places = asyncio.Semaphore(AT_ONCE)

    async def erase(session: ClientSession, number: int) -> None:
        async with places:
            with suppress(ClientError, ConnectionError):
                await say(session, server, number, ERASE)
                erased.append(number)
                if len(erased) == BEFORE_THE_KILL:
                    server.process.kill()

    async with ClientSession(timeout=ClientTimeout(total=60)) as session:
        for number in range(CONVERSATIONS):
            await say(session, server, number, f"Mano vardas {word_of(number)}, kada dirba savivaldybė?")
        before = rows_of(server.database)
        await asyncio.gather(*(erase(session, number) for number in range(CONVERSATIONS)))
    server.process.wait()
    after = rows_of(server.database)
    kept = before.keys() & after.keys()
    assert BEFORE_THE_KILL <= len(before) - len(kept) < CONVERSATIONS
    for conversation in kept:
        assert after[conversation] == before[conversation]
    again = start_server(database=server.database)
    raw = b"".join(
        path.read_bytes()
        for path in (again.database, again.database.with_name(again.database.name + "-wal"))
        if path.exists()
    )
    assert sum(word_of(number).encode() in raw for number in range(CONVERSATIONS)) == len(kept)
    assert not any(word_of(number).encode() in raw for number in erased)
