"""Handing on, giving back and closing."""

from __future__ import annotations

import pytest

from bot.app import Core
from bot.core.audit import Actor
from bot.core.conversation import Owner
from bot.core.handoff import ClosedReason, HandoffRefusedError, Placed
from bot.core.operators import Operator
from bot.core.reply import Button
from bot.services.handoff.transfer import Target, ToDepartment, ToMunicipality, ToOperator
from bot.storage.summaries import Tab
from tests.asking import ask, lines_of, log_of
from tests.desk import here, last_line, owner_of, standing_of, summary_of, taken, waiting
from tests.people import actions_of, hired

BACK = "Toliau atsako robotas."


def actor(operator: Operator) -> Actor:
    """Return who the audit log names."""
    return Actor(operator_id=operator.id, name=operator.display_name)


async def transfer(core: Core, operator: Operator, conversation: str, target: Target, note: str = "") -> None:
    """Hand a conversation on."""
    await core.handoff.transfers.transfer(operator, actor(operator), conversation, target, note)


async def test_a_colleague_gets_the_conversation_with_the_note_and_the_resident_is_told(core: Core) -> None:
    rima, ona = await here(core), await here(core, "ona")
    conversation = await taken(core, rima)
    await transfer(core, rima, conversation, ToOperator(ona.id), "Reikia atsakyti dėl darželio.")
    standing = await standing_of(core, conversation)
    assert standing.owner is Owner.OPERATOR
    assert standing.operator is not None
    assert standing.operator.id == ona.id
    assert await last_line(core, conversation) == "Pokalbį tęsia Ona. Ankstesnes žinutes darbuotojas mato."
    assert [note.text for note in (await core.handoff.views.thread(ona, conversation)).notes] == [
        "Reikia atsakyti dėl darželio."
    ]
    with pytest.raises(HandoffRefusedError, match="not_owner"):
        await core.handoff.talk.reply(rima, conversation, "dar aš", "a")
    await core.handoff.talk.reply(ona, conversation, "Sveiki!", "a")


async def test_a_department_gets_it_into_its_queue_and_others_lose_sight_of_it(core: Core) -> None:
    rima = await here(core)
    narrow = await hired(core.people, "zita", departments=("Kultūros skyrius",))
    wanted = (await core.handoff.views.departments("trakai"))[0]
    conversation = await taken(core, rima)
    await transfer(core, rima, conversation, ToDepartment(wanted))
    assert (await summary_of(core, conversation)).department == wanted
    assert await owner_of(core, conversation) is Owner.QUEUED
    assert wanted in await last_line(core, conversation)
    assert (await core.handoff.queue.place(conversation)).position == 1
    with pytest.raises(HandoffRefusedError, match="forbidden"):
        await core.handoff.claims.claim(narrow, conversation)
    assert (await core.handoff.views.listing(narrow, Tab.WAITING)).lines == ()
    await core.handoff.claims.claim(rima, conversation)


async def test_another_municipality_gets_it_and_the_first_one_loses_sight_of_it(core: Core) -> None:
    rima, vida = await here(core), await here(core, "vida", ("varena",))
    conversation = await taken(core, rima)
    await transfer(core, rima, conversation, ToMunicipality("varena"))
    assert "Varėnos rajono savivaldybė" in await last_line(core, conversation)
    assert [line.summary.id for line in (await core.handoff.views.listing(vida, Tab.WAITING)).lines] == [conversation]
    with pytest.raises(HandoffRefusedError, match="forbidden"):
        await core.handoff.views.thread(rima, conversation)
    await core.handoff.claims.claim(vida, conversation)


async def test_what_is_not_to_be_had_or_not_ones_own_cannot_be_handed_on(core: Core) -> None:
    rima, ona, vida = await here(core), await here(core, "ona"), await here(core, "vida", ("varena",))
    conversation = await taken(core, rima)
    for operator, target, code in (
        (rima, ToOperator("nera-tokio"), "unknown_colleague"),
        (rima, ToOperator(rima.id), "unknown_colleague"),
        (rima, ToOperator(vida.id), "unknown_colleague"),
        (rima, ToDepartment("Nesamas skyrius"), "unknown_department"),
        (rima, ToMunicipality("nera-tokios"), "unknown_municipality"),
        (rima, ToMunicipality("trakai"), "unknown_municipality"),
        (ona, ToOperator(ona.id), "not_owner"),
        (vida, ToMunicipality("varena"), "forbidden"),
    ):
        before = await log_of(core, conversation)
        with pytest.raises(HandoffRefusedError, match=code):
            await transfer(core, operator, conversation, target, "pastaba")
        assert await log_of(core, conversation) == before
    assert (await core.handoff.views.thread(rima, conversation)).notes == ()
    assert "conversation_transferred" not in await actions_of(core.people)


async def test_a_transfer_stands_in_the_audit_log(core: Core) -> None:
    rima, ona = await here(core), await here(core, "ona")
    conversation = await taken(core, rima)
    await transfer(core, rima, conversation, ToOperator(ona.id))
    assert (await actions_of(core.people))[-1] == "conversation_transferred"


async def test_closing_keeps_reason_and_topic_and_asks_for_a_rating(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, " Darželiai ", "viskas aišku")
    closed = (await summary_of(core, conversation)).closed
    assert closed is not None
    assert (closed.reason, closed.topic) == ("answered", "Darželiai")
    said, rating = (await log_of(core, conversation))[-2:]
    assert said.reply.text == "Pokalbį baigė Rima. Jei turėsite kitų klausimų, parašykite čia – atsakys robotas."
    assert [button.title for button in rating.reply.buttons] == ["1", "2", "3", "4", "5"]
    with pytest.raises(HandoffRefusedError, match="closed"):
        await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, "")


async def test_a_pressed_rating_is_kept_once_and_does_not_open_the_conversation_again(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, "")
    button: Button = (await log_of(core, conversation))[-1].reply.buttons[3]
    assert await ask(core, conversation, button.title, payload=button.payload) == ["Ačiū už įvertinimą."]
    assert await owner_of(core, conversation) is Owner.CLOSED
    assert (await summary_of(core, conversation)).rating == 4
    said = await ask(core, conversation, button.title, payload=button.payload)
    assert said[0] == "Pokalbis tęsiamas. Vėl atsako robotas."
    assert await owner_of(core, conversation) is Owner.BOT


async def test_a_rating_outlives_the_next_question_until_another_end_is_rated(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, "")
    await ask(core, conversation, '/rate_service{"rating": "4"}')
    await ask(core, conversation, "dar klausimas")
    assert (await summary_of(core, conversation)).rating == 4
    await core.hub.hand_over(conversation, Owner.BOT, Owner.QUEUED, "laukiama")
    await core.handoff.claims.claim(rima, conversation)
    await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, "")
    assert (await summary_of(core, conversation)).rating is None
    await ask(core, conversation, '/rate_service{"rating": "2"}')
    assert (await summary_of(core, conversation)).rating == 2


async def test_who_was_abusive_is_asked_nothing(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.handoff.closing.close(rima, conversation, ClosedReason.ABUSE, "")
    assert "baigė Rima" in await last_line(core, conversation)


async def test_a_resident_who_writes_after_the_end_begins_anew_with_the_bot(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.handoff.closing.close(rima, conversation, ClosedReason.ANSWERED, "Darželiai")
    await ask(core, conversation, "dar klausimas")
    summary = await summary_of(core, conversation)
    assert (summary.owner, summary.operator, summary.closed, summary.topic) == (Owner.BOT, None, None, None)


async def test_given_back_the_bot_answers_what_comes_next_and_nothing_before(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await ask(core, conversation, "žmogui")
    await core.handoff.closing.give_back(rima, conversation, "Grįš vėliau.")
    assert (await last_line(core, conversation)).endswith(BACK)
    assert await ask(core, conversation, "robotui") == ["atsakymas: robotui"]
    assert ("bot", "atsakymas: žmogui") not in await lines_of(core, conversation)
    with pytest.raises(HandoffRefusedError, match="not_owner"):
        await core.handoff.closing.give_back(rima, conversation)


async def test_a_conversation_can_wait_again_after_it_came_back(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.handoff.closing.give_back(rima, conversation)
    again = await waiting(core)
    assert again == conversation
    assert await core.handoff.queue.place(conversation) == Placed(1, None)
