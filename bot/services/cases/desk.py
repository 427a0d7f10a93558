"""The desk at which cases are filed and worked on: each step is one transaction, its mails included."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.attachment import Attachment
from bot.core.case import BOT, RESIDENT, RUNNING_STATES, Actor, Case, CaseEvent, CaseKind, CaseState, EventKind, Filing
from bot.core.case_progress import Terms, terms
from bot.core.case_rules import Command, Withdraw, applied, happen
from bot.core.clock import Clock, local
from bot.core.working_days import receipt_day
from bot.errors import UnknownCaseError
from bot.nlu.entities.registration import RUNNING_DIGITS
from bot.nlu.normalise import fold
from bot.services.case_calendar import CaseCalendar, case_calendar
from bot.services.cases.notices import Notices
from bot.services.cases.pushes import Pushes
from bot.services.catalogues import Catalogues
from bot.storage import attachments, desk_events
from bot.storage import cases as storage
from bot.storage.database import Database

CONSENT_VERSION = "2026-11"
"""Version of the privacy notice in `bot/templates/complaint.yml`; to be raised with its wording."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A case that was filed; `repeated` when the same draft or the same text had been filed before."""

    case: Case
    terms: Terms
    repeated: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register: a case with both clocks as they stand today."""

    case: Case
    terms: Terms


class CaseDesk:
    """Files cases, finds them, and lets officials and residents act on them."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        catalogues: Catalogues,
        notices: Notices,
        pushes: Pushes | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalogues = catalogues
        self._notices = notices
        self._pushes = pushes
        self._calendars: dict[str, tuple[str, CaseCalendar]] = {}

    def calendar(self, municipality: str) -> CaseCalendar:
        """Return the municipality's office hours, rest days and charter term. Raises `UnknownMunicipalityError`."""
        loaded = self._catalogues.get(municipality)
        known = self._calendars.get(municipality)
        if known is None or known[0] != loaded.digest:
            known = self._calendars[municipality] = loaded.digest, case_calendar(loaded.catalogue.municipality)
        return known[1]

    async def file(self, filing: Filing, code: str) -> Filed:
        """Register a case under the next number, once for each draft.

        `code` is the resident's access code; only its hash is stored. The number, the history and the mails are stored
        together or not at all. Raises `UnknownMunicipalityError`.
        """
        calendar = self.calendar(filing.municipality)
        now = self._clock.now()
        async with self._database.write() as session:
            before = await storage.by_draft(session, filing.draft) or await _same(session, filing)
            if before is not None:
                return Filed(before, self.terms(before), repeated=True)
            year = local(now).year
            running = await storage.next_running(session, filing.municipality, year)
            number = f"{calendar.prefix}-{year}-{running:0{RUNNING_DIGITS}}"
            confirm = secrets.token_urlsafe(24) if filing.contact.email else None
            case_id = await storage.add(
                session,
                filing,
                number=number,
                year=year,
                running=running,
                code_hash=hashed_code(number, code),
                confirm_hash=None if confirm is None else hashed(confirm),
                text_digest=text_digest(filing.description),
                received_at=now,
                receipt_day=receipt_day(local(now), calendar.hours, calendar.rest),
            )
            if filing.conversation is not None and filing.files_since is not None:
                await attachments.give_to_case(session, filing.conversation, case_id, filing.files_since)
            # The resident has the receipt at once, in the conversation (ISO 10002, acknowledgement).
            history = (
                CaseEvent(seq=1, kind=EventKind.RECEIVED, at=now, actor=RESIDENT, data={"channel": filing.channel}),
                CaseEvent(seq=2, kind=EventKind.ACKNOWLEDGED, at=now, actor=BOT, data={"channel": filing.channel}),
            )
            await storage.append_events(session, case_id, history)
            case = await _stored(session, number)
            await self._notices.filed(session, case, self.terms(case), code=code, confirm=confirm)
            await self._tell_consoles(session, case)
        return Filed(case, self.terms(case), repeated=False)

    async def act(self, number: str, command: Command, actor: Actor) -> Case:
        """Do something with a case. Raises `UnknownCaseError`, `CaseRuleError`."""
        async with self._database.write() as session:
            case = await _stored(session, number)
            event = happen(case, command, actor, self._clock.now())
            after = applied(case, event)
            await storage.append_events(session, case.id, [event])
            await storage.set_standing(session, after)
            await self._notices.happened(session, after, event, self.terms(after))
            if self._pushes is not None:
                await self._pushes.happened(session, after, event)
            await self._tell_consoles(session, after)
        return after

    async def withdraw(self, number: str) -> Case:
        """Take a case back at the resident's wish. Raises `UnknownCaseError`, `CaseRuleError`."""
        return await self.act(number, Withdraw(), RESIDENT)

    async def get(self, number: str) -> Entry:
        """Return a case. Raises `UnknownCaseError`."""
        async with self._database.read() as session:
            case = await _stored(session, number)
        return Entry(case, self.terms(case))

    async def filed_before(
        self, conversation: str, description: str, *, municipality: str | None = None
    ) -> Case | None:
        """Return the case that was filed in this conversation with the same words, to this municipality, or None."""
        digest = text_digest(description)
        async with self._database.read() as session:
            return await storage.same_text(session, conversation, digest, municipality=municipality)

    async def files_to_come(self, conversation: str, since: datetime) -> list[str]:
        """Return the names of the files that go with a case when it is filed in this conversation now."""
        async with self._database.read() as session:
            return [file.name for file in await attachments.free_of(session, conversation, since)]

    async def files(self, case: Case) -> tuple[Attachment, ...]:
        """Return the files of a case, in the order in which they came."""
        async with self._database.read() as session:
            return tuple(kept.shown for kept in await attachments.of_case(session, case.id))

    async def of_conversation(self, conversation: str) -> tuple[Case, ...]:
        """Return the cases filed in a conversation, newest first."""
        async with self._database.read() as session:
            return await storage.of_conversation(session, conversation)

    async def register(
        self,
        *,
        municipality: str | None = None,
        states: frozenset[CaseState] | None = None,
        kinds: frozenset[CaseKind] | None = None,
    ) -> tuple[Entry, ...]:
        """Return the register: what is overdue first, then what runs by its due date, then what is over."""
        async with self._database.read() as session:
            found = await storage.register(session, municipality=municipality, states=states, kinds=kinds)
        entries = [Entry(case, self.terms(case)) for case in found]
        return tuple(sorted(entries, key=_urgency))

    async def _tell_consoles(self, session: AsyncSession, case: Case) -> None:
        await desk_events.add(
            session,
            desk_events.EventKind.CASE,
            municipality=case.filing.municipality,
            conversation=case.filing.conversation,
            body={desk_events.CASE: case.number},
            at=self._clock.now(),
        )

    def terms(self, case: Case) -> Terms:
        """Return both clocks of a case as they stand today."""
        calendar = self.calendar(case.filing.municipality)
        today = local(self._clock.now()).date()
        return terms(case, charter_days=calendar.charter_days, rest=calendar.rest, today=today)


def hashed(secret: str) -> str:
    """Return the SHA-256 under which a random secret is stored."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def hashed_code(number: str, code: str) -> str:
    """Return the hash of an access code, bound to its case: equal codes do not look equal."""
    return hashed(f"{number}:{code}")


def text_digest(description: str) -> str:
    """Return what two tellings of the same words have in common."""
    return hashed(" ".join(fold(description).split()))


def _urgency(entry: Entry) -> tuple[bool, bool, date, int]:
    runs = entry.case.state in RUNNING_STATES
    return not entry.terms.overdue, not runs, entry.terms.next_due or date.max, entry.case.id


async def _same(session: AsyncSession, filing: Filing) -> Case | None:
    if filing.conversation is None:
        return None
    digest = text_digest(filing.description)
    # A conversation may change its municipality: the wrong one's case is no reason to refuse the right one's.
    return await storage.same_text(session, filing.conversation, digest, municipality=filing.municipality)


async def _stored(session: AsyncSession, number: str) -> Case:
    case = await storage.by_number(session, number)
    if case is None:
        raise UnknownCaseError(number)
    return case
