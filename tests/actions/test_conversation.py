"""Actions about the conversation itself: danger first, repeating, starting over."""

from __future__ import annotations

import pytest

from actions.base import LangelisAction
from actions.catalogue import ActionInstitution, ActionNotUnderstood
from actions.conversation import ActionEmergency, ActionHelp, ActionRepeat, ActionRestart
from actions.responding import ActionAffirm, ActionDeny
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


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        (ActionHelp, "padekit", "help"),
        (ActionAffirm, "jo pavojinga", "affirm"),
        (ActionDeny, "ne", "deny"),
        (ActionInstitution, "o kam skambint", "ask_contacts"),
        (ActionNotUnderstood, "ka daryt", "nlu_fallback"),
    ],
)
@pytest.mark.parametrize(
    ("danger", "response"),
    [("gaisras namuose!!!", "utter_emergency"), ("nebenoriu gyventi", "utter_emergency_suicide")],
)
async def test_danger_is_not_forgotten_at_the_next_few_words(
    action: type[LangelisAction], text: str, intent: str, danger: str, response: str
) -> None:
    told = (user(danger, "emergency"), done("action_emergency"), bot("Skambinkite 112"))
    ran = await run(action(SERVICES), tracker(*told, user(text, intent), given="varena"))
    assert ran.responses == [response]


async def test_another_question_ends_the_danger() -> None:
    told = (user("gaisras!", "emergency"), user("kiek kainuoja darželis", "ask_service_cost"))
    ran = await run(ActionHelp(SERVICES), tracker(*told, user("ką moki", "help"), given="varena"))
    assert ran.responses == ["utter_help"]


async def test_help_without_danger_tells_what_the_bot_can_do() -> None:
    assert (await run(ActionHelp(SERVICES), tracker(user("ką moki", "help")))).responses == ["utter_help"]


async def test_violence_may_be_complained_about_once_nobody_is_in_danger() -> None:
    hurt = user("mokykloje mano vaiką muša", "emergency")
    ran = await run(ActionEmergency(SERVICES), tracker(hurt, given="trakai"))
    assert ran.responses == ["utter_emergency"]
    offer = ran.messages[-1]
    assert "galiu užrašyti skundą" in offer["text"]
    assert offer["buttons"][0]["payload"] == "/file_complaint"
    offered = bot(offer["text"], custom=offer["custom"])
    agreed = await run(ActionAffirm(SERVICES), tracker(hurt, offered, user("jo", "affirm"), given="trakai"))
    assert agreed.next_action == "action_begin_case"


@pytest.mark.parametrize("text", ["kaimynas muša žmoną", "dega mokykla!"])
async def test_other_danger_is_no_matter_for_a_complaint(text: str) -> None:
    ran = await run(ActionEmergency(SERVICES), tracker(user(text, "emergency"), given="trakai"))
    assert [message.get("text") for message in ran.messages] == [None]


async def test_a_yes_after_the_danger_goes_on_with_the_half_told_complaint() -> None:
    offered = bot("Kai pavojus praeis, skundą galėsime tęsti.", custom={"asks": "complaint"})
    saved = tracker(offered, user("jo", "affirm"), slots={"case_draft": {"story": "a"}})
    assert (await run(ActionAffirm(SERVICES), saved)).next_action == "action_resume_case"
