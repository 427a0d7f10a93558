"""The outbox on a real database: retried with back-off, given up visibly, never lost."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.services.outbox import MAX_ATTEMPTS, OutboxWorker, PermanentFailure, Sender, TemporaryFailure, retry_delay
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Parcel, ParcelState
from bot.storage.tables import OutboxRow
from tests.fakes import FakeClock


class Post:
    """Takes parcels; refuses as many as `refusals` says."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.taken: list[object] = []

    async def send(self, parcel: Parcel) -> None:
        """Take one parcel or raise."""
        if self.refusals > 0:
            self.refusals -= 1
            raise ConnectionError("the line is dead")
        self.taken.append(parcel.body["number"])


def worker_of(database: Database, clock: FakeClock, jitter: float = 0.0, **senders: Sender) -> OutboxWorker:
    """Return a worker whose waits are as long as the jitter says."""
    return OutboxWorker(database=database, clock=clock, senders=senders, jitter=lambda: jitter)


async def put(database: Database, clock: FakeClock, *numbers: int, kind: str = "letter") -> None:
    """Put parcels in the outbox."""
    async with database.write() as session:
        for number in numbers:
            await outbox.add(session, kind, {"number": number}, clock.now())


async def row(database: Database, parcel: int = 1) -> tuple[str, int, datetime | None]:
    """Return (state, attempts, sent at) of a parcel, of the first when none is named."""
    query = select(OutboxRow.state, OutboxRow.attempts, OutboxRow.sent_at).where(OutboxRow.id == parcel)
    async with database.read() as session:
        found = (await session.execute(query)).one()
    return found.state, found.attempts, found.sent_at


async def test_what_is_due_is_sent_once_in_order_and_marked(database: Database, clock: FakeClock) -> None:
    post = Post()
    worker = worker_of(database, clock, letter=post.send)
    await put(database, clock, 1, 2, 3)
    assert await worker.send_due() == 3
    assert await worker.send_due() == 0
    assert post.taken == [1, 2, 3]


async def test_a_sent_parcel_keeps_the_moment_of_its_sending(database: Database, clock: FakeClock) -> None:
    await put(database, clock, 1)
    clock.move(minutes=5)
    await worker_of(database, clock, letter=Post().send).send_due()
    assert await row(database) == ("sent", 0, clock.now())


async def test_a_failed_parcel_waits_for_its_turn_and_then_leaves(database: Database, clock: FakeClock) -> None:
    post = Post(refusals=2)
    worker = worker_of(database, clock, letter=post.send)
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
    worker = worker_of(database, clock, letter=Post(refusals=1000).send)
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


async def test_what_nobody_sends_is_neither_tried_nor_counted_and_leaves_once_it_is_configured(
    database: Database, clock: FakeClock
) -> None:
    post = Post()
    await put(database, clock, 1, 2, kind="pigeon")
    await put(database, clock, 3)
    assert await worker_of(database, clock, letter=post.send).send_due() == 1
    async with database.read() as session:
        seen = await outbox.overview(session, {"letter"}, state=ParcelState.NOT_CONFIGURED)
    assert [(parcel.id, parcel.attempts, parcel.last_error) for parcel in seen.parcels] == [(2, 0, None), (1, 0, None)]
    clock.move(days=30)
    assert await worker_of(database, clock, letter=post.send, pigeon=post.send).send_due() == 2
    assert post.taken == [3, 1, 2]


async def test_many_parcels_that_nobody_sends_do_not_hold_up_the_others(database: Database, clock: FakeClock) -> None:
    post = Post()
    await put(database, clock, *range(100), kind="pigeon")
    await put(database, clock, 100)
    await worker_of(database, clock, letter=post.send).send_all()
    assert post.taken == [100]


async def test_a_kind_that_hangs_does_not_keep_another_waiting(database: Database, clock: FakeClock) -> None:
    post, never = Post(), asyncio.Event()

    async def hang(_: Parcel) -> None:
        await never.wait()

    worker = worker_of(database, clock, pigeon=hang, letter=post.send)
    assert worker.kinds == ("pigeon", "letter")
    await put(database, clock, 1, kind="pigeon")
    await put(database, clock, 2)
    hanging = asyncio.create_task(worker.send_all("pigeon"))
    await worker.send_all("letter")
    assert post.taken == [2]
    hanging.cancel()
    await asyncio.wait([hanging])
    assert (await row(database, 1))[:2] == ("waiting", 0)


async def test_what_waiting_cannot_heal_is_given_up_at_once(database: Database, clock: FakeClock) -> None:
    async def refuse(_: Parcel) -> None:
        raise PermanentFailure("550 no such user", code=550)

    await put(database, clock, 1)
    await worker_of(database, clock, letter=refuse).send_all()
    assert await row(database) == ("dead", 1, None)
    async with database.read() as session:
        assert await outbox.dead(session) == ((1, "letter", "550 no such user"),)


async def test_jitter_lengthens_the_wait_by_up_to_a_quarter(database: Database, clock: FakeClock) -> None:
    worker = worker_of(database, clock, jitter=1.0, letter=Post(refusals=9).send)
    await put(database, clock, 1)
    await worker.send_due()
    async with database.read() as session:
        seen = await outbox.overview(session, worker.kinds)
    assert seen.parcels[0].next_attempt_at == clock.now() + timedelta(seconds=2.5)


async def test_an_address_in_an_error_is_masked_and_its_words_are_not_logged(
    database: Database, clock: FakeClock
) -> None:
    async def refuse(_: Parcel) -> None:
        raise TemporaryFailure("450 <jonas@pastas.lt>\r\n mailbox busy" + "!" * 1000, code=450)

    await put(database, clock, 1)
    with capture_logs() as logged:
        await worker_of(database, clock, letter=refuse).send_due()
    async with database.read() as session:
        error = (await session.execute(select(OutboxRow.last_error))).scalar_one()
    assert error is not None
    assert error.startswith("450 <j…@pastas.lt> mailbox busy!")
    assert len(error) == 500
    assert logged == [
        {
            "event": "outbox_failed",
            "log_level": "warning",
            "parcel": 1,
            "kind": "letter",
            "error": "TemporaryFailure",
            "code": 450,
            "given_up": False,
        }
    ]


async def test_the_overview_shows_the_newest_first_with_counts_of_all_and_no_recipient_in_full(
    database: Database, clock: FakeClock
) -> None:
    async def refuse(_: Parcel) -> None:
        raise PermanentFailure("no")

    await put(database, clock, 1)
    await worker_of(database, clock, letter=Post().send).send_due()
    await put(database, clock, 2, 3, kind="card")
    await worker_of(database, clock, card=refuse).send_due()
    clock.move(minutes=1)
    async with database.write() as session:
        await outbox.add(session, "email", {"to": "jonas@pastas.lt", "text": "slapta"}, clock.now())
    async with database.read() as session:
        seen = await outbox.overview(session, ("letter",), limit=2)
        dead = await outbox.overview(session, ("letter",), state=ParcelState.DEAD)
        waiting = await outbox.overview(session, ("email",), state=ParcelState.WAITING)
        nothing = await outbox.overview(session, ())
    assert [(parcel.id, parcel.kind, parcel.state.value, parcel.recipient) for parcel in seen.parcels] == [
        (4, "email", "not_configured", "j…@pastas.lt"),
        (3, "card", "dead", None),
    ]
    assert seen.parcels[0].created_at == clock.now()
    assert seen.counts == {
        ParcelState.WAITING: 0,
        ParcelState.NOT_CONFIGURED: 1,
        ParcelState.DEAD: 2,
        ParcelState.SENT: 1,
    }
    assert [parcel.id for parcel in dead.parcels] == [3, 2]
    assert [parcel.id for parcel in waiting.parcels] == [4]
    assert nothing.counts[ParcelState.NOT_CONFIGURED] == 1
    assert "slapta" not in repr(seen)


async def test_what_was_given_up_is_tried_again_when_a_person_says_so(database: Database, clock: FakeClock) -> None:
    async def refuse(_: Parcel) -> None:
        raise PermanentFailure("no")

    post = Post()
    await put(database, clock, 1, 2, 3)
    await worker_of(database, clock, letter=refuse).send_due()
    async with database.write() as session:
        assert await outbox.retry(session, 2, clock.now())
        assert not await outbox.retry(session, 99, clock.now())
    worker = worker_of(database, clock, letter=post.send)
    await worker.send_all()
    assert post.taken == [2]
    async with database.write() as session:
        assert not await outbox.retry(session, 2, clock.now())
        assert await outbox.retry_dead(session, clock.now()) == 2
    await worker.send_all()
    assert post.taken == [2, 1, 3]


async def test_what_waits_for_its_next_try_leaves_at_once_when_a_person_says_so(
    database: Database, clock: FakeClock
) -> None:
    post = Post(refusals=5)
    worker = worker_of(database, clock, letter=post.send)
    await put(database, clock, 1)
    for _ in range(5):
        await worker.send_due()
        clock.move(hours=1)
    async with database.write() as session:
        parcel = Parcel(1, "letter", {}, 5, clock.now())
        await outbox.mark_failed(session, parcel, "no", clock.now() + timedelta(days=1))
        assert await outbox.retry(session, 1, clock.now())
    assert await worker.send_due() == 1
    assert await row(database) == ("sent", 0, clock.now())


async def test_one_bad_parcel_does_not_hold_up_the_others(database: Database, clock: FakeClock) -> None:
    post = Post(refusals=1)
    worker = worker_of(database, clock, letter=post.send)
    await put(database, clock, 1, 2, 3)
    await worker.send_due()
    assert post.taken == [2, 3]


async def test_more_parcels_than_one_round_takes_are_all_sent(database: Database, clock: FakeClock) -> None:
    post = Post()
    worker = worker_of(database, clock, letter=post.send)
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
    assert await worker_of(database, clock, letter=post.send).send_due() == 0


async def test_a_parcel_whose_mark_was_lost_is_sent_again(database: Database, clock: FakeClock) -> None:
    """At least once: the process dies between sending and marking."""
    post = Post()

    async def die_after_sending(parcel: Parcel) -> None:
        await post.send(parcel)
        raise KeyboardInterrupt

    await put(database, clock, 1)
    with pytest.raises(KeyboardInterrupt):
        await worker_of(database, clock, letter=die_after_sending).send_due()
    await worker_of(database, clock, letter=post.send).send_due()
    assert post.taken == [1, 1]
