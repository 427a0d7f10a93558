"""The chat as a resident meets it: what can be seen and done in the window."""

from playwright.async_api import Locator, Page, expect


class Chat:
    """The window on one page, in the corner or as the page itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher: Locator = page.locator("langelis-chat .launcher")
        self.panel: Locator = page.locator("langelis-chat .panel")
        self.log: Locator = page.get_by_role("log")
        self.input: Locator = page.get_by_label("Jūsų žinutė")
        self.from_bot: Locator = self.log.locator(".by-bot")
        self.from_resident: Locator = self.log.locator(".by-resident")
        self.unsent: Locator = self.log.locator(".unsent")
        self.status: Locator = page.locator("langelis-link-status")
        self.counter: Locator = page.locator(".counter")

    async def greeted(self) -> None:
        """Waits for the first message of a new conversation."""
        await expect(self.from_bot.first).to_be_visible(timeout=30_000)

    async def write(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def ask(self, text: str) -> None:
        """Writes, and waits for the answer that follows."""
        before = await self.from_bot.count()
        await self.write(text)
        await self.answered(before)

    async def answered(self, before: int) -> None:
        """Waits until the bot has said more than `before` messages."""
        await expect(self.from_bot.nth(before)).to_be_visible(timeout=30_000)
        await expect(self.unsent).to_have_count(0)

    async def numbers(self) -> list[int]:
        """The sequence numbers on screen, top to bottom."""
        seen = await self.log.locator("[data-seq]").evaluate_all("rows => rows.map(row => row.dataset.seq)")
        return [int(number) for number in seen]

    async def texts(self) -> list[str]:
        """What was said, top to bottom, without names and times."""
        return await self.log.locator("[data-seq] .said").all_inner_texts()
