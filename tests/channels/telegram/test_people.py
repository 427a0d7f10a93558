"""Residents and operators: the hand-off both ways, files, cases, the website's conversation, groups."""

from __future__ import annotations

import io
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from bot.app import Core
from bot.core.case import Assignee
from bot.core.case_rules import Assign
from bot.core.handoff import ClosedReason, HandoffReason
from bot.core.reply import Asks, Reply
from bot.services.texts import Texts
from bot.storage import attachments, conversations
from bot.storage.attachments import KeptAttachment
from channels.web.app import create_app
from tests.bot_api import BotApi, Trouble, seen
from tests.channels.telegram.chatting import chat_of, lines_of, log_of, until_worked_off
from tests.channels.wire import Widget
from tests.desk import here
from tests.fakes import FakeClock, FakeEngine
from tests.filing import file_case, work

GROUP = -100


def picture(*, exif: bool = False) -> bytes:
    """Return a JPEG, with the place where it was taken if wanted."""
    image, written = Image.new("RGB", (40, 30), "green"), io.BytesIO()
    data = Image.Exif()
    if exif:
        data[0x010E] = "slapta vieta"
    image.save(written, "JPEG", exif=data)
    return written.getvalue()


def photo(api: BotApi, content: bytes, **more: object) -> dict[str, Any]:
    """Return a message's photo, in two sizes."""
    api.files["didelė"] = content
    sizes = [
        {"file_id": "maža", "file_unique_id": "m", "width": 9, "height": 9, "file_size": 10},
        {"file_id": "didelė", "file_unique_id": "d", "width": 90, "height": 90, "file_size": len(content)},
    ]
    return {"photo": sizes, **more}


def document(name: str, size: int) -> dict[str, Any]:
    """Return a message's document."""
    return {"document": {"file_id": "dok", "file_unique_id": "dok", "file_name": name, "file_size": size}}


async def files_of(core: Core, chat: int) -> list[KeptAttachment]:
    """Return the files that a chat's log shows."""
    shown = [file for row in await log_of(core, chat) for file in row.reply.attachments]
    async with core.database.read() as session:
        found = [await attachments.by_id(session, file.id) for file in shown]
    return [kept for kept in found if kept is not None]


async def queued(core: Core, api: BotApi, chat: int = 1) -> str:
    """Let a resident wait for a person; return the conversation."""
    api.write("/start trakai", chat=chat)
    await api.until_sent(2, chat=chat)
    conversation = (await chat_of(core, chat)).conversation
    async with core.database.write() as session:
        await conversations.set_municipality(session, conversation, "trakai")
    await core.handoff.queue.request(conversation, HandoffReason.ASKED)
    return conversation


async def test_the_hand_off_works_both_ways(core: Core, api: BotApi, engine: FakeEngine) -> None:
    conversation = await queued(core, api)
    rima = await here(core)
    await core.handoff.claims.claim(rima, conversation)
    api.write("Ar yra kas nors?")
    await core.handoff.talk.reply(rima, conversation, "Laba diena, <klausau>", "a")
    came = await api.until_sent(5)
    assert "Perduodu pokalbį darbuotojui" in came[2].text
    assert came[3].text == "<i>Prie pokalbio prisijungė Rima. Dabar Jums atsako žmogus.</i>"
    assert came[4].text == "<b>Rima</b>\nLaba diena, &lt;klausau&gt;"
    assert ("resident", "Ar yra kas nors?") in await lines_of(core, 1)
    assert len(engine.turns) == 1
    await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, "")
    came = await api.until_sent(7)
    assert [button["text"] for button in came[6].buttons] == ["1", "2", "3", "4", "5"]
    api.press(came[6], "5")
    assert "Ačiū" in (await api.until_sent(8))[7].text


async def test_the_resident_sees_that_the_operator_is_writing(core: Core, api: BotApi) -> None:
    conversation = await queued(core, api)
    rima = await here(core)
    await core.handoff.claims.claim(rima, conversation)
    await api.until_sent(4)
    before = len(api.sent(method="sendChatAction"))
    await core.handoff.talk.operator_types(rima, conversation, on=True)
    await api.until_called("sendChatAction", before + 1)


async def test_a_voice_message_to_a_person_is_told_not_to_arrive(core: Core, api: BotApi) -> None:
    await queued(core, api)
    api.push({"message": api.message(1, voice={"file_id": "v", "file_unique_id": "v", "duration": 1})})
    came = await api.until_sent(4)
    assert "darbuotojas negauna" in came[3].text


async def test_a_person_gets_all_of_a_long_message(core: Core, api: BotApi) -> None:
    await queued(core, api)
    api.write("Ilga istorija. " * 250)
    await until_worked_off(core, api)
    told = [text for author, text in await lines_of(core, 1) if author == "resident"][1:]
    assert " ".join(told).split() == ("Ilga istorija. " * 250).split()


async def test_a_photo_is_kept_without_what_it_tells_beside_the_picture(core: Core, api: BotApi) -> None:
    api.push({"message": api.message(1, **photo(api, picture(exif=True), caption="Duobė"))})
    await until_worked_off(core, api)
    await api.until_sent(2)
    (kept,) = await files_of(core, 1)
    assert kept.shown.media_type == "image/jpeg"
    opened = await core.attachments.open(kept.shown.id)
    assert opened is not None
    assert b"slapta vieta" not in opened.file.read_bytes()
    assert (await log_of(core, 1))[1].reply.text == "Duobė"


async def test_an_album_is_thanked_for_once(core: Core, api: BotApi) -> None:
    for _ in range(3):
        api.push({"message": api.message(1, **photo(api, picture(), media_group_id="a1"))})
    await until_worked_off(core, api)
    assert len(await files_of(core, 1)) == 3
    said = [text for author, text in await lines_of(core, 1) if author == "bot"]
    assert len(said) == 2
    assert "Failą gavau" in said[1]


@pytest.mark.parametrize(
    ("content", "size", "code"),
    [
        (b"MZ\x90\x00", 4, "file_type"),
        (b"", 11 * 1024 * 1024, "file_too_large"),
    ],
    ids=["program", "large"],
)
async def test_a_file_that_is_not_taken_is_answered_with_the_reason(
    core: Core, api: BotApi, content: bytes, size: int, code: str
) -> None:
    api.files["dok"] = content
    api.push({"message": api.message(1, **document("planas.pdf", size))})
    came = await api.until_sent(2)
    assert came[1].text == Texts().render(f"error.{code}")
    assert await files_of(core, 1) == []


async def test_a_file_that_cannot_be_fetched_is_tried_for_and_then_asked_for_again(core: Core, api: BotApi) -> None:
    api.trouble["getFile"] += [Trouble(500)] * 4
    api.push({"message": api.message(1, **photo(api, picture()))})
    came = await api.until_sent(2, seconds=15)
    assert "dar kartą" in came[1].text


async def test_a_place_is_kept_as_a_file_and_in_words(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.push({"message": api.message(1, location={"latitude": 54.638612, "longitude": 24.934301})})
    came = await api.until_sent(2)
    assert "Vietą išsaugojau" in came[1].text
    (kept,) = await files_of(core, 1)
    assert (kept.shown.name, kept.shown.media_type) == ("vieta.txt", "text/plain")
    assert (await log_of(core, 1))[1].reply.text.startswith("Vieta žemėlapyje: 54.63861, 24.93430")
    assert engine.turns == []


async def test_an_operators_files_come_as_photo_and_document(core: Core, api: BotApi) -> None:
    conversation = await queued(core, api)
    rima = await here(core)
    await core.handoff.claims.claim(rima, conversation)
    shown = await core.attachments.keep(conversation, "kelias.jpg", picture(), operator=rima.id)
    plan = await core.attachments.keep(conversation, "planas.txt", b"Planas", operator=rima.id)
    await core.handoff.talk.reply(rima, conversation, "Štai", "a", [shown.id, plan.id])
    await api.until_called("sendDocument")
    (sent,), (written,) = api.sent(1, "sendPhoto"), api.sent(1, "sendDocument")
    assert any(isinstance(value, dict) and value.get("name") == "kelias.jpg" for value in sent.given.values())
    upload = next(value for value in written.given.values() if isinstance(value, dict) and "bytes" in value)
    assert (upload["name"], upload["bytes"]) == ("planas.txt", b"Planas")
    assert api.sent(1)[-1].text == "<b>Rima</b>\nŠtai"


async def test_what_happens_to_a_case_is_pushed(core: Core, api: BotApi) -> None:
    api.write("/start trakai")
    await api.until_sent(2)
    conversation = (await chat_of(core, 1)).conversation
    case = await file_case(core.desk, "Auklėtoja šaukė.", conversation=conversation, channel="telegram")
    await work(core.desk, case, Assign(assignee=Assignee(unit="Švietimo skyrius")))
    came = await api.until_sent(3)
    assert seen(came[2].text) == (
        f"Jūsų kreipinys {case.number}. Kreipinys paskirtas nagrinėti. Padalinys: Švietimo skyrius."
    )
    assert [button["text"] for button in came[2].buttons] == ["Tikrinti būseną"]
    await core.desk.withdraw(case.number)
    await until_worked_off(core, api)
    assert [author for author, _ in await lines_of(core, 1)].count("system") == 1


async def test_a_websites_conversation_goes_on_on_telegram_and_stays_one(core: Core, api: BotApi) -> None:
    async with TestClient(TestServer(create_app(core))) as client:
        widget, welcome = await Widget.greet(client)
        await widget.say("Kur rašyti prašymą?", "a")
        await widget.frames(3, "message")
        await widget.send(type="continue")
        (code,) = await widget.frames(1, "continue")
        assert code["url"] == f"https://t.me/langelis_bot?start=t_{code['code'].replace('-', '')}"
        api.write(f"/start {code['url'].rpartition('=')[2]}")
        _, announced, last = await api.until_sent(3)
        assert "Pokalbis tęsiamas" in announced.text
        assert last.text == "atsakymas: Kur rašyti prašymą?"
        api.write("O kada?")
        await api.until_sent(4)
        seen_there = [frame["text"] for frame in await widget.frames(3, "message")]
        assert seen_there[1:] == ["O kada?", "atsakymas: O kada?"]
        await widget.say("Grįžau prie kompiuterio", "b")
        came = await api.until_sent(6)
        assert came[4].text == "<i>Jūs svetainėje:</i>\nGrįžau prie kompiuterio"
        assert (await chat_of(core, 1)).municipality == welcome["municipality"]["id"]


async def test_a_code_works_once_and_only_for_ten_minutes(core: Core, api: BotApi, clock: FakeClock) -> None:
    opened = await core.hub.open_with_token("web", "trakai", None)
    code = await core.continuing.code_for(opened.conversation.id)
    api.write(code.written.lower(), chat=1)
    await api.until_sent(3, chat=1)
    api.write(code.written, chat=2)
    assert "nebegalioja" in (await api.until_sent(2, chat=2))[1].text
    late = await core.continuing.code_for(opened.conversation.id)
    clock.move(minutes=10)
    api.write(late.written, chat=3)
    assert "nebegalioja" in (await api.until_sent(2, chat=3))[1].text
    assert (await chat_of(core, 1)).conversation == opened.conversation.id


async def test_a_word_of_eight_letters_is_no_code(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("darzelys")
    await api.until_sent(2)
    assert [turn.text for turn in engine.turns] == ["darzelys"]


async def test_in_a_group_the_bot_answers_only_when_addressed(core: Core, api: BotApi, engine: FakeEngine) -> None:
    api.write("Kada dirba savivaldybė?", chat=GROUP)
    api.write("/help@kitas_bot", chat=GROUP)
    asked = api.write("@langelis_bot kada dirba savivaldybė?", chat=GROUP)
    came = await api.until_sent(2, chat=GROUP)
    assert [turn.text for turn in engine.turns] == ["kada dirba savivaldybė?"]
    assert came[1].given["reply_parameters"]["message_id"] == asked["message_id"]
    said = api.message(GROUP, "x", message_id=came[1].given["message_id"])
    said["from"] = {"id": 4242, "is_bot": True, "first_name": "Langelis"}
    api.write("O rytoj?", chat=GROUP, reply_to_message=said)
    api.write("/pagalba", chat=GROUP)
    await api.until_sent(4, chat=GROUP)
    assert [turn.text for turn in engine.turns[1:]] == ["O rytoj?", "/help"]


@pytest.mark.parametrize("asks", [Asks.ANSWER, Asks.WITHDRAWAL])
async def test_in_a_group_a_complaint_is_never_discussed(
    core: Core, api: BotApi, engine: FakeEngine, asks: Asks
) -> None:
    engine.answerer = lambda _: (Reply(text="Papasakokite, kas nutiko.", asks=asks),)
    api.write("@langelis_bot noriu skųstis", chat=GROUP)
    came = await api.until_sent(2, chat=GROUP)
    assert "tik asmeniniame pokalbyje" in came[1].text
    assert came[1].buttons == [{"text": "Rašyti asmeniškai", "url": "https://t.me/langelis_bot"}]
    api.write("@langelis_bot dar kartą", chat=GROUP)
    await api.until_sent(3, chat=GROUP)
    assert engine.turns[1].state is None


async def test_what_a_group_says_is_not_the_private_chat_of_its_members(core: Core, api: BotApi) -> None:
    api.write("@langelis_bot labas", chat=GROUP)
    api.write("Labas", chat=100)
    await api.until_sent(2, chat=100)
    group, private = await chat_of(core, GROUP), await chat_of(core, 100)
    assert group.conversation != private.conversation
    assert (group.private, private.private) == (False, True)


async def test_a_late_reply_of_an_operator_is_pushed(core: Core, api: BotApi, clock: FakeClock) -> None:
    conversation = await queued(core, api)
    rima = await here(core)
    await core.handoff.claims.claim(rima, conversation)
    await api.until_sent(4)
    for _ in range(20):
        clock.move(minutes=1)
        await core.handoff.presence.seen(rima)
    await core.handoff.talk.reply(rima, conversation, "Radau!", "a")
    assert (await api.until_sent(5))[4].text == "<b>Rima</b>\nRadau!"
