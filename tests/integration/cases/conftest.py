"""A desk over a real SQLite file and the shipped packs, with the notices that it sends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timezone

import pytest
from sqlalchemy import select

from bot.core.case import Actor, Case, CaseEvent, Contact, EventKind, Filing, events_of
from bot.core.case_rules import Command
from bot.services.cases.desk import CaseDesk
from bot.services.cases.letters import Letters
from bot.services.cases.notices import Notices
from bot.services.cases.reminders import Reminders
from bot.services.catalogues import Catalogues
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.tables import OutboxRow
from tests.fakes import FakeClock
from tests.unit.services.cases.samples import FILED_AT, FILING, OFFICIAL

URL = "https://langelis.example.lt"
RESIDENT_MAIL, QUALITY_MAIL, EXAMINER_MAIL = "jonas@pastas.lt", "svietimas.kokybe@trakai.lt", "petras@trakai.lt"
WITHOUT_EMAIL = replace(FILING, contact=Contact(name="Jonas Jonaitis", phone="+370 600 00000"))


@dataclass(frozen=True)
class Posted:
    """A mail in the outbox."""

    kind: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str | None
    marks: dict[str, object]


class Office:
    """The parts that deal with cases, and short ways to use them."""

    def __init__(self, database: Database, clock: FakeClock, catalogues: Catalogues) -> None:
        self.database, self.clock = database, clock
        self.letters = Letters(catalogues=catalogues, clock=clock, public_url=URL)
        self.desk = CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=Notices(self.letters))
        self.reminders = Reminders(database=database, clock=clock, catalogues=catalogues, letters=self.letters)
        self._seen = 0

    async def file(self, filing: Filing = FILING) -> str:
        """File a case and return its number."""
        return (await self.desk.file(filing, "ABCD-EFGH")).case.number

    async def act(self, number: str, *commands: Command, actor: Actor = OFFICIAL) -> Case:
        """Do these things with a case, one after the other."""
        for command in commands:
            await self.desk.act(number, command, actor)
        return (await self.desk.get(number)).case

    async def history(self, number: str, kind: EventKind) -> tuple[CaseEvent, ...]:
        """Return a case's events of one kind."""
        return events_of((await self.desk.get(number)).case.history, kind)

    async def posted(self) -> list[Posted]:
        """Return what was put into the outbox since the last time this was asked."""
        query = select(OutboxRow.id, OutboxRow.kind, OutboxRow.body).where(OutboxRow.id > self._seen)
        async with self.database.read() as session:
            rows = (await session.execute(query.order_by(OutboxRow.id))).all()
        self._seen = max((row.id for row in rows), default=self._seen)
        own = {"to", "subject", "text", "html", "reply_to"}
        return [
            Posted(
                kind=row.kind,
                **{name: row.body[name] for name in own},
                marks={name: value for name, value in row.body.items() if name not in own},
            )
            for row in rows
        ]

    async def posted_to(self) -> list[str]:
        """Return to whom mails were put into the outbox since the last time."""
        return [mail.to for mail in await self.posted()]


@pytest.fixture
async def database(imported: Settings) -> AsyncIterator[Database]:
    """A database with the shipped packs."""
    opened = Database(imported.database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def office(database: Database) -> Office:
    """An office with the shipped packs, at the moment of the samples: Wednesday 2026-12-23, 10:00 in Vilnius."""
    clock = FakeClock(FILED_AT)
    catalogues = Catalogues(database, clock)
    await catalogues.refresh()
    return Office(database, clock, catalogues)


def set_local_noon(clock: FakeClock, year: int, month: int, day: int) -> None:
    """Move the clock to a day's noon in Vilnius in winter."""
    noon = datetime(year, month, day, 10, tzinfo=timezone.utc)
    clock.move(seconds=(noon - clock.now()).total_seconds())
