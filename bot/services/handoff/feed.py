"""The consoles' events in order: read once for all consoles of this process, and caught up by number."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.handoff import CannedReply, Note, Task
from bot.core.operators import Operator, Permission, may
from bot.services.bus import Signal
from bot.services.cases.desk import CaseDesk, Entry
from bot.services.handoff.canned import CANNED
from bot.services.handoff.presence import OPERATOR
from bot.services.handoff.talk import NOTE
from bot.services.handoff.tasks import TASK
from bot.services.handoff.tools import Tools
from bot.services.handoff.views import Colleague, Line, Views, are_colleagues
from bot.services.log import ROW
from bot.storage import canned, cases, desk_events, messages, notes, presence, summaries, tasks
from bot.storage.desk_events import CASE, DeskEvent, EventKind
from bot.storage.messages import ReadRow

_KEPT = 2000
_BATCH = 200
_LOOK_AGAIN = timedelta(seconds=1)
"""After so long the database is asked even if nothing was heard: another process may have written."""
_NEEDS = {
    EventKind.TASK: Permission.MANAGE_TASKS,
    EventKind.CASE: Permission.READ_CASES,
    EventKind.CANNED: Permission.USE_CANNED,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event:
    """An event with what it tells of, as it stands when it is read: later ones tell of later changes."""

    seq: int
    kind: EventKind
    conversation: str | None
    municipality: str | None
    department: str | None
    line: Line | None = None
    row: ReadRow | None = None
    note: Note | None = None
    task: Task | None = None
    colleague: Colleague | None = None
    case: Entry | None = None
    canned: CannedReply | None = None
    canned_id: int | None = None


class Feed:
    """Hands events to consoles."""

    def __init__(self, tools: Tools, views: Views, desk: CaseDesk) -> None:
        self._tools = tools
        self._views = views
        self._desk = desk
        self._events: deque[Event] = deque(maxlen=_KEPT)
        self._last: int | None = None
        self._lock = asyncio.Lock()
        self._stale = True
        self._looked_at = 0.0
        tools.bus.follow(self._hear)

    async def last(self) -> int:
        """Return the newest event's number."""
        async with self._tools.database.read() as session:
            return await desk_events.last_seq(session)

    async def kept(self, after: int) -> bool:
        """Tell whether no event after this number was removed already, and none before it is yet to come."""
        async with self._tools.database.read() as session:
            first, last = await desk_events.first_seq(session), await desk_events.last_seq(session)
        return after <= last and (first is None or first <= after + 1)

    async def after(self, seq: int) -> Sequence[Event]:
        """Return the events with a greater number, in order; there may be more behind them."""
        await self._refresh()
        if self._last is not None and seq >= self._last:
            return ()
        if self._events and self._events[0].seq <= seq + 1:
            return [event for event in self._events if event.seq > seq][:_BATCH]
        async with self._tools.database.read() as session:
            return await self._told(session, await desk_events.after(session, seq, _BATCH))

    async def _refresh(self) -> None:
        # Whoever comes while another reads must wait for what is read: nothing else would wake them again.
        if not self._due() and not self._lock.locked():
            return
        async with self._lock:
            if not self._due():
                return
            # Before the database is asked: what is heard meanwhile must be asked for once more.
            self._stale, self._looked_at = False, asyncio.get_running_loop().time()
            async with self._tools.database.read() as session:
                if self._last is None:
                    self._last = await desk_events.last_seq(session)
                while news := await desk_events.after(session, self._last, _BATCH):
                    self._events.extend(await self._told(session, news))
                    self._last = news[-1].seq
                    self._drop_erased(news)

    def _drop_erased(self, news: Sequence[DeskEvent]) -> None:
        """Keep nothing in memory of what was deleted, but that it was."""
        gone = {event.conversation for event in news if event.kind is EventKind.ERASED}
        if gone:
            kept = [event for event in self._events if event.conversation not in gone or event.kind is EventKind.ERASED]
            self._events = deque(kept, maxlen=_KEPT)

    def _due(self) -> bool:
        elapsed = asyncio.get_running_loop().time() - self._looked_at
        return self._stale or elapsed >= _LOOK_AGAIN.total_seconds()

    def _hear(self, _conversation: str, signal: Signal) -> None:
        if signal is Signal.LOG_GREW:
            self._stale = True

    async def _told(self, session: AsyncSession, events: Sequence[DeskEvent]) -> list[Event]:
        """Return events with what they tell of, read in a few queries for all of them."""
        talked_of = {event.conversation for event in events if event.conversation is not None and _shows(event)}
        shown = await summaries.by_ids(session, talked_of)
        lines = {line.summary.id: line for line in await self._views.lines(session, shown.values())}
        rows = await messages.rows_of(session, [place for event in events if (place := _place(event)) is not None])
        noted = await notes.by_ids(session, _numbers(events, NOTE))
        found: list[Event] = []
        for event in events:
            place, conversation = _place(event), event.conversation
            found.append(
                Event(
                    seq=event.seq,
                    kind=event.kind,
                    conversation=conversation,
                    municipality=event.municipality,
                    department=event.department,
                    line=lines.get(conversation or ""),
                    row=None if place is None else rows.get(place),
                    note=noted.get(event.body.get(NOTE, 0)),
                    task=await _task(session, event),
                    colleague=await _colleague(session, event),
                    case=await self._case(session, event),
                    canned=await _canned(session, event),
                    canned_id=event.body.get(CANNED),
                )
            )
        return found

    async def _case(self, session: AsyncSession, event: DeskEvent) -> Entry | None:
        if CASE not in event.body:
            return None
        case = await cases.by_number(session, str(event.body[CASE]))
        return None if case is None else Entry(case, self._desk.terms(case))


def shown_to(operator: Operator, event: Event) -> bool:
    """Tell whether an operator may know of an event at all."""
    if event.colleague is not None:
        return are_colleagues(operator, event.colleague.operator)
    needs = _NEEDS.get(event.kind, Permission.READ_CONVERSATIONS)
    return may(operator, needs, event.municipality, department=event.department)


def still_sees(operator: Operator, event: Event) -> bool:
    """Tell whether the conversation of an event still lies where the operator may look: it may have been given away."""
    if event.line is None:
        return False
    summary = event.line.summary
    return may(operator, Permission.READ_CONVERSATIONS, summary.municipality, department=summary.department)


def _shows(event: DeskEvent) -> bool:
    return event.kind in {EventKind.MESSAGE, EventKind.STATE, EventKind.NOTE}


def _place(event: DeskEvent) -> tuple[str, int] | None:
    """Return where the row stands of which an event tells, None when it tells of none."""
    if event.conversation is None or ROW not in event.body:
        return None
    return event.conversation, event.body[ROW]


def _numbers(events: Iterable[DeskEvent], name: str) -> list[int]:
    return [event.body[name] for event in events if name in event.body]


async def _task(session: AsyncSession, event: DeskEvent) -> Task | None:
    return await tasks.by_id(session, event.body[TASK]) if TASK in event.body else None


async def _canned(session: AsyncSession, event: DeskEvent) -> CannedReply | None:
    return await canned.by_id(session, event.body[CANNED]) if CANNED in event.body else None


async def _colleague(session: AsyncSession, event: DeskEvent) -> Colleague | None:
    if OPERATOR not in event.body:
        return None
    everybody = await presence.of_all(session)
    return next((Colleague(one, state) for one, state in everybody if one.id == event.body[OPERATOR]), None)
