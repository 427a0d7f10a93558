"""Operators of a server that runs in a process of its own, over its database file."""

from pathlib import Path

from bot.core.clock import SystemClock
from bot.services.people.people import build_people
from bot.storage.database import Database
from tests.conftest import CHEAP
from tests.people import MUNICIPALITIES, hired


async def hire(database: Path, *logins: str, municipality: str = "trakai") -> None:
    """Add operators of a municipality to a served database."""
    opened = Database(f"sqlite:///{database}")
    people = build_people(database=opened, clock=SystemClock(), municipalities=lambda: MUNICIPALITIES, cost=CHEAP)
    for login in logins:
        await hired(people, login, municipalities=(municipality,))
    await opened.close()
