"""Chromium, pages of a given size, and a stranger's website that embeds the widget.

The server that is met here, `live_server`, lets the widget in from the stranger's `foreign_origin`.
"""

import os
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.app import build, running
from bot.settings import Settings
from channels.web.app import create_app
from tests.conftest import CHEAP
from tests.people import hired

from .site import AskingEngine, Site, signed_in
from .types import ForeignPage, PageAt
from .wire import Wire

__all__ = ["ForeignPage", "PageAt"]

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def _chromium() -> str:
    """Path of Chromium; without one the tests are skipped, or fail where LANGELIS_REQUIRE_BROWSER=1."""
    path = os.environ.get("LANGELIS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is not None:
        return path
    reason = "Chromium not found: install it or name it in LANGELIS_CHROMIUM"
    if os.environ.get("LANGELIS_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = _chromium()
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page_at(browser: Browser) -> AsyncIterator[PageAt]:
    """Opens an empty page of the given size, in CSS pixels, with a storage of its own."""
    contexts: list[BrowserContext] = []

    async def open_page(width: int, height: int) -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale="lt-LT", timezone_id="Europe/Vilnius"
        )
        contexts.append(context)
        return await context.new_page()

    yield open_page
    for context in contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(page_at: PageAt) -> Page:
    """A desktop page."""
    return await page_at(1280, 800)


@pytest_asyncio.fixture(loop_scope="session")
async def wire(page: Page) -> Wire:
    """The proxy on the sockets of `page`."""
    proxy = Wire()
    await proxy.attach(page)
    return proxy


@pytest_asyncio.fixture(loop_scope="session")
async def foreign_page(foreign_socket: socket.socket, foreign_origin: str) -> AsyncIterator[ForeignPage]:
    """Puts a page with the given body on the stranger's website; returns its address."""
    served = ""

    async def show(_request: web.Request) -> web.Response:
        return web.Response(text=served, content_type="text/html")

    async def serve(body: str) -> str:
        nonlocal served
        served = f'<!doctype html><html lang="lt"><head><title>Svetainė</title></head><body>{body}</body></html>'
        return foreign_origin

    app = web.Application()
    app.router.add_get("/", show)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, foreign_socket.dup()).start()
    yield serve
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def site(imported_database: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """A site with operators Rima and Jonas of Trakai."""
    shutil.copy(imported_database, tmp_path / "langelis.db")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'langelis.db'}",
        packs_dir=tmp_path / "already imported",
        attachments_dir=tmp_path / "attachments",
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
