"""A day at the desk: the whole way of a conversation, and what outlives the end of a session or an account."""

import pytest
from playwright.async_api import Browser, Page, expect

from bot.core.audit import COMMAND_LINE
from bot.core.case import Contact
from bot.core.handoff import Scope
from bot.core.operators import Role
from bot.storage import summaries
from bot.storage.summaries import Tab
from tests.filing import filing
from tests.people import hired

from .conftest import PageAt
from .site import Site, claimed, resident_who_asks, signed_in, written

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DRAFT = "Šio sakinio neprarasti"


async def rima_has(page_at: PageAt, desk: Page, site: Site) -> None:
    """A conversation that Rima has."""
    await resident_who_asks(page_at, site)
    await desk.keyboard.press("Alt+n")
    await claimed(desk)


async def test_from_the_card_over_a_second_operator_to_the_rating(
    page_at: PageAt, browser: Browser, desk: Page, site: Site
) -> None:
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="lt-LT")
    other = await context.new_page()
    await signed_in(other, site, "jonas")
    chat = await resident_who_asks(page_at, site)
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    await desk.get_by_role("button", name="Įterpti paslaugos kortelę").click()
    await desk.locator(".service-list button").first.click()
    title = await desk.locator(".service-list button").first.inner_text()
    await desk.get_by_role("button", name="Siųsti kortelę").click()
    await expect(chat.log.locator(".by-operator .with-card")).to_contain_text(title)

    await desk.keyboard.press("Alt+t")
    await desk.locator("dialog select[name=to]").select_option(label="Jonas (esu)")
    await desk.locator("dialog textarea").fill("Liko patikslinti eilę")
    await desk.locator("dialog").get_by_role("button", name="Perduoti", exact=True).last.click()
    await expect(chat.log).to_contain_text("Pokalbį tęsia Jonas.")
    # Who gave it away can say nothing more.
    await expect(desk.locator("#composer-input")).to_have_count(0)
    await other.get_by_role("tab", name="Mano").click()
    await other.locator(".item").first.click()
    await expect(other.get_by_text("Liko patikslinti eilę")).to_be_visible()
    await written(other, "Ą" * 4999 + ".")
    await expect(chat.log).to_contain_text("Ą" * 200)
    await written(other, "<img src=x onerror=alert(1)> <b>ne</b>")
    await expect(chat.log).to_contain_text("<img src=x onerror=alert(1)> <b>ne</b>")

    await other.keyboard.press("Alt+e")
    await other.locator("dialog").get_by_role("button", name="Baigti pokalbį").click()
    await expect(chat.log).to_contain_text("Pokalbį baigė Jonas.")
    await expect(chat.log).to_contain_text("Kaip vertinate šį pokalbį?")
    await chat.log.get_by_role("button", name="5", exact=True).click()
    await expect(chat.log).to_contain_text("Ačiū už įvertinimą.")
    assert await chat.page.evaluate("document.documentElement.scrollWidth") <= 390
    await context.close()


async def test_a_reply_of_5001_characters_is_refused_and_stays(page_at: PageAt, desk: Page, site: Site) -> None:
    await rima_has(page_at, desk, site)
    await written(desk, "a" * 5001)
    await expect(desk.get_by_role("alert").filter(has_text="Žinutė per ilga")).to_be_visible()
    await expect(desk.locator("#composer-input")).to_have_value("a" * 5001)


async def test_a_session_that_ends_in_the_middle_of_a_reply_keeps_it(page_at: PageAt, desk: Page, site: Site) -> None:
    await rima_has(page_at, desk, site)
    await desk.locator("#composer-input").fill(DRAFT)
    rima = await site.core.people.accounts.by_login("rima")
    await site.core.people.sessions.end_all(COMMAND_LINE, rima)
    await expect(desk.get_by_text("Prisijungimo laikas baigėsi")).to_be_visible()
    address = desk.url
    await signed_in(desk, site, "rima")
    await desk.goto(address)
    await expect(desk.locator("#composer-input")).to_have_value(DRAFT)


async def test_a_disabled_operator_is_cut_at_once(page_at: PageAt, desk: Page, site: Site) -> None:
    await rima_has(page_at, desk, site)
    rima = await site.core.people.accounts.by_login("rima")
    await site.core.people.accounts.disable(COMMAND_LINE, rima.id)
    await expect(desk.get_by_text("Prisijungimo laikas baigėsi")).to_be_visible()
    assert (await desk.request.get(f"{site.url}/operator/api/me")).status == 401


async def test_a_prepared_reply_calls_the_resident_by_the_name_that_was_given(
    page_at: PageAt, desk: Page, site: Site
) -> None:
    chat = await resident_who_asks(page_at, site)
    root = await hired(site.core.people, "vyr", Role.ADMINISTRATOR)
    await site.core.handoff.canned.add(
        root, municipality="trakai", shortcut="labas", title="Pasisveikinimas", text="Laba diena, {{vardas}}!"
    )
    async with site.core.database.read() as session:
        (waiting,) = await summaries.listed(
            session, Tab.WAITING, Scope.of(root), operator=root.id, municipality=None, before=None, limit=9
        )
    contact = Contact(name="Jonas Petraitis", email="jonas@example.lt")
    await site.core.desk.file(filing("Lėtai", draft="a", conversation=waiting.id, contact=contact), "kodas")
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    await desk.locator("#composer-input").press_sequentially("/lab")
    await expect(desk.locator("#canned-list")).to_contain_text("Pasisveikinimas")
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#composer-input")).to_have_value("Laba diena, Jonai Petraiti!")
    await desk.keyboard.press("Enter")
    await expect(chat.log).to_contain_text("Laba diena, Jonai Petraiti!")
