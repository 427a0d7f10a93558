"""A resident on a phone and an operator at a desk, side by side: hand-off, claim, reply, note, card, close."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.app import Core, build, running
from bot.core.handoff import HandoffAsk, HandoffReason
from bot.engine.base import Turn, TurnResult
from bot.settings import Settings
from channels.web.app import create_app
from tests.conftest import CHEAP
from tests.fakes import FakeEngine
from tests.people import PASSWORD, hired

from .chat import Chat
from .conftest import PageAt

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ASKED = "noriu kalbėti su žmogumi"


class AskingEngine(FakeEngine):
    """Echoes, and asks for people where the resident does."""

    async def answer(self, turn: Turn) -> TurnResult:
        """See parent class."""
        result = await super().answer(turn)
        ask = HandoffAsk(HandoffReason.ASKED, "Vaiko priėmimas į darželį")
        return replace(result, handoff=ask) if turn.text == ASKED else result


@dataclass(frozen=True)
class Site:
    """A served application in this process."""

    url: str
    core: Core


@pytest_asyncio.fixture(loop_scope="session")
async def site(imported_database: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """A site with operators Rima and Jonas of Trakai."""
    shutil.copy(imported_database, tmp_path / "langelis.db")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'langelis.db'}",
        packs_dir=tmp_path / "already imported",
        token_messages_per_minute=1_000_000,
        address_messages_per_minute=1_000_000,
    )
    core = build(settings, engine=AskingEngine(), password_cost=CHEAP)
    async with running(core), TestServer(create_app(core)) as server:
        for login in ("rima", "jonas"):
            await hired(core.people, login)
        yield Site(f"http://{server.host}:{server.port}", core)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser, site: Site) -> AsyncIterator[Page]:
    """Rima's console."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="lt-LT")
    page = await context.new_page()
    await signed_in(page, site, "rima")
    yield page
    await context.close()


async def signed_in(page: Page, site: Site, login: str) -> None:
    """Sign in and wait for the console."""
    await page.goto(f"{site.url}/operator")
    await page.locator("[name=login]").fill(login)
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("[name=password]").press("Enter")
    await expect(page.locator("langelis-console").get_by_text("Esu", exact=True).first).to_be_visible()


async def resident_who_asks(page_at: PageAt, site: Site) -> Chat:
    """A resident on a phone who wants a person and is told so."""
    phone = await page_at(390, 844)
    await phone.goto(f"{site.url}/m/trakai")
    chat = Chat(phone)
    await chat.greeted()
    await chat.ask("kokių dokumentų reikia darželiui")
    await chat.write(ASKED)
    await expect(chat.log).to_contain_text("Jūsų vieta eilėje – 1.")
    return chat


async def claimed(desk: Page) -> None:
    """Take the conversation that waits."""
    await desk.locator(".item").first.click()
    await desk.get_by_role("button", name="Imti pokalbį").first.click()
    await expect(desk.locator("#composer-input")).to_be_visible()


async def written(desk: Page, text: str) -> None:
    """Write in the box that is open and send."""
    await desk.locator("#composer-input").fill(text)
    await desk.keyboard.press("Enter")


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
