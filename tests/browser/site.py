"""A site in the test's own process: a resident on a phone, an operator at a desk, an engine that asks for people."""

from dataclasses import dataclass, replace

from playwright.async_api import Page, expect

from bot.app import Core
from bot.core.handoff import HandoffAsk, HandoffReason
from bot.engine.base import Turn, TurnResult
from tests.fakes import FakeEngine
from tests.people import PASSWORD

from .chat import Chat
from .types import PageAt

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
