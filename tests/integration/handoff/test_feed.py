"""The feed: read once for all consoles, complete for each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Core
from bot.services.handoff.feed import Event
from bot.storage import desk_events
from bot.storage.desk_events import DeskEvent
from tests.asking import opened
from tests.desk import events_after, here, taken, waiting, write


async def all_after(core: Core, seq: int) -> list[Event]:
    """Return every event after a number, page by page."""
    found: list[Event] = []
    while page := await core.handoff.feed.after(found[-1].seq if found else seq):
        found += page
    return found


async def test_the_feed_hands_out_every_event_from_any_number_on(core: Core) -> None:
    rima = await here(core)
    await core.handoff.feed.after(0)
    conversation = await taken(core, rima)
    for number in range(5):
        await write(core, conversation, f"žinutė {number}")
    numbers = [event.seq for event in await events_after(core)]
    for start in range(numbers[-1] + 1):
        assert [event.seq for event in await all_after(core, start)] == [n for n in numbers if n > start]


async def test_who_asks_while_another_reads_gets_what_is_read(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a console would sleep on what nobody tells it of again."""
    conversation = await waiting(core)
    last = await core.handoff.feed.last()
    await core.handoff.feed.after(last)
    await write(core, conversation, "nauja")
    reading, go = asyncio.Event(), asyncio.Event()
    after = desk_events.after

    async def slow(session: AsyncSession, seq: int, limit: int) -> tuple[DeskEvent, ...]:
        reading.set()
        await go.wait()
        return await after(session, seq, limit)

    monkeypatch.setattr(desk_events, "after", slow)
    first = asyncio.create_task(_page(core, last))
    await reading.wait()
    second = asyncio.create_task(_page(core, last))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not second.done()
    go.set()
    assert [event.seq for event in await first] == [event.seq for event in await second]


async def test_an_old_number_is_served_from_the_database(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(core)
    await waiting(core)
    numbers = [event.seq for event in await events_after(core)]
    await core.handoff.feed.after(numbers[-1])
    core.handoff.feed._events.clear()
    monkeypatch.setattr("bot.services.handoff.feed._BATCH", 1)
    assert [event.seq for event in await all_after(core, 0)] == numbers


async def test_the_feed_knows_what_it_no_longer_keeps(core: Core) -> None:
    feed = core.handoff.feed
    assert await feed.kept(0)
    await waiting(core)
    last = await feed.last()
    assert await feed.kept(0)
    assert await feed.kept(last)
    assert not await feed.kept(last + 1)


async def _page(core: Core, seq: int) -> Sequence[Event]:
    return await core.handoff.feed.after(seq)
