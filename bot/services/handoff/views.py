"""What consoles are shown: lists, whole conversations, colleagues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import RUNNING_STATES
from bot.core.handoff import Note, PresenceState, Scope
from bot.core.operators import Operator, Permission, Role, may
from bot.services.cases.desk import CaseDesk, Entry
from bot.services.handoff.departments import departments_of
from bot.services.handoff.tools import Tools, found
from bot.storage import cases, desk_events, messages, notes, presence, residents, summaries
from bot.storage.messages import ReadRow
from bot.storage.summaries import Summary, Tab

PAGE = 50
_MOST_AT_HAND = 500
"""What waits and what is one's own is shown whole."""
_PAGED = frozenset({Tab.ALL, Tab.CLOSED})
_EARLIER = 20
_MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in a list: its summary, the numbers of its cases and the next day on which one is due."""

    summary: Summary
    cases: tuple[str, ...]
    due: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A tab; `last_event` is as old as the oldest part of it, so that no later event is missed."""

    lines: tuple[Line, ...]
    last_event: int
    counts: Mapping[Tab, int]


@dataclass(frozen=True, slots=True)
class Thread:
    """A whole conversation with all that belongs beside it."""

    line: Line
    rows: tuple[ReadRow, ...]
    notes: tuple[Note, ...]
    earlier: tuple[Line, ...]
    cases: tuple[Entry, ...]
    resident: str | None
    """The name that the resident gave."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """An operator as colleagues see them."""

    operator: Operator
    presence: PresenceState


class Views:
    """Reads for the console what an operator may see."""

    def __init__(self, tools: Tools, desk: CaseDesk) -> None:
        self._tools = tools
        self._desk = desk

    async def listing(
        self, operator: Operator, tab: Tab, *, municipality: str | None = None, before: str | None = None
    ) -> Listing:
        """Return a tab's next page, after the conversation `before`."""
        scope = Scope.of(operator)
        async with self._tools.database.read() as session:
            last_event = await desk_events.last_seq(session)
            shown = await summaries.listed(
                session,
                tab,
                scope,
                operator=operator.id,
                municipality=municipality,
                before=before,
                limit=PAGE if tab in _PAGED else _MOST_AT_HAND,
            )
            lines = await self.lines(session, shown)
            counts = await summaries.counts(session, scope, operator=operator.id)
        return Listing(lines, last_event, counts)

    async def thread(self, operator: Operator, conversation: str) -> Thread:
        """Return a conversation. Raises `HandoffRefusedError` with `unknown_conversation` or `forbidden`."""
        async with self._tools.database.read() as session:
            await found(session, operator, conversation, Permission.READ_CONVERSATIONS)
            shown = await summaries.by_ids(session, [conversation])
            (line,) = await self.lines(session, shown.values())
            others = await summaries.earlier(session, conversation, Scope.of(operator), _EARLIER)
            filed = await cases.of_resident(session, conversation)
            return Thread(
                line=line,
                rows=await messages.rows_after(session, conversation, 0, _MOST_ROWS),
                notes=await notes.of_conversation(session, conversation),
                earlier=await self.lines(session, others),
                cases=tuple(
                    Entry(case, self._desk.terms(case))
                    for case in filed
                    if may(operator, Permission.READ_CASES, case.filing.municipality)
                ),
                resident=await residents.name(session, conversation),
            )

    async def lines(self, session: AsyncSession, shown: Iterable[Summary]) -> tuple[Line, ...]:
        """Return the summaries with their cases."""
        listed = tuple(shown)
        filed = await cases.of_conversations(session, [summary.id for summary in listed])
        numbers: dict[str, list[str]] = {}
        dues: dict[str, list[date]] = {}
        for case in filed:
            conversation = case.filing.conversation or ""
            numbers.setdefault(conversation, []).append(case.number)
            due = self._desk.terms(case).next_due if case.state in RUNNING_STATES else None
            if due is not None:
                dues.setdefault(conversation, []).append(due)
        return tuple(
            Line(summary, tuple(numbers.get(summary.id, ())), min(dues.get(summary.id, ()), default=None))
            for summary in listed
        )

    async def colleagues(self, operator: Operator) -> tuple[Colleague, ...]:
        """Return who works in a municipality that is this operator's too, by name; also the operator."""
        async with self._tools.database.read() as session:
            everybody = await presence.of_all(session)
        return tuple(Colleague(one, state) for one, state in everybody if are_colleagues(operator, one))

    async def departments(self, municipality: str) -> tuple[str, ...]:
        """Return a municipality's departments. Raises `UnknownMunicipalityError`."""
        catalogue = self._tools.catalogues.get(municipality).catalogue
        async with self._tools.database.read() as session:
            return await departments_of(session, catalogue)


def are_colleagues(one: Operator, other: Operator) -> bool:
    """Tell whether two have a municipality in common; administrators have all."""
    if Role.ADMINISTRATOR in {one.role, other.role} or one.id == other.id:
        return True
    return bool(one.municipalities & other.municipalities)
