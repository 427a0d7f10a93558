"""Files over HTTP in the widget: only with the conversation's token, never run by a browser, from allowed websites."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse

from bot.app import Core
from bot.core.attachment import MAX_BYTES
from bot.core.conversation import Inbound
from channels.web import file_transfer
from tests.asking import log_of
from tests.channels.wire import Frame, Widget
from tests.conftest import WebClient
from tests.files import PDF, picture

TRAKAI = "https://trakai.lt"


async def refused(response: ClientResponse) -> tuple[int, str]:
    """Return status and code of a refusal, which has a sentence too."""
    error = (await response.json())["error"]
    assert error["message"].endswith(".")
    return response.status, error["code"]


async def put(
    client: WebClient, token: str, content: object, name: str = "raštas.pdf", **headers: str
) -> ClientResponse:
    """Send a file."""
    return await client.post(
        "/files", params={"name": name}, data=content, headers={"Authorization": f"Bearer {token}", **headers}
    )


async def get(client: WebClient, token: str, file: str, **headers: str) -> ClientResponse:
    """Ask for a file."""
    return await client.get(f"/files/{file}", headers={"Authorization": f"Bearer {token}", **headers})


@pytest.fixture
async def widget(client: WebClient) -> tuple[Widget, Frame]:
    """An open widget and what it was welcomed with."""
    return await Widget.greet(client)


async def test_a_file_goes_with_a_message_and_comes_back_to_the_resident(
    client: WebClient, widget: tuple[Widget, Frame]
) -> None:
    socket, welcome = widget
    assert welcome["limits"] == {"text": 2000, "file": MAX_BYTES, "files": 5}
    response = await put(client, welcome["token"], PDF)
    assert response.status == 201
    kept = await response.json()
    assert kept == {"id": kept["id"], "name": "raštas.pdf", "media_type": "application/pdf", "size": len(PDF)}
    await socket.send(type="message", text="", client_id="a", attachments=[kept["id"]])
    rows = await socket.frames(3, "message")
    assert [row["attachments"] for row in rows if row["author"] == "resident"] == [[kept]]
    sent = await get(client, welcome["token"], kept["id"])
    assert (sent.status, await sent.read()) == (200, PDF)
    assert sent.headers["Content-Type"] == "application/pdf"
    assert sent.headers["Content-Disposition"] == "attachment; filename*=UTF-8''ra%C5%A1tas.pdf"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in sent.headers["Cache-Control"]


async def test_a_picture_may_be_shown(client: WebClient, core: Core, widget: tuple[Widget, Frame]) -> None:
    token = widget[1]["token"]
    kept = await (await put(client, token, picture("PNG"), "a\r\nX: 1.png")).json()
    conversation = (await core.hub.by_token("web", token)).id
    await core.hub.receive(conversation, Inbound(text="", attachments=(kept["id"],)))
    sent = await get(client, token, kept["id"])
    assert sent.headers["Content-Disposition"] == "inline; filename*=UTF-8''aX%20%201.png".replace("%20%20", "%20")
    assert sent.headers["Content-Type"] == "image/png"
    assert "X" not in sent.headers


@pytest.mark.parametrize("token", ["", "netikras", "x" * 5000])
async def test_without_the_token_nothing_is_taken_or_given(
    client: WebClient, widget: tuple[Widget, Frame], token: str
) -> None:
    kept = await (await put(client, widget[1]["token"], PDF)).json()
    assert await refused(await put(client, token, PDF)) == (403, "token_invalid")
    assert await refused(await get(client, token, kept["id"])) == (403, "token_invalid")


async def test_the_file_of_another_conversation_and_one_not_shown_are_unknown(
    client: WebClient, core: Core, widget: tuple[Widget, Frame]
) -> None:
    mine, other = widget[1]["token"], (await Widget.greet(client))[1]["token"]
    kept = await (await put(client, mine, PDF)).json()
    assert await refused(await get(client, mine, kept["id"])) == (404, "file_unknown")
    conversation = (await core.hub.by_token("web", mine)).id
    await core.hub.receive(conversation, Inbound(text="", attachments=(kept["id"],)))
    for token, file in ((other, kept["id"]), (mine, "nera"), (mine, "..%2F..%2Fetc%2Fpasswd")):
        assert await refused(await get(client, token, file)) == (404, "file_unknown")


async def test_200_megabytes_are_refused_before_they_are_read(client: WebClient, widget: tuple[Widget, Frame]) -> None:
    sent = 0

    async def film() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 1
            yield b"0" * 1024 * 1024

    headers = {"Content-Length": str(200 * 1024 * 1024)}
    assert await refused(await put(client, widget[1]["token"], film(), **headers)) == (413, "file_too_large")
    assert sent < 200


async def test_what_does_not_announce_its_size_is_cut_off_at_the_limit(
    client: WebClient, widget: tuple[Widget, Frame]
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"0" * 1024 * 1024

    assert await refused(await put(client, widget[1]["token"], chunks())) == (413, "file_too_large")


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"MZ" + b"\0" * 99, (415, "file_type")), (b"", (400, "file_empty")), (picture()[:99], (400, "file_broken"))],
)
async def test_what_is_no_good_file_is_refused_in_words(
    client: WebClient, core: Core, widget: tuple[Widget, Frame], content: bytes, expected: tuple[int, str]
) -> None:
    assert await refused(await put(client, widget[1]["token"], content, "gera.pdf")) == expected
    assert [path for path in core.settings.attachments_dir.rglob("*") if path.is_file()] == []


async def test_a_file_that_never_ends_is_given_up(
    client: WebClient, widget: tuple[Widget, Frame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_transfer, "_SLOWEST_SECONDS", 0.0)
    assert await refused(await put(client, widget[1]["token"], PDF)) == (408, "file_slow")


async def test_an_allowed_website_may_send_and_get_and_a_strange_one_may_not(
    client: WebClient, widget: tuple[Widget, Frame]
) -> None:
    token = widget[1]["token"]
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    preflight = await client.options("/files", headers={"Origin": TRAKAI, **asked})
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == TRAKAI
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    assert (await put(client, token, PDF, Origin=TRAKAI)).headers["Access-Control-Allow-Origin"] == TRAKAI
    wrong = await put(client, token, b"", Origin=TRAKAI)
    assert (wrong.status, wrong.headers["Access-Control-Allow-Origin"]) == (400, TRAKAI)
    strange = await put(client, token, PDF, Origin="https://evil.example")
    assert await refused(strange) == (403, "origin_refused")
    assert "Access-Control-Allow-Origin" not in strange.headers


async def test_a_message_with_a_made_up_file_is_refused_and_nothing_is_stored(
    client: WebClient, core: Core, widget: tuple[Widget, Frame]
) -> None:
    socket, welcome = widget
    await socket.send(type="message", text="štai", client_id="a", attachments=["f" * 32])
    error = (await socket.frames(1, "error"))[0]
    assert (error["code"], error["client_id"]) == ("file_unknown", "a")
    conversation = (await core.hub.by_token("web", welcome["token"])).id
    assert len(await log_of(core, conversation)) == 1


async def test_too_many_files_in_one_message_are_refused(widget: tuple[Widget, Frame]) -> None:
    await widget[0].send(type="message", text="štai", client_id="a", attachments=[str(n) for n in range(6)])
    assert (await widget[0].frames(1, "error"))[0]["code"] == "files_too_many"
