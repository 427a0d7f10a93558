"""`kill -9` of a server on Telegram, before and while it answers: nothing is lost, nothing is answered anew."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot_api import TOKEN, BotApi
from tests.conftest import LiveServer, ServerStarter
from tests.integration.test_kill import check, inbox_size
from tests.waiting import until_true

CHATS = range(1, 9)
QUESTIONS = ("/start trakai", "kokių dokumentų reikia į darželį?", "kada dirba savivaldybė?")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """The Bot API, on this machine; it outlives the servers."""
    served = BotApi()
    await served.start()
    yield served
    await served.close()


def waiting_updates(database: Path) -> int:
    """Return how many updates are stored and not worked off."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM telegram_updates WHERE done_at IS NULL").fetchone()[0])


def unsent(database: Path) -> int:
    """Return how many messages wait for their sending."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()[0])


def log_rows(database: Path) -> dict[int, list[tuple[str, str, str | None]]]:
    """Return (author, text, client id) of each chat's log, in order."""
    found: dict[int, list[tuple[str, str, str | None]]] = defaultdict(list)
    query = (
        "SELECT c.chat, m.author, m.text, m.client_id FROM messages m "
        "JOIN telegram_chats c ON c.conversation_id = m.conversation_id ORDER BY c.chat, m.seq"
    )
    with closing(sqlite3.connect(database)) as connection:
        for chat, author, text, client_id in connection.execute(query):
            found[chat].append((author, text, client_id))
    return found


def kill(server: LiveServer) -> None:
    """End a server as the system does when memory runs out."""
    server.process.kill()
    server.process.wait()


def repeats(api: BotApi, database: Path) -> dict[int, int]:
    """Return how many messages of each chat came to Telegram and are not recorded as sent."""
    recorded: dict[int, int] = {}
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT lane, count(*) FROM outbox WHERE kind = 'telegram' AND state = 'sent' GROUP BY lane"
        for lane, count in connection.execute(query):
            recorded[int(lane.split(":")[1])] = count
    return {chat: len(api.sent(chat)) - recorded.get(chat, 0) for chat in CHATS}


def order_in_chat(database: Path, chat: int) -> list[int]:
    """Return the numbers of the bot's rows as their messages stand in the chat."""
    query = (
        "SELECT t.seq FROM telegram_messages t JOIN messages m ON m.conversation_id = t.conversation_id "
        "AND m.seq = t.seq WHERE t.chat = ? AND m.author = 'bot' ORDER BY t.message_id"
    )
    with closing(sqlite3.connect(database)) as connection:
        return [seq for (seq,) in connection.execute(query, (chat,))]


@pytest.mark.timeout(300)
async def test_after_kills_every_message_is_answered_once_and_in_order(
    start_server: ServerStarter, api: BotApi
) -> None:
    bot = {"telegram_token": TOKEN, "telegram_api_url": api.url, "telegram_poll_seconds": "1"}

    async def start(**given: Any) -> LiveServer:  # noqa: ANN401 - as the fixture takes it
        # Beside this loop, in which the Bot API must go on answering.
        return await asyncio.to_thread(start_server, **given, **bot)

    for question in QUESTIONS:
        for chat in CHATS:
            api.write(question, chat=chat)

    # Taken from Telegram, which forgets them now, and not answered: the engine still loads.
    server = await start(wait_ready=False)
    await until_true(lambda: api.unconfirmed == 0, seconds=60)
    kill(server)
    await api.until_hung_up()
    assert inbox_size(server.database) + waiting_updates(server.database) > 0
    first = repeats(api, server.database)

    # In the middle of the answers.
    server = await start(database=server.database, wait_ready=False)
    await until_true(lambda: len(api.sent()) >= 2 * len(CHATS), seconds=120)
    kill(server)
    await api.until_hung_up()
    assert unsent(server.database) > 0
    second = repeats(api, server.database)

    server = await start(database=server.database)
    await until_true(
        lambda: not (inbox_size(server.database) + waiting_updates(server.database) + unsent(server.database)),
        seconds=90,
    )
    # At least once: only what was sent and not yet recorded at a kill is sent again, at most one message of a chat.
    assert all(0 <= first[chat] <= 1 and 0 <= second[chat] - first[chat] <= 1 for chat in CHATS), (first, second)
    assert repeats(api, server.database) == second
    for chat in CHATS:
        rows = log_rows(server.database)[chat]
        asked = [text for author, text, _ in rows if author == "resident"]
        assert asked == ["/start", *QUESTIONS[1:]]
        said = [number for number, (author, _, _) in enumerate(rows, start=1) if author == "bot"]
        assert len(api.sent(chat)) - second[chat] == len(said)
        assert order_in_chat(server.database, chat) == said
        assert "savivaldyb" in api.sent(chat)[-1].text
    check_turns(server.database)


def check_turns(database: Path) -> None:
    """Every message of a resident is answered exactly once; the greeting answers none."""
    with closing(sqlite3.connect(database)) as connection:
        unanswered = connection.execute(
            "SELECT count(*) FROM messages r WHERE r.author = 'resident' AND NOT EXISTS "
            "(SELECT 1 FROM messages b WHERE b.conversation_id = r.conversation_id AND b.turn = r.seq)"
        ).fetchone()[0]
        assert unanswered == 0
    check(database)
