"""Actions that answer: what the conversation was about goes in, what it is about now comes out."""

from __future__ import annotations

import pytest

from actions.base import AnsweringAction
from actions.catalogue import ActionAnswerService, ActionInstitution, ActionListServices, ActionNotUnderstood
from tests.actions.trackers import Event, bot, done, run, services, tracker, user
from tests.packs import TEXTS

SERVICES = services()
NURSERY = "priemimas-i-darzeli"
ANSWERING_ACTIONS = [action for action in AnsweringAction.__subclasses__() if action.__module__ == "actions.catalogue"]
ASK = "kokių dokumentų reikia į darželį"


async def test_a_service_is_answered_and_remembered() -> None:
    ran = await run(ActionAnswerService(SERVICES), tracker(user(ASK, "ask_service_documents"), given="trakai"))
    assert ran.slots["service"] == NURSERY
    assert ran.slots["institution"] == "svietimo-skyrius"
    assert ran.messages[0]["custom"]["card"]["title"].startswith("Vaiko priėmimas į darželį")
    assert ran.messages[0]["text"]
    assert ran.messages[0]["buttons"]


async def test_a_follow_up_uses_the_remembered_service() -> None:
    saved = tracker(user("o kur?", "ask_service_where"), given="trakai", slots={"service": NURSERY})
    ran = await run(ActionAnswerService(SERVICES), saved)
    assert ran.slots["service"] == NURSERY
    assert "Vaiko priėmimas į darželį" in ran.text


async def test_a_pressed_button_names_the_service() -> None:
    pressed = user('/ask_service_where{"service":"x"}', "ask_service_where", entities={"service": NURSERY})
    ran = await run(ActionAnswerService(SERVICES), tracker(pressed, given="trakai", slots={"service": "kita"}))
    assert ran.slots["service"] == NURSERY


async def test_words_never_count_as_a_pressed_button() -> None:
    typed = user(ASK, "ask_service_documents", entities={"service": "meno-mokyklos-mokestis"})
    assert (await run(ActionAnswerService(SERVICES), tracker(typed, given="trakai"))).slots["service"] == NURSERY


@pytest.mark.parametrize("value", [None, 5, ["a"], {"a": 1}, "", "x" * 500])
async def test_whatever_a_payload_names_is_answered(value: object) -> None:
    for action, name in (
        (ActionAnswerService, "service"),
        (ActionInstitution, "institution"),
        (ActionListServices, "page"),
    ):
        pressed = user(f'/ask_service{{"{name}":1}}', "ask_service", entities={name: value})
        assert (await run(action(SERVICES), tracker(pressed, given="varena"))).text


async def test_candidates_are_kept_until_one_is_chosen() -> None:
    offered = ["priemimas-i-darzeli", "priemimas-i-mokykla"]
    saved = tracker(user("o kiek kainuoja?", "ask_service_cost"), given="trakai", slots={"candidates": offered})
    again = await run(ActionAnswerService(SERVICES), saved)
    assert "candidates" not in again.slots
    assert len(again.messages[0]["buttons"]) == 2
    pressed = user("/ask_service_cost", "ask_service_cost", entities={"service": offered[1]})
    chosen = await run(ActionAnswerService(SERVICES), tracker(pressed, given="trakai", slots={"candidates": offered}))
    assert chosen.slots["candidates"] is None


async def test_what_the_channel_names_counts_before_what_was_named_earlier() -> None:
    saved = tracker(user("kontaktai", "ask_contacts"), given="varena", slots={"municipality": "trakai"})
    assert "Varėnos rajono savivaldybė" in (await run(ActionInstitution(SERVICES), saved)).text


async def test_what_was_not_understood_is_counted_and_the_turn_ends() -> None:
    saved = tracker(user("asdf qwerty", "nlu_fallback"), given="trakai", slots={"misunderstood": 0.0})
    ran = await run(ActionNotUnderstood(SERVICES), saved)
    assert ran.slots["misunderstood"] == 1.0
    # Rasa's core fallback would be predicted for ever otherwise.
    assert ran.next_action == "action_listen"


async def test_the_second_time_in_a_row_a_person_comes_first() -> None:
    events = (user("asdf", "nlu_fallback"), done("action_not_understood"), bot("…"), done("action_listen"))
    saved = tracker(*events, user("qwerty", "nlu_fallback"), given="trakai", slots={"misunderstood": 1.0})
    ran = await run(ActionNotUnderstood(SERVICES), saved)
    assert ran.text == TEXTS.render("fallback.again")
    assert ran.messages[0]["buttons"][0]["payload"] == "/request_human"
    assert ran.slots["misunderstood"] == 2.0


@pytest.mark.parametrize(
    ("between", "phrase"),
    [
        ("utter_greet", "again"),
        ("action_repeat", "again"),
        ("action_deny", "again"),
        ("action_emergency", "not_understood"),
        ("action_request_human", "not_understood"),
        ("action_file_case", "not_understood"),
    ],
)
async def test_small_talk_in_between_does_not_begin_the_count_anew(between: str, phrase: str) -> None:
    events = (done("action_not_understood"), done("action_listen"), user("labas", "greet"), done(between))
    last = (done("action_listen"), user("qwerty", "nlu_fallback"))
    ran = await run(
        ActionNotUnderstood(SERVICES), tracker(*events, *last, given="trakai", slots={"misunderstood": 1.0})
    )
    assert ran.text == TEXTS.render(f"fallback.{phrase}")


async def test_answers_in_between_take_half_away_so_that_a_third_refusal_offers_a_person() -> None:
    refused, answered = user("asdf", "nlu_fallback"), user(ASK, "ask_service")
    count, said = 0.0, []
    for event in (refused, answered, refused, answered, refused):
        action = ActionNotUnderstood(SERVICES) if event is refused else ActionAnswerService(SERVICES)
        before = done("action_answer_service" if event is refused else "action_not_understood")
        ran = await run(action, tracker(before, event, given="trakai", slots={"misunderstood": count}))
        count = float(str(ran.slots["misunderstood"]))
        said.append(ran.text)
    plain, again = TEXTS.render("fallback.not_understood"), TEXTS.render("fallback.again")
    assert (said[0], said[2], said[4]) == (plain, plain, again)


async def test_an_answer_takes_half_of_the_count_back() -> None:
    saved = tracker(
        done("action_not_understood"), user(ASK, "ask_service"), given="trakai", slots={"misunderstood": 1.0}
    )
    assert (await run(ActionAnswerService(SERVICES), saved)).slots["misunderstood"] == 0.5


async def test_whether_it_helped_is_asked_now_and_then() -> None:
    question, asked, count = TEXTS.render("conversation.did_it_help"), [], 0.0
    for _ in range(12):
        saved = tracker(user(ASK, "ask_service"), given="trakai", slots={"answered": count})
        ran = await run(ActionAnswerService(SERVICES), saved)
        count = float(str(ran.slots["answered"]))
        asked.append(ran.messages[-1]["text"] == question)
    assert [number for number, was in enumerate(asked, 1) if was] == [3, 11]
    assert ran.messages[0]["custom"]["card"]


@pytest.mark.parametrize(
    "event",
    [
        user("mokykla", "ask_service"),
        user("asdf qwerty", "nlu_fallback"),
        user("kontaktai", "ask_contacts"),
        user("kiek trunka priėmimas į darželį", "ask_service_duration"),
    ],
)
async def test_whether_it_helped_is_not_asked_where_something_is_open(event: Event) -> None:
    ran = await run(ActionAnswerService(SERVICES), tracker(event, given="trakai", slots={"answered": 2.0}))
    assert TEXTS.render("conversation.did_it_help") not in ran.text


async def test_whether_it_helped_is_not_asked_inside_a_complaint() -> None:
    saved = tracker(user(ASK, "ask_service"), given="trakai", slots={"answered": 2.0}, loop="complaint_form")
    assert len((await run(ActionAnswerService(SERVICES), saved)).messages) == 1


async def test_what_was_told_besides_services_is_kept_for_few_words() -> None:
    told = await run(ActionInstitution(SERVICES), tracker(user("kada dirba savivaldybė", "ask_hours"), given="trakai"))
    assert told.slots["subject"] == {"intent": "ask_hours", "institution": None}
    saved = tracker(user("o šeštadienį?", "ask_service"), given="trakai", slots=told.slots)
    assert "nedirba" in (await run(ActionAnswerService(SERVICES), saved)).text
    service = await run(ActionAnswerService(SERVICES), tracker(user(ASK), given="trakai", slots=told.slots))
    assert service.slots["subject"] is None


async def test_an_unchanged_conversation_sets_no_further_slots() -> None:
    saved = tracker(user("chartija", "ask_charter"), given="trakai", slots={"misunderstood": 0.0})
    ran = await run(ActionListServices(SERVICES), saved)
    assert ran.events == []


@pytest.mark.parametrize("action", ANSWERING_ACTIONS, ids=lambda action: str(action.__name__))
async def test_an_unknown_municipality_is_asked_for_before_anything_is_said(action: type[AnsweringAction]) -> None:
    saved = tracker(user("kiek kainuoja darželis", "ask_service_cost"), slots={"misunderstood": 0.0})
    ran = await run(action(SERVICES), saved)
    assert ran.messages == []
    assert ran.next_action == "municipality_form"
    assert ran.slots == {"pending_question": {"text": "kiek kainuoja darželis", "intent": "ask_service_cost"}}


async def test_a_municipality_that_was_taken_away_is_asked_for_anew() -> None:
    ran = await run(ActionAnswerService(SERVICES), tracker(user(ASK), given="panaikinta"))
    assert ran.next_action == "municipality_form"
