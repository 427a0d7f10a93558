"""What tests of Telegram look at: the log behind a chat, and operators who speak in it."""

from __future__ import annotations

from bot.app import Core
from bot.core.conversation import Message
from bot.storage import telegram, telegram_updates
from bot.storage.telegram import Chat
from tests.bot_api import BotApi
from tests.waiting import until


async def chat_of(core: Core, chat: int, bot: str = "all") -> Chat:
    """Return a chat that has written."""
    async with core.database.read() as session:
        found = await telegram.chat(session, bot, chat)
    assert found is not None
    return found


async def log_of(core: Core, chat: int, bot: str = "all") -> tuple[Message, ...]:
    """Return the log of the conversation that a chat carries on."""
    return await core.hub.log_after((await chat_of(core, chat, bot)).conversation, 0)


async def lines_of(core: Core, chat: int, bot: str = "all") -> list[tuple[str, str]]:
    """Return (author, text) of every row behind a chat."""
    return [(row.author.value, row.reply.text) for row in await log_of(core, chat, bot)]


async def until_worked_off(core: Core, api: BotApi) -> None:
    """Wait until all that residents did was taken and worked off."""

    async def nothing_waits() -> bool:
        if api.unconfirmed:
            return False
        async with core.database.read() as session:
            return not await telegram_updates.waiting_chats(session)

    await until(nothing_waits)
