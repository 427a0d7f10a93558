"""A resident on a phone and an operator at a desk, side by side: hand-off, claim, reply, note, card, close."""

import pytest
from playwright.async_api import Browser, Page, expect

from .conftest import PageAt
from .site import Site, claimed, resident_who_asks, signed_in, written

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_resident_and_an_operator_talk_and_the_bot_is_silent(page_at: PageAt, desk: Page, site: Site) -> None:
    chat = await resident_who_asks(page_at, site)
    await desk.keyboard.press("Alt+n")
    await expect(desk.locator(".item").first).to_contain_text("Vaiko priėmimas į darželį")
    await claimed(desk)
    # The whole log is there, from before the hand-off too.
    await expect(desk.get_by_text("kokių dokumentų reikia darželiui").first).to_be_visible()
    await expect(chat.log).to_contain_text("Prie pokalbio prisijungė Rima")

    await written(desk, "Laba diena, kuo galiu padėti?")
    await expect(chat.log).to_contain_text("Laba diena, kuo galiu padėti?")
    await chat.write("Ar dar yra vietų?")
    await expect(desk.get_by_text("Ar dar yra vietų?").last).to_be_visible()

    await desk.keyboard.press("Alt+p")
    await written(desk, "Pastaba kolegoms apie eilę")
    await expect(desk.get_by_text("Pastaba kolegoms apie eilę").last).to_be_visible()
    await desk.keyboard.press("Alt+l")
    await written(desk, "<b>Vietų</b> yra.")
    await expect(chat.log).to_contain_text("<b>Vietų</b> yra.")
    said = "\n".join(await chat.texts())
    assert "Pastaba" not in said
    assert "atsakymas: Ar dar yra vietų?" not in said


async def test_of_two_operators_one_gets_the_conversation(
    page_at: PageAt, browser: Browser, desk: Page, site: Site
) -> None:
    await resident_who_asks(page_at, site)
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="lt-LT")
    other = await context.new_page()
    await signed_in(other, site, "jonas")
    for page in (desk, other):
        await page.keyboard.press("Alt+n")
        await page.locator(".item").first.click()
    await desk.get_by_role("button", name="Imti pokalbį").first.click()
    await expect(desk.locator("#composer-input")).to_be_visible()
    await expect(other.get_by_role("button", name="Imti pokalbį")).to_have_count(0)
    await expect(other.locator("#composer-input")).to_have_count(0)
    await context.close()


async def test_a_conversation_comes_back_to_the_bot(page_at: PageAt, desk: Page, site: Site) -> None:
    chat = await resident_who_asks(page_at, site)
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    await desk.get_by_role("button", name="Grąžinti robotui").first.click()
    dialog = desk.get_by_role("dialog")
    if await dialog.count():
        await dialog.get_by_role("button", name="Grąžinti").last.click()
    await expect(chat.log).to_contain_text("Toliau atsako robotas.")
    await chat.ask("ar vėl atsakai")
    assert (await chat.texts())[-1].endswith("atsakymas: ar vėl atsakai")


@pytest.mark.parametrize("width", [360, 768])
async def test_the_console_fits_narrow_screens(page_at: PageAt, site: Site, width: int) -> None:
    page = await page_at(width, 800)
    await signed_in(page, site, "rima")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
