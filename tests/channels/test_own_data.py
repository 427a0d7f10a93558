"""The resident's own data over the web: the copy by a link that a button uses up, and the deletion over the socket."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from aiohttp import FormData

from bot.app import Core
from bot.core.conversation import Owner
from bot.services.own_data.copies import TICKET_LIFE
from bot.services.own_data.orders import ERASE
from tests.asking import raw_bytes
from tests.channels.operator.console import console
from tests.channels.operator.desk_wire import Desk
from tests.channels.wire import Widget
from tests.conftest import WebClient
from tests.desk import here
from tests.fakes import FakeClock

MARKUP = '<script>alert("x")</script> & <b>labas</b>'


async def talked(client: WebClient, text: str = "belezojimas") -> tuple[Widget, str]:
    """Return a widget in whose conversation something was said, and its token."""
    widget, welcome = await Widget.greet(client)
    await widget.say(text, "a")
    await widget.frames(3, "message")
    return widget, welcome["token"]


async def link(widget: Widget) -> str:
    """Ask for a copy and return where it is."""
    await widget.send(type="copy")
    (frame,) = await widget.frames(1, "copy")
    return str(frame["path"])


async def test_a_widget_gets_a_link_and_the_page_gives_the_copy_once_in_each_form(client: WebClient) -> None:
    widget, token = await talked(client, MARKUP)
    path = await link(widget)
    assert re.fullmatch(r"/copy/[\w-]{43}", path)
    assert token not in path
    asked = await client.get(path)
    assert asked.status == 200
    assert "belezojimas" not in await asked.text()
    printed = await client.post(path, data=FormData({"form": "print"}))
    page = await printed.text()
    assert printed.status == 200
    assert printed.headers["Cache-Control"] == "no-store"
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &lt;b&gt;labas&lt;/b&gt;" in page
    assert "<script>alert" not in page
    saved = await client.post(path, data=FormData({"form": "text"}))
    assert saved.headers["Content-Disposition"] == 'attachment; filename="pokalbis-2026-11-21.txt"'
    assert saved.content_type == "text/plain"
    assert MARKUP in await saved.text(encoding="utf-8-sig")
    for form in ("print", "text"):
        again = await client.post(path, data=FormData({"form": form}))
        assert again.status == 410
        assert "nebegalioja" in await again.text()
    assert (await client.get(path)).status == 410


async def test_looking_at_a_link_does_not_use_it_up(client: WebClient) -> None:
    widget, _ = await talked(client)
    path = await link(widget)
    for _ in range(3):
        assert (await client.get(path)).status == 200
    assert (await client.post(path)).status == 200


async def test_a_link_ends_in_time_and_a_made_up_one_opens_nothing(client: WebClient, clock: FakeClock) -> None:
    widget, _ = await talked(client)
    path = await link(widget)
    clock.move(seconds=TICKET_LIFE.total_seconds() + 1)
    for gone in (path, "/copy/netikras", "/copy/%00", "/copy/" + "x" * 43):
        assert (await client.get(gone)).status == 410, gone
        assert (await client.post(gone)).status == 410, gone


async def test_another_sites_form_opens_no_copy(client: WebClient) -> None:
    widget, _ = await talked(client)
    path = await link(widget)
    refused = await client.post(path, headers={"Origin": "https://evil.example"})
    assert refused.status == 403
    assert "belezojimas" not in await refused.text()
    own = f"http://{urlsplit(str(client.make_url('/'))).netloc}"
    assert (await client.post(path, headers={"Origin": own})).status == 200


async def test_the_copy_holds_the_operators_name_and_no_note(client: WebClient, core: Core) -> None:
    widget, token = await talked(client)
    conversation = (await core.hub.open_with_token("web", "trakai", token)).conversation.id
    operator = await here(core)
    await core.hub.hand_over(conversation, Owner.BOT, Owner.QUEUED, "laukiama")
    await core.handoff.claims.claim(operator, conversation)
    await core.handoff.talk.note(operator, conversation, "slapta pastaba")
    await core.handoff.talk.reply(operator, conversation, "Laba diena", "a")
    page = await (await client.post(await link(widget))).text()
    assert "Rima" in page
    assert "Laba diena" in page
    assert "slapta pastaba" not in page


async def test_a_widget_deletes_its_conversation_and_its_token_is_worth_nothing(client: WebClient, core: Core) -> None:
    widget, token = await talked(client)
    twin, _ = await Widget.greet(client, token=token)
    await widget.send(type="erase")
    for one in (widget, twin):
        (erased,) = await one.frames(1, "erased")
        assert erased["text"].startswith("Pokalbis ištrintas.")
        await one.closed()
    assert b"belezojimas" not in raw_bytes(core)
    again = await Widget.connect(client)
    await again.send(type="hello", municipality="trakai", token=token)
    assert (await again.frame())["code"] == "token_invalid"
    _, welcome = await Widget.greet(client)
    assert welcome["last_seq"] == 1


async def test_the_button_of_the_bots_question_deletes_too_whoever_has_the_conversation(
    client: WebClient, core: Core
) -> None:
    widget, token = await talked(client)
    conversation = (await core.hub.open_with_token("web", "trakai", token)).conversation.id
    await core.hub.hand_over(conversation, Owner.BOT, Owner.QUEUED, "laukiama")
    await core.handoff.claims.claim(await here(core), conversation)
    await widget.say("Taip, ištrinti", "b", payload=ERASE)
    await widget.frames(1, "erased")


async def test_what_is_sent_after_the_deletion_says_that_it_was_deleted(client: WebClient, core: Core) -> None:
    widget, token = await talked(client)
    conversation = (await core.hub.open_with_token("web", "trakai", token)).conversation.id
    async with core.database.write() as session:
        await core.own_data.erasure.erase_within(session, conversation, core.clock.now())
    await widget.say("dar vienas", "b")
    (erased,) = await widget.frames(1, "erased")
    assert erased["text"].startswith("Pokalbis ištrintas.")


async def test_the_rest_channel_deletes_with_the_button_and_goes_on_anew(client: WebClient, core: Core) -> None:
    async def say(text: str) -> list[str]:
        body = {"sender": "siuntėjas", "message": text, "metadata": {"municipality": "trakai"}}
        async with client.post("/webhooks/rest/webhook", json=body) as response:
            assert response.status == 200
            return [said["text"] for said in await response.json()]

    await say("belezojimas")
    assert (await say(ERASE))[0].startswith("Pokalbis ištrintas.")
    assert b"belezojimas" not in raw_bytes(core)
    # A second time there is nothing but the farewell to delete.
    assert (await say(ERASE))[0].startswith("Pokalbis ištrintas.")
    assert await say("labas") == ["atsakymas: labas"]


async def test_consoles_see_it_go_and_a_reply_in_flight_is_refused_clearly(client: WebClient, core: Core) -> None:
    widget, token = await talked(client)
    conversation = (await core.hub.open_with_token("web", "trakai", token)).conversation.id
    await core.hub.hand_over(conversation, Owner.BOT, Owner.QUEUED, "laukiama")
    rima = await console(client, core)
    desk = await Desk.greet(rima)
    assert (await desk.do(type="claim", conversation=conversation))["type"] == "done"
    await widget.send(type="erase")
    gone = await desk.next_of("erased")
    assert gone == {"type": "event", "seq": gone["seq"], "kind": "erased", "conversation": conversation}
    assert await desk.refused(type="reply", conversation=conversation, text="Laba diena") == "unknown_conversation"
    await rima.get(f"conversations/{conversation}", 404)
    assert (await rima.get("conversations", tab="mine"))["items"] == []


async def test_whoever_slept_through_it_learns_of_the_deletion_and_of_no_word(client: WebClient, core: Core) -> None:
    rima = await console(client, core)
    desk = await Desk.greet(rima)
    await desk.next_of("presence")
    seen = desk.last_event
    widget, token = await talked(client)
    conversation = (await core.hub.open_with_token("web", "trakai", token)).conversation.id
    await desk.until("belezojimas")
    await desk.socket.close()
    await widget.send(type="erase")
    await widget.frames(1, "erased")
    late = await Desk.greet(rima, after=seen)
    await late.next_of("erased")
    assert [event["kind"] for event in late.events if event.get("conversation") == conversation] == ["erased"]
