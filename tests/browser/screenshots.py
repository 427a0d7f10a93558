"""Takes the pictures of `docs/images`: the main paths at phone and desktop width, against a running server.

`python -m tests.browser.screenshots [URL] [FOLDER]`; without a URL a server of its own is started.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, async_playwright

from bot.settings import PROJECT_ROOT
from tests.browser.chat import Chat

PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=800)
LONG_PHONE = ViewportSize(width=390, height=2300)
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_START_SECONDS = 600

PATHS: dict[str, tuple[str, tuple[str, ...]]] = {
    "darzelis": ("trakai", ("kokiu dokumentu reikia i darzeli", "kiek kainuoja")),
    "deklaravimas": ("varena", ("noriu deklaruoti gyvenamąją vietą",)),
    "biblioteka": ("varena", ("kada atvaziuoja mobili biblioteka i Liskiava",)),
    "kulturos-centras": ("alytus-r", ("kur yra kulturos centras",)),
    "skundas-zingsniais": (
        "trakai",
        (
            "noriu pateikti skundą",
            "Darželyje auklėtoja rėkė ant mano vaiko ir išstūmė jį iš grupės, o direktorė nereagavo",
            "nežinau",
            "vakar",
            "noriu, kad atsiprašytų",
            "Ona Onaitė, ona@pastas.lt",
            "pateikti",
        ),
    ),
    "skundas-viena-zinute": (
        "trakai",
        (
            "Noriu pasiskųsti: lapkričio 18 d. Trakų lopšelio-darželio „Ežerėlis“ direktorė su manimi nemandagiai "
            "bendravo ir neatsakė į klausimus. Noriu, kad atsiprašytų. Atsakymą prašau siųsti jonas@pastas.lt, Jonas "
            "Jonaitis",
            "pateikti",
        ),
    ),
    "neatsakoma": ("trakai", ("ar žinote gerą dantistą Vilniuje?",)),
}
"""Picture name → (municipality, what is asked)."""

SHAPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "zinutes-1": ("trakai", ("laba diena, kokiu dokumentu reikia i darzeli?", "o kiek kainuoja")),
    "zinutes-2": (
        "varena",
        (
            "Sveiki, vakar iš Vilniaus persikraustėme su dviem vaikais, dar nė dėžės neišpakuotos, o kaimynas sako, "
            "kad būsime nubausti. Iki kada reikia deklaruoti gyvenamąją vietą?",
            "ne, aš apie gimimo registravimą",
        ),
    ),
    "zinutes-3": ("varena", ("pažyma", "pirmas")),
    "zinutes-4": (
        "varena",
        (
            "kur registruoti kūdikį ir kiek kainuoja santuokos registravimas?",
            "kur gauti pa=ym1 apie 6eimos sud4t5",
        ),
    ),
    "zinutes-5": ("trakai", ("gatvėje jau savaitę nedega žibintas", "kaip uzhrashyti vaika i mokylka")),
    "zinutes-6": ("varena", ("как зарегистрировать ребёнка?", "jo")),
}
"""Twelve messages of different shapes in six conversations: docs/understanding.md shows them."""


@contextmanager
def server() -> Iterator[str]:
    """Start a server on a database of its own and yield its address."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {
            **os.environ,
            "LANGELIS_PORT": str(port),
            "LANGELIS_DATABASE_URL": f"sqlite:///{folder}/langelis.db",
        }
        command = [sys.executable, "-W", "ignore", "-m", "bot", "serve"]
        process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment)
        try:
            _wait(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _wait(url: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    msg = f"{url} did not answer"
    raise TimeoutError(msg)


async def take(url: str, folder: Path) -> None:
    """Take every picture."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        for size, viewport in {"phone": PHONE, "desktop": DESKTOP}.items():
            await _picture(browser, viewport, f"{url}/", folder / f"index-{size}.png")
            for name, (municipality, questions) in PATHS.items():
                await _picture(browser, viewport, f"{url}/m/{municipality}", folder / f"{name}-{size}.png", questions)
        for name, (municipality, questions) in SHAPES.items():
            await _picture(browser, LONG_PHONE, f"{url}/m/{municipality}", folder / f"{name}.png", questions)
        await browser.close()


async def _picture(
    browser: Browser, viewport: ViewportSize, url: str, path: Path, questions: tuple[str, ...] = ()
) -> None:
    context = await browser.new_context(viewport=viewport, locale="lt-LT")
    page = await context.new_page()
    await page.goto(url)
    chat = Chat(page)
    if questions:
        await chat.greeted()
    for question in questions:
        await chat.ask(question)
    await page.screenshot(path=path)
    await context.close()
    print(path)


def main() -> None:
    """Run from the command line."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else PROJECT_ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 1:
        asyncio.run(take(sys.argv[1], folder))
        return
    with server() as url:
        asyncio.run(take(url, folder))


if __name__ == "__main__":
    main()
