"""Rate limits: a flood is refused, and nobody else feels it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestServer, make_mocked_request

from bot.settings import Settings
from channels.web.keys import LIMITS
from channels.web.limits import Limits
from tests.channels.test_rest import failure, post
from tests.channels.wire import Widget
from tests.conftest import WebClient
from tests.fakes import FakeEngine


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The limits that are shipped."""
    shipped = Settings()
    return replace(
        settings,
        token_messages_per_minute=shipped.token_messages_per_minute,
        address_messages_per_minute=shipped.address_messages_per_minute,
    )


async def test_a_thousand_messages_at_once_from_one_sender_do_not_keep_another_waiting(
    client: WebClient, engine: FakeEngine
) -> None:
    flood = [asyncio.create_task(post(client, f"žinutė {number}", sender="robotas")) for number in range(1000)]
    other = await post(client, "labas", sender="ona")
    responses = await asyncio.gather(*flood)
    refused = [response for response in responses if response.status == 429]
    # Ten at once, and one more every two seconds that the flood lasts.
    assert 10 <= len(responses) - len(refused) <= 20
    assert {response.status for response in responses} == {200, 429}
    assert all(1 <= int(response.headers["Retry-After"]) <= 60 for response in refused)
    assert await failure(refused[0]) == (429, "rate_limited")
    assert other.status == 200
    assert len(engine.turns) == len(responses) - len(refused) + 1
    assert (await client.get("/healthz")).status == 200


async def test_the_refusal_says_when_to_come_again(client: WebClient) -> None:
    response = await refused_post(client)
    body = await response.json()
    wait = int(response.headers["Retry-After"])
    assert 1 <= wait <= 2
    assert body["error"]["retry_after"] == wait
    assert f"{wait} sek." in body["error"]["message"]


class TestByAddress:
    """A small limit by address."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings that let twenty messages through at once."""
        return replace(settings, address_messages_per_minute=60)

    async def test_many_senders_from_one_address_are_stopped_by_the_address(self, client: WebClient) -> None:
        responses = await asyncio.gather(*(post(client, sender=f"robotas {number}") for number in range(60)))
        allowed = sum(response.status == 200 for response in responses)
        assert 20 <= allowed <= 40
        assert {response.status for response in responses} == {200, 429}

    async def test_new_conversations_count_by_address(self, client: WebClient) -> None:
        codes = []
        for _ in range(60):
            widget = await Widget.connect(client)
            await widget.send(type="hello", municipality="trakai")
            codes.append((await widget.frame()).get("code"))
            await widget.socket.close()
        assert codes[:20] == [None] * 20
        assert "rate_limited" in codes


async def refused_post(client: WebClient) -> ClientResponse:
    """Post until a message is refused."""
    for _ in range(100):
        response = await post(client)
        if response.status == 429:
            return response
    pytest.fail("nothing was refused")


async def test_refused_texts_count_too(client: WebClient) -> None:
    statuses = [(await post(client, "")).status for _ in range(30)]
    assert statuses[:10] == [400] * 10
    assert 429 in statuses


async def test_a_flood_over_the_socket_gets_error_frames_and_the_process_lives(
    client: WebClient, engine: FakeEngine
) -> None:
    widget, _ = await Widget.greet(client)
    other, _ = await Widget.greet(client, "varena")
    for number in range(40):
        await widget.say(f"žinutė {number}", f"id-{number}")
    errors = await widget.frames(25, "error")
    assert {error["code"] for error in errors} == {"rate_limited"}
    assert all(1 <= error["retry_after"] <= 60 for error in errors)
    assert errors[0]["client_id"] == "id-10"
    await other.say("labas", "a")
    assert (await other.frames(1, "accepted"))[0]["client_id"] == "a"
    assert len(engine.turns) <= 16
    assert (await client.get("/healthz")).status == 200


async def test_a_socket_that_does_not_stop_is_closed(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)

    async def flood() -> None:
        for number in range(1000):
            await widget.say("a", f"id-{number}")

    flooding = asyncio.create_task(flood())
    assert await widget.closed() is not None
    flooding.cancel()
    await asyncio.gather(flooding, return_exceptions=True)
    again, _ = await Widget.greet(client)
    await again.say("labas", "a")
    await again.frames(1, "accepted")


async def test_a_repeat_that_was_refused_is_taken_when_its_time_comes(client: WebClient) -> None:
    """The refused message is not stored: its client id is still free."""
    metadata = {"municipality": "trakai", "client_id": "x"}
    await refused_post(client)
    assert (await post(client, metadata=metadata)).status == 429
    assert isinstance(client.server, TestServer)
    client.server.app[LIMITS]._by_token._buckets.clear()
    response = await post(client, metadata=metadata)
    assert await response.json() == [{"recipient_id": "jonas", "text": "atsakymas: labas"}]


class TestBehindAProxy:
    """Which address counts."""

    @staticmethod
    def address(trust: bool, forwarded: str | None) -> str:
        """Return the address under which a request is counted."""
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        return Limits(Settings(trust_proxy=trust)).address(make_mocked_request("GET", "/", headers=headers))

    def test_the_header_is_ignored_unless_the_proxy_is_trusted(self) -> None:
        assert self.address(False, "1.2.3.4") == self.address(False, None)

    def test_only_the_proxys_own_entry_counts(self) -> None:
        assert self.address(True, "6.6.6.6, 1.2.3.4") == "1.2.3.4"
        assert self.address(True, "1.2.3.4") == "1.2.3.4"

    def test_without_the_header_the_connections_address_counts(self) -> None:
        assert self.address(True, None) == self.address(False, None)
