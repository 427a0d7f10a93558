"""A server that is killed and comes back: consoles and windows catch up, nothing missing and nothing doubled."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from tests.conftest import ServerStarter

from .chat import Chat
from .pages import PageAt
from .served import hire
from .site import claimed, signed_in, written

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

PATIENCE_MS = 60_000


async def shown(desk: Page) -> list[str]:
    """Return the texts of the thread, top to bottom, of those words only that this test says."""
    texts = await desk.locator(".thread-pane .log").inner_text()
    return [line.strip() for line in texts.splitlines() if line.strip().startswith("eilutė")]


async def test_after_a_kill_every_tab_and_the_resident_have_every_line_once(
    page_at: PageAt, browser: Browser, start_server: ServerStarter
) -> None:
    server = start_server()
    await hire(server.database, "rima")
    office = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="lt-LT")
    first, second = await office.new_page(), await office.new_page()
    await signed_in(first, server.url, "rima")
    await second.goto(f"{server.url}/operator")
    await expect(second.locator("langelis-console").get_by_text("Esu", exact=True).first).to_be_visible()

    phone = await page_at(390, 844)
    await phone.goto(f"{server.url}/m/trakai")
    chat = Chat(phone)
    await chat.greeted()
    await chat.write("noriu kalbėti su darbuotoju")
    await expect(chat.log).to_contain_text("Jūsų vieta eilėje", timeout=PATIENCE_MS)
    await first.keyboard.press("Alt+n")
    await claimed(first)
    await second.get_by_role("tab", name="Mano").click()
    await second.locator(".item").first.click()
    await expect(second.locator("#composer-input")).to_be_visible()
    await chat.write("eilutė 1")
    await expect(first.get_by_text("eilutė 1").last).to_be_visible()
    await written(second, "eilutė 2")
    await expect(chat.log).to_contain_text("eilutė 2")

    server.process.kill()
    server.process.wait()
    # Both write into nothing; a second tab only looks on.
    await chat.write("eilutė 3 rašyta be ryšio")
    await written(first, "eilutė 4 rašyta be ryšio")
    start_server(database=server.database, port=urlsplit(server.url).port)

    everything = {"eilutė 1", "eilutė 2", "eilutė 3 rašyta be ryšio", "eilutė 4 rašyta be ryšio"}
    for page in (first, second):
        for line in everything:
            await expect(page.locator(".thread-pane .log").get_by_text(line, exact=True)).to_have_count(
                1, timeout=PATIENCE_MS
            )
    await expect(chat.unsent).to_have_count(0, timeout=PATIENCE_MS)
    await expect(chat.log.get_by_text("eilutė 4 rašyta be ryšio", exact=True)).to_have_count(1, timeout=PATIENCE_MS)
    assert await shown(first) == await shown(second)
    assert set(await shown(first)) == everything
    numbers = await chat.numbers()
    assert numbers == sorted(set(numbers))

    # It goes on as before, and so after the network was gone.
    await office.set_offline(True)
    await chat.write("eilutė 5")
    await office.set_offline(False)
    for page in (first, second):
        await expect(page.locator(".thread-pane .log").get_by_text("eilutė 5", exact=True)).to_have_count(
            1, timeout=PATIENCE_MS
        )
    assert await shown(first) == await shown(second)
    await office.close()
