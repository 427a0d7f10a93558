"""Alembic's environment: the tables of `bot.storage.tables` over the file that the caller configured."""

from __future__ import annotations

from pathlib import Path

from alembic import context
from sqlalchemy import URL, create_engine

from bot.storage.telegram_tables import metadata

_BUSY_SECONDS = 30.0


def run() -> None:
    """Run the migrations on a connection of their own, in one transaction."""
    path = context.config.attributes.get("path")
    if not isinstance(path, Path):
        msg = "no database: start migrations with `langelis db upgrade`"
        raise TypeError(msg)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
    )
    with engine.connect() as connection:
        # Of processes that start at once one upgrades and the others wait; a failed upgrade leaves nothing.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
