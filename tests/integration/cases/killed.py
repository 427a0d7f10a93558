"""A process that is killed in the midst of its work on a case, once for each step of the database's driver.

`python -m tests.integration.cases.killed FOLDER file|decide` copies `FOLDER/template.db` for each step and each of its
sides, lets a child work on the copy and kill itself there, and writes the names of the copies; the last child lives.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiosqlite

from bot.core.case_rules import Decide
from bot.services.cases.desk import CaseDesk
from bot.services.cases.notices import build_notices
from bot.services.catalogues import Catalogues
from bot.storage.database import Database
from tests.fakes import FakeClock
from tests.filing import CODE, OFFICIAL, decision, filing

BEFORE, AFTER = "1-before", "2-after"
DRAFT = "pertrauktas juodraštis"
FILING = filing("Pertrauktas skundas.", draft=DRAFT, conversation="pokalbis")
NUMBER = "TR-2026-000001"
_KILLED = -signal.SIGKILL


@dataclass
class Killer:
    """Kills this process before or after the n-th thing that a connection's thread is asked to do."""

    step: int
    side: str
    seen: int = 0

    def install(self) -> None:
        """Stand in the way of every connection: statements, commits, and opening one."""
        execute = aiosqlite.Connection._execute

        async def dangerous(connection: aiosqlite.Connection, *work: Any, **named: Any) -> Any:  # noqa: ANN401 - aiosqlite's own
            self.seen += 1
            mine = self.seen == self.step
            if mine and self.side == BEFORE:
                os.kill(os.getpid(), signal.SIGKILL)
            done = await execute(connection, *work, **named)  # type: ignore[no-untyped-call]
            if mine:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        patch.object(aiosqlite.Connection, "_execute", dangerous).start()


def decided_today(clock: FakeClock) -> Decide:
    """Return the official's decision."""
    return Decide(decision=replace(decision(), decided_on=clock.now().date()))


async def work(path: Path, what: str, killer: Killer) -> None:
    """File a case, or decide the one that is there."""
    database, clock = Database(f"sqlite:///{path}"), FakeClock()
    catalogues = Catalogues(database, clock)
    await catalogues.refresh()
    notices = build_notices(catalogues=catalogues, clock=clock, public_url="https://langelis.example.lt")
    desk = CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=notices)
    killer.install()
    if what == "file":
        await desk.file(FILING, CODE)
    else:
        await desk.act(NUMBER, decided_today(clock), OFFICIAL)
    # Not a word more to the database: this process is about to end, not to tidy up.
    os._exit(0)


def main(folder: Path, what: str) -> None:
    """Kill one child after another."""
    for step in count(1):
        for side in (BEFORE, AFTER):
            path = folder / f"{step:02}-{side}.db"
            shutil.copy(folder / "template.db", path)
            child = os.fork()
            if child == 0:
                asyncio.run(work(path, what, Killer(step, side)))
            _, status = os.waitpid(child, 0)
            end = os.waitstatus_to_exitcode(status)
            if end not in {0, _KILLED}:
                sys.exit(f"a child ended with {end}")
            if end == 0:
                return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
