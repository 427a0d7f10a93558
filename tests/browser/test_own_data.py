"""The resident's own data in the window: what is kept, the copy, the deletion; and what the operator sees of it."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.core.reply import Button, Reply
from bot.engine.base import Turn
from bot.services.own_data.orders import COPY, ERASE
from tests.asking import raw_bytes
from tests.fakes import FakeEngine

from .chat import Chat
from .pages import PageAt
from .site import Site, claimed, resident_who_asks, signed_in, written

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SECRET = "labai asmeniška belezojimas"


async def menu(chat: Chat) -> None:
    """Open the dialog about own data."""
    await chat.page.get_by_role("button", name="Jūsų duomenys").click()
    await expect(chat.page.get_by_role("dialog", name="Jūsų duomenys")).to_be_visible()


async def with_a_person(page_at: PageAt, site: Site, desk: Page) -> Chat:
    """A resident on a phone whom Rima has."""
    chat = await resident_who_asks(page_at, site)
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    await expect(chat.log).to_contain_text("Prie pokalbio prisijungė Rima")
    return chat


async def test_the_copy_opens_in_a_page_to_print_and_as_a_file(page_at: PageAt, site: Site, tmp_path: Path) -> None:
    phone = await page_at(390, 844)
    await phone.goto(f"{site.url}/m/trakai")
    chat = Chat(phone)
    await chat.greeted()
    await chat.ask(f"<b>{SECRET}</b>")
    await menu(chat)
    await phone.get_by_role("button", name="Gauti pokalbio kopiją").click()
    async with phone.context.expect_page() as opening:
        await phone.get_by_role("link", name=re.compile("Atverti pokalbio kopiją")).click()
    copy = await opening.value
    async with copy.expect_download() as saving:
        await copy.get_by_role("button", name="Atsisiųsti tekstą").click()
    await (await saving.value).save_as(tmp_path / "kopija.txt")
    assert SECRET in (tmp_path / "kopija.txt").read_text(encoding="utf-8-sig")
    await copy.get_by_role("button", name="Atverti ir spausdinti").click()
    await expect(copy.get_by_role("heading", name="Pokalbio kopija")).to_be_visible()
    await expect(copy.get_by_text(f"<b>{SECRET}</b>", exact=True)).to_be_visible()
    assert await copy.evaluate("document.documentElement.scrollWidth") <= 390
    await copy.reload()
    await expect(copy.get_by_role("alert")).to_contain_text("nebegalioja")


async def test_the_bots_buttons_do_the_same_as_the_menu(page_at: PageAt, site: Site) -> None:
    def offers(turn: Turn) -> tuple[Reply, ...]:
        return (Reply(text=turn.text, buttons=(Button("Kopija", COPY), Button("Taip, ištrinti", ERASE))),)

    assert isinstance(site.core.engine, FakeEngine)
    site.core.engine.answerer = offers
    phone = await page_at(390, 844)
    await phone.goto(f"{site.url}/m/trakai")
    chat = Chat(phone)
    await chat.greeted()
    await chat.ask(SECRET)
    await phone.get_by_role("button", name="Kopija", exact=True).click()
    await expect(phone.get_by_role("dialog", name="Jūsų duomenys")).to_be_visible()
    await phone.keyboard.press("Escape")
    await phone.get_by_role("button", name="Taip, ištrinti").click()
    await expect(chat.log).to_contain_text("Pokalbis ištrintas.")
    await expect(chat.log).not_to_contain_text(SECRET)


async def test_a_deletion_empties_the_window_the_database_and_the_operators_console(
    page_at: PageAt, browser: Browser, desk: Page, site: Site
) -> None:
    chat = await with_a_person(page_at, site, desk)
    await chat.write(SECRET)
    await expect(desk.get_by_text(SECRET).last).to_be_visible()
    await written(desk, "Laba diena")
    await desk.locator("#composer-input").fill("dar rašau atsakymą")
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="lt-LT")
    colleague = await context.new_page()
    await signed_in(colleague, site.url, "jonas")
    await colleague.get_by_role("tab", name="Visi").click()
    await expect(colleague.locator(".item")).to_have_count(1)

    await menu(chat)
    await chat.page.get_by_role("button", name="Ištrinti pokalbį").click()
    sure = chat.page.get_by_role("dialog", name="Ištrinti šį pokalbį?")
    await sure.get_by_role("button", name="Ne, palikti").click()
    await expect(chat.log).to_contain_text(SECRET)
    await menu(chat)
    await chat.page.get_by_role("button", name="Ištrinti pokalbį").click()
    await sure.get_by_role("button", name="Taip, ištrinti").click()

    await expect(chat.log).to_contain_text("Pokalbis ištrintas.")
    await expect(chat.from_bot).to_have_count(1)
    await expect(chat.log).not_to_contain_text(SECRET)
    await expect(desk.get_by_role("heading", name="Gyventojas ištrynė šį pokalbį")).to_be_visible()
    await expect(desk.locator(".toast")).to_contain_text("Gyventojas ištrynė pokalbį, kuriam atsakėte")
    for page in (desk, colleague):
        await expect(page.get_by_text(SECRET)).to_have_count(0)
        await expect(page.locator(".item")).to_have_count(0)
    await desk.set_viewport_size({"width": 390, "height": 844})
    # Nothing lies over the sentence: the panel about the resident is closed too.
    await desk.get_by_text("atsakyti nebėra kam").click(timeout=5_000)
    assert SECRET.encode() not in raw_bytes(site.core)
    # It goes on: a new conversation, known after the page is loaded anew.
    await chat.ask("labas")
    await chat.page.reload()
    await expect(chat.from_resident).to_have_count(1)
    await expect(chat.log).not_to_contain_text("Pokalbis ištrintas.")
    await context.close()


async def test_the_operator_sees_the_resident_writing_and_what_was_read(
    page_at: PageAt, desk: Page, site: Site
) -> None:
    chat = await with_a_person(page_at, site, desk)
    await chat.input.press_sequentially("Ar dar")
    await expect(desk.locator(".typing")).to_contain_text("rašo")
    await chat.input.fill("")
    await expect(desk.locator(".typing")).not_to_contain_text("rašo")
    await written(desk, "Laba diena, kuo galiu padėti?")
    await expect(desk.get_by_text("Perskaityta")).to_be_visible()


async def test_what_comes_while_the_window_is_closed_is_not_read(page_at: PageAt, desk: Page, site: Site) -> None:
    phone = await page_at(390, 844)
    await phone.goto(f"{site.url}/")
    await phone.evaluate(
        """url => { const tag = document.createElement('script'); tag.src = url; tag.async = true;
        tag.dataset.municipality = 'trakai'; document.body.append(tag) }""",
        f"{site.url}/widget.js",
    )
    chat = Chat(phone)
    await chat.launcher.click()
    await chat.greeted()
    await chat.write("noriu kalbėti su žmogumi")
    await expect(chat.log).to_contain_text("Jūsų vieta eilėje – 1.")
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    await expect(chat.log).to_contain_text("Prie pokalbio prisijungė Rima")
    await phone.get_by_role("button", name="Uždaryti pokalbį").click()
    await written(desk, "Ar girdite?")
    await expect(phone.locator("langelis-chat .badge")).to_have_text("1")
    await expect(desk.get_by_text("Perskaityta")).to_have_count(0)
    await chat.launcher.click()
    await expect(desk.get_by_text("Perskaityta")).to_be_visible()
