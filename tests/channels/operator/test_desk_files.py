"""Files in the console: with a reply, in the thread, and of cases; for whom they are and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import ClientResponse

from bot.app import Core
from bot.core.conversation import Inbound
from bot.core.operators import Role
from tests.asking import log_of, opened
from tests.channels.operator.console import Console, console, heading, refused
from tests.conftest import WebClient
from tests.desk import taken, waiting
from tests.files import PDF, picture
from tests.filing import filing

NOTE = b"labas"


async def put(who: Console, conversation: str, content: object = PDF, name: str = "raštas.pdf") -> ClientResponse:
    """Send a file for a reply."""
    return await who.client.post(
        f"/operator/api/conversations/{conversation}/files",
        params={"name": name},
        data=content,
        headers=who.headers,
    )


async def page(who: Console, path: str) -> ClientResponse:
    """Ask for a page or a file."""
    return await who.ask("GET", path)


@pytest.fixture
async def rima(client: WebClient, core: Core) -> Console:
    """An operator of Trakai."""
    return await console(client, core)


async def test_a_reply_with_a_file_reaches_the_log_and_the_file_can_be_read(core: Core, rima: Console) -> None:
    conversation = await taken(core, rima.operator)
    response = await put(rima, conversation)
    assert response.status == 201
    kept = await response.json()
    socket = await rima.client.ws_connect("/operator/ws", headers=rima.headers)
    await socket.send_json({"type": "hello"})
    await socket.send_json(
        {"type": "reply", "id": "r1", "conversation": conversation, "text": "", "attachments": [kept["id"]]}
    )
    done = await socket.receive_json()
    while done["type"] != "done":
        done = await socket.receive_json()
    await socket.close()
    row = (await rima.get(f"conversations/{conversation}"))["rows"][-1]
    assert row["attachments"] == [kept]
    sent = await page(rima, f"/operator/conversations/{conversation}/files/{kept['id']}")
    assert (sent.status, await sent.read()) == (200, PDF)
    assert sent.headers["Content-Disposition"].startswith("attachment;")
    assert sent.headers["Content-Security-Policy"].startswith("sandbox")
    transcript = await (await page(rima, f"/operator/conversations/{conversation}/print")).text()
    assert "Pridėtas failas: raštas.pdf" in transcript


async def test_only_the_owner_may_send_a_file(client: WebClient, core: Core, rima: Console) -> None:
    colleague, stranger = (
        await console(client, core, "ona"),
        await console(client, core, "jonas", municipalities=("varena",)),
    )
    conversation = await taken(core, rima.operator)
    assert await refused(await put(colleague, conversation)) == (409, "not_owner")
    assert await refused(await put(stranger, conversation)) == (403, "forbidden")
    assert await refused(await put(rima, await waiting(core, "b"))) == (409, "not_owner")
    assert await refused(await put(rima, "0" * 32)) == (404, "unknown_conversation")
    assert [path for path in core.settings.attachments_dir.rglob("*") if path.is_file()] == []


async def test_a_file_is_read_by_those_who_see_the_conversation_and_by_no_forged_address(
    client: WebClient, core: Core, rima: Console
) -> None:
    stranger = await console(client, core, "jonas", municipalities=("varena",))
    conversation, other = await opened(core), await opened(core, "kita")
    kept = await core.attachments.keep(conversation, "a.jpg", picture())
    path = f"/operator/conversations/{conversation}/files/{kept.id}"
    # Not shown by any message yet.
    assert (await page(rima, path)).status == 404
    await core.hub.receive(conversation, Inbound(text="", attachments=(kept.id,)))
    assert (await page(rima, path)).headers["Content-Disposition"].startswith("inline;")
    for who, forged, status in (
        (stranger, path, 404),
        (rima, f"/operator/conversations/{other}/files/{kept.id}", 404),
        (rima, f"/operator/conversations/{conversation}/files/{'f' * 32}", 404),
        (rima, f"/operator/conversations/{conversation}/files/..%2F..%2Fetc%2Fpasswd", 404),
        (rima, f"/operator/cases/TR-2026-000001/files/{kept.id}", 404),
    ):
        response = await page(who, forged)
        assert response.status == status, forged
        assert heading(await response.text())


async def test_files_sent_while_a_complaint_is_told_belong_to_the_case(
    client: WebClient, core: Core, rima: Console
) -> None:
    stranger = await console(client, core, "jonas", Role.SUPERVISOR, ("varena",))
    conversation = await opened(core)
    old, kept, operators = [
        await core.attachments.keep(conversation, name, NOTE, operator=who)
        for name, who in (("sena.txt", None), ("nauja.txt", None), ("darbuotojos.txt", rima.operator.id))
    ]
    del operators
    await core.hub.receive(conversation, Inbound(text="", attachments=(old.id,)))
    first = await core.desk.file(
        filing("Pirma", draft="a", conversation=conversation, files_since=core.clock.now()), "k1"
    )
    await core.hub.receive(conversation, Inbound(text="", attachments=(kept.id,)))
    since = core.clock.now() - timedelta(minutes=15)
    assert await core.desk.files_to_come(conversation, since) == ["nauja.txt"]
    second = await core.desk.file(filing("Antra", draft="b", conversation=conversation, files_since=since), "k2")
    for filed, name in ((first, "sena.txt"), (second, "nauja.txt")):
        detail = await rima.get(f"cases/{filed.case.number}")
        assert [file["name"] for file in detail["attachments"]] == [name]
        assert name in await (await page(rima, f"/operator/cases/{filed.case.number}/print")).text()
    path = f"/operator/cases/{second.case.number}/files/{kept.id}"
    sent = await page(rima, path)
    assert (sent.status, await sent.read()) == (200, NOTE)
    assert (await page(stranger, path)).status == 403
    assert (await page(rima, f"/operator/cases/{second.case.number}/files/{old.id}")).status == 404
    assert len(await log_of(core, conversation)) == 4


@pytest.mark.parametrize(
    "path",
    [
        "/operator/conversations/nera/print",
        "/operator/cases/TR-2026-999999/print",
        "/operator/conversations/nera/files/nera",
    ],
)
async def test_a_page_that_is_refused_says_so_on_a_page(rima: Console, path: str) -> None:
    response = await page(rima, path)
    assert response.status == 404
    assert response.content_type == "text/html"
    text = await response.text()
    assert heading(text) == "Puslapis nerastas"
    assert "nėra." in text


async def test_the_print_page_of_a_foreign_conversation_is_refused_on_a_page(core: Core, rima: Console) -> None:
    foreign = await opened(core, "b", "varena")
    response = await page(rima, f"/operator/conversations/{foreign}/print")
    assert (response.status, response.content_type) == (403, "text/html")
    assert heading(await response.text()) == "Čia patekti negalima"
