"""Yes, no, a pick and a correction mean what the bot's last words make of them."""

from __future__ import annotations

import pytest

from actions.base import Heard
from actions.catalogue import ActionNotUnderstood
from actions.responding import ActionAffirm, ActionChoose, ActionCorrect, ActionDeny, meant, pressed
from bot.nlu.correction import Correction
from tests.actions.trackers import Event, bot, done, run, services, tracker, user
from tests.packs import TEXTS

SERVICES = services()
NURSERY, MUSIC = "priemimas-i-darzeli", "meno-mokyklos-mokestis"
BUTTONS = [
    {"title": "Darželis", "payload": f'/ask_service_where{{"service":"{NURSERY}"}}'},
    {"title": "Meno mokykla", "payload": f'/ask_service_cost{{"service":"{MUSIC}"}}'},
]
CHOICE = (
    user("mokykla"),
    done("action_answer_service"),
    bot("Kuri?", buttons=BUTTONS, custom={"asks": "choice"}),
    done("action_listen"),
)
PERSON = (user("asdf", "nlu_fallback"), done("action_not_understood"), bot("Gal žmogus?", custom={"asks": "person"}))
PLAIN = (user("labas", "greet"), done("utter_greet"), bot("Laba diena!"), done("action_listen"))


async def test_a_yes_to_the_offer_of_a_person_gives_the_way_to_one() -> None:
    ran = await run(ActionAffirm(SERVICES), tracker(*PERSON, user("aha", "affirm"), given="trakai"))
    assert ran.text == TEXTS.render("handoff.away", opens="pirmadienį (2026-11-23) nuo 8.00")


async def test_a_yes_to_a_choice_asks_which_with_the_same_buttons() -> None:
    ran = await run(ActionAffirm(SERVICES), tracker(*CHOICE, user("jo", "affirm"), given="trakai"))
    assert ran.text == TEXTS.render("conversation.which_one")
    assert ran.messages[0]["buttons"] == BUTTONS
    assert ran.messages[0]["custom"] == {"asks": "choice"}


REFUSED = (
    user("asdf", "nlu_fallback"),
    done("action_not_understood"),
    bot(
        "Neradau.",
        buttons=[
            {"title": "Paslaugos", "payload": "/list_services"},
            {"title": "Darbuotojas", "payload": "/request_human"},
        ],
        custom={"asks": "choice"},
    ),
)
HELPED = (
    user("kiek", "ask_service"),
    done("action_answer_service"),
    bot("…"),
    bot("Ar tai padėjo?", custom={"asks": "helped"}),
)


async def test_a_yes_to_a_refusal_shows_its_buttons_again() -> None:
    refused = await run(ActionNotUnderstood(SERVICES), tracker(user("asdf", "nlu_fallback"), given="trakai"))
    assert refused.messages[0]["custom"] == {"asks": "choice"}
    ran = await run(ActionAffirm(SERVICES), tracker(*REFUSED, user("taip", "affirm"), given="trakai"))
    assert [button["payload"] for button in ran.messages[0]["buttons"]] == ["/list_services", "/request_human"]


async def test_a_picked_button_for_a_person_gives_the_way_to_one() -> None:
    ran = await run(ActionChoose(SERVICES), tracker(*REFUSED, user("antras", "choose_option"), given="trakai"))
    assert ran.text == TEXTS.render("handoff.away", opens="pirmadienį (2026-11-23) nuo 8.00")


async def test_a_yes_to_whether_it_helped_is_taken_kindly() -> None:
    ran = await run(ActionAffirm(SERVICES), tracker(*HELPED, user("taip", "affirm"), given="trakai"))
    assert ran.text == TEXTS.render("conversation.helped")


async def test_a_no_to_whether_it_helped_offers_a_person_and_counts() -> None:
    ran = await run(ActionDeny(SERVICES), tracker(*HELPED, user("nelabai", "deny"), given="trakai"))
    assert ran.text == TEXTS.render("conversation.not_helped").strip()
    assert ran.messages[0]["buttons"][0]["payload"] == "/request_human"
    assert ran.messages[0]["custom"] == {"asks": "person"}
    assert ran.slots == {"misunderstood": 1.0}


@pytest.mark.parametrize("before", [(), PLAIN], ids=["first", "after a greeting"])
async def test_a_yes_or_no_to_nothing_asks_kindly_what_is_meant(before: tuple[Event, ...]) -> None:
    assert (await run(ActionAffirm(SERVICES), tracker(*before, user("taip", "affirm")))).responses == ["utter_affirm"]
    assert (await run(ActionDeny(SERVICES), tracker(*before, user("ne", "deny")))).responses == ["utter_deny"]


async def test_a_no_to_a_choice_offers_other_ways_and_forgets_it() -> None:
    ran = await run(ActionDeny(SERVICES), tracker(*CHOICE, user("nea", "deny"), given="trakai"))
    assert ran.text == TEXTS.render("conversation.none_of_these")
    assert ran.slots == {"candidates": None}
    assert ran.messages[0]["buttons"][-1]["payload"] == "/request_human"


@pytest.mark.parametrize("answer", ["ok", "no"])
async def test_an_offer_in_another_language_is_answered_in_it(answer: str) -> None:
    offer = (user("hello"), done("action_foreign_language"), bot("…", custom={"lang": "en", "asks": "person"}))
    action = ActionAffirm(SERVICES) if answer == "ok" else ActionDeny(SERVICES)
    ran = await run(action, tracker(*offer, user(answer, "affirm"), given="trakai"))
    expected = TEXTS.render("foreign.en.no_person") if answer == "no" else TEXTS.render("foreign.en.away", date=None)
    assert ran.messages[0]["text"].startswith(expected[:30])
    assert ran.messages[0]["custom"] == {"lang": "en"}


@pytest.mark.parametrize(
    ("text", "service"), [("pirmas", NURSERY), ("2", MUSIC), ("tas antras", MUSIC), ("paskutinis", MUSIC)]
)
async def test_a_pick_presses_the_button(text: str, service: str) -> None:
    ran = await run(ActionChoose(SERVICES), tracker(*CHOICE, user(text, "choose_option"), given="trakai"))
    assert ran.slots["service"] == service


async def test_a_pick_of_what_is_not_there_asks_again() -> None:
    ran = await run(ActionChoose(SERVICES), tracker(*CHOICE, user("penktas", "choose_option"), given="trakai"))
    assert ran.text == TEXTS.render("conversation.which_one")


async def test_a_pick_without_a_choice_is_not_understood() -> None:
    ran = await run(ActionChoose(SERVICES), tracker(*PLAIN, user("pirmas", "choose_option"), given="trakai"))
    assert ran.text == TEXTS.render("fallback.not_understood")


async def test_a_correction_keeps_what_was_asked() -> None:
    before = (user("kiek kainuoja darželis", "ask_service_cost"), done("action_answer_service"), bot("…"))
    correct = user("ne, aš apie meno mokyklą", "correct")
    ran = await run(ActionCorrect(SERVICES), tracker(*before, correct, given="trakai"))
    assert ran.slots["service"] == MUSIC
    assert ran.messages[0]["custom"]["card"]["sections"][0]["heading"] == "Kaina"


@pytest.mark.parametrize("text", ["ne to klausiau", "ne tas"])
async def test_a_correction_that_names_nothing_is_asked_for(text: str) -> None:
    before = (user("kiek kainuoja darželis", "ask_service_cost"), done("action_answer_service"), bot("…"))
    saved = tracker(*before, user(text, "correct"), given="trakai")
    assert (await run(ActionCorrect(SERVICES), saved)).responses == ["utter_correct"]


async def test_before_the_first_question_there_is_nothing_to_correct() -> None:
    saved = tracker(user("ne, aš apie mokyklą", "correct"), given="trakai")
    assert (await run(ActionCorrect(SERVICES), saved)).responses == ["utter_correct"]


def test_a_corrected_aspect_is_asked_of_the_same_service() -> None:
    before = Heard('/ask_service_cost{"service":"x"}', "ask_service_cost")
    assert meant(before, Correction("dokumentai", "kaina")) == Heard("dokumentai", "ask_service_documents")


def test_a_corrected_place_is_asked_of_the_same_matter() -> None:
    before = Heard("Lentvario darželio telefonas", "ask_contacts")
    assert meant(before, Correction("rudiskes", "lentvaris")) == Heard("darzelio telefonas rudiskes", "ask_contacts")


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("/ask_contacts", Heard("/ask_contacts", "ask_contacts")),
        ('/ask_service{"service":"x"}', Heard('/ask_service{"service":"x"}', "ask_service", {"service": "x"})),
        ("nonsense", Heard("nonsense", "nlu_fallback")),
    ],
)
def test_a_payload_is_what_pressing_it_says(payload: str, said: Heard) -> None:
    assert pressed(payload) == said
