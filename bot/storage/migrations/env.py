"""Alembic's environment: the tables of `bot.storage.tables` over the URL that the caller configured."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from bot.storage.tables import Base


def run() -> None:
    """Run the migrations on a connection of their own."""
    url = context.config.get_main_option("sqlalchemy.url")
    if url is None:
        msg = "no sqlalchemy.url: start migrations with `langelis db upgrade`"
        raise RuntimeError(msg)
    engine = create_engine(url)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
