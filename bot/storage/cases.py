"""Queries over cases, their history and the counters of their numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import (
    Actor,
    ActorKind,
    Assignee,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    Contact,
    EventKind,
    Filing,
    Identity,
    Subject,
)
from bot.storage import residents
from bot.storage.tables import CaseCounterRow, CaseEventRow, CaseRow

_MOST_OF_RESIDENT = 50


async def next_running(session: AsyncSession, municipality: str, year: int) -> int:
    """Take the next number of the municipality's register in a year; given back when the transaction fails."""
    statement = upsert(CaseCounterRow).values(municipality_id=municipality, year=year, last=1)
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[CaseCounterRow.municipality_id, CaseCounterRow.year],
            set_={"last": CaseCounterRow.last + 1},
        ).returning(CaseCounterRow.last)
    )
    return int(taken.scalar_one())


async def add(
    session: AsyncSession,
    filing: Filing,
    *,
    number: str,
    year: int,
    running: int,
    code_hash: str,
    confirm_hash: str | None,
    text_digest: str,
    received_at: datetime,
    receipt_day: date,
) -> int:
    """Store a new case and return its id."""
    stored = await session.execute(
        insert(CaseRow)
        .values(
            municipality_id=filing.municipality,
            year=year,
            running=running,
            number=number,
            draft=filing.draft,
            code_hash=code_hash,
            confirm_hash=confirm_hash,
            filed_kind=filing.kind.value,
            kind=filing.kind.value,
            state=CaseState.RECEIVED.value,
            institution_id=filing.subject.institution,
            institution_text=filing.subject.institution_text,
            service_id=filing.subject.service,
            principle=filing.subject.principle,
            filed_about=filing.complained_about,
            complained_about=filing.complained_about,
            description=filing.description,
            outcome=filing.outcome,
            happened_on=filing.happened_on,
            happened_text=filing.happened_text,
            contact_name=filing.contact.name,
            contact_email=filing.contact.email,
            contact_phone=filing.contact.phone,
            identity=filing.identity.value,
            wants_reply=filing.wants_reply,
            consent=filing.consent,
            channel=filing.channel,
            conversation_id=filing.conversation,
            text_digest=text_digest,
            received_at=received_at,
            receipt_day=receipt_day,
        )
        .returning(CaseRow.id)
    )
    return int(stored.scalar_one())


async def append_events(session: AsyncSession, case_id: int, events: Sequence[CaseEvent]) -> None:
    """Add entries to a case's history."""
    rows = [
        {
            "case_id": case_id,
            "seq": event.seq,
            "kind": event.kind.value,
            "at": event.at,
            "actor_kind": event.actor.kind.value,
            "actor_name": event.actor.name,
            "data": dict(event.data),
        }
        for event in events
    ]
    if rows:
        await session.execute(insert(CaseEventRow), rows)


async def set_standing(session: AsyncSession, case: Case) -> None:
    """Store what a new event changed: state, classification, assignee, end."""
    assignee = case.assignee
    await session.execute(
        update(CaseRow)
        .where(CaseRow.id == case.id)
        .values(
            state=case.state.value,
            kind=case.kind.value,
            complained_about=case.complained_about,
            identity=case.identity.value,
            assigned_unit=None if assignee is None else assignee.unit,
            assigned_person=None if assignee is None else assignee.person,
            assigned_email=None if assignee is None else assignee.email,
            closed_at=case.closed_at,
        )
    )


async def by_number(session: AsyncSession, number: str) -> Case | None:
    """Return the case with its history, or None."""
    return await _one(session, select(CaseRow).where(CaseRow.number == number))


async def by_id(session: AsyncSession, case_id: int) -> Case | None:
    """Return the case with its history, or None."""
    return await _one(session, select(CaseRow).where(CaseRow.id == case_id))


async def by_draft(session: AsyncSession, draft: str) -> Case | None:
    """Return the case that was filed from a draft, or None."""
    return await _one(session, select(CaseRow).where(CaseRow.draft == draft))


async def same_text(
    session: AsyncSession, conversation: str, text_digest: str, *, municipality: str | None = None
) -> Case | None:
    """Return the newest case of a conversation with this very text that was not withdrawn, or None.

    With `municipality` None a case of any municipality.
    """
    statement = select(CaseRow).where(
        CaseRow.conversation_id == conversation,
        CaseRow.text_digest == text_digest,
        CaseRow.state != CaseState.WITHDRAWN.value,
    )
    if municipality is not None:
        statement = statement.where(CaseRow.municipality_id == municipality)
    return await _one(session, statement.order_by(CaseRow.id.desc()).limit(1))


async def of_conversation(session: AsyncSession, conversation: str) -> tuple[Case, ...]:
    """Return the cases filed in a conversation, newest first."""
    return await _many(
        session, select(CaseRow).where(CaseRow.conversation_id == conversation).order_by(CaseRow.id.desc())
    )


async def of_resident(session: AsyncSession, conversation: str) -> tuple[Case, ...]:
    """Return the cases filed in a conversation or with a contact that was given in it, newest first."""
    given = await residents.contacts(session, conversation)
    theirs = or_(CaseRow.conversation_id == conversation, residents.gave(given))
    return await _many(session, select(CaseRow).where(theirs).order_by(CaseRow.id.desc()).limit(_MOST_OF_RESIDENT))


async def of_conversations(session: AsyncSession, conversations: Collection[str]) -> tuple[Case, ...]:
    """Return the cases filed in any of these conversations, in the order of their receipt."""
    statement = select(CaseRow).where(CaseRow.conversation_id.in_(tuple(conversations))).order_by(CaseRow.id)
    return await _many(session, statement)


async def code_hash(session: AsyncSession, number: str) -> str | None:
    """Return the hash of a case's access code, or None for an unknown number."""
    found: str | None = (
        await session.execute(select(CaseRow.code_hash).where(CaseRow.number == number))
    ).scalar_one_or_none()
    return found


async def register(
    session: AsyncSession,
    *,
    municipality: str | None = None,
    states: frozenset[CaseState] | None = None,
    kinds: frozenset[CaseKind] | None = None,
    received_from: datetime | None = None,
    received_until: datetime | None = None,
) -> tuple[Case, ...]:
    """Return the cases that fit, in the order of their receipt."""
    statement = select(CaseRow).order_by(CaseRow.id)
    if municipality is not None:
        statement = statement.where(CaseRow.municipality_id == municipality)
    if states is not None:
        statement = statement.where(CaseRow.state.in_(sorted(state.value for state in states)))
    if kinds is not None:
        statement = statement.where(CaseRow.kind.in_(sorted(kind.value for kind in kinds)))
    if received_from is not None:
        statement = statement.where(CaseRow.received_at >= received_from)
    if received_until is not None:
        statement = statement.where(CaseRow.received_at < received_until)
    return await _many(session, statement)


async def _one(session: AsyncSession, statement: Select[tuple[CaseRow]]) -> Case | None:
    found = await _many(session, statement)
    return found[0] if found else None


async def _many(session: AsyncSession, statement: Select[tuple[CaseRow]]) -> tuple[Case, ...]:
    rows = (await session.execute(statement)).scalars().all()
    if not rows:
        return ()
    histories: dict[int, list[CaseEvent]] = {row.id: [] for row in rows}
    events = select(CaseEventRow).order_by(CaseEventRow.case_id, CaseEventRow.seq)
    # SQLite takes a limited number of parameters: a long register is read by range.
    events = events.where(CaseEventRow.case_id.between(min(histories), max(histories)))
    for event in (await session.execute(events)).scalars():
        if event.case_id in histories:
            histories[event.case_id].append(_event(event))
    return tuple(_case(row, tuple(histories[row.id])) for row in rows)


def _event(row: CaseEventRow) -> CaseEvent:
    actor = Actor(ActorKind(row.actor_kind), row.actor_name)
    data: dict[str, Any] = row.data
    return CaseEvent(seq=row.seq, kind=EventKind(row.kind), at=row.at, actor=actor, data=data)


def _case(row: CaseRow, history: tuple[CaseEvent, ...]) -> Case:
    return Case(
        id=row.id,
        number=row.number,
        filing=_filing(row),
        kind=CaseKind(row.kind),
        state=CaseState(row.state),
        complained_about=row.complained_about,
        identity=Identity(row.identity),
        received_at=row.received_at,
        receipt_day=row.receipt_day,
        assignee=_assignee(row),
        closed_at=row.closed_at,
        erased_at=row.erased_at,
        history=history,
    )


def _filing(row: CaseRow) -> Filing:
    return Filing(
        draft=row.draft,
        municipality=row.municipality_id,
        kind=CaseKind(row.filed_kind),
        description=row.description,
        subject=Subject(
            institution=row.institution_id,
            institution_text=row.institution_text,
            service=row.service_id,
            principle=row.principle,
        ),
        complained_about=row.filed_about,
        outcome=row.outcome,
        happened_on=row.happened_on,
        happened_text=row.happened_text,
        contact=Contact(name=row.contact_name, email=row.contact_email, phone=row.contact_phone),
        wants_reply=row.wants_reply,
        consent=row.consent,
        channel=row.channel,
        conversation=row.conversation_id,
    )


def _assignee(row: CaseRow) -> Assignee | None:
    if row.assigned_unit is None:
        return None
    return Assignee(unit=row.assigned_unit, person=row.assigned_person, email=row.assigned_email)
