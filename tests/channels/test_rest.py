"""Rasa's REST channel: as in Rasa's documentation, and hard to upset."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from bot.app import Core
from bot.core.reply import Button, Card, Reply
from bot.settings import Settings
from bot.storage.tables import ConversationRow, MessageRow
from channels.web.app import create_app
from tests.asking import lines_of
from tests.conftest import WebClient
from tests.fakes import FakeEngine
from tests.waiting import until_true

URL = "/webhooks/rest/webhook"
TRAKAI = {"municipality": "trakai"}


async def post(
    client: WebClient, message: object = "labas", sender: object = "jonas", **more: object
) -> ClientResponse:
    """Send one message as Rasa's clients do."""
    return await client.post(URL, json={"sender": sender, "message": message, "metadata": TRAKAI, **more})


async def failure(response: ClientResponse) -> tuple[int, str]:
    """Return (status, code) of a refusal, whose sentence must be Lithuanian."""
    body = await response.json()
    assert body.keys() == {"error"}
    assert body["error"].keys() <= {"code", "message", "retry_after"}
    assert body["error"]["message"].endswith(".")
    assert any(letter in body["error"]["message"] for letter in "ąčęėįšųūžĄČĘĖĮŠŲŪŽ"), body
    return response.status, body["error"]["code"]


async def rows(core: Core, table: type[MessageRow | ConversationRow] = MessageRow) -> int:
    """Return how many rows the log (or the table) has."""
    async with core.database.read() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def test_a_message_is_answered_as_rasas_documentation_says(client: WebClient) -> None:
    response = await post(client)
    assert response.status == 200
    assert response.content_type == "application/json"
    assert await response.json() == [{"recipient_id": "jonas", "text": "atsakymas: labas"}]


async def test_metadata_may_be_left_out_and_unknown_fields_are_ignored(client: WebClient) -> None:
    for body in (
        {"sender": "jonas", "message": "labas"},
        {"sender": "jonas", "message": "labas", "metadata": None},
        {"sender": "jonas", "message": "labas", "metadata": {}, "stream": True, "input_channel": "x"},
        {"sender": "jonas", "message": "labas", "metadata": {"page": {"title": "Pradžia"}}},
    ):
        response = await client.post(URL, json=body)
        assert response.status == 200, body


async def test_the_content_type_does_not_matter(client: WebClient) -> None:
    body = json.dumps({"sender": "jonas", "message": "ąčęėįšųūž"}).encode()
    response = await client.post(URL, data=body, headers={"Content-Type": "text/plain"})
    assert await response.json() == [{"recipient_id": "jonas", "text": "atsakymas: ąčęėįšųūž"}]


async def test_buttons_images_and_cards_are_given_in_rasas_fields(client: WebClient, engine: FakeEngine) -> None:
    engine.answerer = lambda _: (
        Reply(text="Rinkitės", buttons=(Button("Kaina", '/ask_service_cost{"service": "x"}'),)),
        Reply(text="Kortelė", card=Card(kind="service", title="Leidimas", checked="2026-11-21")),
        Reply(text="", image="https://example.lt/a.png"),
    )
    buttons, card, image = await (await post(client)).json()
    assert buttons == {
        "recipient_id": "jonas",
        "text": "Rinkitės",
        "buttons": [{"title": "Kaina", "payload": '/ask_service_cost{"service": "x"}'}],
    }
    assert card.keys() == {"recipient_id", "text", "custom"}
    assert card["custom"]["card"]["title"] == "Leidimas"
    assert image == {"recipient_id": "jonas", "image": "https://example.lt/a.png"}


async def test_the_language_of_a_reply_that_is_not_lithuanian_is_told(client: WebClient, engine: FakeEngine) -> None:
    engine.answerer = lambda _: (Reply(text="Hello!", lang="en"), Reply(text="Laba diena!"))
    foreign, lithuanian = await (await post(client)).json()
    assert foreign["custom"] == {"lang": "en"}
    assert "custom" not in lithuanian


async def test_the_channel_says_that_it_lives_as_rasas_does(client: WebClient) -> None:
    response = await client.get("/webhooks/rest/")
    assert await response.json() == {"status": "ok"}


async def test_a_sender_is_one_conversation_and_another_sender_another(client: WebClient, core: Core) -> None:
    for sender in ("jonas", "jonas", "ona"):
        await post(client, sender=sender)
    assert await rows(core, ConversationRow) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_json"),
        (b"labas", "bad_json"),
        (b"{", "bad_json"),
        (b'{"sender": "jonas", "message": "labas"', "bad_json"),
        (b"\xff\xfe\xfd", "bad_json"),
        (b'{"sender": "jonas", "message": "\xff"}', "bad_json"),
        (b"[" * 30_000, "bad_json"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "bad_json"),
        (b'{"sender": "jonas", "message": "labas", "n": ' + b"9" * 5000 + b"}", "bad_json"),
        (b"null", "bad_frame"),
        (b"[]", "bad_frame"),
        (b'"labas"', "bad_frame"),
        (b"12", "bad_frame"),
        (b"{}", "bad_frame"),
        (b'{"sender": "jonas"}', "bad_frame"),
        (b'{"message": "labas"}', "bad_frame"),
        (b'{"sender": 1, "message": "labas"}', "bad_frame"),
        (b'{"sender": null, "message": "labas"}', "bad_frame"),
        (b'{"sender": "", "message": "labas"}', "bad_frame"),
        (b'{"sender": "jo\\u0000nas", "message": "labas"}', "bad_frame"),
        (b'{"sender": "\\ud800", "message": "labas"}', "bad_frame"),
        (b'{"sender": "' + b"x" * 129 + b'", "message": "labas"}', "bad_frame"),
        (b'{"sender": "jonas", "message": 1}', "bad_frame"),
        (b'{"sender": "jonas", "message": null}', "bad_frame"),
        (b'{"sender": "jonas", "message": ["labas"]}', "bad_frame"),
        (b'{"sender": "jonas", "message": {"text": "labas"}}', "bad_frame"),
        (b'{"sender": "jonas", "message": 1e999}', "bad_frame"),
        (b'{"sender": "jonas", "message": NaN}', "bad_frame"),
        (b'{"sender": "jonas", "message": "labas", "metadata": "trakai"}', "bad_frame"),
        (b'{"sender": "jonas", "message": "labas", "metadata": {"municipality": 1}}', "bad_frame"),
        (b'{"sender": "jonas", "message": "labas", "metadata": {"client_id": ""}}', "bad_frame"),
        (b'{"sender": "jonas", "message": "labas", "metadata": {"client_id": "\\ud800"}}', "bad_frame"),
        (b'{"sender": "jonas", "message": "labas", "metadata": {"client_id": "' + b"x" * 65 + b'"}}', "bad_frame"),
        (b'{"sender": "jonas", "message": ""}', "text_empty"),
        (b'{"sender": "jonas", "message": " \\n\\t "}', "text_empty"),
        (b'{"sender": "jonas", "message": "\\u200b\\u200d\\ufeff"}', "text_empty"),
        (b'{"sender": "jonas", "message": "a\\u0000b"}', "text_invalid_characters"),
        (b'{"sender": "jonas", "message": "a\\u001bb"}', "text_invalid_characters"),
        (b'{"sender": "jonas", "message": "\\ud800"}', "text_invalid_characters"),
        (b'{"sender": "jonas", "message": "\\udc00\\ud800"}', "text_invalid_characters"),
    ],
    ids=lambda value: repr(value[:70]) if isinstance(value, bytes) else value,
)
async def test_what_is_no_message_is_refused_with_its_code_and_not_logged(
    client: WebClient, core: Core, engine: FakeEngine, body: bytes, code: str
) -> None:
    assert await failure(await client.post(URL, data=body)) == (400, code)
    assert await rows(core) == 0
    assert engine.turns == []
    assert (await post(client)).status == 200


async def test_a_paired_surrogate_is_one_character(client: WebClient) -> None:
    response = await client.post(URL, data=b'{"sender": "jonas", "message": "\\ud83d\\udca7"}')
    assert await response.json() == [{"recipient_id": "jonas", "text": "atsakymas: 💧"}]


async def test_a_text_longer_than_allowed_is_refused_whatever_its_length(client: WebClient, core: Core) -> None:
    assert await failure(await post(client, "a" * 2001)) == (413, "text_too_long")
    assert await failure(await post(client, "ą" * 20_000)) == (413, "body_too_large")
    assert await failure(await post(client, "a" * 100_000)) == (413, "body_too_large")
    assert await rows(core) == 0
    assert (await post(client, "a" * 2000)).status == 200


async def test_an_unknown_municipality_is_refused_and_opens_nothing(client: WebClient, core: Core) -> None:
    for name in ("kaunas", "", "\ud800", "../trakai"):
        response = await post(client, metadata={"municipality": name})
        assert await failure(response) == (404, "unknown_municipality")
    assert await rows(core, ConversationRow) == 0


async def test_another_method_is_refused_with_the_right_one(client: WebClient) -> None:
    for method in ("GET", "PUT", "DELETE"):
        response = await client.request(method, URL)
        assert await failure(response) == (405, "method_not_allowed")
        assert response.headers["Allow"] == "POST"


async def test_three_parallel_repeats_get_one_answer(client: WebClient, core: Core, engine: FakeEngine) -> None:
    metadata = {**TRAKAI, "client_id": "a"}
    responses = await asyncio.gather(*(post(client, metadata=metadata) for _ in range(3)))
    assert [await response.json() for response in responses] == [
        [{"recipient_id": "jonas", "text": "atsakymas: labas"}]
    ] * 3
    assert len(engine.turns) == 1
    assert await rows(core) == 2


async def test_a_failing_engine_is_an_apology_and_no_error(client: WebClient, engine: FakeEngine) -> None:
    def fail(_turn: object) -> tuple[Reply, ...]:
        raise ZeroDivisionError

    engine.answerer = fail
    response = await post(client)
    assert response.status == 200
    (said,) = await response.json()
    assert said["text"].startswith("Atsiprašau")


class TestWithAToken:
    """`LANGELIS_REST_TOKEN` is set."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings with a token."""
        return replace(settings, rest_token="raktas-ąž")

    @pytest.mark.parametrize(
        ("query", "headers"),
        [
            ("", {}),
            ("?token=", {}),
            ("?token=kitas", {}),
            ("?token=raktas", {}),
            ("?token=%ED%A0%80", {}),
            ("", {"Authorization": "Bearer kitas"}),
            ("", {"Authorization": "Bearer "}),
            ("", {"Authorization": "Basic cmFrdGFz"}),
        ],
    )
    async def test_a_wrong_token_is_refused(
        self, client: WebClient, core: Core, query: str, headers: dict[str, str]
    ) -> None:
        response = await client.post(URL + query, json={"sender": "jonas", "message": "labas"}, headers=headers)
        assert await failure(response) == (401, "unauthorized")
        assert await rows(core) == 0

    async def test_who_guesses_tokens_is_slowed_down(self, core: Core) -> None:
        slow = replace(core, settings=replace(core.settings, address_messages_per_minute=3))
        async with TestClient(TestServer(create_app(slow))) as guesser:
            statuses = [(await guesser.post(URL, json={})).status for _ in range(3)]
        assert statuses == [401, 429, 429]

    async def test_the_right_token_opens_by_query_and_by_header(self, client: WebClient) -> None:
        body = {"sender": "jonas", "message": "labas"}
        assert (await client.post(URL, params={"token": "raktas-ąž"}, json=body)).status == 200
        headers = {"Authorization": "Bearer raktas-ąž"}
        assert (await client.post(URL, json=body, headers=headers)).status == 200


class TestBeforeTheEngineIsReady:
    """The engine is still loading."""

    @pytest.fixture
    def engine(self) -> FakeEngine:
        """An engine that is ready when `go` is set."""
        return FakeEngine(starts_ready=False)

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings with little patience."""
        return replace(settings, reply_timeout_seconds=1)

    async def test_a_request_waits_and_is_answered(self, client: WebClient, core: Core, engine: FakeEngine) -> None:
        asked = asyncio.create_task(post(client))
        await until_true(lambda: bool(core.turns._answers))
        engine.go.set()
        assert (await asked).status == 200

    async def test_a_request_that_waits_too_long_is_told_when_to_ask_again(
        self, client: WebClient, core: Core, engine: FakeEngine
    ) -> None:
        metadata: dict[str, Any] = {**TRAKAI, "client_id": "a"}
        response = await post(client, metadata=metadata)
        assert await failure(response) == (503, "busy")
        assert response.headers["Retry-After"] == "1"
        engine.go.set()
        again = await post(client, metadata=metadata)
        assert await again.json() == [{"recipient_id": "jonas", "text": "atsakymas: labas"}]
        conversation = (await core.hub.open_external("rest", "jonas", None)).id
        assert await lines_of(core, conversation) == [("resident", "labas"), ("bot", "atsakymas: labas")]
