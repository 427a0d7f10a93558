"""A core that serves Telegram, over a server that speaks the Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Protocol

import pytest

from bot.app import Core, build, running
from bot.services.texts import Texts
from bot.settings import Settings
from tests.bot_api import TOKEN, BotApi
from tests.conftest import CHEAP
from tests.fakes import FakeClock, FakeEngine


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """The Bot API, on this machine."""
    served = BotApi()
    await served.start()
    yield served
    await served.close()


@pytest.fixture
def with_telegram(imported: Settings, api: BotApi) -> Settings:
    """Settings with one bot for all municipalities."""
    return replace(
        imported, telegram_token=TOKEN, telegram_api_url=api.url, telegram_poll_seconds=1, telegram_timeout_seconds=1
    )


class Serving(Protocol):
    """Runs a core for as long as the block lasts."""

    def __call__(self, settings: Settings) -> AbstractAsyncContextManager[Core]:
        """See the class."""


@pytest.fixture
def serving(engine: FakeEngine, clock: FakeClock, texts: Texts, monkeypatch: pytest.MonkeyPatch) -> Serving:
    """Run cores over the fake engine."""
    monkeypatch.setattr("bot.app.Texts", lambda: texts)

    @asynccontextmanager
    async def serve(settings: Settings) -> AsyncIterator[Core]:
        built = build(settings, engine=engine, clock=clock, password_cost=CHEAP)
        async with running(built) as load_engine:
            loading = load_engine()
            if engine.ready:
                await loading
            yield built

    return serve


@pytest.fixture
async def core(with_telegram: Settings, serving: Serving) -> AsyncIterator[Core]:
    """A running core that serves Telegram by polling."""
    async with serving(with_telegram) as served:
        yield served
