"""Desks for tests: with notices that write one mail and remember it, or fail."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import Case, CaseEvent
from bot.core.case_progress import Terms
from bot.core.clock import Clock
from bot.services.cases.desk import CaseDesk
from bot.services.cases.letters import Letters
from bot.services.cases.notices import Notices
from bot.services.catalogues import Catalogues
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.tables import CaseCounterRow, CaseEventRow, CaseRow, OutboxRow


class FailingNoticeError(Exception):
    """The notice could not be written."""


class RecordingNotices(Notices):
    """Writes one row into the outbox for each notice; fails, after the row was written, while `fails` is set."""

    def __init__(self, catalogues: Catalogues, clock: Clock) -> None:
        super().__init__(Letters(catalogues=catalogues, clock=clock, public_url=""))
        self._now = clock
        self.told: list[tuple[str, str]] = []
        self.codes: list[str] = []
        self.confirms: list[str | None] = []
        self.fails = False

    async def filed(self, session: AsyncSession, case: Case, terms: Terms, *, code: str, confirm: str | None) -> None:
        """See parent class."""
        self.codes.append(code)
        self.confirms.append(confirm)
        await self._tell(session, case, "filed")

    async def happened(self, session: AsyncSession, case: Case, event: CaseEvent, terms: Terms) -> None:
        """See parent class."""
        await self._tell(session, case, event.kind.value)

    async def _tell(self, session: AsyncSession, case: Case, what: str) -> None:
        await outbox.add(session, "mail", {"case": case.number, "notice": what}, self._now.now())
        if self.fails:
            raise FailingNoticeError
        self.told.append((case.number, what))


def desk_over(database: Database, clock: Clock, catalogues: Catalogues) -> tuple[CaseDesk, RecordingNotices]:
    """Return a desk and its notices."""
    notices = RecordingNotices(catalogues, clock)
    return CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=notices), notices


async def numbers(database: Database, municipality: str = "trakai") -> list[str]:
    """Return the numbers of a municipality's register, in order."""
    query = select(CaseRow.number).where(CaseRow.municipality_id == municipality).order_by(CaseRow.number)
    async with database.read() as session:
        return list((await session.execute(query)).scalars())


async def rows(database: Database) -> dict[str, int]:
    """Return how many cases, events and mails there are, and the newest number of all registers together."""
    async with database.read() as session:
        held = {
            name: len((await session.execute(select(table))).all())
            for name, table in (("cases", CaseRow), ("events", CaseEventRow), ("mails", OutboxRow))
        }
        last = (await session.execute(select(CaseCounterRow.last))).scalars()
        return {**held, "last": sum(last)}
