"""Headers on everything, and nothing told that need not be."""

from __future__ import annotations

import json

import pytest

from bot.app import Core
from tests.channels.wire import Widget
from tests.conftest import WebClient

ROUTES = [
    ("GET", "/"),
    ("GET", "/m/trakai"),
    ("GET", "/m/kaunas"),
    ("GET", "/widget.js"),
    ("GET", "/static/page.css"),
    ("GET", "/static/icon.svg"),
    ("GET", "/static/"),
    ("GET", "/static/nera.css"),
    ("GET", "/nera-tokio"),
    ("GET", "/ws"),
    ("GET", "/webhooks/rest/"),
    ("GET", "/webhooks/rest/webhook"),
    ("POST", "/webhooks/rest/webhook"),
    ("DELETE", "/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
]


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_every_answer_has_the_security_headers(client: WebClient, method: str, path: str, accept: str) -> None:
    response = await client.request(method, path, headers={"Accept": accept})
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_the_policy_allows_this_server_only(client: WebClient, method: str, path: str) -> None:
    response = await client.request(method, path)
    policy = dict(
        part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].rstrip("; ").split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'none'"
    # Pictures of a conversation, fetched with its token, are shown from the page's own memory.
    assert policy.pop("img-src") == "'self' blob:"
    assert set(policy.values()) == {"'none'", "'self'"}


async def test_the_handshake_has_the_headers_too(client: WebClient) -> None:
    widget = await Widget.connect(client)
    assert "Content-Security-Policy" in widget.socket._response.headers


async def test_an_internal_error_has_the_headers_too(client: WebClient, core: Core) -> None:
    core.catalogues._loaded = None  # type: ignore[assignment]
    response = await client.get("/")
    assert response.status == 500
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_no_other_site_may_read_answers(client: WebClient, method: str, path: str) -> None:
    response = await client.request(method, path, headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_no_cookie_is_set(client: WebClient, method: str, path: str) -> None:
    assert not (await client.request(method, path)).cookies


async def test_a_conversation_cannot_be_read_by_guessing_its_id(client: WebClient, core: Core) -> None:
    _, welcome = await Widget.greet(client)
    conversation = (await core.hub.open_with_token("web", "trakai", welcome["token"])).conversation.id
    widget = await Widget.connect(client)
    await widget.send(type="hello", municipality="trakai", token=conversation)
    assert (await widget.frame())["code"] == "token_invalid"


async def test_two_tokens_are_never_alike(client: WebClient) -> None:
    tokens = {(await Widget.greet(client))[1]["token"] for _ in range(20)}
    assert len(tokens) == 20


async def test_the_rest_sender_of_one_client_does_not_open_a_widgets_conversation(
    client: WebClient, core: Core
) -> None:
    _, welcome = await Widget.greet(client)
    conversation = (await core.hub.open_with_token("web", "trakai", welcome["token"])).conversation
    for sender in (conversation.id, welcome["token"]):
        body = json.dumps({"sender": sender, "message": "labas"})
        assert (await client.post("/webhooks/rest/webhook", data=body)).status == 200
    assert len(await core.hub.log_after(conversation.id, 0)) == 1
