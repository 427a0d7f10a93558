"""What the commands about cases share: the desk over the database, opened in one place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.core.clock import Clock, SystemClock
from bot.logging_setup import set_up_logging
from bot.services.cases.desk import CaseDesk
from bot.services.cases.letters import Letters
from bot.services.cases.notices import Notices
from bot.services.cases.pushes import Pushes
from bot.services.catalogues import Catalogues
from bot.services.texts import Texts
from bot.settings import Settings
from bot.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class OpenDesk:
    """The desk and what stands behind it."""

    desk: CaseDesk
    database: Database
    catalogues: Catalogues
    clock: Clock


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[OpenDesk]:
    """Open the desk over the catalogues that were imported; the database is closed at the end."""
    be_quiet(settings)
    database, clock = Database(settings.database_url), SystemClock()
    try:
        await database.upgrade()
        catalogues = Catalogues(database, clock)
        await catalogues.refresh()
        notices = Notices(Letters(catalogues=catalogues, clock=clock, public_url=settings.public_url))
        desk = CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=notices, pushes=Pushes(Texts()))
        yield OpenDesk(desk=desk, database=database, catalogues=catalogues, clock=clock)
    finally:
        await database.close()


def be_quiet(settings: Settings) -> None:
    """Log warnings only: a command says its one line of trouble, not that catalogues were loaded."""
    if settings.log_level == "INFO":
        set_up_logging(replace(settings, log_level="WARNING"))
