"""The window's way to Telegram: offered where a bot answers, a link and a code at any width, one conversation after."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from bot.core.conversation import Inbound
from bot.services.telegram.continuing import Outcome, code_in
from bot.services.telegram.delivery import CLIENT_MARK
from bot.storage import telegram

from .chat import Chat
from .pages import PageAt
from .site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BUTTON = "Tęsti „Telegram“"
WIDTHS = pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1280, 800)], ids=str)


async def opened(page: Page, site: Site) -> Chat:
    """Open the page of Trakai."""
    await page.goto(f"{site.url}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    return chat


async def asked(page: Page) -> Locator:
    """Ask for the way to Telegram; return the dialog that shows it."""
    await page.get_by_role("button", name=BUTTON).click()
    dialog = page.get_by_role("dialog", name="Tęskite pokalbį „Telegram“")
    await expect(dialog).to_be_visible()
    return dialog


def read_code(words: str) -> str:
    """Return the code as it is written in the dialog."""
    written = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", words)
    assert written is not None, words
    code = code_in(written.group())
    assert code is not None
    return code


@WIDTHS
async def test_the_way_is_a_link_and_a_code_that_fit_the_window(
    page_at: PageAt, site: Site, width: int, height: int
) -> None:
    site.core.telegram_bots.tell(None, "langelis_bot")
    page = await page_at(width, height)
    await opened(page, site)
    dialog = await asked(page)
    code = read_code(await dialog.inner_text())
    link = dialog.get_by_role("link", name="Atverti „Telegram“")
    assert await link.get_attribute("href") == f"https://t.me/langelis_bot?start=t_{code}"
    assert "noopener" in (await link.get_attribute("rel") or "")
    await expect(link).to_be_focused()
    for shown in (link, dialog.get_by_role("button", name="Likti čia")):
        await expect(shown).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_what_is_written_on_telegram_comes_to_the_window_too(page_at: PageAt, site: Site) -> None:
    site.core.telegram_bots.tell(None, "langelis_bot")
    page = await page_at(390, 844)
    chat = await opened(page, site)
    await chat.ask("Kur rašyti prašymą?")
    code = read_code(await (await asked(page)).inner_text())
    assert await site.core.continuing.redeem("all", 7, code, None) is Outcome.CONTINUED
    assert await site.core.continuing.redeem("all", 8, code, None) is not Outcome.CONTINUED
    await page.get_by_role("button", name="Likti čia").click()
    await expect(chat.input).to_be_focused()
    conversation = await conversation_of(site, 7)
    await site.core.hub.receive(conversation, Inbound(text="O kada?", client_id=f"{CLIENT_MARK}1"))
    await expect(chat.from_resident.last).to_contain_text("O kada?")
    await expect(chat.from_bot.last).to_contain_text("atsakymas: O kada?")


async def conversation_of(site: Site, chat: int) -> str:
    """Return the conversation that a chat carries on."""
    async with site.core.database.read() as session:
        found = await telegram.chat(session, "all", chat)
    assert found is not None
    return found.conversation


async def test_escape_stays_in_the_window(page_at: PageAt, site: Site) -> None:
    site.core.telegram_bots.tell(None, "langelis_bot")
    page = await page_at(1280, 800)
    chat = await opened(page, site)
    dialog = await asked(page)
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(chat.input).to_be_focused()
    await chat.ask("labas")


async def test_without_a_bot_no_way_is_offered(page_at: PageAt, site: Site) -> None:
    page = await page_at(390, 844)
    await opened(page, site)
    await expect(page.get_by_role("button", name="Jūsų duomenys")).to_be_visible()
    await expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
