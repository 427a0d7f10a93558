"""Actions about the conversation itself: danger first, repeating, starting over."""

from __future__ import annotations

import pytest

from actions.conversation import ActionEmergency, ActionRepeat, ActionRestart
from tests.actions.trackers import bot, done, run, services, tracker, user
from tests.packs import TEXTS

SERVICES = services()
FORM = "municipality_form"


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("dega namas!", "utter_emergency"),
        ("vyras muša žmoną", "utter_emergency"),
        ("/emergency", "utter_emergency"),
        ("nebenoriu gyventi", "utter_emergency_suicide"),
        ("galvoju nusižudyti", "utter_emergency_suicide"),
    ],
)
async def test_danger_gets_112_and_despair_the_support_line(text: str, response: str) -> None:
    ran = await run(ActionEmergency(SERVICES), tracker(user(text, "emergency")))
    assert ran.responses == [response]
    assert ran.events == []


async def test_nothing_more_is_asked_of_someone_in_danger() -> None:
    saved = tracker(
        user("noriu mirti", "emergency"), loop=FORM, slots={"pending_question": {"text": "a", "intent": "b"}}
    )
    ran = await run(ActionEmergency(SERVICES), saved)
    assert ran.leaves_form
    assert ran.slots == {"requested_slot": None, "pending_question": None}


async def test_the_last_answer_is_said_again_whole() -> None:
    buttons = [{"title": "Kontaktai", "payload": "/ask_contacts"}]
    events = (
        user("labas", "greet"),
        bot("Sveiki!"),
        user("zoologijos sodo telefonas", "ask_contacts"),
        done("action_institution"),
        bot("Tokios įstaigos kataloge neradau."),
        bot("Savivaldybė", buttons=buttons, custom={"card": {"kind": "institution"}}),
        done("action_listen"),
    )
    ran = await run(ActionRepeat(SERVICES), tracker(*events, user("pakartok", "repeat"), given="trakai"))
    assert [message["text"] for message in ran.messages] == ["Tokios įstaigos kataloge neradau.", "Savivaldybė"]
    assert ran.messages[1]["buttons"] == buttons
    assert ran.messages[1]["custom"] == {"card": {"kind": "institution"}}


async def test_before_the_first_answer_there_is_nothing_to_repeat() -> None:
    ran = await run(ActionRepeat(SERVICES), tracker(user("pakartok", "repeat")))
    assert ran.text == TEXTS.render("conversation.nothing_to_repeat")


async def test_a_restart_forgets_all_but_the_municipality() -> None:
    slots = {"municipality": "trakai", "service": "a", "institution": "b", "candidates": ["c"], "misunderstood": 2.0}
    ran = await run(ActionRestart(SERVICES), tracker(user("iš naujo", "restart"), slots=slots, loop=FORM))
    assert ran.responses == ["utter_started_over"]
    assert ran.leaves_form
    assert "municipality" not in ran.slots
    assert ran.slots == {
        "service": None,
        "institution": None,
        "subject": None,
        "candidates": None,
        "pending_question": None,
        "requested_slot": None,
        **dict.fromkeys(("case_draft", "case_ending", "status_case", "status_code", "status_number", "status_purpose")),
        "misunderstood": 0.0,
    }
