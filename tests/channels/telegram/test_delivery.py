"""How messages leave: in order, at Telegram's pace, again after a failure, and given up where all can see it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.app import Core
from bot.core.conversation import Author
from bot.core.reply import Button, Reply
from bot.services.log import say
from bot.storage import notes, outbox
from bot.storage.outbox import ParcelState
from tests.bot_api import BotApi, Trouble
from tests.channels.telegram.chatting import chat_of, until_worked_off
from tests.fakes import FakeClock, FakeEngine
from tests.waiting import until


async def speak(core: Core, chat: int, *texts: str) -> None:
    """Let the bot say something by itself in the conversation that a chat carries on."""
    conversation = (await chat_of(core, chat)).conversation
    async with core.database.write() as session:
        for text in texts:
            await say(session, conversation, core.clock.now(), author=Author.BOT, reply=Reply(text=text))


async def begun(core: Core, api: BotApi, *chats: int) -> None:
    """Let residents say hello and forget what was sent for it."""
    for chat in chats:
        api.write("Labas", chat=chat)
        await api.until_sent(2, chat=chat)
    api.calls.clear()


async def states(core: Core) -> dict[ParcelState, int]:
    """Return how many parcels are at what."""
    async with core.database.read() as session:
        seen = await outbox.overview(session, {"telegram"})
    return {state: count for state, count in seen.counts.items() if count}


async def notes_of(core: Core, chat: int) -> list[str]:
    """Return the operators' notes about a chat's conversation."""
    async with core.database.read() as session:
        return [note.text for note in await notes.of_conversation(session, (await chat_of(core, chat)).conversation)]


async def test_messages_of_a_chat_come_in_order_and_a_second_apart(core: Core, api: BotApi) -> None:
    await begun(core, api, 1)
    await speak(core, 1, "vienas", "du", "trys")
    came = await api.until_sent(3)
    assert [call.text for call in came] == ["vienas", "du", "trys"]
    assert all(later.at - earlier.at >= 1.0 for earlier, later in pairwise(came))


async def test_at_most_thirty_messages_leave_in_any_second(core: Core, api: BotApi, engine: FakeEngine) -> None:
    chats = range(1, 41)
    for chat in chats:
        api.write("Labas", chat=chat)
    came = await api.until_sent(80, seconds=30)
    for call in came:
        assert len([other for other in came if call.at <= other.at < call.at + 1.0]) <= 30
    for chat in chats:
        assert [call.text.split(" ")[0] for call in api.sent(chat)] == ["Laba", "atsakymas:"]


async def test_when_told_to_slow_down_it_waits_and_keeps_the_order(core: Core, api: BotApi, clock: FakeClock) -> None:
    await begun(core, api, 1)
    api.trouble["sendMessage"].append(Trouble(429, "Too Many Requests", {"retry_after": 2}))
    await speak(core, 1, "vienas", "du")
    await api.until_called("refused sendMessage")

    async def postponed() -> bool:
        async with core.database.read() as session:
            seen = await outbox.overview(session, {"telegram"}, state=ParcelState.WAITING)
        return any(parcel.last_error is not None for parcel in seen.parcels)

    await until(postponed)
    clock.move(seconds=1.9)
    refused = api.calls[0].at
    clock.move(seconds=0.1)
    came = await api.until_sent(2)
    assert [call.text for call in came] == ["vienas", "du"]
    assert came[0].at - refused >= 2
    async with core.database.read() as session:
        seen = await outbox.overview(session, {"telegram"})
    assert {parcel.attempts for parcel in seen.parcels} == {0}


@pytest.mark.parametrize(
    "trouble",
    [Trouble(500, "Internal Server Error"), Trouble(502, "Bad Gateway"), Trouble(0, hang=True)],
    ids=["500", "502", "hang"],
)
async def test_what_fails_is_tried_again_and_nothing_overtakes_it(
    trouble: Trouble, core: Core, api: BotApi, clock: FakeClock
) -> None:
    await begun(core, api, 1, 2)
    api.trouble["sendMessage"].append(trouble)
    await speak(core, 1, "vienas", "du")

    async def failed() -> bool:
        async with core.database.read() as session:
            seen = await outbox.overview(session, {"telegram"}, state=ParcelState.WAITING)
        return {parcel.attempts for parcel in seen.parcels} == {0, 1}

    await until(failed)
    await speak(core, 2, "kitam")
    assert [call.text for call in await api.until_sent(1)] == ["kitam"]
    clock.move(seconds=3)
    assert [call.text for call in await api.until_sent(2, chat=1)] == ["vienas", "du"]


async def test_a_refused_message_is_given_up_with_a_line_for_the_operators(core: Core, api: BotApi) -> None:
    await begun(core, api, 1)
    api.trouble["sendMessage"].append(Trouble(400, "Bad Request: chat not found"))
    await speak(core, 1, "vienas", "du")
    assert [call.text for call in await api.until_sent(1)] == ["du"]
    assert await notes_of(core, 1) == [
        "Gyventojas negavo žinutės „vienas“. „Telegram“ žinutės nepriėmė: Chat not found."
    ]
    assert (await states(core))[ParcelState.DEAD] == 1
    assert not (await chat_of(core, 1)).unreachable


async def test_a_resident_who_blocks_the_bot_is_marked_until_writing_again(core: Core, api: BotApi) -> None:
    await begun(core, api, 1)
    api.blocked.add(1)
    await speak(core, 1, "vienas")

    async def is_marked() -> bool:
        return (await chat_of(core, 1)).unreachable

    await until(is_marked)
    assert await notes_of(core, 1) == [
        "Gyventojas negavo žinutės „vienas“. Jis užblokavo robotą arba pašalino jį iš grupės."
    ]
    api.blocked.clear()
    api.write("Vėl čia")
    await api.until_sent(1)
    assert not (await chat_of(core, 1)).unreachable


async def test_blocking_is_known_before_anything_is_sent(core: Core, api: BotApi) -> None:
    await begun(core, api, 1)
    user = {"id": 1, "is_bot": False, "first_name": "Ona"}
    bot = {"id": 4242, "is_bot": True, "first_name": "Langelis"}
    member = {
        "chat": {"id": 1, "type": "private"},
        "from": user,
        "date": 1795255200,
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
    }
    api.push({"my_chat_member": member})
    await until_worked_off(core, api)
    assert (await chat_of(core, 1)).unreachable


async def test_an_answer_in_parts_is_not_repeated_from_its_beginning(
    core: Core, api: BotApi, engine: FakeEngine, clock: FakeClock
) -> None:
    engine.answerer = lambda _: (Reply(text="Sakinys. " * 900, buttons=(Button("Taip", "/affirm"),)),)
    await begun(core, api)
    api.write("pasakok")
    await api.until_sent(1)
    api.trouble["sendMessage"].append(Trouble(500))
    await api.until_called("refused sendMessage")

    async def failed() -> bool:
        async with core.database.read() as session:
            seen = await outbox.overview(session, {"telegram"}, state=ParcelState.WAITING)
        return any(parcel.attempts == 1 for parcel in seen.parcels)

    await until(failed)
    clock.move(seconds=3)
    came = await api.until_sent(3)
    assert [call.text.count("Sakinys.") for call in came[1:]] == [455, 445]


async def test_the_lock_of_a_keyboard_that_is_gone_is_no_failure(core: Core, api: BotApi, engine: FakeEngine) -> None:
    engine.answerer = lambda turn: (
        (Reply(text="?", buttons=(Button("Taip", "/affirm"),)),) if turn.text == "?" else (Reply(text="gerai"),)
    )
    api.write("?")
    question = (await api.until_sent(2))[-1]
    api.trouble["editMessageReplyMarkup"].append(Trouble(400, "Bad Request: message to edit not found"))
    api.press(question, "Taip")
    await api.until_called("refused editMessageReplyMarkup")
    await api.until_sent(3)

    async def all_sent() -> bool:
        return set(await states(core)) == {ParcelState.SENT}

    await until(all_sent)
