"""The line is cut at every awkward moment; nothing is lost and nothing comes twice."""

import pytest
from playwright.async_api import Page, expect

from .chat import Chat
from .wire import Frame, Wire

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def opened(page: Page, base: str) -> Chat:
    await page.goto(f"{base}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    return chat


async def assert_the_log_is_whole(chat: Chat) -> None:
    """Without gaps and repeats, on screen and, after a reload, on the server."""
    numbers = await chat.numbers()
    texts = await chat.texts()
    assert numbers == list(range(1, len(numbers) + 1))
    await chat.page.reload()
    await expect(chat.log.locator("[data-seq]")).to_have_count(len(numbers))
    assert await chat.texts() == texts


async def test_what_is_written_without_a_line_is_sent_when_it_is_back(page: Page, wire: Wire, live_server: str) -> None:
    chat = await opened(page, live_server)
    await chat.ask("Pirmas klausimas")
    await wire.cut()
    await expect(chat.status).to_contain_text("Ryšys nutrūko")
    before = await chat.from_bot.count()
    await chat.write("Antras klausimas")
    await expect(chat.unsent).to_contain_text("siunčiama")
    wire.mend()
    await chat.answered(before)
    await expect(chat.log.get_by_text("Antras klausimas", exact=True)).to_have_count(1)
    await assert_the_log_is_whole(chat)


async def test_a_lost_acknowledgement_does_not_make_a_second_message(page: Page, wire: Wire, live_server: str) -> None:
    chat = await opened(page, live_server)

    def lose_the_answer(frame: Frame) -> Frame | None:
        return frame if frame["type"] in {"welcome", "pong"} else None

    passed, wire.rewrite = wire.rewrite, lose_the_answer
    await chat.write("Ar girdite?")
    await expect(chat.unsent).to_have_count(1)
    await wire.drop()
    wire.rewrite = passed
    await chat.answered(1)
    await expect(chat.log.locator(".by-resident")).to_have_count(1)
    assert len({str(frame["client_id"]) for frame in wire.messages()}) == 1
    await assert_the_log_is_whole(chat)


async def test_what_was_said_meanwhile_arrives_after_the_break(page: Page, wire: Wire, live_server: str) -> None:
    chat = await opened(page, live_server)
    wire.hold()
    await chat.write("Laba diena")
    await wire.cut()
    wire.mend()
    wire.release()
    await chat.answered(1)
    hello = [frame for frame in wire.sent if frame["type"] == "hello"][-1]
    assert hello["after"] == 1
    assert hello["token"]
    await assert_the_log_is_whole(chat)


async def test_a_reload_without_a_line_keeps_the_unsent_message(page: Page, wire: Wire, live_server: str) -> None:
    chat = await opened(page, live_server)
    await wire.cut()
    await chat.write("Nepamirškite manęs")
    await expect(chat.unsent).to_have_count(1)
    wire.mend()
    await page.reload()
    await chat.answered(1)
    await expect(chat.log.get_by_text("Nepamirškite manęs", exact=True)).to_have_count(1)


async def test_a_refused_message_can_be_sent_again_or_deleted(page: Page, wire: Wire, live_server: str) -> None:
    chat = await opened(page, live_server)

    refusal: Frame = {"code": "rate_limited", "message": "Per daug žinučių. Palaukite 12 s."}
    wire.refusal = refusal
    await chat.write("Pirma")
    await expect(chat.unsent).to_contain_text("Nepavyko išsiųsti. Per daug žinučių. Palaukite 12 s.")
    wire.refusal = None
    await chat.unsent.get_by_role("button", name="Siųsti dar kartą").click()
    await chat.answered(1)
    assert [frame["client_id"] for frame in wire.messages()] == [wire.messages()[0]["client_id"]] * 2
    wire.refusal = refusal
    await chat.write("Antra")
    await chat.unsent.get_by_role("button", name="Ištrinti").click()
    await expect(chat.unsent).to_have_count(0)
    await assert_the_log_is_whole(chat)


async def test_a_forgotten_conversation_gives_way_to_a_new_one(page: Page, live_server: str) -> None:
    await page.add_init_script("localStorage.setItem('langelis:trakai', 'niekada-nebuvo')")
    chat = await opened(page, live_server)
    await chat.ask("Laba diena")
    await expect(chat.from_resident).to_have_count(1)
