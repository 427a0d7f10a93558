"""Files between a resident on a phone and an operator at a desk, as both see them."""

from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from bot.core.attachment import MAX_BYTES
from tests.files import PDF, picture

from .chat import Chat
from .conftest import PageAt
from .site import Site, claimed, resident_who_asks

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHOTO = FilePayload(name="duobė.jpg", mimeType="image/jpeg", buffer=picture(size=(640, 480), secret="Onos telefonas"))
LETTER = FilePayload(name="sprendimas.pdf", mimeType="application/pdf", buffer=PDF)
PROGRAM = FilePayload(name="nuotrauka.jpg", mimeType="image/jpeg", buffer=b"MZ" + b"\0" * 500)

DROP = """([selector, name]) => {
  const find = (root) => root.querySelector(selector)
    ?? [...root.querySelectorAll('*')].map((each) => each.shadowRoot && find(each.shadowRoot)).find(Boolean);
  const data = new DataTransfer();
  data.items.add(new File(['Laba diena'], name, { type: 'text/plain' }));
  const target = find(document);
  target.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data }));
  target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
}"""
PASTE = """([selector, name]) => {
  const find = (root) => root.querySelector(selector)
    ?? [...root.querySelectorAll('*')].map((each) => each.shadowRoot && find(each.shadowRoot)).find(Boolean);
  const data = new DataTransfer();
  data.items.add(new File(['Laba diena'], name, { type: 'text/plain' }));
  find(document).dispatchEvent(
    new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }),
  );
}"""


async def together(page_at: PageAt, site: Site, desk: Page) -> Chat:
    """A resident whose conversation Rima has."""
    chat = await resident_who_asks(page_at, site)
    await desk.keyboard.press("Alt+n")
    await claimed(desk)
    return chat


async def test_a_photo_and_a_letter_go_both_ways(page_at: PageAt, desk: Page, site: Site, tmp_path: Path) -> None:
    chat = await together(page_at, site, desk)
    await chat.page.locator(".attach-input").set_input_files([PHOTO])
    await expect(chat.page.locator(".upload")).to_contain_text("duobė.jpg")
    await expect(chat.page.locator(".upload progress")).to_have_count(0)
    await chat.write("Štai ta duobė")
    await expect(chat.page.locator(".uploads")).to_have_count(0)
    # Both see the picture itself.
    for page in (chat.page, desk):
        shown = page.locator(".file img")
        await expect(shown).to_be_visible()
        assert await shown.evaluate("image => image.naturalWidth") == 640

    await desk.locator(".attach-input").set_input_files([LETTER])
    await expect(desk.locator(".upload progress")).to_have_count(0)
    await desk.locator("#composer-input").press("Enter")
    link = chat.page.get_by_role("button", name="Atsisiųsti failą „sprendimas.pdf“")
    await expect(link).to_be_visible()
    async with chat.page.expect_download() as saving:
        await link.click()
    saved = await saving.value
    assert saved.suggested_filename == "sprendimas.pdf"
    await saved.save_as(tmp_path / "gauta.pdf")
    assert (tmp_path / "gauta.pdf").read_bytes() == PDF


async def test_what_cannot_be_sent_is_refused_in_words_and_the_words_stay(
    page_at: PageAt, desk: Page, site: Site, tmp_path: Path
) -> None:
    chat = await together(page_at, site, desk)
    film = tmp_path / "filmas.mp4"
    with film.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)
    assert film.stat().st_size > MAX_BYTES
    for page, box in ((chat.page, chat.input), (desk, desk.locator("#composer-input"))):
        await box.fill("Šito neprarasti")
        await page.locator(".attach-input").set_input_files(film)
        await expect(page.get_by_role("alert").filter(has_text="daugiausia 10 MB")).to_be_visible()
        await page.locator(".attach-input").set_input_files([PROGRAM])
        await expect(page.locator(".upload-problem")).to_contain_text("Tokio tipo failo priimti negaliu.")
        await box.press("Enter")
        await expect(page.get_by_role("alert").filter(has_text="Pašalinkite failus")).to_be_visible()
        await expect(box).to_have_value("Šito neprarasti")
        await page.get_by_role("button", name="Pašalinti failą „nuotrauka.jpg“").click()
        await box.press("Enter")
        await expect(box).to_have_value("")
    await expect(chat.log.get_by_text("Šito neprarasti")).to_have_count(2)


async def test_files_are_dropped_and_pasted_too(page_at: PageAt, desk: Page, site: Site) -> None:
    chat = await together(page_at, site, desk)
    for page in (chat.page, desk):
        await page.evaluate(DROP, [".composer", "numesta.txt"])
        await page.evaluate(PASTE, ["textarea", "ikelta.txt"])
        await expect(page.locator(".upload")).to_have_count(2)
        await expect(page.locator(".upload progress")).to_have_count(0)
        await page.locator("textarea").press("Enter")
        await expect(page.locator(".uploads")).to_have_count(0)
    for page in (chat.page, desk):
        await expect(page.locator(".file")).to_have_count(4)
    assert await chat.page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_files_added_to_a_reply_stay_while_another_conversation_is_looked_at(
    page_at: PageAt, desk: Page, site: Site
) -> None:
    await together(page_at, site, desk)
    await desk.locator(".attach-input").set_input_files([LETTER])
    await expect(desk.locator(".upload")).to_be_visible()
    address = desk.url
    await desk.goto(f"{site.url}/operator#/kreipiniai")
    await expect(desk.locator(".upload")).to_have_count(0)
    await desk.goto(address)
    await expect(desk.locator(".upload")).to_contain_text("sprendimas.pdf")


async def test_the_bot_says_what_becomes_of_a_file(page_at: PageAt, site: Site) -> None:
    phone = await page_at(390, 844)
    await phone.goto(f"{site.url}/m/trakai")
    chat = Chat(phone)
    await chat.greeted()
    await phone.locator(".attach-input").set_input_files([PHOTO])
    await expect(phone.locator(".upload progress")).to_have_count(0)
    await phone.get_by_role("button", name="Siųsti", exact=True).click()
    await expect(chat.log).to_contain_text("Failą gavau")
    await expect(phone.locator(".file img")).to_be_visible()
