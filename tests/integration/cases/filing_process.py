"""A process that files many cases at once: `python -m tests.integration.cases.filing_process DATABASE COUNT TAG`.

It says "ready" and begins when it reads a line, so that several begin together.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.core.clock import SystemClock
from bot.storage.database import Database
from tests.filing import CODE, filing, open_test_desk


async def main(path: Path, count: int, tag: str) -> None:
    """File so many cases."""
    database = Database(f"sqlite:///{path}")
    desk = await open_test_desk(database, SystemClock())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    await asyncio.gather(*(desk.file(filing(f"Nr. {n}", draft=f"{tag}-{n}"), CODE) for n in range(count)))
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
