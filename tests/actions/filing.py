"""Services of the actions over a real database with the shipped packs, and drafts kept in a slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions.base import ActionServices
from bot.core.clock import Clock
from bot.services.bus import Bus
from bot.services.cases.access import CaseAccess
from bot.services.cases.desk import CaseDesk
from bot.services.cases.notices import build_notices
from bot.services.filing.draft import Draft, Place, ReplyTo, When, stored
from bot.services.handoff.availability import Availability
from bot.services.handoff.tasks import Tasks
from bot.services.handoff.tools import Tools
from bot.services.own_data.own_data import build_telling
from bot.services.retention import periods
from bot.settings import Settings
from bot.storage.database import Database
from tests.filing import open_catalogues
from tests.packs import ANSWERING, TEXTS

STORY = "Auklėtoja šaukė ant mano vaiko ir niekas nieko nedarė."


async def open_services(database: Database, clock: Clock) -> ActionServices:
    """Return the services over a database."""
    catalogues = await open_catalogues(database, clock)
    notices = build_notices(catalogues=catalogues, clock=clock, public_url="")
    tools = Tools(database=database, clock=clock, bus=Bus(), texts=TEXTS, catalogues=catalogues)
    availability = Availability(tools)
    return ActionServices(
        catalogues=catalogues,
        texts=TEXTS,
        answering=ANSWERING,
        clock=clock,
        cases=CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=notices),
        access=CaseAccess(database=database, clock=clock),
        availability=availability,
        tasks=Tasks(tools, availability),
        own_data=build_telling(tools, periods(Settings()), ""),
    )


def filled(now: datetime, **given: object) -> Draft:
    """Return a draft in which everything was answered; `given` replaces its fields."""
    answered = Draft(
        touched_at=now,
        story=STORY,
        place=Place(id="lentvario-seniunija"),
        when=When(),
        outcome="",
        reply=ReplyTo(email="ona@example.lt"),
    )
    return replace(answered, **given)  # type: ignore[arg-type]


def slots(draft: Draft | None, **more: object) -> dict[str, object]:
    """Return the slots of a conversation with Trakai that holds this draft."""
    kept = None if draft is None else stored(draft)
    return {"municipality": "trakai", "case_draft": kept, "requested_slot": None, **more}
