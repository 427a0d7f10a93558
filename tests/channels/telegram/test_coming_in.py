"""How updates come in: by polling and by webhook, each once, in order, whatever Telegram does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Core
from bot.settings import Settings
from channels.web.app import create_app
from tests.bot_api import TOKEN, BotApi, Trouble
from tests.channels.telegram.chatting import lines_of, log_of, until_worked_off
from tests.channels.telegram.conftest import Serving
from tests.conftest import WebClient
from tests.fakes import FakeEngine
from tests.waiting import until_true

SECRET = "slaptas-Zodis_1"


async def test_an_update_that_comes_twice_does_nothing_the_second_time(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    message = api.message(1, "Labas")
    for _ in range(3):
        api.push({"message": message}, update_id=500)
    await api.until_sent(2)
    api.push({"message": message}, update_id=500)
    api.push({"message": message}, update_id=501)
    await until_worked_off(core, api)
    assert [turn.text for turn in engine.turns] == ["Labas"]
    assert len(await log_of(core, 1)) == 3


async def test_updates_that_come_out_of_order_are_worked_off_in_order(
    core: Core, api: BotApi, engine: FakeEngine
) -> None:
    messages = [api.message(1, f"žinutė {number}") for number in range(6)]
    for place in (3, 0, 5, 1, 4, 2):
        api.push({"message": messages[place]}, update_id=700 + place)
    await until_worked_off(core, api)
    await until_true(lambda: len(engine.turns) == 6)
    assert [turn.text for turn in engine.turns] == [f"žinutė {number}" for number in range(6)]


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"message": {"message_id": 1, "date": 1, "chat": {"id": 9, "type": "private"}}}, id="empty"),
        pytest.param({"message": {"chat": {"id": 9}}}, id="broken"),
        pytest.param({"channel_post": {"message_id": 1}}, id="channel"),
        pytest.param({"unheard_of": {}}, id="unheard-of"),
    ],
)
async def test_an_odd_update_holds_nobody_up(update: dict[str, object], core: Core, api: BotApi) -> None:
    api.push(update)
    api.write("Labas", chat=9)
    await api.until_sent(2, chat=9)


async def test_while_the_engine_loads_messages_are_kept_and_then_answered(
    with_telegram: Settings, serving: Serving, api: BotApi, engine: FakeEngine
) -> None:
    engine._ready = False
    async with serving(with_telegram) as core:
        api.write("Labas")
        await api.until_sent(1)
        await until_worked_off(core, api)
        engine.go.set()
        assert (await api.until_sent(2))[1].text == "atsakymas: Labas"


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(500),
        Trouble(409, "Conflict: terminated by other getUpdates request"),
        Trouble(429, "x", {"retry_after": 1}),
    ],
    ids=["500", "409", "429"],
)
async def test_polling_goes_on_after_a_failure(trouble: Trouble, core: Core, api: BotApi) -> None:
    await api.served.wait()
    api.trouble["getUpdates"].append(trouble)
    api.write("Labas")
    api.write("Dar kartą")
    await until_true(lambda: not api.trouble["getUpdates"], seconds=15)
    await api.until_sent(3, seconds=15)


async def test_a_server_that_hangs_at_the_start_is_asked_again(
    with_telegram: Settings, serving: Serving, api: BotApi
) -> None:
    api.trouble["getMe"].append(Trouble(0, hang=True))
    api.write("Labas")
    async with serving(with_telegram):
        await api.until_sent(2, seconds=20)


async def test_a_wrong_token_is_one_line_without_it_and_the_website_works(
    with_telegram: Settings, serving: Serving, api: BotApi, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = "999:neteisingas-raktas"
    settings = replace(with_telegram, telegram_token=wrong, telegram_tokens=f"trakai={TOKEN}")
    api.write("Labas")
    async with serving(settings) as core, TestClient(TestServer(create_app(core))) as client:
        await api.until_sent(2)
        async with client.get("/") as page:
            assert page.status == 200
        conversation = await core.hub.open_external("rest", "ona", "trakai")
        assert conversation.municipality == "trakai"
    printed = capfd.readouterr()
    lines = [line for line in printed.err.splitlines() if "off" in line]
    assert lines == ["Langelis: Telegram is off for all: the token in LANGELIS_TELEGRAM_TOKEN was refused"]
    assert wrong not in printed.err + printed.out


async def test_each_bot_of_a_municipality_answers_for_it_alone(
    with_telegram: Settings, serving: Serving, api: BotApi, engine: FakeEngine
) -> None:
    api.tokens["77:varenos"] = (77, "varena_bot")
    async with serving(replace(with_telegram, telegram_tokens="varena=77:varenos")) as core:
        api.push({"message": api.message(1, "Labas")}, token=TOKEN)
        api.push({"message": api.message(1, "Sveiki")}, token="77:varenos")
        await api.until_sent(4)
        assert [text for _, text in await lines_of(core, 1)][1:] == ["Labas", "atsakymas: Labas"]
        greeting, *rest = [text for _, text in await lines_of(core, 1, "varena")]
        assert "Varėnos rajono savivaldybės" in greeting
        assert rest == ["Sveiki", "atsakymas: Sveiki"]
        assert {turn.text: turn.municipality for turn in engine.turns} == {"Labas": None, "Sveiki": "varena"}
        assert core.telegram_bots.link("varena") == "https://t.me/varena_bot"
        assert core.telegram_bots.link("trakai", "trakai") == "https://t.me/langelis_bot?start=trakai"


async def test_a_bot_of_one_municipality_greets_once_at_start(
    with_telegram: Settings, serving: Serving, api: BotApi, engine: FakeEngine
) -> None:
    async with serving(replace(with_telegram, telegram_token="", telegram_tokens=f"trakai={TOKEN}")) as core:
        api.write("/start")
        await until_worked_off(core, api)
        assert [author for author, _ in await lines_of(core, 1, "trakai")] == ["bot", "resident"]
        api.write("/start varena")
        await api.until_sent(2)
        assert [author for author, _ in await lines_of(core, 1, "trakai")] == ["bot", "resident", "resident", "bot"]
    assert engine.turns == []


@pytest.fixture
def by_webhook(with_telegram: Settings) -> Settings:
    """Settings in which Telegram sends by itself."""
    return replace(
        with_telegram, telegram_mode="webhook", public_url="https://langelis.lt", telegram_webhook_secret=SECRET
    )


@pytest.fixture
async def hooked(by_webhook: Settings, serving: Serving, api: BotApi) -> AsyncIterator[tuple[Core, WebClient]]:
    """A core in webhook mode and a client of its website."""
    async with serving(by_webhook) as core, TestClient(TestServer(create_app(core))) as client:
        await until_true(lambda: TOKEN in api.webhooks)
        yield core, client


def url_of(client: WebClient, bot: str = "all") -> str:
    """Return the address to which Telegram sends."""
    return str(client.make_url(f"/webhooks/telegram/{bot}"))


async def test_the_webhook_is_announced_with_its_secret(hooked: tuple[Core, WebClient], api: BotApi) -> None:
    given = api.webhooks[TOKEN]
    assert given["url"] == "https://langelis.lt/webhooks/telegram/all"
    assert given["secret_token"] == SECRET
    assert not api.served.is_set()


async def test_what_the_webhook_brings_is_answered_once(hooked: tuple[Core, WebClient], api: BotApi) -> None:
    core, client = hooked
    update = {"update_id": 5, "message": api.message(1, "Labas")}
    for _ in range(3):
        assert await api.deliver(url_of(client), update, SECRET) == 200
    await api.until_sent(2)
    await until_worked_off(core, api)
    assert len(await log_of(core, 1)) == 3


async def test_the_webhook_answers_before_the_work_is_done(
    hooked: tuple[Core, WebClient], api: BotApi, engine: FakeEngine
) -> None:
    engine.hold = asyncio.Event()
    _, client = hooked
    assert await api.deliver(url_of(client), {"update_id": 5, "message": api.message(1, "Labas")}, SECRET) == 200
    await until_true(lambda: len(engine.turns) == 1)
    assert len(api.sent()) <= 1
    engine.hold.set()
    await api.until_sent(2)


@pytest.mark.parametrize(("secret", "status"), [(None, 401), ("", 401), ("slaptas", 401), ("ąžuolas", 401)])
async def test_without_the_secret_nothing_is_taken(
    hooked: tuple[Core, WebClient], api: BotApi, secret: str | None, status: int
) -> None:
    core, client = hooked
    assert await api.deliver(url_of(client), {"update_id": 5, "message": api.message(1, "x")}, secret) == status
    await until_worked_off(core, api)
    assert api.sent() == []


@pytest.mark.parametrize("body", ["[]", "{", "1", '{"message": {"chat": {"id": 1}}}', '{"update_id": "1"}'])
async def test_what_is_no_update_is_refused(hooked: tuple[Core, WebClient], body: str) -> None:
    _, client = hooked
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with client.post("/webhooks/telegram/all", data=body, headers=headers) as response:
        assert response.status == 400


async def test_there_is_no_webhook_for_an_unknown_bot_nor_while_polling(
    hooked: tuple[Core, WebClient], with_telegram: Settings, serving: Serving, api: BotApi
) -> None:
    _, client = hooked
    assert await api.deliver(url_of(client, "trakai"), {"update_id": 5}, SECRET) == 404
