"""A complaint told in one message on a phone, confirmed with a button, and looked up from another browser."""

import re

import pytest
from playwright.async_api import Page, expect

from .chat import Chat
from .pages import PageAt

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

STORY = (
    "Noriu pasiskųsti: lapkričio 18 d. Trakų lopšelio-darželio „Ežerėlis“ direktorė su manimi nemandagiai bendravo. "
    "Noriu, kad atsiprašytų. Atsakymą prašau siųsti jonas@pastas.lt, Jonas Jonaitis"
)


async def opened(page: Page, base: str) -> Chat:
    """Open Trakai's page and wait for the greeting."""
    await page.goto(f"{base}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    return chat


async def test_a_complaint_is_filed_on_a_phone_and_found_in_another_browser(page_at: PageAt, live_server: str) -> None:
    phone = await page_at(360, 740)
    chat = await opened(phone, live_server)
    await chat.ask(STORY)
    summary = chat.from_bot.last
    for told in ("„Ežerėlis“", "-11-18", "Noriu, kad atsiprašytų", "jonas@pastas.lt"):
        await expect(summary).to_contain_text(told)
    before = await chat.from_bot.count()
    await summary.get_by_role("button", name="Pateikti").click()
    await chat.answered(before)
    said = (await chat.texts())[-1]
    number = re.search(r"TR-\d{4}-\d{6}", said)
    code = re.search(r"Prieigos kodas: (\S{14})", said)
    assert number, said
    assert code, said
    # Neither is broken at its hyphens, even at this width.
    lines = await phone.locator(".whole", has_text=number[0]).first.evaluate("span => span.getClientRects().length")
    assert lines == 1

    other = await page_at(1280, 800)
    await other.goto(f"{live_server}/case")
    await other.get_by_label("Registracijos numeris").fill(number[0])
    await other.get_by_label("Prieigos kodas").fill(code[1].lower())
    await other.keyboard.press("Enter")
    await expect(other.get_by_role("heading", name=number[0])).to_be_visible()
    await expect(other.get_by_text("Užregistruotas", exact=True)).to_be_visible()


async def test_what_was_pressed_once_cannot_be_pressed_again(page_at: PageAt, live_server: str) -> None:
    chat = await opened(await page_at(390, 844), live_server)
    await chat.ask("noriu pateikti skundą")
    await chat.ask("Auklėtoja šaukė ant mano vaiko ir niekas nieko nedarė, nors prašėme")
    asked = chat.from_bot.filter(has_text="Dėl kurios įstaigos")
    before = await chat.from_bot.count()
    await asked.get_by_role("button", name="Nežinau").click()
    await chat.answered(before)
    await expect(asked.get_by_role("button", name="Nežinau")).to_be_disabled()
