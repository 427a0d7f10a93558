"""The page of a case in Chromium: without JavaScript, by keyboard, on narrow screens, in both colour schemes."""

import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Locator, Page, expect

from bot.app import Core, build, running
from bot.core.case import Case
from bot.core.case_rules import Extend, PauseCase
from bot.settings import Settings
from channels.web.app import create_app
from tests.channels.filed import CODE, DECIDED, MONDAY, WORKED_ON, done, filed
from tests.fakes import FakeClock, FakeEngine

from .pages import PageAt
from .test_accessibility import LONG_WORD, WIDTH_OF_PAGE, tab_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Every text against what lies behind it, as WCAG 1.4.3 counts; returns the texts that are too pale.
TOO_PALE = """
() => {
  const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = rgb(colour).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const alpha = rgb(colour)[3];
      if (alpha === undefined || alpha === 1) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('main *, footer *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((element) => {
      const [high, low] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05) < 4.5;
    })
    .map((element) => element.textContent.trim());
}
"""


@dataclass(frozen=True)
class Site:
    """A served application with a clock of its own."""

    url: str
    core: Core
    clock: FakeClock

    async def busy_case(self) -> Case:
        """A case with all that a page may hold before its decision, its charter's term passed."""
        case = await filed(self.core, *WORKED_ON, Extend(days=10, reason="Laukiama mokyklos dokumentų."))
        self.clock.move(days=8)
        return case


@pytest_asyncio.fixture(loop_scope="session")
async def site(imported_database: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """A site in this process: cases are filed at its desk."""
    shutil.copy(imported_database, tmp_path / "langelis.db")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'langelis.db'}",
        packs_dir=tmp_path / "already imported",
        address_messages_per_minute=1_000_000,
    )
    clock = FakeClock(MONDAY)
    core = build(settings, engine=FakeEngine(), clock=clock)
    async with running(core), TestServer(create_app(core)) as server:
        yield Site(f"http://{server.host}:{server.port}", core, clock)


@pytest_asyncio.fixture(loop_scope="session")
async def plain(browser: Browser) -> AsyncIterator[Page]:
    """A phone whose browser runs no scripts."""
    context = await browser.new_context(
        viewport={"width": 360, "height": 740}, locale="lt-LT", java_script_enabled=False
    )
    yield await context.new_page()
    await context.close()


async def opened(page: Page, site: Site, number: str, code: str = CODE) -> None:
    """Fills in the form and sends it."""
    await page.goto(f"{site.url}/case")
    await page.get_by_label("Registracijos numeris").fill(number)
    await page.get_by_label("Prieigos kodas").fill(code)
    await page.get_by_role("button", name="Rodyti būseną").click()


async def test_a_phone_without_javascript_shows_explains_and_withdraws(plain: Page, site: Site) -> None:
    case = await filed(site.core)
    await opened(plain, site, case.number.lower().replace("-", " "), CODE.lower().replace("-", ""))
    await expect(plain.get_by_role("heading", level=1)).to_have_text(f"Kreipinys {case.number}")
    assert plain.url == f"{site.url}/case"
    await plain.get_by_text("Kaip skaičiuota diena po dienos").first.click()
    await expect(plain.get_by_role("cell", name="5-oji darbo diena")).to_be_visible()
    await plain.get_by_role("button", name="Atsiimti kreipinį").click()
    await plain.get_by_role("button", name="Ne, palikti kaip yra").click()
    await plain.get_by_role("button", name="Atsiimti kreipinį").click()
    await plain.get_by_role("button", name="Taip, atsiimti kreipinį").click()
    await expect(plain.get_by_role("status")).to_have_text("Kreipinys atsiimtas. Savivaldybė jo nebenagrinės.")
    await expect(plain.get_by_role("button", name="Atsiimti kreipinį")).to_have_count(0)
    assert plain.url == f"{site.url}/case"


async def test_the_keyboard_alone_fills_in_sends_and_unfolds(page: Page, site: Site) -> None:
    case = await filed(site.core)
    await page.goto(f"{site.url}/case")
    await tab_until(page, "#numeris")
    await page.keyboard.type(case.number)
    await page.keyboard.press("Tab")
    await page.keyboard.type(CODE)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Kreipinys {case.number}")
    await tab_until(page, ".term:first-of-type summary")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("table").first).to_be_visible()


async def test_a_wrong_code_is_said_where_the_reader_is_and_nothing_typed_is_kept(page: Page, site: Site) -> None:
    case = await filed(site.core)
    await opened(page, site, case.number, "7K3M-Q2XW-90TC")
    trouble = page.get_by_role("alert")
    await expect(trouble).to_contain_text("Tokio numerio ir kodo derinio nėra.")
    await expect(trouble).to_be_focused()
    assert re.match("Nepavyko", await page.title())
    for label in ("Registracijos numeris", "Prieigos kodas"):
        field = page.get_by_label(label)
        await expect(field).to_have_attribute("aria-invalid", "true")
        await expect(field).to_have_accessible_description(re.compile("Tokio numerio ir kodo derinio nėra"))
        await expect(field).to_have_value("")


async def test_nothing_is_kept_where_the_next_person_at_this_computer_could_find_it(page: Page, site: Site) -> None:
    case = await filed(site.core)
    await opened(page, site, case.number)
    await expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)
    assert await page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert await page.evaluate("performance.getEntries().map(entry => entry.name).join()") != ""
    assert case.number not in await page.evaluate("performance.getEntries().map(entry => entry.name).join()")


async def test_the_link_in_the_mail_confirms_after_the_button(
    plain: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.cases.desk.secrets.token_urlsafe", lambda _size: "slaptas-zodis")
    await filed(site.core)
    await plain.goto(f"{site.url}/case/confirm/slaptas-zodis")
    await plain.get_by_role("button", name="Patvirtinti adresą").click()
    await expect(plain.get_by_role("status")).to_contain_text("Jūsų el. pašto adresas patvirtintas")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
async def test_no_width_scrolls_sideways(page_at: PageAt, site: Site, width: int) -> None:
    case = await filed(site.core, *WORKED_ON, PauseCase(reason=LONG_WORD), description=LONG_WORD, outcome=LONG_WORD)
    page = await page_at(width, 740)
    await opened(page, site, case.number)
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await page.evaluate(WIDTH_OF_PAGE) == width
    await page.get_by_role("button", name="Atsiimti kreipinį").click()
    assert await page.evaluate(WIDTH_OF_PAGE) == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(page: Page, site: Site, scheme: Literal["light", "dark"]) -> None:
    await page.emulate_media(color_scheme=scheme)
    case = await site.busy_case()
    await opened(page, site, case.number, "7K3M-Q2XW-90TC")
    assert await page.evaluate(TOO_PALE) == []
    await opened(page, site, case.number)
    await expect(page.locator(".standing.bad")).to_have_count(1)
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await page.evaluate(TOO_PALE) == []
    await page.get_by_role("button", name="Atsiimti kreipinį").click()
    assert await page.evaluate(TOO_PALE) == []
    await page.get_by_role("button", name="Taip, atsiimti kreipinį").click()
    assert await page.evaluate(TOO_PALE) == []


async def test_headings_go_down_one_level_at_a_time_and_ids_are_unique(page: Page, site: Site) -> None:
    case = await site.busy_case()
    await done(site.core, case, DECIDED[-1])
    await opened(page, site, case.number)
    levels = await page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = await page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    pointed = await page.locator("[aria-labelledby]").evaluate_all("all => all.map(one => one.ariaLabelledByElements)")
    assert all(pointed)


async def test_what_is_pressed_on_a_phone_is_44_pixels_high(page_at: PageAt, site: Site) -> None:
    case = await filed(site.core)
    page = await page_at(360, 740)
    await page.goto(f"{site.url}/case")
    await _high_enough(await page.locator("main input, main button, main summary").all())
    await opened(page, site, case.number)
    await _high_enough(await page.locator("main button, main summary").all())


async def test_windows_own_colours_keep_buttons_and_states_visible(page: Page, site: Site) -> None:
    await page.emulate_media(forced_colors="active")
    case = await filed(site.core)
    await opened(page, site, case.number)
    button = page.get_by_role("button", name="Atsiimti kreipinį")
    assert await button.evaluate("button => getComputedStyle(button).borderTopWidth") == "1px"


async def _high_enough(parts: list[Locator]) -> None:
    assert parts
    for part in parts:
        box = await part.bounding_box()
        assert box is not None
        assert box["height"] >= 44, await part.evaluate("part => part.outerHTML")
