"""The outbox on a real database: retried with back-off, given up visibly, never lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.services.outbox import MAX_ATTEMPTS, OutboxWorker, retry_delay
from bot.settings import Settings
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.tables import OutboxRow
from tests.fakes import FakeClock


class Post:
    """Takes parcels; refuses as many as `refusals` says."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.taken: list[object] = []

    async def send(self, body: Mapping[str, object]) -> None:
        """Take one parcel or raise."""
        if self.refusals > 0:
            self.refusals -= 1
            raise ConnectionError("the line is dead")
        self.taken.append(body["number"])


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """An empty database."""
    opened = Database(settings.database_url)
    await opened.upgrade()
    yield opened
    await opened.close()


async def put(database: Database, clock: FakeClock, *numbers: int, kind: str = "letter") -> None:
    """Put parcels in the outbox."""
    async with database.write() as session:
        for number in numbers:
            await outbox.add(session, kind, {"number": number}, clock.now())


async def row(database: Database) -> tuple[str, int, datetime | None]:
    """Return (state, attempts, sent at) of the only parcel."""
    async with database.read() as session:
        found = (await session.execute(select(OutboxRow.state, OutboxRow.attempts, OutboxRow.sent_at))).one()
    return found.state, found.attempts, found.sent_at


async def test_what_is_due_is_sent_once_in_order_and_marked(database: Database, clock: FakeClock) -> None:
    post = Post()
    worker = OutboxWorker(database=database, clock=clock, senders={"letter": post.send})
    await put(database, clock, 1, 2, 3)
    assert await worker.send_due() == 3
    assert await worker.send_due() == 0
    assert post.taken == [1, 2, 3]


async def test_a_sent_parcel_keeps_the_moment_of_its_sending(database: Database, clock: FakeClock) -> None:
    await put(database, clock, 1)
    clock.move(minutes=5)
    await OutboxWorker(database=database, clock=clock, senders={"letter": Post().send}).send_due()
    assert await row(database) == ("sent", 0, clock.now())


async def test_a_failed_parcel_waits_for_its_turn_and_then_leaves(database: Database, clock: FakeClock) -> None:
    post = Post(refusals=2)
    worker = OutboxWorker(database=database, clock=clock, senders={"letter": post.send})
    await put(database, clock, 1)
    assert await worker.send_due() == 1
    assert await worker.send_due() == 0
    clock.move(seconds=1.9)
    assert await worker.send_due() == 0
    clock.move(seconds=0.1)
    assert await worker.send_due() == 1
    clock.move(seconds=4)
    assert await worker.send_due() == 1
    assert post.taken == [1]
    assert await row(database) == ("sent", 2, clock.now())


async def test_after_the_last_try_a_parcel_is_dead_and_shown_with_its_error(
    database: Database, clock: FakeClock
) -> None:
    worker = OutboxWorker(database=database, clock=clock, senders={"letter": Post(refusals=1000).send})
    await put(database, clock, 1)
    tries = 0
    for attempt in range(1, MAX_ATTEMPTS + 5):
        tries += await worker.send_due()
        clock.move(seconds=(retry_delay(min(attempt, MAX_ATTEMPTS - 1)) or clock.now() - clock.now()).total_seconds())
    assert tries == MAX_ATTEMPTS
    async with database.read() as session:
        assert [(kind, error) for _, kind, error in await outbox.dead(session)] == [
            ("letter", "ConnectionError: the line is dead")
        ]


async def test_a_kind_that_nobody_sends_is_tried_and_named_not_lost(database: Database, clock: FakeClock) -> None:
    worker = OutboxWorker(database=database, clock=clock, senders={})
    await put(database, clock, 1, kind="pigeon")
    assert await worker.send_due() == 1
    assert (await row(database))[:2] == ("waiting", 1)
    async with database.read() as session:
        error = (await session.execute(select(OutboxRow.last_error))).scalar_one()
    assert error == "no sender for 'pigeon'"


async def test_one_bad_parcel_does_not_hold_up_the_others(database: Database, clock: FakeClock) -> None:
    post = Post(refusals=1)
    worker = OutboxWorker(database=database, clock=clock, senders={"letter": post.send})
    await put(database, clock, 1, 2, 3)
    await worker.send_due()
    assert post.taken == [2, 3]


async def test_more_parcels_than_one_round_takes_are_all_sent(database: Database, clock: FakeClock) -> None:
    post = Post()
    worker = OutboxWorker(database=database, clock=clock, senders={"letter": post.send})
    await put(database, clock, *range(120))
    while await worker.send_due():
        pass
    assert post.taken == list(range(120))


async def test_a_parcel_of_a_transaction_that_failed_is_never_sent(database: Database, clock: FakeClock) -> None:
    async def fail_half_way() -> None:
        async with database.write() as session:
            await outbox.add(session, "letter", {"number": 1}, clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    post = Post()
    assert await OutboxWorker(database=database, clock=clock, senders={"letter": post.send}).send_due() == 0


async def test_a_parcel_whose_mark_was_lost_is_sent_again(database: Database, clock: FakeClock) -> None:
    """At least once: the process dies between sending and marking."""
    post = Post()

    async def die_after_sending(body: Mapping[str, object]) -> None:
        await post.send(body)
        raise KeyboardInterrupt

    await put(database, clock, 1)
    with pytest.raises(KeyboardInterrupt):
        await OutboxWorker(database=database, clock=clock, senders={"letter": die_after_sending}).send_due()
    await OutboxWorker(database=database, clock=clock, senders={"letter": post.send}).send_due()
    assert post.taken == [1, 1]
