"""Queries over what has been kept long enough, and its removal.

Every removal checks once more what it was planned on: between plan and removal a resident may have written again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, String, and_, cast, delete, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import SYSTEM, CaseEvent, EventKind
from bot.core.conversation import Owner
from bot.core.handoff import TaskState
from bot.core.retention import CaseFile, Held, Limits, kept_data
from bot.storage import attachments, cases, search
from bot.storage.handoff_tables import HandoffRow, MessageWordsRow, NoteRow, TaskRow
from bot.storage.tables import (
    CaseEventRow,
    CaseRow,
    ConversationRow,
    CopyTicketRow,
    GuessRow,
    InboxRow,
    MessageRow,
    OutboxRow,
    TrackerRow,
)
from bot.storage.telegram_tables import OF_CONVERSATIONS

DRAFT_SLOT = "case_draft"
"""The slot of Rasa's dialogue in which a complaint is put together (domain.yml)."""
_EMPTIED = "{}"
_HAS_CONTACT = or_(
    CaseRow.contact_name.is_not(None), CaseRow.contact_email.is_not(None), CaseRow.contact_phone.is_not(None)
)
_NO_SYNC = {"synchronize_session": False}


async def overwrite_removed(session: AsyncSession) -> None:
    """Let SQLite overwrite with zeros what this connection removes: else it stays legible in the file."""
    await session.execute(text("PRAGMA secure_delete = ON"))


async def held(session: AsyncSession, limit: Limits) -> Held:
    """Return what the database holds, as far as the plan must know."""
    return Held(
        case_files=await _case_files(session),
        chats=await _idle_chats(session, limit.chat),
        drafts=await _stale_drafts(session, limit.draft),
        mails=await _sent_mails(session, limit.mail),
        unsent_mails=await _unsent_mails(session, limit.unsent_mail),
        guesses=await _guesses(session, limit.guess),
    )


async def erase_case(session: AsyncSession, case_id: int, before: datetime, now: datetime) -> bool:
    """Empty the file of a case that was closed before a moment; False when it is no longer so.

    What stays: number, kinds, state, dates, municipality, the catalogue's ids, the unit, and of the history the kinds,
    times, actors and what terms are counted from.
    """
    changed = await session.execute(
        update(CaseRow)
        .where(CaseRow.id == case_id, CaseRow.closed_at < before, CaseRow.erased_at.is_(None))
        .values(
            draft=f"erased-{case_id}",
            # No code has an empty hash: whoever asks learns no more than of a number that does not exist.
            code_hash="",
            institution_text=None,
            filed_about=None,
            complained_about=None,
            description="",
            outcome=None,
            happened_on=None,
            happened_text=None,
            conversation_id=None,
            text_digest="",
            assigned_person=None,
            assigned_email=None,
            erased_at=now,
            **_NO_CONTACT,
        )
        .returning(CaseRow.id)
        .execution_options(**_NO_SYNC)
    )
    if changed.scalar_one_or_none() is None:
        return False
    await _empty_history(session, case_id)
    await attachments.forget_case(session, case_id)
    await _append_erased(session, case_id, "case", now)
    return True


async def erase_contact(session: AsyncSession, case_id: int, before: datetime, now: datetime) -> bool:
    """Remove the contact of a case that was closed before a moment; False when it is no longer so."""
    changed = await session.execute(
        update(CaseRow)
        .where(CaseRow.id == case_id, CaseRow.closed_at < before, _HAS_CONTACT)
        .values(**_NO_CONTACT)
        .returning(CaseRow.id)
        .execution_options(**_NO_SYNC)
    )
    if changed.scalar_one_or_none() is None:
        return False
    await _append_erased(session, case_id, "contact", now)
    return True


async def remove_chats(session: AsyncSession, ids: Sequence[str], before: datetime) -> tuple[str, ...]:
    """Remove conversations with all that belongs to them.

    Return those that were still idle, with nobody, without a case and without a task that is still to be done.
    """
    tied = exists().where(CaseRow.conversation_id == ConversationRow.id, CaseRow.erased_at.is_(None))
    kept = await session.execute(
        select(ConversationRow.id).where(
            ConversationRow.id.in_(ids), or_(ConversationRow.updated_at >= before, tied, _awaits_people())
        )
    )
    alive = frozenset(kept.scalars())
    doomed = tuple(chat for chat in ids if chat not in alive)
    if doomed:
        await erase_chats(session, doomed)
    return doomed


async def erase_chats(session: AsyncSession, ids: Sequence[str]) -> None:
    """Remove conversations with all that belongs to them, whoever has them; cases and the audit log stay."""
    for row in (
        TrackerRow,
        InboxRow,
        MessageRow,
        MessageWordsRow,
        HandoffRow,
        NoteRow,
        TaskRow,
        CopyTicketRow,
        *OF_CONVERSATIONS,
    ):
        await session.execute(delete(row).where(row.conversation_id.in_(ids)).execution_options(**_NO_SYNC))
    await attachments.forget_chats(session, ids)
    await search.forget(session)
    await session.execute(delete(ConversationRow).where(ConversationRow.id.in_(ids)).execution_options(**_NO_SYNC))


async def remove_drafts(session: AsyncSession, ids: Sequence[str], before: datetime) -> tuple[str, ...]:
    """Remove the dialogue states of conversations in which nothing happened since; return which."""
    gone = await session.execute(
        delete(TrackerRow)
        .where(TrackerRow.conversation_id.in_(ids), _untouched_since(before))
        .returning(TrackerRow.conversation_id)
        .execution_options(**_NO_SYNC)
    )
    return tuple(gone.scalars())


async def empty_mails(session: AsyncSession, ids: Sequence[int]) -> tuple[int, ...]:
    """Remove recipient and words of mails that have left; that they left stays known."""
    changed = await session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids), OutboxRow.sent_at.is_not(None))
        .values(body={}, last_error=None)
        .returning(OutboxRow.id)
        .execution_options(**_NO_SYNC)
    )
    return tuple(changed.scalars())


async def remove_unsent_mails(session: AsyncSession, ids: Sequence[int]) -> tuple[int, ...]:
    """Remove mails that have not left, whether they wait or were given up."""
    gone = await session.execute(
        delete(OutboxRow)
        .where(OutboxRow.id.in_(ids), OutboxRow.sent_at.is_(None))
        .returning(OutboxRow.id)
        .execution_options(**_NO_SYNC)
    )
    return tuple(gone.scalars())


async def remove_guesses(session: AsyncSession, before: datetime) -> tuple[str, ...]:
    """Forget for which numbers codes were tried, last before a moment; return the numbers."""
    gone = await session.execute(
        delete(GuessRow).where(GuessRow.updated_at < before).returning(GuessRow.number).execution_options(**_NO_SYNC)
    )
    return tuple(gone.scalars())


_NO_CONTACT: dict[str, None] = {
    "contact_name": None,
    "contact_email": None,
    "contact_phone": None,
    "confirm_hash": None,
}


async def _case_files(session: AsyncSession) -> tuple[CaseFile, ...]:
    rows = await session.execute(
        select(CaseRow.id, CaseRow.number, CaseRow.closed_at, CaseRow.conversation_id, _HAS_CONTACT.label("contact"))
        .where(CaseRow.erased_at.is_(None))
        .order_by(CaseRow.id)
    )
    return tuple(
        CaseFile(
            id=row.id,
            number=row.number,
            closed_at=row.closed_at,
            has_contact=bool(row.contact),
            conversation=row.conversation_id,
        )
        for row in rows
    )


async def _idle_chats(session: AsyncSession, before: datetime) -> tuple[str, ...]:
    """Return idle conversations, and the idle dialogue states that have none (`rasa shell`)."""
    idle = select(ConversationRow.id).where(ConversationRow.updated_at < before, ~_awaits_people())
    orphans = select(TrackerRow.conversation_id).where(
        TrackerRow.updated_at < before, ~exists().where(ConversationRow.id == TrackerRow.conversation_id)
    )
    return tuple((await session.execute(idle.union(orphans))).scalars())


async def _stale_drafts(session: AsyncSession, before: datetime) -> tuple[str, ...]:
    rows = await session.execute(
        select(TrackerRow.conversation_id, TrackerRow.state)
        .where(_untouched_since(before), func.instr(TrackerRow.state, DRAFT_SLOT.encode()) > 0)
        .order_by(TrackerRow.conversation_id)
    )
    return tuple(row.conversation_id for row in rows if _holds_draft(row.state))


async def _sent_mails(session: AsyncSession, before: datetime) -> tuple[int, ...]:
    rows = await session.execute(
        select(OutboxRow.id)
        .where(OutboxRow.sent_at < before, cast(OutboxRow.body, String) != _EMPTIED)
        .order_by(OutboxRow.id)
    )
    return tuple(rows.scalars())


async def _unsent_mails(session: AsyncSession, before: datetime) -> tuple[int, ...]:
    rows = await session.execute(
        select(OutboxRow.id).where(OutboxRow.sent_at.is_(None), OutboxRow.created_at < before).order_by(OutboxRow.id)
    )
    return tuple(rows.scalars())


async def _guesses(session: AsyncSession, before: datetime) -> tuple[str, ...]:
    return tuple((await session.execute(select(GuessRow.number).where(GuessRow.updated_at < before))).scalars())


def _awaits_people() -> ColumnElement[bool]:
    """The conversation is with people, or a call-back or message of it is still to be done."""
    promised = exists().where(TaskRow.conversation_id == ConversationRow.id, TaskRow.state == TaskState.OPEN.value)
    return or_(ConversationRow.owner.in_((Owner.QUEUED.value, Owner.OPERATOR.value)), promised)


def _untouched_since(moment: datetime) -> ColumnElement[bool]:
    """The dialogue state is older, and the resident has not written since (the bot may be down)."""
    newer = exists().where(and_(ConversationRow.id == TrackerRow.conversation_id, ConversationRow.updated_at >= moment))
    return and_(TrackerRow.updated_at < moment, ~newer)


def _holds_draft(state: bytes) -> bool:
    """Tell whether any event of a dialogue state carries a draft, even one that a later event takes back."""
    try:
        events = msgspec.json.decode(state, type=list[_Slot])
    except msgspec.DecodeError:
        return False
    return any(event.event == "slot" and event.name == DRAFT_SLOT and event.value is not None for event in events)


class _Slot(msgspec.Struct):
    """As much of a Rasa event as tells a filled slot."""

    event: str = ""
    name: str | None = None
    value: object = None


async def _empty_history(session: AsyncSession, case_id: int) -> None:
    rows = await session.execute(
        select(CaseEventRow.seq, CaseEventRow.kind, CaseEventRow.data).where(CaseEventRow.case_id == case_id)
    )
    for row in rows.all():
        kept = kept_data(EventKind(row.kind), row.data)
        if kept != row.data:
            await session.execute(
                update(CaseEventRow)
                .where(CaseEventRow.case_id == case_id, CaseEventRow.seq == row.seq)
                .values(data=kept)
                .execution_options(**_NO_SYNC)
            )


async def _append_erased(session: AsyncSession, case_id: int, scope: str, now: datetime) -> None:
    last = (
        await session.execute(select(func.max(CaseEventRow.seq)).where(CaseEventRow.case_id == case_id))
    ).scalar_one()
    event = CaseEvent(seq=(last or 0) + 1, kind=EventKind.ERASED, at=now, actor=SYSTEM, data={"scope": scope})
    await cases.append_events(session, case_id, [event])
