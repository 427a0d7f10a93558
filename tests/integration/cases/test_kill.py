"""`kill -9` at any step of the work on a case leaves nothing of that work, or all of it with its mails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.core.case import Assignee, CaseState, EventKind
from bot.core.case_rules import Assign
from bot.services.cases.desk import CaseDesk
from bot.services.cases.notices import build_notices
from bot.services.catalogues import Catalogues
from bot.settings import PROJECT_ROOT, Settings
from bot.storage.database import Database
from tests.fakes import FakeClock
from tests.filing import CODE, OFFICIAL, file_case, filing, open_catalogues
from tests.integration.cases.desks import numbers, rows
from tests.integration.cases.killed import FILING, NUMBER, decided_today

# Opening the connection, its transaction's statements and the commit.
FEWEST_STEPS = 8


@pytest.fixture
async def catalogues(imported: Settings, clock: FakeClock) -> AsyncIterator[Catalogues]:
    """The shipped packs, read once for all copies."""
    database = Database(imported.database_url)
    yield await open_catalogues(database, clock)
    await database.close()


@pytest.fixture
def folder(tmp_path: Path, imported_database: Path) -> Path:
    """A folder for the copies, with the template that they are made from."""
    made = tmp_path / "killed"
    made.mkdir()
    shutil.copy(imported_database, made / "template.db")
    return made


@asynccontextmanager
async def opened(path: Path, clock: FakeClock, catalogues: Catalogues) -> AsyncIterator[tuple[Database, CaseDesk]]:
    """Open a database as the next process would, with a desk over it."""
    database = Database(f"sqlite:///{path}")
    notices = build_notices(catalogues=catalogues, clock=clock, public_url="")
    yield database, CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=notices)
    await database.close()


def killed_at_each_step(folder: Path, what: str) -> list[Path]:
    """Return the databases that the killed processes left, and as the last one that of the process which was not."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.integration.cases.killed", str(folder), what]
    done = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, check=False, timeout=240)  # noqa: S603
    assert done.returncode == 0, done.stderr.decode()
    return sorted(path for path in folder.glob("*.db") if path.name != "template.db")


@pytest.mark.timeout(300)
async def test_a_killed_filing_leaves_no_case_or_a_whole_one(
    folder: Path, clock: FakeClock, catalogues: Catalogues
) -> None:
    async with opened(folder / "template.db", clock, catalogues) as (database, desk):
        await file_case(desk, "Ankstesnis skundas")
        earlier = await rows(database)
    assert earlier == {"cases": 1, "events": 2, "mails": 2, "last": 1}
    whole = {"cases": 2, "events": 4, "mails": 4, "last": 2}

    left = killed_at_each_step(folder, "file")
    survived = []
    for path in left:
        async with opened(path, clock, catalogues) as (database, desk):
            found = await rows(database)
            assert found in (earlier, whole), path.name
            survived.append(found == whole)
            # The resident sends the same draft again: one case, whatever the killed process had done.
            filed = await desk.file(FILING, CODE)
            assert (filed.case.number, filed.repeated) == ("TR-2026-000002", found == whole), path.name
            assert [event.kind for event in filed.case.history] == [EventKind.RECEIVED, EventKind.ACKNOWLEDGED]
            assert await rows(database) == whole, path.name
            await desk.file(filing("Kitas skundas"), CODE)
            assert await numbers(database) == ["TR-2026-000001", "TR-2026-000002", "TR-2026-000003"], path.name
    check_steps(survived)


@pytest.mark.timeout(300)
async def test_a_killed_decision_has_not_happened_or_is_told(
    folder: Path, clock: FakeClock, catalogues: Catalogues
) -> None:
    async with opened(folder / "template.db", clock, catalogues) as (database, desk):
        assert (await file_case(desk, "Skundas")).number == NUMBER
        await desk.act(NUMBER, Assign(assignee=Assignee(unit="Švietimo skyrius")), OFFICIAL)
        before = await rows(database)
    whole = {**before, "events": before["events"] + 1, "mails": before["mails"] + 1}

    survived = []
    for path in killed_at_each_step(folder, "decide"):
        async with opened(path, clock, catalogues) as (database, desk):
            found, case = await rows(database), (await desk.get(NUMBER)).case
            assert found in (before, whole), path.name
            survived.append(found == whole)
            assert case.state is (CaseState.DECIDED if found == whole else CaseState.ASSIGNED), path.name
            assert [event.seq for event in case.history] == list(range(1, found["events"] + 1)), path.name
            if found == before:
                await desk.act(NUMBER, decided_today(clock), OFFICIAL)
            assert await rows(database) == whole, path.name
    check_steps(survived)


def check_steps(survived: list[bool]) -> None:
    """Nothing is there until some step, everything from it on: the commit; and there were steps before it."""
    assert survived == sorted(survived)
    assert survived.count(False) >= FEWEST_STEPS
    # Right after the commit, and by the process that was not killed.
    assert survived.count(True) >= 2
