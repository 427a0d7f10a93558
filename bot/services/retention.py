"""Removes personal data that has been kept long enough, in small transactions; the statistics stay."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.clock import Clock
from bot.core.retention import CaseFile, Limits, Periods, Removal, limits, plan
from bot.services.attachments.keeper import Attachments
from bot.settings import Settings
from bot.storage import retention as storage
from bot.storage.database import Database

log = structlog.get_logger(__name__)

Item = TypeVar("Item")
_Remover = Callable[[AsyncSession, Sequence[Item], Limits], Awaitable[tuple[Item, ...]]]
"""Removes those of the items that are still too old and returns them."""
_BATCH = 50
"""So many chats, drafts or mails go in one transaction: residents who write meanwhile wait for no more than that."""


class RetentionJob:
    """Plans and removes; to be run daily. The files of what was removed go with `attachments`' tidying."""

    def __init__(self, *, database: Database, clock: Clock, periods: Periods, attachments: Attachments) -> None:
        self._database = database
        self._clock = clock
        self._periods = periods
        self._attachments = attachments

    async def plan(self) -> Removal:
        """Return what a run would remove now; nothing is changed."""
        limit = limits(self._periods, self._clock.now())
        async with self._database.read() as session:
            return plan(await storage.held(session, limit), limit)

    async def run(self) -> Removal:
        """Remove what has been kept long enough and return what was removed; a second run finds nothing."""
        now = self._clock.now()
        limit = limits(self._periods, now)
        async with self._database.read() as session:
            planned = plan(await storage.held(session, limit), limit)
        removed = Removal(
            # Case files first: with them go the ties that hold chats.
            case_files=await self._erase_cases(planned.case_files, limit, now),
            case_contacts=await self._erase_contacts(planned.case_contacts, limit, now),
            chats=await self._in_batches(planned.chats, limit, _remove_chats),
            drafts=await self._in_batches(planned.drafts, limit, _remove_drafts),
            mails=await self._in_batches(planned.mails, limit, _empty_mails),
            unsent_mails=await self._in_batches(planned.unsent_mails, limit, _remove_unsent_mails),
            guesses=await self._forget_guesses(limit) if planned.guesses else (),
        )
        # Files last: a run that is killed before leaves files without a row, which the next one removes.
        files = await self._attachments.tidy()
        if files:
            log.info("attachments_removed", count=files)
        if any(removed.counts.values()):
            log.info("retention_ran", **{kind.name.lower(): count for kind, count in removed.counts.items()})
        return removed

    async def _erase_cases(self, cases: Sequence[CaseFile], limit: Limits, now: datetime) -> tuple[CaseFile, ...]:
        erased = list[CaseFile]()
        for case in cases:
            async with self._removing() as session:
                if await storage.erase_case(session, case.id, limit.case_file, now):
                    erased.append(case)
        return tuple(erased)

    async def _erase_contacts(self, cases: Sequence[CaseFile], limit: Limits, now: datetime) -> tuple[CaseFile, ...]:
        erased = list[CaseFile]()
        for case in cases:
            async with self._removing() as session:
                if await storage.erase_contact(session, case.id, limit.case_contact, now):
                    erased.append(case)
        return tuple(erased)

    async def _in_batches(self, items: Sequence[Item], limit: Limits, remove: _Remover[Item]) -> tuple[Item, ...]:
        removed = list[Item]()
        for batch in _batches(items):
            async with self._removing() as session:
                removed += await remove(session, batch, limit)
        return tuple(removed)

    async def _forget_guesses(self, limit: Limits) -> tuple[str, ...]:
        async with self._removing() as session:
            return await storage.remove_guesses(session, limit.guess)

    @asynccontextmanager
    async def _removing(self) -> AsyncIterator[AsyncSession]:
        async with self._database.write() as session:
            await storage.overwrite_removed(session)
            yield session


def periods(settings: Settings) -> Periods:
    """Return for how long each class of data is kept."""
    return Periods(
        chat_days=settings.retention_chat_days,
        case_days=settings.retention_case_days,
        case_contact_days=settings.retention_case_contact_days,
        draft_hours=settings.retention_draft_hours,
        outbox_days=settings.retention_outbox_days,
    )


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


async def _remove_chats(session: AsyncSession, ids: Sequence[str], limit: Limits) -> tuple[str, ...]:
    return await storage.remove_chats(session, ids, limit.chat)


async def _remove_drafts(session: AsyncSession, ids: Sequence[str], limit: Limits) -> tuple[str, ...]:
    return await storage.remove_drafts(session, ids, limit.draft)


async def _empty_mails(session: AsyncSession, ids: Sequence[int], _limit: Limits) -> tuple[int, ...]:
    return await storage.empty_mails(session, ids)


async def _remove_unsent_mails(session: AsyncSession, ids: Sequence[int], _limit: Limits) -> tuple[int, ...]:
    return await storage.remove_unsent_mails(session, ids)
