"""What of the log leaves to Telegram: a parcel for each row, written in the transaction that adds the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Author, Message
from bot.storage import outbox, telegram
from bot.storage.telegram import Chat

KIND = "telegram"
"""The outbox rows that go to Telegram."""
CLIENT_MARK = "tg:"
"""The client ids of what residents wrote on Telegram begin so: it need not be sent back there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What to do in a chat: send a row of the log, or with `pressed` lock the keyboard under the message `message_id`.

    It only points at what is to be sent: no words lie in the outbox.
    """

    bot: str
    chat: int
    conversation: str
    seq: int
    message_id: int | None = None
    pressed: str | None = None

    @property
    def lane(self) -> str:
        """What must keep its order: the messages of a chat; keyboards are locked beside them."""
        chat = f"{self.bot}:{self.chat}"
        return chat if self.pressed is None else f"{chat}:keyboards"


def errand_of(body: Mapping[str, object]) -> Errand | None:
    """Return the errand of an outbox row; None for one that retention has emptied."""
    return msgspec.convert(body, Errand) if body else None


async def deliver(session: AsyncSession, rows: Sequence[Message]) -> None:
    """Let those of the rows leave that the resident does not have yet, if a chat carries the conversation on."""
    leaving = [row for row in rows if row.author is not Author.RESIDENT or _from_elsewhere(row)]
    if not leaving:
        return
    chat = await telegram.chat_of(session, leaving[0].conversation)
    if chat is not None:
        for row in leaving:
            await put(session, errand_for(chat, row.seq), row.at)


def errand_for(chat: Chat, seq: int) -> Errand:
    """Return the errand that sends a row of the chat's conversation."""
    return Errand(bot=chat.bot, chat=chat.chat, conversation=chat.conversation, seq=seq)


async def put(session: AsyncSession, errand: Errand, now: datetime) -> None:
    """Put an errand in the outbox; call it in the transaction that causes it."""
    await outbox.add(session, KIND, asdict(errand), now, lane=errand.lane)


def _from_elsewhere(row: Message) -> bool:
    """Whether the resident wrote it on the website, while the conversation is carried on on Telegram too."""
    return not (row.client_id or "").startswith(CLIENT_MARK)
