"""Queries over what belongs to one conversation: what is held, the links to its copy, what outlives its deletion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.own_data import CopyForm, Holdings
from bot.storage import cases, tasks
from bot.storage.handoff_tables import NoteRow
from bot.storage.tables import AttachmentRow, CaseRow, ConversationRow, CopyTicketRow, MessageRow, OutboxRow

_NO_SYNC = {"synchronize_session": False}
_OPENED = {CopyForm.PRINT: CopyTicketRow.printed_at, CopyForm.TEXT: CopyTicketRow.saved_at}


async def holdings(session: AsyncSession, conversation: str) -> Holdings | None:
    """Return what is held about a conversation, None for an unknown one."""
    found = select(ConversationRow.created_at, ConversationRow.rating).where(ConversationRow.id == conversation)
    row = (await session.execute(found)).one_or_none()
    if row is None:
        return None
    filed = await cases.of_conversation(session, conversation)
    messages = select(func.count()).select_from(MessageRow).where(MessageRow.conversation_id == conversation)
    notes = select(func.count()).select_from(NoteRow).where(NoteRow.conversation_id == conversation)
    case_files = AttachmentRow.case_id.in_([case.id for case in filed])
    files = and_(AttachmentRow.conversation_id == conversation, AttachmentRow.case_id.is_(None))
    return Holdings(
        messages=(await session.execute(messages)).scalar_one(),
        since=row.created_at,
        tasks=await tasks.of_conversation(session, conversation),
        cases=filed,
        files=await _count(session, files),
        case_files=await _count(session, case_files),
        notes=(await session.execute(notes)).scalar_one(),
        rating=row.rating,
    )


async def _count(session: AsyncSession, of: ColumnElement[bool]) -> int:
    """Return how many files there are."""
    found = await session.execute(select(func.count()).select_from(AttachmentRow).where(of))
    return found.scalar_one()


async def release_cases(session: AsyncSession, conversation: str) -> tuple[str, ...]:
    """Let the cases that were filed in a conversation stand without it; return their numbers."""
    freed = await session.execute(
        update(CaseRow)
        .where(CaseRow.conversation_id == conversation)
        .values(conversation_id=None)
        .returning(CaseRow.number)
        .execution_options(**_NO_SYNC)
    )
    return tuple(sorted(freed.scalars()))


async def sent_mails_of(session: AsyncSession, numbers: Sequence[str]) -> tuple[int, ...]:
    """Return the mails about these cases that have left."""
    rows = await session.execute(
        select(OutboxRow.id).where(
            OutboxRow.sent_at.is_not(None), OutboxRow.body["case"].as_string().in_(tuple(numbers))
        )
    )
    return tuple(rows.scalars())


async def add_ticket(
    session: AsyncSession, conversation: str, ticket_hash: str, now: datetime, expires_at: datetime
) -> None:
    """Store a link to the copy; it takes the place of the conversation's earlier ones, and old ones go."""
    await session.execute(
        delete(CopyTicketRow)
        .where(or_(CopyTicketRow.conversation_id == conversation, CopyTicketRow.expires_at <= now))
        .execution_options(**_NO_SYNC)
    )
    await session.execute(
        insert(CopyTicketRow).values(ticket_hash=ticket_hash, conversation_id=conversation, expires_at=expires_at)
    )


async def ticket_is_good(session: AsyncSession, ticket_hash: str, now: datetime) -> bool:
    """Tell whether a link still opens the copy in any way."""
    found = await session.execute(
        select(CopyTicketRow.ticket_hash).where(
            CopyTicketRow.ticket_hash == ticket_hash,
            CopyTicketRow.expires_at > now,
            or_(*(opened.is_(None) for opened in _OPENED.values())),
        )
    )
    return found.scalar_one_or_none() is not None


async def use_ticket(session: AsyncSession, ticket_hash: str, form: CopyForm, now: datetime) -> str | None:
    """Use a link in one way; return the conversation, None when it was used so before, has expired or never was."""
    opened = _OPENED[form]
    used = await session.execute(
        update(CopyTicketRow)
        .where(CopyTicketRow.ticket_hash == ticket_hash, CopyTicketRow.expires_at > now, opened.is_(None))
        .values({opened: now})
        .returning(CopyTicketRow.conversation_id)
        .execution_options(**_NO_SYNC)
    )
    conversation: str | None = used.scalar_one_or_none()
    return conversation
