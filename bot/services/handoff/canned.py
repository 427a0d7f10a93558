"""Prepared replies: those of a municipality and those of all, found by their shortcuts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.handoff import MAX_REPLY_CHARACTERS, CannedReply, HandoffRefusedError, accepted_line
from bot.core.operators import Operator, Permission, Role, may
from bot.core.text_rules import accepted_text
from bot.errors import LangelisError, RefusedMessageError, UnknownMunicipalityError
from bot.services.handoff.tools import Tools
from bot.storage import canned as storage
from bot.storage import desk_events
from bot.storage.desk_events import EventKind

CANNED = "canned"
"""In an event's body: the number of the prepared reply that it tells of, which may be removed."""
_SHORTCUT = re.compile(r"[^\W_](?:[\w-]{0,38}[^\W_])?")
_LONGEST_TITLE = 120


class CannedImportError(LangelisError):
    """An entry of an import is refused, and with it the whole; `number` counts from 1, `code` says why."""

    def __init__(self, number: int, code: str) -> None:
        super().__init__(f"entry {number}: {code}")
        self.number = number
        self.code = code


class Canned:
    """Lists and edits prepared replies."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def listed(self, operator: Operator, municipality: str | None) -> tuple[CannedReply, ...]:
        """Return the replies of an operator's municipalities and those of all, by shortcut."""
        async with self._tools.database.read() as session:
            every = await storage.every(session)
        return tuple(
            reply
            for reply in every
            if may(operator, Permission.USE_CANNED, reply.municipality)
            and (municipality is None or reply.municipality in {None, municipality})
        )

    async def add(
        self, operator: Operator, *, municipality: str | None, shortcut: str, title: str, text: str
    ) -> CannedReply:
        """Store a new reply.

        Raises `HandoffRefusedError` with `forbidden`, `shortcut_taken`, `bad_frame`, `text_empty` or `text_too_long`,
        `RefusedMessageError` for the text, `UnknownMunicipalityError`.
        """
        new = self._accepted(CannedReply(id=0, municipality=municipality, shortcut=shortcut, title=title, text=text))
        now = self._tools.clock.now()
        _check(operator, municipality)
        async with self._tools.database.write() as session:
            _refuse_taken(new, await storage.every(session))
            stored = await _added(session, new, now)
            await desk_events.add(
                session, EventKind.CANNED, municipality=stored.municipality, body={CANNED: stored.id}, at=now
            )
        self._tools.wake("")
        return stored

    async def take_in(self, operator: Operator, wanted: Sequence[CannedReply]) -> int:
        """Store many replies, all or none, in place of those with the same shortcut; return how many.

        Raises `CannedImportError`.
        """
        accepted = self._all_accepted(operator, wanted)
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            known = {(reply.municipality, reply.shortcut): reply.id for reply in await storage.every(session)}
            for reply in accepted:
                number = known.get((reply.municipality, reply.shortcut))
                if number is None:
                    number = (await _added(session, reply, now)).id
                else:
                    await storage.change(session, replace(reply, id=number), now)
                await desk_events.add(
                    session, EventKind.CANNED, municipality=reply.municipality, body={CANNED: number}, at=now
                )
        self._tools.wake("")
        return len(accepted)

    def _all_accepted(self, operator: Operator, wanted: Sequence[CannedReply]) -> list[CannedReply]:
        accepted, seen = list[CannedReply](), set[tuple[str | None, str]]()
        for number, reply in enumerate(wanted, start=1):
            try:
                good = self._accepted(reply)
                _check(operator, good.municipality)
            except (HandoffRefusedError, RefusedMessageError) as error:
                raise CannedImportError(number, error.code) from error
            except UnknownMunicipalityError as error:
                raise CannedImportError(number, "unknown_municipality") from error
            if (good.municipality, good.shortcut) in seen:
                raise CannedImportError(number, "shortcut_taken")
            seen.add((good.municipality, good.shortcut))
            accepted.append(good)
        return accepted

    async def change(self, operator: Operator, changed: CannedReply) -> CannedReply:
        """Store what a reply says from now on. Raises as `add`, and `unknown_canned`."""
        accepted, now = self._accepted(changed), self._tools.clock.now()
        async with self._tools.database.write() as session:
            before = await storage.by_id(session, changed.id)
            if before is None:
                raise HandoffRefusedError("unknown_canned")
            _check(operator, before.municipality)
            _check(operator, accepted.municipality)
            _refuse_taken(accepted, await storage.every(session))
            await storage.change(session, accepted, now)
            for municipality in {before.municipality, accepted.municipality}:
                await desk_events.add(
                    session, EventKind.CANNED, municipality=municipality, body={CANNED: changed.id}, at=now
                )
        self._tools.wake("")
        return accepted

    async def remove(self, operator: Operator, number: int) -> None:
        """Remove a reply. Raises `HandoffRefusedError` with `unknown_canned` or `forbidden`."""
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            before = await storage.by_id(session, number)
            if before is None:
                raise HandoffRefusedError("unknown_canned")
            _check(operator, before.municipality)
            await storage.remove(session, number)
            await desk_events.add(
                session, EventKind.CANNED, municipality=before.municipality, body={CANNED: number}, at=now
            )
        self._tools.wake("")

    async def get(self, number: int) -> CannedReply:
        """Return a reply. Raises `HandoffRefusedError` with `unknown_canned`."""
        async with self._tools.database.read() as session:
            found = await storage.by_id(session, number)
        if found is None:
            raise HandoffRefusedError("unknown_canned")
        return found

    def _accepted(self, reply: CannedReply) -> CannedReply:
        if reply.municipality is not None:
            self._tools.catalogues.get(reply.municipality)
        if not _SHORTCUT.fullmatch(reply.shortcut):
            raise HandoffRefusedError("bad_frame")
        return CannedReply(
            id=reply.id,
            municipality=reply.municipality,
            shortcut=reply.shortcut.lower(),
            title=accepted_line(reply.title, _LONGEST_TITLE),
            text=accepted_text(reply.text, MAX_REPLY_CHARACTERS),
        )


async def _added(session: AsyncSession, new: CannedReply, now: datetime) -> CannedReply:
    return await storage.add(
        session, municipality=new.municipality, shortcut=new.shortcut, title=new.title, text=new.text, now=now
    )


def _check(operator: Operator, municipality: str | None) -> None:
    """Raise `HandoffRefusedError` unless the operator may edit these; those of all are the administrators'."""
    of_all = municipality is None and operator.role is not Role.ADMINISTRATOR
    if of_all or not may(operator, Permission.MANAGE_CANNED, municipality):
        raise HandoffRefusedError("forbidden")


def _refuse_taken(new: CannedReply, every: tuple[CannedReply, ...]) -> None:
    if any(
        other.id != new.id and other.municipality == new.municipality and other.shortcut == new.shortcut
        for other in every
    ):
        raise HandoffRefusedError("shortcut_taken")
