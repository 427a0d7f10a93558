"""axe-core over the console, the widget and the pages: no serious finding, in light and in dark."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import FilePayload, Page, expect

from bot.core.handoff import TaskKind
from bot.core.operators import Role
from tests.filing import filing
from tests.people import hired

from .chat import Chat
from .conftest import PageAt
from .site import Site, claimed, resident_who_asks, signed_in, written

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AXE = Path(__file__).parents[2] / "channels" / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = (
    "pokalbiai",
    "kreipiniai",
    "uzduotys",
    "paieska",
    "ruosiniai",
    "nustatymai",
    "paskyra",
    "operatoriai",
    "zurnalas",
    "pagalba",
)


async def findings(page: Page) -> list[str]:
    """Return what axe finds serious or critical on a page as it stands now."""
    # The page's policy lets in no script by address; what the debugger evaluates is no part of the page.
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = await page.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES
    )
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))} - {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_residents_chat(page_at: PageAt, desk: Page, site: Site, scheme: str) -> None:
    chat = await resident_who_asks(page_at, site)
    await chat.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    await written(desk, "Laba diena, kuo galiu padėti?")
    await expect(chat.log).to_contain_text("kuo galiu padėti")
    letter = FilePayload(name="raštas.txt", mimeType="text/plain", buffer=b"labas")
    await chat.page.locator(".attach-input").set_input_files([letter])
    await expect(chat.page.locator(".upload progress")).to_have_count(0)
    assert await findings(chat.page) == []
    await chat.write("štai")
    await expect(chat.page.locator(".file")).to_be_visible()
    assert await findings(chat.page) == []
    await chat.page.get_by_role("button", name="Naujas pokalbis").click()
    assert await findings(chat.page) == []


async def test_a_fault_inside_the_chat_is_seen(page_at: PageAt, site: Site) -> None:
    """Else a run that sees nothing would look like one that finds nothing."""
    page = await page_at(390, 844)
    await page.goto(f"{site.url}/m/trakai")
    await Chat(page).greeted()
    await page.evaluate("document.querySelector('langelis-chat').shadowRoot.append(document.createElement('button'))")
    assert [found.partition(":")[0] for found in await findings(page)] == ["button-name"]


@pytest.mark.parametrize("path", ["/", "/m/varena", "/case", "/operator/sign-in", "/nera"])
async def test_the_pages(page_at: PageAt, site: Site, path: str) -> None:
    page = await page_at(390, 844)
    await page.goto(site.url + path)
    assert await findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_view_of_the_console(page_at: PageAt, site: Site, scheme: str) -> None:
    await hired(site.core.people, "vyr", Role.ADMINISTRATOR)
    filed = await site.core.desk.file(filing("Lėtai aptarnauja", draft="a"), "kodas")
    await site.core.handoff.tasks.leave(
        kind=TaskKind.CALLBACK,
        municipality="trakai",
        conversation=None,
        name="Ona",
        contact="+37061234567",
        text="Paskambinkite dėl darželio",
    )
    page = await page_at(1440, 900)
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await signed_in(page, site, "vyr")
    for view in (*VIEWS, f"kreipiniai/{filed.case.number}"):
        await page.goto(f"{site.url}/operator#/{view}")
        await expect(page.locator("main h1, main h2").first).to_be_visible()
        assert await findings(page) == [], view


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_conversation_in_the_console_and_its_dialogs(
    page_at: PageAt, site: Site, desk: Page, scheme: str
) -> None:
    await desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    await resident_who_asks(page_at, site)
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    await written(desk, "Laba diena!")
    await desk.keyboard.press("Alt+p")
    await written(desk, "Pastaba kolegoms")
    await expect(desk.locator(".turn.note")).to_be_visible()
    assert await findings(desk) == []
    for opening in ("Alt+t", "Alt+e", "Alt+b", "Control+k"):
        await desk.keyboard.press(opening)
        await expect(desk.locator("dialog")).to_be_visible()
        assert await findings(desk) == [], opening
        await desk.keyboard.press("Escape")
        await expect(desk.locator("dialog")).to_have_count(0)
