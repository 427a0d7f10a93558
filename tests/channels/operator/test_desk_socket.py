"""The console's socket: nothing missing, nothing doubled, nothing foreign, and cut when it must be."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from bot.app import Core
from bot.core.audit import COMMAND_LINE
from bot.core.conversation import Owner
from bot.core.handoff import HandoffReason
from bot.core.operators import Role
from bot.services.people.accounts import Change
from bot.storage.desk_events import remove_before
from channels.web.operator.socket import RIGHTS_CHANGED, SIGNED_OUT
from tests.asking import ask, log_of, opened
from tests.channels.operator.console import Console, again, console
from tests.channels.operator.desk_wire import Desk, Frame, rows_of
from tests.channels.wire import Widget
from tests.conftest import WebClient
from tests.desk import events_after, owner_of, standing_of, taken, waiting, write
from tests.fakes import FakeClock


@pytest.fixture
async def rima(client: WebClient, core: Core) -> Console:
    """An operator of Trakai who is signed in."""
    return await console(client, core)


# --- greeting ---


async def test_the_welcome_says_who_one_is_and_where_to_begin(rima: Console, core: Core) -> None:
    await waiting(core)
    newest = (await events_after(core))[-1].seq
    desk = await Desk.connect(rima)
    await desk.send(type="hello", after=None)
    welcome = await desk.frame()
    assert welcome["operator"]["name"] == "Rima"
    assert welcome["operator"]["municipalities"] == ["trakai"]
    assert welcome["protocol"] == 1
    assert welcome["last_event"] == newest


@pytest.mark.parametrize("first", ['{"type": "ping"}', "ne json", '{"type": "hello", "after": "x"}', "[]"])
async def test_whoever_does_not_greet_first_is_sent_away(rima: Console, first: str) -> None:
    desk = await Desk.connect(rima)
    await desk.socket.send_str(first)
    assert (await desk.frame())["code"] == "bad_frame"
    await desk.closed()


async def test_without_a_session_there_is_no_socket(client: WebClient) -> None:
    for cookie in ("", "langelis_operator=x"):
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await client.ws_connect("/operator/ws", headers={"Cookie": cookie})
        assert caught.value.status == 401


async def test_a_foreign_page_gets_no_socket(rima: Console) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await Desk.connect(rima, "https://evil.example")
    assert caught.value.status == 403
    assert await Desk.connect(rima, f"http://127.0.0.1:{rima.client.port}")


# --- events ---


async def test_what_a_resident_writes_arrives_with_row_and_summary(rima: Console, core: Core) -> None:
    conversation = await waiting(core)
    desk = await Desk.greet(rima)
    await write(core, conversation, "ar yra kas?")
    event = await desk.until("ar yra kas?")
    assert event["kind"] == "message"
    assert event["row"]["author"] == "resident"
    assert event["summary"]["owner"] == "queued"
    assert event["summary"]["unread"] == 1
    assert event["summary"]["last_text"] == (await log_of(core, conversation))[-1].reply.text


async def test_the_bots_rows_arrive_with_its_guess(rima: Console, core: Core) -> None:
    desk = await Desk.greet(rima)
    conversation = await opened(core)
    await ask(core, conversation, "labas")
    event = await desk.until("atsakymas: labas")
    assert event["row"]["author"] == "bot"
    assert event["row"]["nlu"] is None
    assert event["row"]["operator"] is None


async def test_after_any_cut_nothing_is_missing_and_nothing_doubled(rima: Console, core: Core) -> None:
    conversation = await taken(core, rima.operator)
    events: list[Frame] = []
    desk = await Desk.greet(rima, after=0)
    last = 0
    for step in range(12):
        text = f"žinutė {step}"
        await write(core, conversation, text)
        if step % 3 == 0:
            # Cut before anything of this step is read.
            await desk.socket.close()
        if step % 3 == 1:
            await desk.until(text)
            await desk.socket.close()
        await write(core, conversation, f"{text} po")
        if desk.socket.closed:
            events += desk.events
            last = desk.last_event
            desk = await Desk.greet(rima, after=last)
        await desk.until(f"{text} po")
    events += desk.events
    numbers = [event["seq"] for event in events]
    assert numbers == sorted(set(numbers))
    assert rows_of(events, conversation) == [row.seq for row in await log_of(core, conversation)]


async def test_a_cut_after_each_single_event_misses_and_doubles_nothing(rima: Console, core: Core) -> None:
    conversation = await taken(core, rima.operator)
    for number in range(5):
        await write(core, conversation, f"žinutė {number}")
    seen: list[Frame] = []
    last, newest = 0, (await events_after(core))[-1].seq
    while last < newest:
        desk = await Desk.greet(rima, after=last)
        while (await desk.frame())["type"] != "event":
            pass
        seen += desk.events
        last = desk.last_event
        await desk.socket.close()
    assert rows_of(seen, conversation) == [row.seq for row in await log_of(core, conversation)]


async def test_who_slept_longer_than_events_are_kept_is_told_to_load_anew(
    rima: Console, core: Core, clock: FakeClock
) -> None:
    conversation = await taken(core, rima.operator)
    await write(core, conversation, "labas")
    async with core.database.write() as session:
        await remove_before(session, clock.now() + timedelta(days=1), keep=1)
    newest = (await events_after(core))[-1].seq
    for after in (1, newest + 1000, -1):
        desk = await Desk.connect(rima)
        await desk.send(type="hello", after=after)
        assert (await desk.frame())["type"] == "welcome"
        reset = await desk.frame()
        assert reset["type"] == "reset"
        assert reset["last_event"] >= newest
        await desk.socket.close()
    assert (await Desk.greet(rima, after=newest)).last_event == newest


async def test_two_tabs_of_one_operator_agree(rima: Console, core: Core) -> None:
    conversation = await waiting(core)
    one, two = await Desk.greet(rima), await Desk.greet(rima)
    assert (await one.do(type="claim", conversation=conversation))["type"] == "done"
    assert (await two.do(type="claim", conversation=conversation))["type"] == "done"
    said = await one.do(type="reply", conversation=conversation, text="Sveiki!")
    assert (await two.do(type="reply", id=said["id"], conversation=conversation, text="Sveiki!"))["seq"] == said["seq"]
    await two.do(type="reply", conversation=conversation, text="Kuo padėti?")
    for tab in (one, two):
        await tab.until("Kuo padėti?")
    assert [event for event in one.events if "row" in event] == [event for event in two.events if "row" in event]
    assert len([event for event in one.events if event.get("row", {}).get("text") == "Sveiki!"]) == 1
    assert (await one.until("Sveiki!"))["row"]["client_id"] == said["id"]


async def test_what_another_process_wrote_arrives_too(rima: Console, core: Core) -> None:
    conversation = await taken(core, rima.operator)
    desk = await Desk.greet(rima)
    # Another process would not wake this one's bus.
    core.bus._followers.clear()
    await write(core, conversation, "iš kito proceso")
    assert (await desk.until("iš kito proceso"))["conversation"] == conversation


async def test_a_foreign_municipality_is_never_sent(client: WebClient, core: Core, rima: Console) -> None:
    vida = await console(client, core, "vida", municipalities=("varena",))
    desk, foreign = await Desk.greet(rima), await Desk.greet(vida)
    hidden = await waiting(core, "slaptas", "varena")
    await write(core, hidden, "tik Varėnai")
    shown = await waiting(core, "jonas")
    await write(core, shown, "Trakams")
    await desk.until("Trakams")
    assert {event.get("conversation") for event in desk.events} <= {shown, None}
    assert "Varėnai" not in str(desk.events)
    await foreign.until("tik Varėnai")
    assert await desk.refused(type="claim", conversation=hidden) == "forbidden"


async def test_what_was_given_away_is_told_of_without_a_word(client: WebClient, core: Core, rima: Console) -> None:
    conversation = await taken(core, rima.operator)
    desk = await Desk.greet(rima)
    vida = await Desk.greet(await console(client, core, "vida", municipalities=("varena",)))
    to = {"municipality": "varena"}
    assert (await desk.do(type="transfer", conversation=conversation, to=to, note=""))["type"] == "done"
    gone = await desk.next_of("state")
    assert gone["conversation"] == conversation
    assert "summary" not in gone
    assert "row" not in gone
    came = await vida.next_of("state")
    assert came["summary"]["municipality"] == "varena"
    await write(core, conversation, "jau Varėnai")
    await vida.until("jau Varėnai")
    await write(core, await waiting(core, "ona"), "Trakams")
    await desk.until("Trakams")
    assert "jau Varėnai" not in str(desk.events)


async def test_notes_tasks_presence_and_prepared_replies_are_events(
    client: WebClient, core: Core, rima: Console
) -> None:
    conversation = await taken(core, rima.operator)
    desk, boss = await Desk.greet(rima), await console(client, core, "vyr", Role.ADMINISTRATOR)
    noted = await desk.do(type="note", conversation=conversation, text="Pastaba.")
    assert (await desk.next_of("note"))["note"] == noted["note"]
    await (await Desk.greet(boss)).do(type="presence", state="pause")
    while (found := (await desk.next_of("presence"))["presence"])["presence"] != "pause":
        pass
    assert found["name"] == "Vyr"
    body = {"shortcut": "labas", "title": "Labas", "text": "Laba diena", "municipality": "trakai"}
    made = await boss.send("POST", "canned", body, 201)
    assert (await desk.next_of("canned"))["canned"] == made
    await boss.send("DELETE", f"canned/{made['id']}")
    assert (await desk.next_of("canned"))["canned"] == {"id": made["id"], "removed": True}


# --- commands ---


async def test_the_whole_way_from_claim_to_the_end(client: WebClient, core: Core, rima: Console) -> None:
    widget, _ = await Widget.greet(client)
    await widget.say("noriu žmogaus", "w1")
    desk = await Desk.greet(rima, after=0)
    conversation = (await desk.until("noriu žmogaus"))["conversation"]
    await core.handoff.queue.request(conversation, HandoffReason.ASKED, "Darželiai")
    assert (await desk.do(type="claim", conversation=conversation))["type"] == "done"
    await desk.do(type="typing", conversation=conversation, on=True)
    await desk.do(type="reply", conversation=conversation, text="Sveiki!")
    await desk.do(type="read", conversation=conversation, seq=4)
    close = {"reason": "answered", "topic": "Darželiai", "comment": ""}
    assert (await desk.do(type="close", conversation=conversation, **close))["type"] == "done"
    assert await owner_of(core, conversation) is Owner.CLOSED
    frames: list[Frame] = []
    while not frames or frames[-1].get("buttons") is None:
        frames.append(await widget.frame())
    assert {"type": "typing", "on": True} in frames
    spoken = next(frame for frame in frames if frame.get("author") == "operator")
    assert (spoken["text"], spoken["name"]) == ("Sveiki!", "Rima")
    assert "client_id" not in spoken
    assert [frame["owner"] for frame in frames if frame["type"] == "owner"] == ["queued", "operator", "closed"]


async def test_refusals_have_stable_codes(client: WebClient, core: Core, rima: Console) -> None:
    mine, queued = await taken(core, rima.operator), await waiting(core, "ona")
    of_bot = await opened(core, "petras")
    ona = await console(client, core, "ona")
    theirs = await taken(core, ona.operator, "vytas")
    desk = await Desk.greet(rima)
    assert await desk.refused(type="reply", conversation=mine, text="a" * 5001) == "text_too_long"
    assert await desk.refused(type="reply", conversation=mine, text=" ") == "text_empty"
    assert await desk.refused(type="reply", conversation=mine) == "bad_frame"
    assert await desk.refused(type="reply", conversation=mine, text="a", service="b") == "bad_frame"
    assert await desk.refused(type="reply", conversation=mine, service="nera") == "unknown_service"
    assert await desk.refused(type="reply", conversation=queued, text="a") == "not_owner"
    assert await desk.refused(type="reply", conversation="nera-tokio", text="a") == "unknown_conversation"
    assert await desk.refused(type="claim", conversation=of_bot) == "illegal_transition"
    assert await desk.refused(type="transfer", conversation=mine, to={}, note="") == "bad_frame"
    assert await desk.refused(type="transfer", conversation=theirs, to={"municipality": "varena"}) == "not_owner"
    assert await desk.refused(type="close", conversation=mine, reason="kita", topic="") == "bad_frame"
    assert await desk.refused(type="presence", state="away") == "bad_frame"
    assert await desk.refused(type="kazkas") == "bad_frame"
    taken_by = await desk.do(type="claim", conversation=theirs)
    assert (taken_by["code"], taken_by["operator"]) == ("already_claimed", "Ona")
    assert taken_by["message"] == "Jau perėmė Ona."
    await desk.do(type="close", conversation=mine, reason="answered", topic="")
    assert await desk.refused(type="reply", conversation=mine, text="dar") == "closed"
    assert (await desk.do(type="ping"))["type"] == "pong"


@pytest.mark.parametrize("text", ["{", '"x"', '{"type": "reply"}', '{"type": "claim", "conversation": "c", "id": ""}'])
async def test_a_bad_frame_is_refused_and_the_socket_lives(rima: Console, text: str) -> None:
    desk = await Desk.greet(rima)
    await desk.socket.send_str(text)
    while (frame := await desk.frame())["type"] == "event":
        pass
    assert frame["code"] in {"bad_frame", "bad_json"}
    await desk.socket.send_bytes(b"\0")
    assert (await desk.do(type="ping", id=""))["type"] in {"error", "pong"}


async def test_typing_goes_both_ways_and_leaves_no_event(client: WebClient, core: Core, rima: Console) -> None:
    widget, _ = await Widget.greet(client)
    await widget.say("labas", "w1")
    desk = await Desk.greet(rima, after=0)
    conversation = (await desk.until("atsakymas: labas"))["conversation"]
    await core.handoff.queue.request(conversation, HandoffReason.ASKED)
    await core.handoff.claims.claim(rima.operator, conversation)
    ona = await Desk.greet(await console(client, core, "ona"))
    before = len(await log_of(core, conversation))
    await widget.send(type="typing", on=True)
    while (frame := await desk.frame())["type"] != "typing":
        pass
    assert frame == {"type": "typing", "conversation": conversation, "who": "resident", "on": True}
    await desk.do(type="typing", conversation=conversation, on=True)
    while (frame := await ona.frame())["type"] != "typing" or frame["who"] != "operator":
        pass
    assert frame["name"] == "Rima"
    assert await ona.refused(type="typing", conversation=conversation, on=True) == "not_owner"
    assert len(await log_of(core, conversation)) == before


async def test_what_the_widget_has_shown_is_marked(client: WebClient, core: Core, rima: Console) -> None:
    widget, _ = await Widget.greet(client)
    desk = await Desk.greet(rima, after=0)
    while (event := await desk.frame()).get("conversation") is None:
        pass
    await widget.send(type="read", seq=1)
    assert (await desk.next_of("state"))["summary"]["resident_read"] == 1
    assert (await standing_of(core, event["conversation"])).last_seq == 1


# --- cut ---


async def test_a_disabled_operator_is_cut_at_once(rima: Console, core: Core) -> None:
    conversation = await waiting(core)
    desk = await Desk.greet(rima)
    await core.people.accounts.disable(COMMAND_LINE, rima.operator.id)
    assert await desk.closed() == SIGNED_OUT
    await write(core, conversation, "po išjungimo")
    assert "po išjungimo" not in str(desk.events)


async def test_a_command_after_another_process_ended_the_session_is_not_done(rima: Console, core: Core) -> None:
    conversation = await waiting(core)
    desk = await Desk.greet(rima)
    core.people.watch._watchers.clear()
    await core.people.accounts.disable(COMMAND_LINE, rima.operator.id)
    await desk.send(type="claim", id="x", conversation=conversation)
    assert await desk.closed() == SIGNED_OUT
    assert await owner_of(core, conversation) is Owner.QUEUED


async def test_signing_out_cuts_that_session_only(rima: Console, core: Core) -> None:
    other = await again(rima, core)
    one, two = await Desk.greet(rima), await Desk.greet(other)
    await core.people.sessions.sign_out(rima.token, "192.0.2.7")
    assert await one.closed() == SIGNED_OUT
    assert (await two.do(type="ping"))["type"] == "pong"


async def test_changed_rights_ask_for_a_new_connection_which_has_them(rima: Console, core: Core) -> None:
    desk = await Desk.greet(rima)
    await core.people.accounts.change(COMMAND_LINE, rima.operator.id, Change(municipalities=frozenset({"varena"})))
    assert await desk.closed() == RIGHTS_CHANGED
    anew = await Desk.greet(rima)
    await write(core, await waiting(core, "jonas", "varena"), "Varėnai")
    await anew.until("Varėnai")


async def test_of_ten_claims_over_sockets_at_once_one_wins(client: WebClient, core: Core, rima: Console) -> None:
    conversation = await waiting(core)
    desks = [await Desk.greet(rima)] + [
        await Desk.greet(await console(client, core, f"op{number}")) for number in range(9)
    ]
    answers = await asyncio.gather(*(desk.do(type="claim", conversation=conversation) for desk in desks))
    assert [answer["type"] for answer in answers].count("done") == 1
    assert {answer.get("code") for answer in answers} == {None, "already_claimed"}
