"""Upserts that are compiled once.

SQLAlchemy keeps no compiled form of `INSERT … ON CONFLICT` and would compile it anew for each execution, which takes
longer than SQLite needs for it.
"""

from __future__ import annotations

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.sqlite import Insert, dialect


def compiled_once(statement: Insert) -> TextClause:
    """Return an upsert of whole rows as text; its parameters are the table's columns, with their types."""
    compiled = statement.compile(dialect=dialect(paramstyle="named"))
    columns = (bindparam(name, type_=bind.type) for name, bind in compiled.binds.items())
    return text(str(compiled)).bindparams(*columns)
