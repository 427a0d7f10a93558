"""Bringing a person in from the conversation, and what is left for one when nobody is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from actions.base import ActionServices, LangelisAction
from actions.complaint import COMPLAINT_FORM
from actions.handoff import (
    CONTACT,
    KIND,
    TEXT,
    ActionBeginCallback,
    ActionLeaveTask,
    ActionRequestHuman,
    ValidateCallbackForm,
)
from bot.core.handoff import HandoffReason, TaskKind, TaskState
from bot.settings import Settings
from bot.storage import tasks
from bot.storage.database import Database
from tests.actions.filing import open_services
from tests.actions.trackers import Ran, Staffed, run, tracker, user
from tests.fakes import FakeClock

TRAKAI = {"municipality": "trakai"}
SERVICE = "mok-vieta"


@pytest.fixture
async def database(imported: Settings) -> AsyncIterator[Database]:
    """A database with the shipped packs."""
    opened = Database(imported.database_url)
    await opened.upgrade()
    yield opened
    await opened.close()


@pytest.fixture
async def services(database: Database, clock: FakeClock) -> ActionServices:
    """The services over that database; nobody is there on a Saturday."""
    return await open_services(database, clock)


def asked_for(ran: Ran) -> object:
    """Return what was asked of people, or None."""
    return next((message["custom"]["handoff"] for message in ran.messages if "handoff" in message["custom"]), None)


def staffed(services: ActionServices, here: int, opens: str | None = None) -> ActionServices:
    """Return the services with so many people here."""
    return replace(services, availability=Staffed(here, opens))


async def say(action: LangelisAction, text: str, intent: str = "request_callback", **slots: object) -> Ran:
    """Run an action on a message."""
    return await run(action, tracker(user(text, intent), slots={**TRAKAI, **slots}))


async def test_when_somebody_is_here_the_conversation_goes_to_people(services: ActionServices) -> None:
    ran = await say(ActionRequestHuman(staffed(services, 1)), "noriu žmogaus", "request_human")
    assert asked_for(ran) == {"reason": HandoffReason.ASKED.value, "topic": None}
    assert "kviečiu darbuotoją" in ran.text


async def test_people_are_told_what_the_bot_understood_and_why_they_are_called(services: ActionServices) -> None:
    service = next(iter(services.catalogues.get("trakai").catalogue.services))
    ran = await say(ActionRequestHuman(staffed(services, 1)), "taip", "affirm", service=service.id, misunderstood=2.0)
    assert asked_for(ran) == {"reason": HandoffReason.MISUNDERSTOOD.value, "topic": service.title}


async def test_a_half_filled_complaint_is_kept_while_a_person_answers(services: ActionServices) -> None:
    saved = tracker(user("noriu žmogaus", "request_human"), slots=TRAKAI, loop=COMPLAINT_FORM)
    ran = await run(ActionRequestHuman(staffed(services, 1)), saved)
    assert ran.leaves_form
    assert "case_draft" not in ran.slots
    assert asked_for(ran) == {"reason": HandoffReason.COMPLAINT.value, "topic": None}


async def test_when_nobody_is_here_it_is_said_when_people_are_back(services: ActionServices) -> None:
    ran = await say(ActionRequestHuman(services), "noriu žmogaus", "request_human")
    assert "pirmadienį (2026-11-23) nuo 8.00" in ran.text
    assert asked_for(ran) is None
    (message,) = ran.messages
    assert [button["title"] for button in message["buttons"]] == [
        "Paprašyti paskambinti",
        "Palikti žinutę",
        "Savivaldybės kontaktai",
    ]


async def test_without_a_municipality_it_is_asked_for_first(services: ActionServices) -> None:
    for action in (ActionRequestHuman(services), ActionBeginCallback(services)):
        ran = await run(action, tracker(user("noriu žmogaus", "request_human")))
        assert ran.next_action == "municipality_form"
        assert ran.slots["pending_question"]


@pytest.mark.parametrize(
    ("text", "kind", "contact"),
    [
        ("paskambinkite man", TaskKind.CALLBACK, None),
        ("paskambinkite 861234567", TaskKind.CALLBACK, {"name": None, "where": "+37061234567"}),
        ("paskambinkite, ona@pastas.lt", TaskKind.CALLBACK, None),
        ("/request_callback", TaskKind.CALLBACK, None),
        ('/request_callback{"value":"message"}', TaskKind.MESSAGE, None),
    ],
)
async def test_a_number_that_was_given_is_not_asked_for_again(
    services: ActionServices, text: str, kind: TaskKind, contact: object
) -> None:
    ran = await say(ActionBeginCallback(services), text)
    assert (ran.slots[KIND], ran.slots[CONTACT]) == (kind.value, contact)
    begun = await run(ValidateCallbackForm(services), tracker(user(text), slots={**TRAKAI, **ran.slots}))
    assert begun.slots["requested_slot"] == (TEXT if contact else CONTACT)


@pytest.mark.parametrize("text", ["86123", "ona@pastas.lt"])
async def test_a_call_needs_a_number(services: ActionServices, text: str) -> None:
    ran = await say(ValidateCallbackForm(services), text, callback_kind="callback", requested_slot=CONTACT)
    assert (ran.slots[CONTACT], ran.slots["requested_slot"]) == (None, CONTACT)
    assert "nerandu arba jis nepilnas" in ran.text


async def test_a_question_after_the_contact_is_what_is_told(services: ActionServices) -> None:
    slots = {**TRAKAI, KIND: "message", CONTACT: {"name": "Ona", "where": "ona@pastas.lt"}, "requested_slot": TEXT}
    saved = tracker(user("Kada bus vieta darželyje?"), slots=slots)
    ran = await run(ValidateCallbackForm(services), saved)
    assert ran.slots == {TEXT: "Kada bus vieta darželyje?", "requested_slot": None}


@pytest.mark.parametrize(("text", "intent"), [("atšaukti", "cancel"), ("Kiek kainuoja darželis?", "ask_service_cost")])
async def test_what_is_no_contact_is_left_to_the_rules(services: ActionServices, text: str, intent: str) -> None:
    ran = await say(ValidateCallbackForm(services), text, intent, callback_kind="callback", requested_slot=CONTACT)
    assert ran.events == []


async def test_what_is_left_becomes_a_task_with_a_due_day(services: ActionServices, database: Database) -> None:
    left = {KIND: "callback", CONTACT: {"name": None, "where": "+37061234567"}, TEXT: "rytoj, dėl darželio"}
    saved = tracker(user("rytoj, dėl darželio"), slots={**TRAKAI, **left})
    ran = await run(ActionLeaveTask(services), saved)
    # Received on Monday, for it is Saturday; due on the working day after.
    assert "2026-11-24" in ran.text
    assert ran.slots == dict.fromkeys((KIND, CONTACT, TEXT))
    async with database.read() as session:
        (task,) = await tasks.listed(session, TaskState.OPEN)
    assert (task.contact, task.text, task.municipality) == ("+37061234567", "rytoj, dėl darželio", "trakai")


async def test_without_contact_or_words_nothing_is_made(services: ActionServices, database: Database) -> None:
    ran = await say(ActionLeaveTask(services), "atšaukti", "cancel")
    assert "nieko neužsirašiau" in ran.text
    async with database.read() as session:
        assert await tasks.listed(session, TaskState.OPEN) == ()


async def test_a_number_with_what_it_is_about_leaves_nothing_to_ask(services: ActionServices) -> None:
    text = "mano numeris 861234567, rytoj po pietu, del seniunijos"
    ran = await say(ValidateCallbackForm(services), text, callback_kind="callback", requested_slot=CONTACT)
    assert ran.slots == {CONTACT: {"name": None, "where": "+37061234567"}, TEXT: text, "requested_slot": None}


@pytest.mark.parametrize("text", ["mano numeris 861234567", "861234567 Ona Onaitė"])
async def test_a_number_alone_still_has_to_be_told_what_it_is_about(services: ActionServices, text: str) -> None:
    ran = await say(ValidateCallbackForm(services), text, callback_kind="callback", requested_slot=CONTACT)
    assert (ran.slots[TEXT], ran.slots["requested_slot"]) == (None, TEXT)


async def test_another_number_takes_the_place_of_the_first(services: ActionServices) -> None:
    first = {"name": None, "where": "+37061234567"}
    slots = {**TRAKAI, KIND: "callback", CONTACT: first, "requested_slot": TEXT}
    ran = await run(ValidateCallbackForm(services), tracker(user("ne tas numeris, 861234568"), slots=slots))
    assert ran.slots == {CONTACT: {"name": None, "where": "+37061234568"}, TEXT: None, "requested_slot": TEXT}


async def test_a_message_told_before_the_contact_is_kept(services: ActionServices) -> None:
    text = "Noriu sužinoti, kada koncertas Miroslave?"
    told = await say(ValidateCallbackForm(services), text, callback_kind="message", requested_slot=CONTACT)
    assert "Žinutę užsirašiau" in told.text
    assert told.slots == {CONTACT: None, TEXT: text, "requested_slot": CONTACT}
    given = await say(
        ValidateCallbackForm(services),
        "petras@example.com",
        callback_kind="message",
        callback_text=text,
        requested_slot=CONTACT,
    )
    assert (given.slots[TEXT], given.slots["requested_slot"]) == (text, None)
