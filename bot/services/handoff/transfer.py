"""Transfers: to a colleague, to a department, to another municipality's office, with a note for whoever goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.audit import Actor, AuditAction, AuditObject, AuditRecord
from bot.core.conversation import Owner
from bot.core.handoff import MAX_REPLY_CHARACTERS, HandoffReason, HandoffRefusedError
from bot.core.operators import Operator, Permission, may
from bot.core.text_rules import accepted_text
from bot.services.handoff.departments import departments_of
from bot.services.handoff.talk import put_note
from bot.services.handoff.tools import Tools, owned, signature
from bot.services.people.audit import Audit
from bot.storage import desk_events, operators
from bot.storage import handoff as storage
from bot.storage.desk_events import EventKind
from bot.storage.handoff import Standing


@dataclass(frozen=True, slots=True)
class ToOperator:
    """To a colleague, by id."""

    operator: str


@dataclass(frozen=True, slots=True)
class ToDepartment:
    """To the queue of a department of the same municipality."""

    department: str


@dataclass(frozen=True, slots=True)
class ToMunicipality:
    """To the queue of another municipality."""

    municipality: str


Target = ToOperator | ToDepartment | ToMunicipality


class Transfers:
    """Hands conversations from one operator on."""

    def __init__(self, tools: Tools, audit: Audit) -> None:
        self._tools = tools
        self._audit = audit

    async def transfer(self, operator: Operator, actor: Actor, conversation: str, target: Target, note: str) -> None:
        """Hand an own conversation on; `note` may be empty.

        Raises `HandoffRefusedError` with `closed`, `not_owner`, `forbidden`, `unknown_conversation`,
        `unknown_colleague`, `unknown_department` or `unknown_municipality`, `RefusedMessageError` for the note.
        """
        written = accepted_text(note, MAX_REPLY_CHARACTERS) if note.strip() else None
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            after = Owner.OPERATOR if isinstance(target, ToOperator) else Owner.QUEUED
            standing = await owned(session, operator, conversation, after)
            # Before it leaves: afterwards its scope is another, and those who lose sight of it must know.
            await desk_events.add_of_conversation(session, EventKind.STATE, conversation, {}, now)
            if written is not None:
                await put_note(session, standing, operator, written, now)
            if isinstance(target, ToOperator):
                await self._to_colleague(session, operator, standing, target.operator, now)
            elif isinstance(target, ToDepartment):
                await self._to_department(session, operator, standing, target.department, now)
            else:
                await self._to_municipality(session, operator, standing, target.municipality, now)
            await self._audit.record(session, actor, _record(standing, target))
        self._tools.wake(conversation)

    async def _to_colleague(
        self, session: AsyncSession, operator: Operator, standing: Standing, wanted: str, now: datetime
    ) -> None:
        account = await operators.by_id(session, wanted)
        if account is None or account.operator.id == operator.id:
            raise HandoffRefusedError("unknown_colleague")
        colleague = account.operator
        if not may(colleague, Permission.REPLY, standing.municipality, department=standing.department):
            raise HandoffRefusedError("unknown_colleague")
        await storage.pass_to(session, standing.id, operator.id, signature(colleague), now)
        name = colleague.display_name
        await self._tools.announce(session, standing.id, Owner.OPERATOR, now, "passed_to_colleague", name=name)

    async def _to_department(
        self, session: AsyncSession, operator: Operator, standing: Standing, department: str, now: datetime
    ) -> None:
        loaded = self._tools.catalogues.find(standing.municipality)
        if loaded is None or department not in await departments_of(session, loaded.catalogue):
            raise HandoffRefusedError("unknown_department")
        await self._enqueue(session, operator, standing, now, department=department)
        await self._tools.announce(
            session, standing.id, Owner.QUEUED, now, "passed_to_department", department=department
        )

    async def _to_municipality(
        self, session: AsyncSession, operator: Operator, standing: Standing, municipality: str, now: datetime
    ) -> None:
        loaded = self._tools.catalogues.find(municipality)
        if loaded is None or municipality == standing.municipality:
            raise HandoffRefusedError("unknown_municipality")
        await self._enqueue(session, operator, standing, now, department=None, municipality=municipality)
        await self._tools.announce(
            session,
            standing.id,
            Owner.QUEUED,
            now,
            "passed_to_municipality",
            other=loaded.catalogue.municipality,
        )

    async def _enqueue(
        self, session: AsyncSession, operator: Operator, standing: Standing, now: datetime, **changes: str | None
    ) -> None:
        await storage.enqueue(
            session,
            standing.id,
            Owner.OPERATOR,
            now,
            reason=HandoffReason.TRANSFERRED,
            operator=operator.id,
            changes=changes,
        )


def _record(standing: Standing, target: Target) -> AuditRecord:
    if isinstance(target, ToOperator):
        to = {"operator": target.operator}
    elif isinstance(target, ToDepartment):
        to = {"department": target.department}
    else:
        to = {"municipality": target.municipality}
    return AuditRecord(
        action=AuditAction.CONVERSATION_TRANSFERRED,
        object_type=AuditObject.CONVERSATION,
        object_id=standing.id,
        municipality=standing.municipality,
        data={"to": to},
    )
