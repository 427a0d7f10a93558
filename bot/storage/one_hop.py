"""SQLite connections that need one hop to their thread for a statement, where aiosqlite takes four.

aiosqlite runs SQLite in a thread of its own and goes there anew to make a cursor, to execute, to fetch and to close.
Going there takes longer than most statements themselves (docs/benchmarks.md), so all four are done in one visit. A
transaction begins in the visit of its first statement, and one that is not open is neither committed nor rolled back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Any

import aiosqlite

_CHUNK_ROWS = 64


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
        await self._connection.visit(partial(self._run, sqlite3.Cursor.execute, sql, parameters))
        return self

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> OneHopCursor:
        """Execute one statement for each set of parameters."""
        await self._connection.visit(partial(self._run, sqlite3.Cursor.executemany, sql, parameters))
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
            self._connection.begin_if_due(cursor)
            execute(cursor, sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.lastrowid, self.rowcount = cursor.lastrowid, cursor.rowcount
        finally:
            cursor.close()


class OneHopConnection(aiosqlite.Connection):
    """An aiosqlite connection with cursors of the kind above."""

    _begin_with: str | None = None

    def begin_at_next_statement(self, begin: str) -> None:
        """Let the next statement begin a transaction in this way."""
        self._begin_with = begin

    def begin_if_due(self, cursor: sqlite3.Cursor) -> None:
        """Begin the transaction that was asked for; in the connection's thread."""
        begin, self._begin_with = self._begin_with, None
        if begin is not None:
            cursor.execute(begin)

    async def commit(self) -> None:
        """See parent class."""
        self._begin_with = None
        if self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """See parent class."""
        self._begin_with = None
        if self.in_transaction:
            await super().rollback()

    async def visit(self, work: Any) -> None:  # noqa: ANN401 - a call with the connection as its only argument
        """Do some work in the connection's thread."""
        await self._execute(work, self._conn)  # type: ignore[no-untyped-call]

    async def cursor(self) -> OneHopCursor:  # type: ignore[override]
        """See parent class."""
        return OneHopCursor(self)


def connect(database: str, **settings: Any) -> OneHopConnection:  # noqa: ANN401 - as sqlite3.connect
    """Return a connection that is opened when it is awaited; arguments as of `sqlite3.connect`."""
    connection = OneHopConnection(partial(sqlite3.connect, database, **settings), iter_chunk_size=_CHUNK_ROWS)
    # A connection that was never closed must not keep the process alive.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does for aiosqlite's own connections
    return connection
