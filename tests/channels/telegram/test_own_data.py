"""A conversation on Telegram is deleted by its resident: all of it goes, the chat goes on with the next one."""

from __future__ import annotations

from sqlalchemy import text

from bot.app import Core
from bot.core.conversation import Inbound
from bot.core.reply import Button, Reply
from bot.services.own_data.orders import DELETE
from bot.storage import telegram
from bot.storage.telegram import Place, RowRef
from tests.asking import PATIENCE_SECONDS, raw_bytes
from tests.bot_api import BotApi, Call
from tests.channels.telegram.chatting import chat_of, lines_of, until_worked_off
from tests.fakes import FakeEngine
from tests.integration.test_own_data import telling
from tests.waiting import until

WORDS = ("belezojimas", "kriausaitis")
TABLES = ("messages", "telegram_messages", "telegram_codes", "telegram_chats", "inbox", "trackers", "message_words")


async def rows_of(core: Core, conversation: str) -> dict[str, int]:
    """Return in which tables rows still speak of a conversation, and how many."""
    found: dict[str, int] = {}
    async with core.database.read() as session:
        for table in TABLES:
            query = text(f"SELECT count(*) FROM {table} WHERE conversation_id = :wanted")  # noqa: S608 - names of ours
            found[table] = (await session.execute(query, {"wanted": conversation})).scalar_one()
    return {table: count for table, count in found.items() if count}


def words_in(core: Core) -> set[str]:
    """Return which of the resident's words stand anywhere in the database's files."""
    raw = raw_bytes(core)
    return {word for word in WORDS if word.encode() in raw}


async def until_nothing_waits(core: Core, api: BotApi) -> None:
    """Wait until all updates are worked off and all that was said has left and is recorded."""
    await until_worked_off(core, api)

    async def all_sent() -> bool:
        async with core.database.read() as session:
            waiting = await session.execute(text("SELECT count(*) FROM outbox WHERE state = 'waiting'"))
            return int(waiting.scalar_one()) == 0

    await until(all_sent)


async def ask_to_delete(core: Core, api: BotApi, engine: FakeEngine) -> Call:
    """Let the resident ask for the deletion; return the question that came back."""
    sure = await telling(core).sure((await chat_of(core, 1)).conversation)
    engine.answerer = lambda turn: (sure if turn.text == DELETE else Reply(text=f"atsakymas: {turn.text}"),)
    count = len(api.sent(1))
    api.write("/istrinti")
    asked = (await api.until_sent(count + 1, chat=1))[-1]
    assert asked.buttons[0]["text"] == "Taip, ištrinti"
    await until_nothing_waits(core, api)
    return asked


async def delete(core: Core, api: BotApi, asked: Call) -> None:
    """Let the resident press the button that confirms, and hear the farewell."""
    count = len(api.sent(1))
    api.press(asked, "Taip, ištrinti")
    farewell = (await api.until_sent(count + 1, chat=1))[-1]
    assert farewell.text.startswith("Pokalbis ištrintas.")
    await until_nothing_waits(core, api)


async def expect_gone_and_going_on(core: Core, api: BotApi, before: str) -> None:
    """Nothing is left of the conversation; the chat has the one that follows, in which the bot answers."""
    assert await rows_of(core, before) == {}
    assert words_in(core) == set()
    following = await chat_of(core, 1)
    assert following.conversation != before
    assert [author for author, _ in await lines_of(core, 1)] == ["bot"]
    count = len(api.sent(1))
    api.write("Labas vėl")
    assert (await api.until_sent(count + 1, chat=1))[-1].text == "atsakymas: Labas vėl"
    assert (await chat_of(core, 1)).conversation == following.conversation


async def test_a_conversation_on_telegram_is_deleted_and_the_chat_goes_on(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    api.write("belezojimas kriausaitis")
    await api.until_sent(2)
    before = (await chat_of(core, 1)).conversation
    asked = await ask_to_delete(core, api, engine)
    assert words_in(core) == set(WORDS)
    await delete(core, api, asked)
    await expect_gone_and_going_on(core, api, before)
    assert engine.forgotten == [before]


async def test_one_begun_on_the_website_and_continued_on_telegram_is_deleted_from_there(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    made = await core.hub.open_with_token("web", "trakai", None)
    before = made.conversation.id
    receipt = await core.hub.receive(before, Inbound(text="belezojimas"))
    await core.hub.answers(receipt, PATIENCE_SECONDS)
    code = await core.continuing.code_for(before)
    api.write(code.written)
    await api.until_sent(3, chat=1)
    api.write("kriausaitis")
    await api.until_sent(4, chat=1)
    assert set(await rows_of(core, before)) >= {"messages", "telegram_messages", "telegram_codes", "telegram_chats"}
    asked = await ask_to_delete(core, api, engine)
    assert words_in(core) == set(WORDS)
    await delete(core, api, asked)
    await expect_gone_and_going_on(core, api, before)
    assert (await chat_of(core, 1)).municipality == "trakai"


async def test_the_question_that_was_confirmed_is_locked_though_its_conversation_is_gone(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    api.write("belezojimas")
    await api.until_sent(2)
    asked = await ask_to_delete(core, api, engine)
    await delete(core, api, asked)
    (locked,) = [
        call
        for call in await api.until_called("editMessageReplyMarkup")
        if call.given["message_id"] == asked.given["message_id"]
    ]
    assert [key["text"] for key in locked.buttons] == ["✓ Taip, ištrinti"]


async def test_an_old_button_never_presses_one_of_the_conversation_that_follows(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    api.write("belezojimas")
    await api.until_sent(2)
    asked = await ask_to_delete(core, api, engine)
    await delete(core, api, asked)
    # The rows of the conversation that follows have the same numbers, and other buttons under them.
    engine.answerer = lambda _: (Reply(text="Kas toliau?", buttons=(Button("Kita", "/kita"),)),)
    row = int(asked.buttons[0]["callback_data"].partition(".")[0])
    while (await chat_of(core, 1)).last_seq < row:
        count = len(api.sent(1))
        api.write("dar")
        await api.until_sent(count + 1, chat=1)
        await until_nothing_waits(core, api)
    before = await lines_of(core, 1)
    assert {row - 1, row} & {place for place, line in enumerate(before, start=1) if line == ("bot", "Kas toliau?")}
    for data in (f"{row - 1}.0", f"{row}.0"):
        keyboard = {"inline_keyboard": [[{"text": "Taip, ištrinti", "callback_data": data}]]}
        old = Call("sendMessage", {**asked.given, "message_id": 1, "reply_markup": keyboard}, 0.0)
        api.press(old, "Taip, ištrinti")
    await api.until_called("answerCallbackQuery", 3)
    await until_nothing_waits(core, api)
    assert await lines_of(core, 1) == before


async def test_what_was_still_being_sent_when_its_conversation_went_is_mapped_to_nothing(
    core: Core, api: BotApi
) -> None:
    api.write("belezojimas")
    await api.until_sent(2)
    await until_nothing_waits(core, api)
    before = (await chat_of(core, 1)).conversation
    await core.own_data.erasure.erase(before)
    async with core.database.write() as session:
        await telegram.map_message(session, Place("all", 1, 9000), RowRef(before, 1))
    async with core.database.read() as session:
        assert await telegram.sent(session, "all", 1, 9000) is None
