"""SQLite connections that need one hop to their thread for a statement, where aiosqlite takes four.

aiosqlite runs SQLite in a thread of its own and goes there anew to make a cursor, to execute, to fetch and to close.
Going there takes longer than most statements themselves (docs/benchmarks.md), so all four are done in one visit. A
transaction begins in the visit of its first statement, and one that is not open is neither committed nor rolled back.
In a transaction that writes, what brings no rows back waits for the next visit: that of a statement that does, or the
commit's. It fails there, and then the transaction takes nothing more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import aiosqlite

_CHUNK_ROWS = 64
_WRITES = ("INSERT ", "UPDATE ", "DELETE ")
_BRINGS_ROWS = " RETURNING "
_Work = Callable[[sqlite3.Connection], None]


class OneHopCursor:
    """Holds what a statement gave; answers all that SQLAlchemy's aiosqlite dialect asks of a cursor."""

    def __init__(self, connection: OneHopConnection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.lastrowid: int | None = None
        self.rowcount = -1

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> OneHopCursor:
        """Execute one statement and fetch its rows."""
        return await self._do(partial(self._run, sqlite3.Cursor.execute, sql, parameters), sql)

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> OneHopCursor:
        """Execute one statement for each set of parameters."""
        return await self._do(partial(self._run, sqlite3.Cursor.executemany, sql, parameters), sql)

    async def _do(self, work: _Work, sql: str) -> OneHopCursor:
        if self._connection.is_writing and sql.startswith(_WRITES) and _BRINGS_ROWS not in sql:
            self._connection.do_at_next_visit(work)
        else:
            await self._connection.visit(work)
        return self

    async def fetchall(self) -> list[Any]:
        """Return the rows that were fetched."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: the statement is over."""

    def _run(self, execute: Any, sql: str, parameters: Any, connection: sqlite3.Connection) -> None:  # noqa: ANN401 - sqlite3's own
        cursor = connection.cursor()
        try:
            execute(cursor, sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.lastrowid, self.rowcount = cursor.lastrowid, cursor.rowcount
        finally:
            cursor.close()


class OneHopConnection(aiosqlite.Connection):
    """An aiosqlite connection with cursors of the kind above."""

    def __init__(self, *given: Any, **settings: Any) -> None:  # noqa: ANN401 - as aiosqlite's
        super().__init__(*given, **settings)
        self._begin: _Work | None = None
        self._waiting: list[_Work] = []
        self._failure: sqlite3.Error | None = None
        self._has_begun = False

    @property
    def is_writing(self) -> bool:
        """Whether a transaction goes on that was announced by `begin_at_next_statement`."""
        return self._has_begun or self._begin is not None

    def begin_at_next_statement(self, begin: str) -> None:
        """Let the next statement begin a transaction in this way."""
        self._begin = partial(_execute, begin)

    def do_at_next_visit(self, work: _Work) -> None:
        """Let some work wait until the thread is visited for something else."""
        self._waiting.append(work)

    async def commit(self) -> None:
        """See parent class; raises what a statement that waited raises."""
        if self._waiting or self._has_begun:
            await self.visit(sqlite3.Connection.commit)
        self._end()

    async def rollback(self) -> None:
        """See parent class."""
        # Also when the statement that begins it is still on its way: whoever waited for that one was cancelled.
        must = self._has_begun or self.in_transaction
        self._end()
        if must:
            await super().rollback()

    async def visit(self, work: _Work) -> None:
        """Do all work that waits and then this, in the connection's thread."""
        if self._failure is not None:
            raise self._failure
        works, self._waiting = [*self._waiting, work], []
        if self._begin is not None:
            works, self._begin, self._has_begun = [self._begin, *works], None, True
        try:
            await self._execute(_work_off, works, self._conn)  # type: ignore[no-untyped-call]
        except sqlite3.Error as error:
            # What stood behind it was not done: nothing of this transaction may be committed any more.
            self._failure = error if self._has_begun else None
            raise

    def _end(self) -> None:
        self._begin, self._waiting, self._failure, self._has_begun = None, [], None, False

    async def cursor(self) -> OneHopCursor:  # type: ignore[override]
        """See parent class."""
        return OneHopCursor(self)


def _execute(sql: str, connection: sqlite3.Connection) -> None:
    connection.execute(sql)


def _work_off(works: Sequence[_Work], connection: sqlite3.Connection) -> None:
    for work in works:
        work(connection)


def connect(database: str, **settings: Any) -> OneHopConnection:  # noqa: ANN401 - as sqlite3.connect
    """Return a connection that is opened when it is awaited; arguments as of `sqlite3.connect`."""
    connection = OneHopConnection(partial(sqlite3.connect, database, **settings), iter_chunk_size=_CHUNK_ROWS)
    # A connection that was never closed must not keep the process alive.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does for aiosqlite's own connections
    return connection
