"""All that residents may do with their own data, built in one place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.retention import Periods
from bot.engine.base import Engine
from bot.services.attachments.keeper import Attachments
from bot.services.handoff.tools import Tools
from bot.services.own_data.copies import Copies
from bot.services.own_data.erasure import Erasure
from bot.services.own_data.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """The copy of a conversation and its deletion."""

    copies: Copies
    erasure: Erasure


def build_own_data(tools: Tools, engine: Engine, attachments: Attachments) -> OwnData:
    """Build the parts that channels need."""
    erasure = Erasure(
        database=tools.database,
        clock=tools.clock,
        bus=tools.bus,
        texts=tools.texts,
        engine=engine,
        attachments=attachments,
    )
    return OwnData(copies=build_copies(tools), erasure=erasure)


def build_copies(tools: Tools) -> Copies:
    """Build what makes copies."""
    return Copies(database=tools.database, clock=tools.clock, texts=tools.texts, catalogues=tools.catalogues)


def build_telling(tools: Tools, periods: Periods, public_url: str) -> Telling:
    """Build what the bot's actions need."""
    copies = build_copies(tools)
    return Telling(database=tools.database, texts=tools.texts, copies=copies, periods=periods, public_url=public_url)
