"""Which conversations and cases are the same resident's, as far as the contacts they gave tell.

A widget's conversation is known by its secret token only, a Telegram chat is one conversation for ever: what ties two
conversations together is the e-mail address or telephone number that was given in both, in a case or for a call-back.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.handoff_tables import TaskRow
from bot.storage.tables import CaseRow

_EMAIL, _TASK_CONTACT = func.lower(CaseRow.contact_email), func.lower(TaskRow.contact)


async def contacts(session: AsyncSession, conversation: str) -> frozenset[str]:
    """Return the addresses and numbers that the resident gave in a conversation."""
    mine = CaseRow.conversation_id == conversation
    given = union(
        select(_EMAIL.label("contact")).where(mine, CaseRow.contact_email.is_not(None)),
        select(CaseRow.contact_phone.label("contact")).where(mine, CaseRow.contact_phone.is_not(None)),
        select(_TASK_CONTACT.label("contact")).where(TaskRow.conversation_id == conversation),
    )
    return frozenset((await session.execute(given)).scalars())


async def name(session: AsyncSession, conversation: str) -> str | None:
    """Return the name that the resident gave with the newest case of a conversation, or None."""
    found = await session.execute(
        select(CaseRow.contact_name)
        .where(CaseRow.conversation_id == conversation, CaseRow.contact_name.is_not(None))
        .order_by(CaseRow.id.desc())
        .limit(1)
    )
    given: str | None = found.scalar_one_or_none()
    return given


def gave(given: frozenset[str]) -> ColumnElement[bool]:
    """The case's contact is one of these."""
    return or_(_EMAIL.in_(given), CaseRow.contact_phone.in_(given))


def conversations_that_gave(given: frozenset[str]) -> Select[tuple[str | None]]:
    """Return the query of the conversations in which one of these contacts was given."""
    of_tasks = select(TaskRow.conversation_id).where(_TASK_CONTACT.in_(given), TaskRow.conversation_id.is_not(None))
    of_cases = select(CaseRow.conversation_id).where(gave(given), CaseRow.conversation_id.is_not(None))
    found = union(of_cases, of_tasks).subquery()
    return select(found.c.conversation_id)
