"""What is kept of chats, and for how long."""

from __future__ import annotations

from bot.app import Core
from bot.storage import telegram, telegram_updates
from channels.telegram.channel import TelegramChannel
from tests.bot_api import BotApi
from tests.channels.telegram.chatting import chat_of, lines_of, until_worked_off
from tests.fakes import FakeClock


async def bodies(core: Core) -> list[object]:
    """Return what the stored updates hold."""
    from sqlalchemy import select

    from bot.storage.telegram_tables import TelegramUpdateRow

    async with core.database.read() as session:
        return list((await session.execute(select(TelegramUpdateRow.body))).scalars())


async def test_an_update_loses_its_words_once_it_is_worked_off_and_goes_after_two_days(
    core: Core, api: BotApi, clock: FakeClock
) -> None:
    api.write("slapti žodžiai")
    await api.until_sent(2)
    await until_worked_off(core, api)
    assert await bodies(core) == [{}]
    clock.move(days=2, seconds=1)
    assert isinstance(core.telegram, TelegramChannel)
    await core.telegram._updates.tidy()
    assert await bodies(core) == []


async def test_a_chat_goes_with_its_conversation_and_begins_anew(core: Core, api: BotApi, clock: FakeClock) -> None:
    api.write("Labas")
    await api.until_sent(2)
    before = (await chat_of(core, 1)).conversation
    clock.move(days=31)
    await core.retention.run()
    async with core.database.read() as session:
        assert await telegram.chat(session, "all", 1) is None
        assert await telegram_updates.waiting_chats(session) == ()
    api.write("Vėl čia")
    came = await api.until_sent(4)
    assert "Aš esu Langelis – robotas" in came[2].text
    assert (await chat_of(core, 1)).conversation != before
    assert [text for author, text in await lines_of(core, 1) if author == "resident"] == ["Vėl čia"]
