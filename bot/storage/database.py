"""The database: one engine for readers, one for the single writer, and Alembic's upgrade."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from sqlite3 import Connection, OperationalError, connect
from typing import TYPE_CHECKING, cast

from sqlalchemy import URL, event, text
from sqlalchemy.engine import Connection as SqlConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.settings import project_path
from bot.storage import one_hop

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 30.0
_LOG_SECONDS = 2.0
_NEWS = "news"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "wal_autocheckpoint=4000",
    # Whatever is replaced or removed is overwritten at once: what a resident has deleted must not stay in free pages.
    "secure_delete=ON",
)


Follower = Callable[[Sequence[object]], None]


def announce(session: AsyncSession, news: object) -> None:
    """Let the followers of the database hear of something once the session's transaction is committed."""
    session.info.setdefault(_NEWS, []).append(news)


class Database:
    """An SQLite file in WAL mode: many readers beside one writer.

    Writers queue for one connection and begin with `BEGIN IMMEDIATE`, so that a transaction that reads and then
    writes never fails with `SQLITE_BUSY_SNAPSHOT`.
    """

    def __init__(self, url: str) -> None:
        self.path = project_path(Path(url.removeprefix("sqlite:///")))
        self._readers = self._engine(pool_size=4)
        self._writer = self._engine(pool_size=1)
        self._followers: list[Follower] = []
        event.listen(self._writer.sync_engine, "begin", _begin_immediate)

    def _engine(self, pool_size: int) -> AsyncEngine:
        engine = create_async_engine(
            URL.create("sqlite+aiosqlite", database=str(self.path)),
            poolclass=AsyncAdaptedQueuePool,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=_BUSY_SECONDS,
            # An error's text goes to the log; what residents wrote must not.
            hide_parameters=True,
            connect_args={"timeout": _BUSY_SECONDS, "isolation_level": None, "async_creator_fn": one_hop.connect},
        )
        event.listen(engine.sync_engine, "connect", _prepare_connection)
        return engine

    async def upgrade(self) -> None:
        """Bring the schema to the newest revision, creating the file when there is none."""
        await asyncio.to_thread(_upgrade, self.path)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session for reading; what it changes is an error of the caller."""
        session = AsyncSession(self._readers, expire_on_commit=False, autoflush=False)
        try:
            yield session
        finally:
            # A reader's connection has no transaction to end: this waits for nothing and cannot be cancelled half-way.
            await session.close()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a unit of work: committed when the block ends, rolled back when it raises."""
        session = AsyncSession(self._writer, expire_on_commit=False, autoflush=False)
        try:
            yield session
            await session.commit()
        except BaseException:
            # To the end also when that is cancelled.
            await asyncio.shield(asyncio.create_task(_roll_back(session)))
            raise
        await session.close()
        news = session.info.pop(_NEWS, ())
        if news:
            for follower in self._followers:
                follower(news)

    def follow(self, follower: Follower) -> Callable[[], None]:
        """Call `follower` after each commit of this process with what was announced; return the call that ends it."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    async def reachable(self) -> bool:
        """Tell whether the database answers."""
        try:
            async with self.read() as session:
                await session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    async def empty_log(self) -> bool:
        """Move all that was committed from the write-ahead log into the file and empty the log; False when in use.

        Until then what was removed from the file can still be read in the log.
        """
        return await asyncio.to_thread(_empty_log, self.path)

    async def close(self) -> None:
        """Close all connections."""
        await self._readers.dispose()
        await self._writer.dispose()


def _empty_log(path: Path) -> bool:
    with closing(connect(path, timeout=_LOG_SECONDS)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _upgrade(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if _revision(path) == newest_revision():
        return
    # Imported here: most starts find the schema up to date and need not wait for Alembic.
    from alembic import command

    command.upgrade(alembic_config(path), "head")


def newest_revision() -> str:
    """Return the revision that the newest migration's file name begins with."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("*_*.py"))


def _revision(path: Path) -> str | None:
    """Return the revision of a database file; None for a new one."""
    with closing(connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except OperationalError:
            return None
    return None if row is None else str(row[0])


def alembic_config(path: Path) -> Config:
    """Return Alembic's configuration for a database file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["path"] = path
    return config


def _prepare_connection(connection: Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def _roll_back(session: AsyncSession) -> None:
    try:
        # Closing alone would not: a commit that failed counts as an end.
        await session.rollback()
    finally:
        await session.close()


def _begin_immediate(connection: SqlConnection) -> None:
    driver = cast("one_hop.OneHopConnection", connection.connection.driver_connection)
    driver.begin_at_next_statement("BEGIN IMMEDIATE")
