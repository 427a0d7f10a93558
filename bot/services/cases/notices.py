"""Mails about cases, put into the outbox by the transaction that causes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import LEGAL_KINDS, TIMED_KINDS, Case, CaseEvent, CaseKind, EventKind
from bot.core.case_progress import Terms
from bot.core.clock import Clock, local
from bot.core.deadlines import LEGAL, MAX_EXTENSION
from bot.services.cases.delivery import decision_marks
from bot.services.cases.letters import Letters
from bot.services.catalogues import Catalogues

_Handler = Callable[[AsyncSession, Case, CaseEvent, Terms], Awaitable[None]]


class Notices:
    """Writes the mails that a case's events call for; a resident without an e-mail address is told by the status page.

    Only the resident's receipt holds the access code, and no subject holds more than the number and the kind.
    """

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._handlers: Mapping[EventKind, _Handler] = {
            EventKind.ASSIGNED: self._assigned,
            EventKind.CLASSIFIED: self._classified,
            EventKind.EXTENDED: self._extended,
            EventKind.PAUSED: self._paused,
            EventKind.RESUMED: self._resumed,
            EventKind.FORWARDED: self._forwarded,
            EventKind.DECIDED: self._decided,
            EventKind.WITHDRAWN: self._withdrawn,
            EventKind.CLOSED: self._closed,
            EventKind.REOPENED: self._reopened,
        }

    async def filed(self, session: AsyncSession, case: Case, terms: Terms, *, code: str, confirm: str | None) -> None:
        """Tell the resident and the municipality that a case was filed.

        `confirm` is the secret that confirms the resident's address, None when there is nothing to confirm.
        """
        await self._letters.to_resident(
            session,
            "receipt" if case.kind in TIMED_KINDS else "receipt_short",
            case,
            terms,
            code=code,
            confirm_url=self._letters.link(f"/case/confirm/{confirm}") if confirm else "",
            legal_days=LEGAL,
            extension_days=MAX_EXTENSION,
        )
        await self._letters.to_staff(session, "new", case, terms, self._letters.office(case).email)

    async def happened(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Tell whoever must know what happened to a case; `case` and `terms` are as they stand after the event."""
        handler = self._handlers.get(event.kind)
        if handler is not None:
            await handler(session, case, event, terms)

    async def _assigned(self, session: AsyncSession, case: Case, _event: CaseEvent, terms: Terms) -> None:
        await self._letters.to_staff(session, "assigned", case, terms, _assigned_to(case))

    async def _classified(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Tell the resident that the law's term and its written answer now hold (VAĮ 10 str. 4 d., 13 str. 1 d.)."""
        before = kind_before(case, event)
        if case.kind in LEGAL_KINDS and case.kind is not before:
            reason = event.data["reason"]
            await self._letters.to_resident(session, "classified", case, terms, before=before.value, reason=reason)

    async def _extended(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Give the written notice of VAĮ 10 str. 4 d."""
        days, reason = event.data["days"], event.data["reason"]
        await self._letters.to_resident(session, "extended", case, terms, days=days, reason=reason)

    async def _paused(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Give the notice of VAĮ 25 str. 3 d."""
        await self._letters.to_resident(session, "paused", case, terms, reason=event.data["reason"])

    async def _resumed(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Give the notice of VAĮ 25 str. 4 d."""
        await self._letters.to_resident(session, "resumed", case, terms, note=event.data.get("note"))

    async def _forwarded(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Give the notice of VAĮ 11 str. 4 d."""
        to, reason = event.data["to"], event.data["reason"]
        await self._letters.to_resident(session, "forwarded", case, terms, to=to, reason=reason)

    async def _decided(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Give the notice of VAĮ 13 str. 1 d.; when it has left, `DecisionDelivered` records that."""
        marks = decision_marks(event)
        await self._letters.to_resident(session, "decided", case, terms, marks=marks, decision=event.data)

    async def _withdrawn(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        at = f"{local(event.at):%Y-%m-%d %H:%M}"
        await self._letters.to_staff(session, "withdrawn", case, terms, *self._staff(case), at=at)

    async def _closed(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """Tell the resident why nothing was decided; who took the case back, or has the decision, knows."""
        if not ended_before(case, event):
            reason, must_reply = event.data["reason"], case.must_reply
            await self._letters.to_resident(session, "closed", case, terms, reason=reason, must_reply=must_reply)

    async def _reopened(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        reason = event.data["reason"]
        await self._letters.to_resident(session, "reopened", case, terms, reason=reason)
        await self._letters.to_staff(session, "reopened_staff", case, terms, *self._staff(case), reason=reason)

    def _staff(self, case: Case) -> tuple[str | None, str | None]:
        return self._letters.office(case).email, _assigned_to(case)


def build_notices(*, catalogues: Catalogues, clock: Clock, public_url: str) -> Notices:
    """Return the notices with letters of their own."""
    return Notices(Letters(catalogues=catalogues, clock=clock, public_url=public_url))


def kind_before(case: Case, event: CaseEvent) -> CaseKind:
    """Return what the case was before the event."""
    kinds = [
        CaseKind(earlier.data["to"])
        for earlier in case.history
        if earlier.seq < event.seq and earlier.kind is EventKind.CLASSIFIED and "to" in earlier.data
    ]
    return kinds[-1] if kinds else case.filing.kind


def ended_before(case: Case, event: CaseEvent) -> bool:
    """Whether the case, since it was last taken up, was decided or taken back before it was closed."""
    ended = False
    for earlier in case.history:
        if earlier.seq < event.seq:
            if earlier.kind in {EventKind.DECIDED, EventKind.WITHDRAWN}:
                ended = True
            elif earlier.kind is EventKind.REOPENED:
                ended = False
    return ended


def _assigned_to(case: Case) -> str | None:
    return None if case.assignee is None else case.assignee.email
