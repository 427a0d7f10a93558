"""The widget socket: greeted first, resumed by number, refused cleanly."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from aiohttp import WSServerHandshakeError
from sqlalchemy import event

from bot.app import Core
from bot.core.conversation import Inbound, Owner
from bot.core.reply import Button, Card, Reply, Section
from bot.settings import PROJECT_ROOT, Settings
from tests.asking import hand_over, log_of
from tests.channels.wire import Frame, Widget
from tests.conftest import WebClient
from tests.fakes import FakeEngine
from tests.numbers import personal_code
from tests.waiting import until_true


async def conversation_of(core: Core, welcome: Frame) -> str:
    """Return the id of the conversation that was welcomed."""
    return (await core.hub.open_with_token("web", welcome["municipality"]["id"], welcome["token"])).conversation.id


# --- greeting ---


async def test_the_welcome_says_all_that_a_client_needs(client: WebClient) -> None:
    widget, welcome = await Widget.greet(client, "varena")
    assert welcome == {
        "type": "welcome",
        "protocol": 1,
        "token": welcome["token"],
        "municipality": {
            "id": "varena",
            "name": "Varėnos rajono savivaldybė",
            "website": welcome["municipality"]["website"],
        },
        "owner": "bot",
        "last_seq": 1,
        "limits": {"text": 2000, "file": 10 * 1024 * 1024, "files": 5},
    }
    assert len(welcome["token"]) >= 32
    greeting = await widget.frame()
    assert (greeting["type"], greeting["seq"], greeting["author"]) == ("message", 1, "bot")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ('{"type": "message", "client_id": "a", "text": "labas"}', "hello_expected"),
        ('{"type": "ping"}', "hello_expected"),
        ('{"type": "hello"}', "bad_frame"),
        ('{"type": "hello", "municipality": 1}', "bad_frame"),
        ('{"type": "hello", "municipality": "trakai", "after": "1"}', "bad_frame"),
        ('{"type": "hello", "municipality": "trakai", "token": 1}', "bad_frame"),
        ('{"type": "dance"}', "bad_frame"),
        ("{}", "bad_frame"),
        ("[]", "bad_frame"),
        ("labas", "bad_json"),
        ("", "bad_json"),
        ("[" * 5000, "bad_json"),
        ('{"type": "hello", "municipality": "kaunas"}', "unknown_municipality"),
        ('{"type": "hello", "municipality": "\\ud800"}', "unknown_municipality"),
        ('{"type": "hello", "municipality": "trakai", "token": "netikras"}', "token_invalid"),
        ('{"type": "hello", "municipality": "trakai", "token": ""}', "token_invalid"),
        ('{"type": "hello", "municipality": "trakai", "token": "\\ud800"}', "token_invalid"),
    ],
)
async def test_a_connection_that_does_not_begin_well_is_told_why_and_closed(
    client: WebClient, sent: str, code: str
) -> None:
    widget = await Widget.connect(client)
    await widget.socket.send_str(sent)
    error = await widget.frame()
    assert (error["type"], error["code"]) == ("error", code)
    assert error["message"]
    assert await widget.closed() is not None


async def test_a_binary_first_frame_is_no_greeting(client: WebClient) -> None:
    widget = await Widget.connect(client)
    await widget.socket.send_bytes(b'{"type": "hello", "municipality": "trakai"}')
    assert (await widget.frame())["code"] == "hello_expected"
    await widget.closed()


async def test_a_token_of_another_municipality_opens_nothing(client: WebClient) -> None:
    _, welcome = await Widget.greet(client, "trakai")
    widget = await Widget.connect(client)
    await widget.send(type="hello", municipality="varena", token=welcome["token"])
    assert (await widget.frame())["code"] == "token_invalid"


async def test_a_client_that_leaves_before_greeting_hurts_nobody(client: WebClient) -> None:
    for _ in range(5):
        widget = await Widget.connect(client)
        await widget.socket.close()
    await Widget.greet(client)


# --- origins ---


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "https://trakai.lt.evil.example",
        "https://eviltrakai.lt",
        "https://www.trakai.lt:8443",
        "null",
        "",
        "https://[",
        "javascript:alert(1)",
        "https://www.trakai.lt@evil.example",
    ],
)
async def test_a_foreign_origin_is_refused(client: WebClient, origin: str) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await Widget.connect(client, origin)
    assert refused.value.status == 403


async def test_a_refused_origin_gets_the_code_and_a_sentence(client: WebClient) -> None:
    response = await client.get("/ws", headers={"Origin": "https://evil.example"})
    body = await response.json()
    assert (response.status, body["error"]["code"]) == (403, "origin_refused")
    assert body["error"]["message"] == "Ši svetainė negali naudoti šio pokalbio lango."


@pytest.mark.parametrize(
    "origin", ["https://www.trakai.lt", "https://trakai.lt", "http://trakai.lt", "https://www.varena.lt"]
)
async def test_a_municipalitys_own_site_may_embed_the_widget(client: WebClient, origin: str) -> None:
    widget = await Widget.connect(client, origin)
    await widget.send(type="hello", municipality="trakai")
    assert (await widget.frame())["type"] == "welcome"


async def test_the_servers_own_pages_may_open_a_socket(client: WebClient) -> None:
    widget = await Widget.connect(client, f"http://{client.host}:{client.port}")
    assert not widget.socket.closed


class TestWithAllowedOrigins:
    """`LANGELIS_ALLOWED_ORIGINS` is set."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings with two further origins."""
        return replace(settings, allowed_origins="https://Seniunija.example/, http://localhost:9000")

    @pytest.mark.parametrize("origin", ["https://seniunija.example", "http://localhost:9000"])
    async def test_a_listed_origin_is_let_in(self, client: WebClient, origin: str) -> None:
        widget = await Widget.connect(client, origin)
        assert not widget.socket.closed

    @pytest.mark.parametrize("origin", ["http://seniunija.example", "http://localhost:9001"])
    async def test_another_scheme_or_port_is_another_origin(self, client: WebClient, origin: str) -> None:
        with pytest.raises(WSServerHandshakeError):
            await Widget.connect(client, origin)


# --- messages ---


async def test_a_message_is_accepted_shown_and_answered(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    await widget.say("labas", "a")
    accepted, *_ = await widget.frames(1, "accepted")
    assert accepted == {"type": "accepted", "client_id": "a", "seq": 2}


async def test_rows_come_in_order_each_once(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    for number in range(20):
        await widget.say(f"klausimas {number}", f"id-{number}")
    rows = await widget.frames(41, "message")
    assert [row["seq"] for row in rows] == list(range(1, 42))
    own = [row for row in rows if row["author"] == "resident"]
    assert [row["client_id"] for row in own] == [f"id-{number}" for number in range(20)]
    assert sorted(row["text"] for row in rows if row["author"] == "bot")[1:] == sorted(
        f"atsakymas: klausimas {number}" for number in range(20)
    )


async def test_a_row_tells_when_it_was_written(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    assert (await widget.frame())["at"] == "2026-11-21T10:00:00.000Z"


async def test_buttons_and_cards_are_sent_as_documented(client: WebClient, engine: FakeEngine) -> None:
    engine.answerer = lambda _: (
        Reply(
            text="Leidimas",
            lang="lt",
            buttons=(Button("Kaina", "/ask_service_cost"),),
            card=Card(kind="service", title="Leidimas", sections=(Section(lines=("a",), asked=True),)),
        ),
    )
    widget, _ = await Widget.greet(client)
    await widget.say("kas?", "a")
    *_, row = await widget.frames(3, "message")
    assert row["buttons"] == [{"title": "Kaina", "payload": "/ask_service_cost"}]
    assert row["lang"] == "lt"
    assert row["card"] == {
        "kind": "service",
        "title": "Leidimas",
        "lead": None,
        "sections": [{"lines": ["a"], "heading": None, "style": "text", "asked": True}],
        "warnings": [],
        "links": [],
        "checked": None,
        "checked_label": None,
    }


async def test_a_repeat_gets_the_same_number_and_no_second_row(
    client: WebClient, core: Core, engine: FakeEngine
) -> None:
    widget, welcome = await Widget.greet(client)
    for _ in range(3):
        await widget.say("labas", "a")
    assert [frame["seq"] for frame in await widget.frames(3, "accepted")] == [2, 2, 2]
    await core.turns.close()
    assert len(await log_of(core, await conversation_of(core, welcome))) == 3
    assert len(engine.turns) == 1


async def test_a_pressed_button_shows_its_title(client: WebClient, engine: FakeEngine) -> None:
    widget, _ = await Widget.greet(client)
    await widget.say("Kaina", "a", payload="/ask_service_cost")
    rows = await widget.frames(3, "message")
    assert rows[1]["text"] == "Kaina"
    assert [turn.text for turn in engine.turns] == ["/ask_service_cost"]


async def test_a_personal_code_comes_back_masked(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    await widget.say(f"mano kodas {personal_code()}", "a")
    rows = await widget.frames(4, "message")
    assert [row["author"] for row in rows] == ["bot", "resident", "bot", "bot"]
    assert personal_code() not in str(rows)


async def test_a_ping_is_answered(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    await widget.send(type="ping")
    assert await widget.frames(1, "pong") == [{"type": "pong"}]


async def test_typing_is_shown_around_a_turn(client: WebClient, engine: FakeEngine) -> None:
    engine.hold = asyncio.Event()
    widget, _ = await Widget.greet(client)
    await widget.say("labas", "a")
    assert (await widget.frames(1, "typing"))[0]["on"] is True
    engine.hold.set()
    answer, typing = await widget.frames(2, "message", "typing")
    assert answer["text"] == "atsakymas: labas"
    assert typing == {"type": "typing", "on": False}


async def test_a_change_of_owner_is_a_frame_of_its_own(client: WebClient, core: Core) -> None:
    widget, welcome = await Widget.greet(client)
    conversation = await conversation_of(core, welcome)
    await hand_over(core, conversation, Owner.BOT, Owner.QUEUED)
    (frame,) = await widget.frames(1, "owner")
    assert frame == {
        "type": "owner",
        "seq": 2,
        "owner": "queued",
        "text": "bot → queued",
        "at": "2026-11-21T10:00:00.000Z",
    }
    _, again = await Widget.greet(client, token=welcome["token"])
    assert again["owner"] == "queued"


# --- resuming ---


async def test_after_a_lost_connection_exactly_the_missing_rows_come(client: WebClient, core: Core) -> None:
    widget, welcome = await Widget.greet(client)
    await widget.say("pirma", "a")
    seen = await widget.frames(3, "message")
    await widget.socket.close()
    conversation = await conversation_of(core, welcome)
    receipt = await core.hub.receive(conversation, Inbound(text="antra"))
    await core.hub.answers(receipt, 10)
    resumed, again = await Widget.greet(client, token=welcome["token"], after=seen[-1]["seq"])
    assert (again["token"], again["last_seq"]) == (welcome["token"], 5)
    rows = await resumed.frames(2, "message")
    assert [(row["seq"], row["text"]) for row in rows] == [(4, "antra"), (5, "atsakymas: antra")]
    await resumed.send(type="ping")
    assert await resumed.frame() == {"type": "pong"}


@pytest.mark.parametrize("after", [0, -5, None])
async def test_without_a_number_the_whole_log_comes(client: WebClient, after: int | None) -> None:
    widget, welcome = await Widget.greet(client)
    await widget.say("pirma", "a")
    rows = await widget.frames(3, "message")
    hello = {"token": welcome["token"]} if after is None else {"token": welcome["token"], "after": after}
    resumed, _ = await Widget.greet(client, **hello)
    assert await resumed.frames(3, "message") == rows


@pytest.mark.parametrize("after", [1, 99, 2**63, 10**30])
async def test_a_number_from_the_future_does_not_hide_what_comes(client: WebClient, after: int) -> None:
    _, welcome = await Widget.greet(client)
    resumed, _ = await Widget.greet(client, token=welcome["token"], after=after)
    await resumed.say("labas", "a")
    assert [row["seq"] for row in await resumed.frames(2, "message")] == [2, 3]


async def test_a_number_without_a_token_is_a_new_conversation_from_its_beginning(client: WebClient) -> None:
    widget, _ = await Widget.greet(client, after=7)
    assert (await widget.frame())["seq"] == 1


async def test_two_windows_of_one_conversation_see_the_same(client: WebClient) -> None:
    first, welcome = await Widget.greet(client)
    second, _ = await Widget.greet(client, token=welcome["token"])
    await first.say("labas", "a")
    assert await first.frames(3, "message") == await second.frames(3, "message")


async def test_a_resent_message_after_the_reconnect_is_not_asked_twice(client: WebClient, engine: FakeEngine) -> None:
    widget, welcome = await Widget.greet(client)
    await widget.say("labas", "a")
    await until_true(lambda: bool(engine.turns))
    await widget.socket.close()
    resumed, _ = await Widget.greet(client, token=welcome["token"], after=1)
    await resumed.say("labas", "a")
    assert (await resumed.frames(1, "accepted"))[0]["seq"] == 2
    assert len(engine.turns) == 1


# --- bad frames after the greeting ---


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("labas", "bad_json"),
        ("{", "bad_json"),
        ("[" * 10_000, "bad_json"),
        ('{"type": "message", "client_id": "a", "text": ' + "9" * 5000 + "}", "bad_json"),
        ("null", "bad_frame"),
        ('{"type": "dance"}', "bad_frame"),
        ('{"type": "hello", "municipality": "trakai"}', "bad_frame"),
        ('{"type": "message", "text": "labas"}', "bad_frame"),
        ('{"type": "message", "client_id": "a"}', "bad_frame"),
        ('{"type": "message", "client_id": "", "text": "labas"}', "bad_frame"),
        ('{"type": "message", "client_id": 7, "text": "labas"}', "bad_frame"),
        ('{"type": "message", "client_id": "\\ud800", "text": "labas"}', "bad_frame"),
        ('{"type": "message", "client_id": "\\ud800", "text": ""}', "bad_frame"),
        ('{"type": "message", "client_id": "' + "x" * 65 + '", "text": "labas"}', "bad_frame"),
        ('{"type": "message", "client_id": "a", "text": ["labas"]}', "bad_frame"),
        ('{"type": "message", "client_id": "a", "text": "labas", "payload": "labas"}', "bad_frame"),
        (
            '{"type": "message", "client_id": "a", "text": "labas", "payload": "/x{\\"a\\": \\"\\ud800\\"}"}',
            "bad_frame",
        ),
        ('{"type": "message", "client_id": "a", "text": ""}', "text_empty"),
        ('{"type": "message", "client_id": "a", "text": "\\u200b \\n"}', "text_empty"),
        ('{"type": "message", "client_id": "a", "text": "a\\u0000"}', "text_invalid_characters"),
        ('{"type": "message", "client_id": "a", "text": "\\ud800"}', "text_invalid_characters"),
        ('{"type": "message", "client_id": "a", "text": "' + "a" * 2001 + '"}', "text_too_long"),
        ('{"type": "message", "client_id": "a", "text": "' + "a" * 30_000 + '"}', "text_too_long"),
    ],
    ids=lambda value: value[:90],
)
async def test_a_bad_frame_is_told_and_the_conversation_goes_on(
    client: WebClient, core: Core, sent: str, code: str
) -> None:
    widget, welcome = await Widget.greet(client)
    await widget.frame()
    await widget.socket.send_str(sent)
    error = await widget.frame()
    assert (error["type"], error["code"]) == ("error", code)
    assert error["message"].endswith(".")
    assert len(await log_of(core, await conversation_of(core, welcome))) == 1
    await widget.say("labas", "b")
    assert (await widget.frames(1, "accepted"))[0]["seq"] == 2


async def test_an_error_names_the_message_that_it_is_about(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    await widget.say(" ", "tuščia")
    (error,) = await widget.frames(1, "error")
    assert error["client_id"] == "tuščia"


async def test_a_binary_frame_is_refused_and_the_conversation_goes_on(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    await widget.socket.send_bytes(b"\x00\xff")
    assert (await widget.frames(1, "error"))[0]["code"] == "bad_json"
    await widget.say("labas", "a")
    await widget.frames(1, "accepted")


async def test_a_frame_that_is_too_large_closes_its_own_socket_only(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    other, _ = await Widget.greet(client)
    await widget.socket.send_str("x" * (33 * 1024))
    # What was not read of the frame may reset the connection before the close frame is seen.
    assert await widget.closed() in {1009, 1006}
    await other.say("labas", "a")
    await other.frames(1, "accepted")


async def test_a_sender_of_nothing_but_nonsense_is_closed(client: WebClient) -> None:
    widget, welcome = await Widget.greet(client)
    for _ in range(60):
        await widget.socket.send_str("{")
    assert await widget.closed() is not None
    await Widget.greet(client, token=welcome["token"])


async def test_closed_sockets_leave_no_listeners_behind(client: WebClient, core: Core) -> None:
    for _ in range(5):
        widget, _ = await Widget.greet(client)
        await widget.socket.close()
    await until_true(lambda: not core.bus._listeners)


async def test_clients_that_leave_in_the_middle_cost_no_database_connection(client: WebClient, core: Core) -> None:
    cut_off: list[object] = []
    event.listen(core.database._readers.sync_engine, "invalidate", lambda *what: cut_off.append(what))

    async def come_and_go(number: int) -> None:
        widget, _ = await Widget.greet(client)
        await widget.say(f"klausimas {number}", "a")
        await widget.socket.close()

    await asyncio.gather(*map(come_and_go, range(30)))
    await until_true(lambda: not core.bus._listeners)
    assert cut_off == []


async def test_fifty_widgets_talk_at_once(client: WebClient) -> None:
    async def talk(number: int) -> None:
        widget, _ = await Widget.greet(client, ("trakai", "varena", "alytus-r")[number % 3])
        await widget.say(f"klausimas {number}", "a")
        rows = await widget.frames(3, "message")
        assert [row["seq"] for row in rows] == [1, 2, 3]
        assert rows[-1]["text"] == f"atsakymas: klausimas {number}"

    await asyncio.gather(*map(talk, range(50)))


async def test_when_the_server_stops_clients_are_told_to_come_again(client: WebClient) -> None:
    widget, _ = await Widget.greet(client)
    await widget.frame()
    stopping = asyncio.create_task(client.server.close())
    assert await widget.closed() == 1001
    await stopping


async def test_a_socket_whose_log_cannot_be_read_is_closed_for_the_client_to_resume(
    client: WebClient, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget, _ = await Widget.greet(client)
    await widget.frame()

    async def broken(conversation: str, seq: int) -> NoReturn:
        raise OSError(f"disk error below row {seq} of {conversation}")

    monkeypatch.setattr(core.hub, "log_after", broken)
    await widget.say("labas", "a")
    assert await widget.closed() == 1011
    monkeypatch.undo()
    await Widget.greet(client)


async def test_a_failure_while_greeting_closes_the_socket_with_a_code(
    client: WebClient, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> NoReturn:
        raise OSError("disk error")

    monkeypatch.setattr(core.hub, "open_with_token", broken)
    widget = await Widget.connect(client)
    await widget.send(type="hello", municipality="trakai")
    assert await widget.closed() == 1011


# --- the documented schema ---


def documented_frames() -> dict[str, Any]:
    """Return the frames of docs/socket.schema.json by their type."""
    found: dict[str, Any] = {}

    def walk(node: object) -> None:
        if isinstance(node, dict):
            properties = node.get("properties")
            kind = properties.get("type", {}).get("const") if isinstance(properties, dict) else None
            if kind:
                found[kind] = node
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(json.loads((PROJECT_ROOT / "docs" / "socket.schema.json").read_text(encoding="utf-8")))
    return found


async def test_every_frame_that_the_server_sends_is_in_the_schema(client: WebClient, engine: FakeEngine) -> None:
    documented = documented_frames()
    engine.hold = asyncio.Event()
    widget, welcome = await Widget.greet(client)
    await widget.say("labas", "a")
    await widget.say("", "b")
    await widget.send(type="ping")
    frames = [welcome, *await widget.frames(6)]
    engine.hold.set()
    frames += await widget.frames(2)
    assert {frame["type"] for frame in frames} >= {"welcome", "message", "accepted", "error", "pong", "typing"}
    for frame in frames:
        node = documented[frame["type"]]
        assert set(node.get("required", ())) <= frame.keys() <= node["properties"].keys(), frame
