"""The door for residents' messages: idempotent, refused cleanly, and owned by one at a time."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Core
from bot.core.conversation import Author, Inbound, Owner
from bot.core.reply import Button, Reply
from bot.errors import IllegalTransitionError, RefusedMessageError, UnknownMunicipalityError, WrongTokenError
from tests.asking import ask, hand_over, lines_of, log_of, opened, waits
from tests.fakes import FakeEngine
from tests.numbers import personal_code

BOT, QUEUED, OPERATOR, CLOSED = Owner.BOT, Owner.QUEUED, Owner.OPERATOR, Owner.CLOSED


# --- once for each client id ---


async def test_three_parallel_sends_of_one_message_make_one_row_and_one_turn(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    answers = await asyncio.gather(*(ask(core, conversation, "labas", client_id="a") for _ in range(3)))
    assert answers == [["atsakymas: labas"]] * 3
    assert len(engine.turns) == 1
    assert await lines_of(core, conversation) == [("resident", "labas"), ("bot", "atsakymas: labas")]


async def test_a_repeat_gets_the_masking_notice_too(core: Core) -> None:
    conversation, text = await opened(core), f"mano kodas {personal_code()}"
    first, *others = await asyncio.gather(*(ask(core, conversation, text, client_id="a") for _ in range(3)))
    assert len(first) == 2
    assert others == [first, first]
    assert await ask(core, conversation, text, client_id="a") == first


async def test_a_later_repeat_gets_the_first_answer_whatever_it_says(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    first = await core.hub.receive(conversation, Inbound(text="labas", client_id="a"))
    await core.hub.answers(first, 10)
    again = await core.hub.receive(conversation, Inbound(text="kitas tekstas", client_id="a"))
    assert (again.seq, again.repeated) == (first.seq, True)
    assert [message.reply.text for message in await core.hub.answers(again, 10)] == ["atsakymas: labas"]
    assert len(engine.turns) == 1


async def test_the_same_client_id_in_two_conversations_is_two_messages(core: Core, engine: FakeEngine) -> None:
    for sender in ("jonas", "ona"):
        await ask(core, await opened(core, sender), "labas", client_id="a")
    assert len(engine.turns) == 2


async def test_messages_without_client_id_are_never_taken_for_repeats(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    await ask(core, conversation, "labas")
    await ask(core, conversation, "labas")
    assert len(engine.turns) == 2


async def test_a_repeat_after_a_person_took_over_is_stored_once(core: Core) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, BOT, QUEUED)
    for _ in range(2):
        assert await ask(core, conversation, "labas", client_id="a") == [
            "Jūsų žinutę perdaviau darbuotojui. Atsakymą pamatysite čia."
        ]
    assert [author for author, _ in await lines_of(core, conversation)] == ["system", "resident", "system"]


# --- refused messages ---


@pytest.mark.parametrize(
    ("inbound", "code"),
    [
        (Inbound(text=""), "text_empty"),
        (Inbound(text=" \n\u200b"), "text_empty"),
        (Inbound(text="a" * 2001), "text_too_long"),
        (Inbound(text="a\0"), "text_invalid_characters"),
        (Inbound(text="\ud800"), "text_invalid_characters"),
        (Inbound(text="labas", client_id=""), "bad_frame"),
        (Inbound(text="labas", client_id="x" * 65), "bad_frame"),
        (Inbound(text="labas", client_id="\ud800"), "bad_frame"),
        (Inbound(text="labas", client_id="a\0b"), "bad_frame"),
        (Inbound(text="labas", payload="ne komanda"), "bad_frame"),
        (Inbound(text="labas", payload="/Greet"), "bad_frame"),
        (Inbound(text="labas", payload='/greet{"x": "' + "y" * 600 + '"}'), "bad_frame"),
        (Inbound(text="labas", payload='/greet{"x": "\ud800"}'), "bad_frame"),
        (Inbound(text="labas", payload='/greet{"x": "\0"}'), "bad_frame"),
        (Inbound(text="labas", payload="/greet\n"), "bad_frame"),
    ],
)
async def test_a_refused_message_leaves_nothing_behind(
    core: Core, engine: FakeEngine, inbound: Inbound, code: str
) -> None:
    conversation = await opened(core)
    with pytest.raises(RefusedMessageError) as refused:
        await core.hub.receive(conversation, inbound)
    assert refused.value.code == code
    assert await log_of(core, conversation) == ()
    assert await ask(core, conversation, "labas") == ["atsakymas: labas"]
    assert (await log_of(core, conversation))[0].seq == 1
    assert len(engine.turns) == 1


async def test_a_message_to_no_conversation_is_refused(core: Core) -> None:
    with pytest.raises(WrongTokenError):
        await core.hub.receive("nera-tokio", Inbound(text="labas"))


# --- opening ---


async def test_a_new_conversation_begins_with_the_greeting_of_its_municipality(core: Core) -> None:
    new = await core.hub.open_with_token("web", "varena", None)
    (greeting,) = await log_of(core, new.conversation.id)
    assert greeting.author is Author.BOT
    assert "Varėnos rajono savivaldybės" in greeting.reply.text
    assert "robotas" in greeting.reply.text
    assert "darbuotoju" in greeting.reply.text
    assert new.conversation.last_seq == 1


async def test_a_token_opens_its_conversation_again_and_is_not_kept_in_clear(core: Core) -> None:
    new = await core.hub.open_with_token("web", "trakai", None)
    again = await core.hub.open_with_token("web", "trakai", new.token)
    assert again.conversation.id == new.conversation.id
    assert len(await log_of(core, new.conversation.id)) == 1
    path = core.database.path
    assert new.token.encode() not in path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()


@pytest.mark.parametrize("token", ["", "x", "\ud800", "ž" * 10_000])
async def test_a_made_up_token_opens_nothing(core: Core, token: str) -> None:
    with pytest.raises(WrongTokenError):
        await core.hub.open_with_token("web", "trakai", token)


async def test_a_token_opens_nothing_in_another_municipality_or_channel(core: Core) -> None:
    new = await core.hub.open_with_token("web", "trakai", None)
    for channel, municipality in (("web", "varena"), ("telegram", "trakai")):
        with pytest.raises(WrongTokenError):
            await core.hub.open_with_token(channel, municipality, new.token)


async def test_an_unknown_municipality_is_named_in_the_error(core: Core) -> None:
    with pytest.raises(UnknownMunicipalityError) as unknown:
        await core.hub.open_with_token("web", "kaunas", None)
    assert unknown.value.municipality == "kaunas"
    with pytest.raises(UnknownMunicipalityError):
        await core.hub.open_external("rest", "jonas", "kaunas")


async def test_parallel_first_messages_of_a_sender_open_one_conversation(core: Core) -> None:
    ids = await asyncio.gather(*(opened(core, "jonas") for _ in range(20)))
    assert len(set(ids)) == 1


async def test_one_id_on_two_channels_is_two_conversations(core: Core) -> None:
    rest = await core.hub.open_external("rest", "1", "trakai")
    telegram = await core.hub.open_external("telegram", "1", "trakai")
    assert rest.id != telegram.id


async def test_a_municipality_given_later_replaces_the_one_before(core: Core, engine: FakeEngine) -> None:
    for given, used in ((None, None), ("trakai", "trakai"), (None, "trakai"), ("varena", "varena")):
        conversation = await core.hub.open_external("rest", "jonas", given)
        assert conversation.municipality == used
        await ask(core, conversation.id, "labas")
        assert engine.turns[-1].municipality == used


# --- buttons ---


async def test_a_pressed_button_shows_its_title_and_sends_its_payload(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    await ask(core, conversation, "Kaina", payload='/ask_service_cost{"service": "x"}')
    assert engine.turns[0].text == '/ask_service_cost{"service": "x"}'
    (asked, _) = await log_of(core, conversation)
    assert (asked.reply.text, asked.payload) == ("Kaina", '/ask_service_cost{"service": "x"}')


async def test_a_payload_sent_as_text_is_shown_by_the_title_of_the_offered_button(
    core: Core, engine: FakeEngine
) -> None:
    engine.answerer = lambda _: (Reply(text="Rinkitės", buttons=(Button("Kaina", "/ask_service_cost"),)),)
    conversation = await opened(core)
    await ask(core, conversation, "labas")
    await ask(core, conversation, "/ask_service_cost")
    await ask(core, conversation, "/ask_service_where")
    assert [text for author, text in await lines_of(core, conversation) if author == "resident"] == [
        "labas",
        "Kaina",
        "/ask_service_where",
    ]
    assert [turn.text for turn in engine.turns] == ["labas", "/ask_service_cost", "/ask_service_where"]


# --- ownership ---


async def test_of_fifty_parallel_hand_overs_exactly_one_wins(core: Core) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, BOT, QUEUED)
    won = await asyncio.gather(
        *(core.hub.hand_over(conversation, QUEUED, OPERATOR, f"operatorius {number}") for number in range(50))
    )
    assert sum(won) == 1
    log = await log_of(core, conversation)
    assert [(message.owner, message.reply.text) for message in log][1:] == [
        (OPERATOR, f"operatorius {won.index(True)}")
    ]
    assert [message.seq for message in log] == [1, 2]


async def test_an_illegal_step_raises_and_changes_nothing(core: Core) -> None:
    conversation = await opened(core)
    for before, after in ((BOT, OPERATOR), (CLOSED, QUEUED), (CLOSED, OPERATOR), (BOT, BOT)):
        with pytest.raises(IllegalTransitionError):
            await core.hub.hand_over(conversation, before, after, "ne")
    assert await log_of(core, conversation) == ()


async def test_a_step_from_where_the_conversation_is_not_does_nothing(core: Core) -> None:
    conversation = await opened(core)
    assert not await core.hub.hand_over(conversation, QUEUED, OPERATOR, "ne")
    assert not await core.hub.hand_over("nera-tokio", BOT, QUEUED, "ne")
    assert await log_of(core, conversation) == ()


async def test_in_the_queue_messages_are_kept_and_the_resident_is_told_once(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, BOT, QUEUED)
    assert len(await ask(core, conversation, "pirma")) == 1
    assert await ask(core, conversation, "antra") == []
    assert await lines_of(core, conversation) == [
        ("system", "bot → queued"),
        ("resident", "pirma"),
        ("system", "Jūsų žinutę perdaviau darbuotojui. Atsakymą pamatysite čia."),
        ("resident", "antra"),
    ]
    assert engine.turns == []


async def test_each_stay_in_the_queue_is_told_anew(core: Core) -> None:
    conversation = await opened(core)
    for _ in range(2):
        await hand_over(core, conversation, BOT, QUEUED)
        assert len(await ask(core, conversation, "žmogaus!")) == 1
        await hand_over(core, conversation, QUEUED, OPERATOR, BOT)


async def test_while_a_person_answers_the_bot_is_silent(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, BOT, QUEUED, OPERATOR)
    assert await ask(core, conversation, "labas") == []
    core.turns.wake(conversation)
    await core.turns.close()
    assert engine.turns == []
    assert [author for author, _ in await lines_of(core, conversation)][-1] == "resident"


async def test_what_a_person_was_asked_is_not_answered_by_the_bot_later(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, BOT, QUEUED, OPERATOR)
    await ask(core, conversation, "klausimas žmogui")
    await hand_over(core, conversation, OPERATOR, BOT)
    assert await ask(core, conversation, "klausimas robotui") == ["atsakymas: klausimas robotui"]
    assert [turn.text for turn in engine.turns] == ["klausimas robotui"]


@pytest.mark.parametrize("owners", [(BOT, CLOSED), (BOT, QUEUED, OPERATOR, CLOSED)])
async def test_a_resident_who_writes_again_reopens_a_closed_conversation(core: Core, owners: tuple[Owner, ...]) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, *owners)
    already = len(await log_of(core, conversation))
    assert await ask(core, conversation, "dar klausimas") == [
        "Pokalbis tęsiamas. Vėl atsako robotas.",
        "atsakymas: dar klausimas",
    ]
    new = (await log_of(core, conversation))[already:]
    assert [(message.author, message.owner) for message in new] == [
        (Author.RESIDENT, None),
        (Author.SYSTEM, BOT),
        (Author.BOT, None),
    ]


async def test_parallel_messages_to_a_closed_conversation_reopen_it_once(core: Core) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, BOT, CLOSED)
    await asyncio.gather(*(ask(core, conversation, f"klausimas {number}") for number in range(5)))
    owners = [message.owner for message in await log_of(core, conversation) if message.owner]
    assert owners == [CLOSED, BOT]


async def test_a_hand_over_during_a_turn_keeps_the_bots_answer_out_for_good(core: Core, engine: FakeEngine) -> None:
    engine.hold = asyncio.Event()
    conversation = await opened(core)
    receipt = await core.hub.receive(conversation, Inbound(text="noriu žmogaus"))
    waiting = asyncio.create_task(core.hub.answers(receipt, 10))
    await hand_over(core, conversation, BOT, QUEUED)
    engine.hold.set()
    assert await waiting == ()
    await core.turns.close()
    await hand_over(core, conversation, QUEUED, OPERATOR, BOT)
    await core.turns.close()
    assert not await waits(core, conversation, receipt.seq)
    assert Author.BOT not in {message.author for message in await log_of(core, conversation)}
    assert [message.seq for message in await log_of(core, conversation)] == [1, 2, 3, 4]


async def test_a_message_that_waits_when_the_bot_closes_is_answered_after_the_reopening(
    core: Core, engine: FakeEngine
) -> None:
    engine.hold = asyncio.Event()
    conversation = await opened(core)
    await core.hub.receive(conversation, Inbound(text="pirma"))
    await hand_over(core, conversation, BOT, CLOSED)
    engine.hold.set()
    await core.turns.close()
    await ask(core, conversation, "antra")
    bot = [text for author, text in await lines_of(core, conversation) if author == "bot"]
    assert bot == ["atsakymas: pirma", "atsakymas: antra"]
