"""The whole way with the real model: misunderstood, handed over, carded, transferred, closed, rated, deleted."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.conftest import LiveServer

from .chat import Chat
from .pages import PageAt
from .served import hire
from .site import claimed, signed_in, written

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

CARD = "Vaiko priėmimas į darželį"


async def at_a_desk(browser: Browser, live: LiveServer, login: str) -> Page:
    """Open a console in a browser of its own."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="lt-LT")
    page = await context.new_page()
    await signed_in(page, live.url, login)
    return page


async def send_card(desk: Page, words: str) -> None:
    """Look a service up and send its card."""
    await desk.get_by_role("button", name="Įterpti paslaugos kortelę").click()
    dialog = desk.get_by_role("dialog", name="Paslaugos kortelė")
    await dialog.get_by_role("searchbox").fill(words)
    await dialog.get_by_role("button", name=CARD).first.click()
    await expect(dialog.locator(".service-preview")).to_contain_text(CARD)
    await dialog.get_by_role("button", name="Siųsti kortelę").click()
    await expect(dialog).to_have_count(0)


async def transfer(desk: Page, to: str, note: str) -> None:
    """Hand the conversation to a colleague."""
    await desk.get_by_role("button", name="Perduoti").first.click()
    dialog = desk.get_by_role("dialog", name="Perduoti pokalbį")
    colleague = dialog.locator("select[name=to] option", has_text=to)
    await dialog.locator("select[name=to]").select_option(await colleague.get_attribute("value"))
    await dialog.locator("textarea[name=note]").fill(note)
    await dialog.get_by_role("button", name="Perduoti", exact=True).click()
    await expect(dialog).to_have_count(0)


async def finish(desk: Page, topic: str) -> None:
    """Close the conversation as answered."""
    await desk.get_by_role("button", name="Baigti").first.click()
    dialog = desk.get_by_role("dialog", name="Baigti pokalbį")
    await dialog.get_by_label("Gyventojui atsakyta").check()
    await dialog.locator("input[name=topic]").fill(topic)
    await dialog.get_by_role("button", name="Baigti pokalbį").click()
    await expect(dialog).to_have_count(0)


async def misunderstood_twice(chat: Chat) -> None:
    """Ask something, then what nobody understands, and press the button for a person."""
    await chat.ask("kokių dokumentų reikia į darželį")
    await chat.ask("blabla ytrewq")
    await chat.ask("qwerty zxcvb")
    await expect(chat.from_bot.last).to_contain_text("darbuotoj")
    await chat.page.get_by_role("button", name="Kalbėti su darbuotoju").last.click()
    await expect(chat.log).to_contain_text("Jūsų vieta eilėje – 1.")


async def helped_by_the_first(egle: Page, chat: Chat) -> None:
    """Claim, reply, read the answer, note, send a card, and hand the conversation on."""
    await egle.keyboard.press("Alt+n")
    await claimed(egle)
    await expect(egle.get_by_text("qwerty zxcvb").last).to_be_visible()
    await expect(chat.log).to_contain_text("Prie pokalbio prisijungė Egle")
    await written(egle, "Laba diena, kuo galiu padėti?")
    await expect(chat.log).to_contain_text("Laba diena, kuo galiu padėti?")
    await chat.write("Kada galima pateikti prašymą?")
    await expect(egle.get_by_text("Kada galima pateikti prašymą?").last).to_be_visible()
    await egle.keyboard.press("Alt+p")
    await written(egle, "Pastaba kolegoms")
    await expect(egle.get_by_text("Pastaba kolegoms").last).to_be_visible()
    await egle.keyboard.press("Alt+l")
    await send_card(egle, "darželis")
    await expect(chat.log.locator(".by-operator .card")).to_contain_text(CARD)
    await transfer(egle, "Tomas", "Laukia atsakymo dėl termino")
    await expect(chat.log).to_contain_text("Pokalbį tęsia Tomas")


async def helped_by_the_second(tomas: Page, chat: Chat) -> None:
    """Read the note, reply and close; the resident rates."""
    await tomas.get_by_role("tab", name="Mano").click()
    await tomas.locator(".item").first.click()
    await expect(tomas.get_by_text("Laukia atsakymo dėl termino").last).to_be_visible()
    await written(tomas, "Iki kovo 1 dienos.")
    await expect(chat.log).to_contain_text("Iki kovo 1 dienos.")
    await finish(tomas, "Darželis")
    await expect(chat.log).to_contain_text("Kaip vertinate šį pokalbį?")
    await chat.page.get_by_role("button", name="5", exact=True).click()
    await expect(chat.log).to_contain_text("Ačiū už įvertinimą.")


async def told_and_copied(chat: Chat) -> None:
    """Ask what is held and open the copy by the bot's button."""
    phone = chat.page
    await chat.ask("kokius duomenis apie mane turite")
    await expect(chat.from_bot.last).to_contain_text("Darbuotojų vidinės pastabos: 2")
    await phone.get_by_role("button", name="Pokalbio kopija").last.click()
    await phone.get_by_role("button", name="Gauti pokalbio kopiją").click()
    async with phone.context.expect_page() as opening:
        await phone.get_by_role("link", name=re.compile("Atverti pokalbio kopiją")).click()
    copy = await opening.value
    await copy.get_by_role("button", name="Atverti ir spausdinti").click()
    await expect(copy.get_by_text("Iki kovo 1 dienos.", exact=True)).to_be_visible()
    await expect(copy.get_by_text("Pastaba kolegoms")).to_have_count(0)
    await copy.close()


async def test_from_a_misunderstanding_to_the_rating_and_the_deletion(
    page_at: PageAt, browser: Browser, live: LiveServer
) -> None:
    await hire(live.database, "egle", "tomas")
    egle, tomas = [await at_a_desk(browser, live, login) for login in ("egle", "tomas")]
    phone = await page_at(390, 844)
    await phone.goto(f"{live.url}/m/trakai")
    chat = Chat(phone)
    await chat.greeted()
    await misunderstood_twice(chat)
    await helped_by_the_first(egle, chat)
    await helped_by_the_second(tomas, chat)
    said = "\n".join(await chat.texts())
    assert "Pastaba kolegoms" not in said
    assert "Laukia atsakymo dėl termino" not in said
    await told_and_copied(chat)
    await chat.ask("ištrinkite mano duomenis")
    await expect(chat.from_bot.last).to_contain_text("Ar tikrai ištrinti šį pokalbį?")
    await chat.write("taip")
    await expect(chat.log).to_contain_text("Pokalbis ištrintas.", timeout=30_000)
    await expect(chat.from_bot).to_have_count(1)
    await expect(tomas.get_by_text("Iki kovo 1 dienos.")).to_have_count(0)
    for desk in (egle, tomas):
        await desk.context.close()


async def test_a_call_back_is_left_when_nobody_is_there_and_becomes_a_task(
    page_at: PageAt, browser: Browser, live: LiveServer
) -> None:
    phone = await page_at(390, 844)
    await phone.goto(f"{live.url}/m/alytus-r")
    chat = Chat(phone)
    await chat.greeted()
    await chat.ask("noriu kalbėti su darbuotoju")
    await expect(chat.from_bot.last).to_contain_text("Šiuo metu darbuotojų nėra")
    before = await chat.from_bot.count()
    await phone.get_by_role("button", name="Paprašyti paskambinti").last.click()
    await chat.answered(before)
    await chat.ask("0 612 34567")
    await chat.ask("rytoj po pietų, dėl dokumentų")
    await expect(chat.from_bot.last).to_contain_text("Darbuotojas Jums paskambins numeriu +37061234567 ne vėliau kaip")
    await hire(live.database, "vida", municipality="alytus-r")
    desk = await at_a_desk(browser, live, "vida")
    await desk.keyboard.press("Alt+u")
    await expect(desk.get_by_text("rytoj po pietų, dėl dokumentų").first).to_be_visible()
    await expect(desk.get_by_text("+37061234567").first).to_be_visible()

    await phone.get_by_role("button", name="Jūsų duomenys").click()
    await phone.get_by_role("button", name="Ištrinti pokalbį").click()
    await phone.get_by_role("button", name="Taip, ištrinti").click()
    await expect(chat.log).to_contain_text("Pokalbis ištrintas.")
    await expect(desk.get_by_text("rytoj po pietų, dėl dokumentų")).to_have_count(0)
    await desk.context.close()
