"""A resident asks, presses, writes too much, comes back."""

import pytest
from playwright.async_api import Page, expect

from .chat import Chat
from .conftest import PageAt
from .wire import Frame, Wire, with_fields

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CARD: Frame = {
    "kind": "service",
    "title": "Vaiko priėmimas į darželį",
    "lead": "Prašymai priimami visus metus.",
    "sections": [
        {"heading": "Kas teikia", "style": "text", "lines": ["Tel. +370 528 55603"], "asked": False},
        {"heading": "Kokių dokumentų reikia", "style": "list", "lines": ["Prašymas"], "asked": True},
        {"heading": "Kaip gauti", "style": "steps", "lines": ["Užpildykite prašymą."], "asked": False},
    ],
    "warnings": ["2018 m. duomenimis."],
    "links": [
        {"label": "Aprašymas", "url": "https://www.epaslaugos.lt/portal/"},
        {"label": "Pavojinga", "url": "javascript:alert(1)"},
    ],
    "checked": "2026-11-21",
    "checked_label": "Patikrinta 2026-11-21",
}


async def opened(page: Page, base: str) -> Chat:
    await page.goto(f"{base}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    return chat


async def test_a_question_is_sent_and_answered(page: Page, live_server: str) -> None:
    chat = await opened(page, live_server)
    await chat.ask("Laba diena")
    await expect(chat.from_resident).to_have_count(1)
    await expect(chat.from_resident.locator("time")).to_be_visible()
    await expect(chat.from_resident).to_contain_text("Jūs")
    await expect(chat.from_bot.last).to_contain_text("Langelis (robotas)")
    numbers = await chat.numbers()
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_pressed_button_sends_its_payload_and_locks(page: Page, wire: Wire, live_server: str) -> None:
    wire.rewrite = with_fields(
        "bot",
        {"buttons": [{"title": "Pagalba", "payload": "/help"}, {"title": "Ačiū", "payload": "/thanks"}]},
    )
    chat = await opened(page, live_server)
    button = chat.from_bot.first.get_by_role("button", name="Pagalba")
    await button.click()
    await chat.answered(1)
    (frame,) = wire.messages()
    assert (frame["text"], frame["payload"]) == ("Pagalba", "/help")
    await expect(chat.from_resident).to_contain_text("Pagalba")
    await expect(chat.from_bot.first.locator(".choice[aria-disabled=true]")).to_have_count(2)
    await expect(chat.from_bot.first.locator(".choice.chosen")).to_contain_text("Pagalba")
    await button.dispatch_event("click")
    assert len(wire.messages()) == 1


async def test_a_card_shows_the_asked_section_first_and_only_safe_links(
    page: Page, wire: Wire, live_server: str
) -> None:
    wire.rewrite = with_fields("bot", {"card": CARD})
    chat = await opened(page, live_server)
    card = chat.log.locator(".card").first
    await expect(card.get_by_role("heading", level=3)).to_have_text("Vaiko priėmimas į darželį")
    assert await card.get_by_role("heading", level=4).all_inner_texts() == [
        "Kokių dokumentų reikia",
        "Kas teikia",
        "Kaip gauti",
    ]
    await expect(card.locator("ol li")).to_have_text("Užpildykite prašymą.")
    await expect(card.get_by_role("link", name="+370 528 55603")).to_have_attribute("href", "tel:+37052855603")
    await expect(card.get_by_role("link", name="Aprašymas")).to_contain_text("epaslaugos.lt")
    await expect(card.get_by_role("link", name="Pavojinga")).to_have_count(0)
    await expect(card.get_by_text("Patikrinta 2026-11-21")).to_be_visible()


async def test_a_reload_keeps_the_conversation(page: Page, live_server: str) -> None:
    chat = await opened(page, live_server)
    await chat.ask("Laba diena")
    before = await chat.texts()
    await page.reload()
    await expect(chat.log.locator("[data-seq]")).to_have_count(len(before))
    assert await chat.texts() == before


async def test_a_new_conversation_begins_only_after_a_confirmation(page: Page, live_server: str) -> None:
    chat = await opened(page, live_server)
    await chat.ask("Laba diena")
    restart = page.get_by_role("button", name="Naujas pokalbis")
    await restart.click()
    await page.get_by_role("button", name="Likti šiame pokalbyje").click()
    await expect(chat.from_resident).to_have_count(1)
    await restart.click()
    await page.get_by_role("button", name="Pradėti naują").click()
    await expect(chat.from_resident).to_have_count(0)
    await chat.greeted()
    assert (await chat.numbers())[0] == 1


async def test_a_text_past_the_limit_is_refused_in_words_and_kept(page: Page, live_server: str) -> None:
    chat = await opened(page, live_server)
    await chat.input.fill("a" * 1799)
    await expect(chat.counter).to_have_text("")
    await chat.input.fill("a" * 1800)
    await expect(chat.counter).to_have_text("Liko simbolių: 200")
    await chat.write("ą" * 2001)
    await expect(page.get_by_role("alert").filter(has_text="Žinutė per ilga")).to_be_visible()
    await expect(chat.from_resident).to_have_count(0)
    assert len(await chat.input.input_value()) == 2001
    await chat.write("ą" * 2000)
    await expect(chat.from_resident).to_have_count(1)
    await expect(chat.unsent).to_have_count(0)


async def test_markup_in_a_message_stays_text(page: Page, wire: Wire, live_server: str) -> None:
    markup = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'
    wire.rewrite = with_fields("bot", {"text": markup})
    chat = await opened(page, live_server)
    await chat.ask(markup)
    await expect(chat.from_resident).to_contain_text(markup)
    await expect(chat.from_bot.last).to_contain_text(markup)
    await expect(chat.log.locator("img, script")).to_have_count(0)
    assert await page.evaluate("window.broken") is None


async def test_a_question_on_the_page_is_put_to_the_chat(page: Page, live_server: str) -> None:
    chat = await opened(page, live_server)
    example = page.locator("[data-langelis-ask]").first
    question = await example.get_attribute("data-langelis-ask")
    assert question is not None
    await example.click()
    await expect(chat.from_resident).to_contain_text(question)
    await chat.answered(1)


async def test_many_choices_are_folded_on_a_phone_and_stand_open_on_a_desk(
    page: Page, page_at: PageAt, live_server: str
) -> None:
    on_desk = await opened(page, live_server)
    await on_desk.ask("kokių dokumentų reikia į darželį")
    choices = on_desk.from_bot.last.locator(".choice:visible")
    assert await choices.count() > 6
    await expect(on_desk.log.locator(".choice.more")).to_be_hidden()
    on_phone = await opened(await page_at(390, 844), live_server)
    await on_phone.ask("kokių dokumentų reikia į darželį")
    folded = on_phone.from_bot.last.locator(".choice:visible")
    await expect(folded).to_have_count(6)
    await on_phone.log.locator(".choice.more").click()
    await expect(folded).to_have_count(await choices.count())
    await expect(folded.nth(5)).to_be_focused()


async def test_a_second_answer_below_the_window_is_announced(page_at: PageAt, live_server: str) -> None:
    phone = await page_at(390, 700)
    chat = await opened(phone, live_server)
    await chat.ask("noriu užrašyti vaiką į darželį ir gauti vaiko pinigus")
    hint = phone.get_by_role("button", name="Žemiau – dar vienas atsakymas")
    await hint.click()
    await expect(chat.from_bot.last.locator("h3")).to_be_in_viewport()
    await expect(hint).to_have_count(0)


async def test_hidden_labels_in_another_language_carry_their_own(page: Page, live_server: str) -> None:
    chat = await opened(page, live_server)
    await chat.ask("hello, where can I get a certificate?")
    said = chat.from_bot.last
    await expect(said).to_have_attribute("lang", "en")
    await expect(said.locator(".choices")).to_have_attribute("lang", "lt-LT")
    await expect(said.locator(".choice").first).to_have_attribute("lang", "en")
    await expect(said.locator(".said .unseen").first).to_have_attribute("lang", "lt-LT")
