"""`kill -9` in the middle of fifty conversations: nothing accepted is lost, nothing is answered twice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.conftest import LiveServer, ServerStarter
from tests.waiting import until_true

CONVERSATIONS = 50
BEFORE_THE_KILL = 100
QUESTIONS = ("labas", "kokių dokumentų reikia į darželį?", "o kiek kainuoja?", "kada dirba savivaldybė?", "ačiū")


@dataclass(frozen=True)
class Row:
    """A row of the log."""

    conversation: str
    seq: int
    author: str
    text: str
    turn: int | None
    client_id: str | None


class Resident:
    """Asks one question after another until the line breaks; keeps what was answered."""

    def __init__(self, number: int) -> None:
        self.sender = f"gyventojas {number}"
        self.asked = 0
        self.answers: dict[str, list[str]] = {}

    async def ask(self, session: ClientSession, server: LiveServer, number: int) -> None:
        """Send a question, always the same under its number, and keep the answer."""
        client_id = f"klausimas-{number}"
        body = {
            "sender": self.sender,
            "message": QUESTIONS[number % len(QUESTIONS)],
            "metadata": {"municipality": "trakai", "client_id": client_id},
        }
        async with session.post(f"{server.url}/webhooks/rest/webhook", json=body) as response:
            assert response.status == 200, await response.text()
            self.answers[client_id] = [said["text"] for said in await response.json()]

    async def ask_until_the_line_breaks(self, session: ClientSession, server: LiveServer) -> None:
        """Ask on and on."""
        while True:
            self.asked += 1
            try:
                await self.ask(session, server, self.asked)
            except (ClientError, ConnectionError):
                return


def log_of(database: Path) -> dict[str, list[Row]]:
    """Return the rows of every conversation, in order."""
    log: dict[str, list[Row]] = defaultdict(list)
    with closing(sqlite3.connect(database)) as connection:
        columns = "conversation_id, seq, author, text, turn, client_id"
        for values in connection.execute(f"SELECT {columns} FROM messages ORDER BY conversation_id, seq"):  # noqa: S608
            row = Row(*values)
            log[row.conversation].append(row)
    return log


def inbox_size(database: Path) -> int:
    """Return how many messages wait for the bot."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM inbox").fetchone()[0])


def last_seqs(database: Path) -> dict[str, int]:
    """Return the number of each conversation's newest row as the conversation itself has it."""
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT id, last_seq FROM conversations"))


def answers_by_turn(rows: list[Row]) -> dict[int, list[Row]]:
    """Return what the bot said to each of the resident's messages."""
    said: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.turn is not None:
            said[row.turn].append(row)
    return said


def check(database: Path) -> None:
    """Every stored message is answered exactly once, and the numbers have no gaps."""
    newest = last_seqs(database)
    for conversation, rows in log_of(database).items():
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        assert newest[conversation] == len(rows)
        said = answers_by_turn(rows)
        assert sorted(said) == [row.seq for row in rows if row.author == "resident"]
        for answers in said.values():
            # Stored in one transaction: side by side, and never the same words a second time.
            assert [row.seq for row in answers] == list(range(answers[0].seq, answers[0].seq + len(answers)))
            assert len({row.text for row in answers}) == len(answers)


@pytest.mark.timeout(300)
async def test_after_a_kill_every_accepted_message_is_answered_exactly_once(start_server: ServerStarter) -> None:
    residents = [Resident(number) for number in range(CONVERSATIONS)]
    server = start_server()
    async with ClientSession(timeout=ClientTimeout(total=60)) as session:
        talks = [asyncio.create_task(resident.ask_until_the_line_breaks(session, server)) for resident in residents]
        await until_true(lambda: sum(len(resident.answers) for resident in residents) >= BEFORE_THE_KILL, seconds=60)
        server.process.kill()
        server.process.wait()
        await asyncio.gather(*talks)

    accepted = log_of(server.database)
    assert len(accepted) == CONVERSATIONS
    assert inbox_size(server.database) > 0, "the kill came between turns"

    server = start_server(database=server.database)
    await until_true(lambda: inbox_size(server.database) == 0, seconds=60)
    check(server.database)
    after = log_of(server.database)
    for conversation, rows in accepted.items():
        assert after[conversation][: len(rows)] == rows

    # A client that got no answer sends again under the same id: answered, and stored once.
    known = [dict(resident.answers) for resident in residents]
    async with ClientSession(timeout=ClientTimeout(total=60)) as session:
        for _ in range(2):
            await asyncio.gather(*(resident.ask(session, server, resident.asked) for resident in residents))
        await asyncio.gather(*(resident.ask(session, server, 1) for resident in residents))
    check(server.database)
    for resident, answers in zip(residents, known, strict=True):
        assert {key: resident.answers[key] for key in answers} == answers
    stored = [row.client_id for rows in log_of(server.database).values() for row in rows if row.client_id]
    assert len(stored) == sum(resident.asked for resident in residents)
