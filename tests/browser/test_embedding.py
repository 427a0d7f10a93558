"""The widget on a stranger's website, and what it may fetch."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from .chat import Chat
from .pages import ForeignPage
from .wire import Wire

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RECORD_EVENTS = """
    window.seen = [];
    for (const name of ['ready', 'opened', 'closed', 'message', 'error'])
        window.addEventListener('langelis:' + name, (event) => window.seen.push([name, event.detail]));
"""


def script(base: str) -> str:
    return f'<script async src="{base}/widget.js" data-municipality="trakai"></script>'


def hosts(addresses: list[str]) -> set[str]:
    return {urlsplit(address).netloc for address in addresses}


async def events(page: Page) -> list[str]:
    names: list[str] = await page.evaluate("window.seen.map(([name]) => name)")
    return names


@pytest.mark.parametrize("path", ["/", "/m/trakai", "/m/nera-tokios"])
async def test_a_page_asks_nothing_of_other_hosts(page: Page, live_server: str, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    await page.goto(live_server + path)
    if path == "/m/trakai":
        chat = Chat(page)
        await chat.greeted()
        await chat.ask("Laba diena")
    await page.wait_for_load_state("networkidle")
    assert hosts(asked) == {urlsplit(live_server).netloc}


async def test_the_pages_break_no_content_security_policy(page: Page, live_server: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(f"{live_server}/")
    await page.goto(f"{live_server}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    await chat.ask("Laba diena")
    assert complaints == []


async def test_the_bubble_opens_the_window_and_events_tell_it(
    page: Page, foreign_page: ForeignPage, live_server: str
) -> None:
    await page.add_init_script(RECORD_EVENTS)
    await page.goto(await foreign_page(script(live_server)))
    chat = Chat(page)
    await chat.launcher.click()
    await chat.greeted()
    await chat.ask("Laba diena")
    await page.get_by_role("button", name="Uždaryti pokalbį").click()
    await expect(chat.panel).to_be_hidden()
    told = await events(page)
    assert told[:2] == ["ready", "opened"]
    assert told[-1] == "closed"
    assert told.count("message") >= 3
    assert "error" not in told


async def test_what_was_said_is_not_told_to_the_embedding_page(
    page: Page, foreign_page: ForeignPage, live_server: str
) -> None:
    await page.add_init_script(RECORD_EVENTS)
    await page.goto(await foreign_page(script(live_server)))
    chat = Chat(page)
    await chat.launcher.click()
    await chat.greeted()
    details = await page.evaluate("window.seen.filter(([name]) => name === 'message').map(([, detail]) => detail)")
    assert {key for detail in details for key in detail} == {"municipality", "seq", "author"}


async def test_the_interface_opens_closes_toggles_translates_and_resets(
    page: Page, foreign_page: ForeignPage, live_server: str
) -> None:
    await page.goto(await foreign_page(script(live_server)))
    chat = Chat(page)
    await chat.launcher.wait_for()
    await page.evaluate("window.langelis.open()")
    await expect(chat.panel).to_be_visible()
    await page.evaluate("window.langelis.close()")
    await expect(chat.panel).to_be_hidden()
    await page.evaluate("window.langelis.toggle()")
    await expect(chat.panel).to_be_visible()
    await chat.greeted()
    await chat.ask("Laba diena")
    await page.evaluate("window.langelis.reset()")
    await expect(chat.from_resident).to_have_count(0)
    await chat.greeted()
    await page.evaluate("window.langelis.setLocale('en')")
    await expect(page.get_by_label("Your message")).to_be_visible()


async def test_settings_before_the_script_are_followed(page: Page, foreign_page: ForeignPage, live_server: str) -> None:
    settings = "{municipality: 'varena', locale: 'en', position: 'left', color: '#1f3f8f', open: true}"
    body = f"<script>window.langelisSettings = {settings}</script>"
    await page.goto(await foreign_page(f'{body}<script async src="{live_server}/widget.js"></script>'))
    chat = Chat(page)
    await expect(chat.panel).to_be_visible()
    await expect(chat.panel).to_contain_text("Varėn")
    box = await chat.panel.bounding_box()
    assert box is not None
    assert box["x"] < 100
    header = page.locator("langelis-chat .header")
    assert await header.evaluate("header => getComputedStyle(header).backgroundColor") == "rgb(31, 63, 143)"


async def test_a_script_loaded_twice_makes_one_bubble(page: Page, foreign_page: ForeignPage, live_server: str) -> None:
    await page.goto(await foreign_page(script(live_server) * 2))
    chat = Chat(page)
    await chat.launcher.wait_for()
    await page.add_script_tag(url=f"{live_server}/widget.js")
    await expect(page.locator("langelis-chat")).to_have_count(1)
    await expect(chat.launcher).to_have_count(1)


async def test_a_page_that_nobody_asks_on_opens_no_socket(
    page: Page, wire: Wire, foreign_page: ForeignPage, live_server: str
) -> None:
    await page.goto(await foreign_page(script(live_server)))
    chat = Chat(page)
    await chat.launcher.wait_for()
    assert wire.sockets_opened == 0
    await chat.launcher.click()
    await chat.greeted()
    assert wire.sockets_opened == 1


async def test_a_reply_to_a_closed_window_is_counted_on_the_bubble(
    page: Page, wire: Wire, foreign_page: ForeignPage, live_server: str
) -> None:
    await page.goto(await foreign_page(script(live_server)))
    chat = Chat(page)
    await chat.launcher.click()
    await chat.greeted()
    wire.hold()
    await chat.write("Laba diena")
    await page.keyboard.press("Escape")
    wire.release()
    await expect(chat.launcher).to_have_accessible_name("Atidaryti pokalbį su Langeliu. Neperskaitytų žinučių: 1")
    await chat.launcher.click()
    await page.keyboard.press("Escape")
    await expect(chat.launcher).to_have_accessible_name("Atidaryti pokalbį su Langeliu")


async def test_a_script_without_a_municipality_says_so_and_shows_nothing(
    page: Page, foreign_page: ForeignPage, live_server: str
) -> None:
    await page.add_init_script(RECORD_EVENTS)
    await page.goto(await foreign_page(f'<script async src="{live_server}/widget.js"></script>'))
    await page.wait_for_function("window.seen.length > 0")
    assert await events(page) == ["error"]
    await expect(page.locator("langelis-chat")).to_have_count(0)
