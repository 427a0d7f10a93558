"""Keyboard, screen readers, small screens and magnified ones."""

import pytest
from playwright.async_api import Page, expect

from .chat import Chat
from .pages import ForeignPage, PageAt
from .wire import Wire, with_fields

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONG_WORD = "nebeprisikiškiakopūsteliaujantiesiems" * 3
WIDTH_OF_PAGE = "document.documentElement.scrollWidth"


async def tab_until(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus, like somebody without a mouse; at most 30 times."""
    target = page.locator(selector)
    for _ in range(30):
        if await target.evaluate("element => element.getRootNode().activeElement === element"):
            return
        await page.keyboard.press("Tab")
    await expect(target).to_be_focused()


def embedding(base: str) -> str:
    return f'<h1>Svetainė</h1><script async src="{base}/widget.js" data-municipality="trakai"></script>'


async def test_the_keyboard_alone_opens_asks_and_closes(
    page: Page, foreign_page: ForeignPage, live_server: str
) -> None:
    await page.goto(await foreign_page(embedding(live_server)))
    chat = Chat(page)
    await chat.launcher.wait_for()
    await tab_until(page, ".launcher")
    await page.keyboard.press("Enter")
    await expect(chat.input).to_be_focused()
    await chat.greeted()
    await page.keyboard.type("Laba")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("diena")
    assert await chat.input.input_value() == "Laba\ndiena"
    await page.keyboard.press("Enter")
    await chat.answered(1)
    await expect(chat.input).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(chat.panel).to_be_hidden()
    await expect(chat.launcher).to_be_focused()


async def test_tab_goes_through_the_header_the_log_and_the_composer(page: Page, wire: Wire, live_server: str) -> None:
    wire.rewrite = with_fields("bot", {"buttons": [{"title": "Pagalba", "payload": "/help"}]})
    await page.goto(f"{live_server}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    await page.get_by_role("button", name="Naujas pokalbis").focus()
    attach = page.get_by_role("button", name="Pridėti nuotrauką ar dokumentą")
    for part in (chat.log, chat.log.get_by_role("button", name="Pagalba"), attach, chat.input):
        await page.keyboard.press("Tab")
        await expect(part).to_be_focused()


async def test_the_question_before_a_new_conversation_keeps_the_focus(page: Page, live_server: str) -> None:
    await page.goto(f"{live_server}/m/trakai")
    await Chat(page).greeted()
    await page.get_by_role("button", name="Naujas pokalbis").press("Enter")
    yes = page.get_by_role("button", name="Pradėti naują")
    no = page.get_by_role("button", name="Likti šiame pokalbyje")
    for part in (yes, no, yes):
        await expect(part).to_be_focused()
        await page.keyboard.press("Tab")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("alertdialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Naujas pokalbis")).to_be_focused()


async def test_the_log_is_a_polite_live_region_that_announces_additions(page: Page, live_server: str) -> None:
    await page.goto(f"{live_server}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    await expect(chat.log).to_have_attribute("aria-live", "polite")
    await expect(chat.log).to_have_attribute("aria-relevant", "additions")
    await expect(chat.log).to_have_attribute("aria-busy", "false")
    await expect(page.get_by_role("region", name="Pokalbis su Langeliu")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "lt")


async def test_replayed_messages_are_not_announced(page: Page, wire: Wire, live_server: str) -> None:
    await page.goto(f"{live_server}/m/trakai")
    chat = Chat(page)
    await chat.greeted()
    await chat.ask("Laba diena")
    last = (await chat.numbers())[-1]
    # The last row is lost on the way, so the replay stays unfinished for a while.
    wire.rewrite = lambda frame: None if frame.get("seq") == last else frame
    await page.reload()
    await expect(chat.from_resident).to_have_count(1)
    await expect(chat.log).to_have_attribute("aria-live", "off")
    await expect(chat.log).to_have_attribute("aria-live", "polite")


async def test_the_window_on_a_phone_is_a_modal_dialog_that_fills_the_screen(
    page_at: PageAt, foreign_page: ForeignPage, live_server: str
) -> None:
    page = await page_at(390, 844)
    await page.goto(await foreign_page(embedding(live_server)))
    chat = Chat(page)
    await chat.launcher.click()
    dialog = page.get_by_role("dialog", name="Pokalbis su Langeliu")
    await expect(dialog).to_have_attribute("aria-modal", "true")
    assert await dialog.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    await chat.greeted()
    await chat.input.focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    own_data = page.get_by_role("button", name="Jūsų duomenys")
    await expect(own_data).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Gauti pokalbio kopiją")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(own_data).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/m/trakai"])
async def test_a_screen_320_wide_does_not_scroll_sideways(page_at: PageAt, live_server: str, path: str) -> None:
    page = await page_at(320, 640)
    wire = Wire()
    wire.rewrite = with_fields("bot", {"text": LONG_WORD, "buttons": [{"title": LONG_WORD, "payload": "/help"}]})
    await wire.attach(page)
    await page.goto(live_server + path)
    if path != "/":
        chat = Chat(page)
        await chat.greeted()
        assert await chat.log.evaluate("log => log.scrollWidth - log.clientWidth") == 0
    assert await page.evaluate(WIDTH_OF_PAGE) == 320


async def test_the_window_is_usable_at_200_percent(
    page_at: PageAt, foreign_page: ForeignPage, live_server: str
) -> None:
    page = await page_at(640, 400)  # 1280 × 800 magnified twice
    await page.goto(await foreign_page(embedding(live_server)))
    chat = Chat(page)
    await chat.launcher.click()
    await chat.greeted()
    await chat.ask("Laba diena")
    for part in (chat.input, page.get_by_role("button", name="Uždaryti pokalbį")):
        await expect(part).to_be_in_viewport(ratio=1)
    box = await chat.log.bounding_box()
    assert box is not None
    assert box["height"] >= 150


async def test_touch_targets_are_at_least_44_pixels(page_at: PageAt, live_server: str) -> None:
    page = await page_at(390, 844)
    wire = Wire()
    wire.rewrite = with_fields("bot", {"buttons": [{"title": "Ne", "payload": "/deny"}]})
    await wire.attach(page)
    await page.goto(f"{live_server}/m/trakai")
    await Chat(page).greeted()
    for button in await page.get_by_role("button").all():
        box = await button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, await button.inner_text()
