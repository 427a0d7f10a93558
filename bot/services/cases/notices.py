"""Mails about cases, put into the outbox by the transaction that causes them."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import Case, CaseEvent
from bot.core.case_progress import Terms


class Notices:
    """Writes the mails that a case's events call for."""

    async def filed(self, session: AsyncSession, case: Case, terms: Terms, *, code: str, confirm: str | None) -> None:
        """Tell the resident and the municipality that a case was filed."""

    async def happened(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Tell whoever must know what happened to a case."""
