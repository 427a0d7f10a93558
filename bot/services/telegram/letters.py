"""What an errand sends: its row of the log with what was sent of it before, and the record of what is sent now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Message
from bot.services.outbox import Record
from bot.services.telegram.delivery import Errand
from bot.storage import messages, telegram
from bot.storage.database import Database
from bot.storage.telegram import Place, RowRef


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the log; in a group it answers the message `answered`."""

    row: Message
    answered: int | None


class Letters:
    """Reads letters and records how they leave."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, errand: Errand) -> Letter | None:
        """Return what is to be sent; None when retention has removed it."""
        async with self._database.read() as session:
            row = await messages.row_of(session, errand.conversation, errand.seq)
            if row is None:
                return None
            # Only groups have negative numbers; others may have written there since.
            if errand.chat > 0 or row.turn is None:
                return Letter(row, None)
            asked = await telegram.parts_of(session, errand.bot, errand.chat, errand.conversation, row.turn)
            return Letter(row, asked[0] if asked else None)

    async def sent(self, errand: Errand) -> int:
        """Return how many parts of a row left before: a try before this one may have ended in the middle."""
        async with self._database.read() as session:
            return len(await telegram.parts_of(session, errand.bot, errand.chat, errand.conversation, errand.seq))

    async def note_sent(self, errand: Errand, message_id: int, part: int) -> None:
        """Remember under which number a part of a row stands in the chat."""
        async with self._database.write() as session:
            await _map_part(errand, message_id, part, session)


def recorded(errand: Errand, message_id: int, part: int) -> Record:
    """Return how the last part is remembered, in the transaction that records the parcel as sent."""
    return partial(_map_part, errand, message_id, part)


async def _map_part(errand: Errand, message_id: int, part: int, session: AsyncSession) -> None:
    place = Place(errand.bot, errand.chat, message_id)
    await telegram.map_message(session, place, RowRef(errand.conversation, errand.seq, part))
