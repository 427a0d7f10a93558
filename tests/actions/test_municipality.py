"""Which municipality is asked: once, remembered, and never against the page on which the resident writes."""

from __future__ import annotations

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.catalogue import ActionNotUnderstood
from actions.municipality import (
    ActionAskMunicipality,
    ActionCancel,
    ActionResumeQuestion,
    ActionSetMunicipality,
    ValidateMunicipalityForm,
)
from tests.actions.trackers import Event, run, services, tracker, user
from tests.packs import TEXTS, shipped

SERVICES = services()
ASK = TEXTS.render("municipality.ask")
PENDING = {"text": "kiek kainuoja meno mokykla", "intent": "ask_service_cost"}
FORM = "municipality_form"


def chosen(municipality: object) -> Event:
    """Return the event of a pressed button with a municipality."""
    return user("/inform_municipality", "inform_municipality", entities={"municipality": municipality})


async def test_each_municipality_has_a_button() -> None:
    ran = await run(ActionAskMunicipality(SERVICES), tracker(user("labas")))
    assert ran.text == ASK
    assert [button["title"] for button in ran.messages[0]["buttons"]] == [
        "Alytaus rajono savivaldybė",
        "Trakų rajono savivaldybė",
        "Varėnos rajono savivaldybė",
    ]
    assert ran.messages[0]["buttons"][2]["payload"] == '/inform_municipality{"municipality":"varena"}'


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (user("gyvenu Lentvaryje"), {"municipality": "trakai"}),
        (user("Varėnos rajono savivaldybė"), {"municipality": "varena"}),
        (chosen("alytus-r"), {"municipality": "alytus-r"}),
        (chosen("vilnius"), {}),
        (chosen(5), {}),
        (user("nežinau"), {}),
        (user("Vilnius"), {}),
    ],
)
async def test_the_form_takes_what_names_a_municipality_and_leaves_the_rest(
    event: Event, found: dict[str, str]
) -> None:
    form = ValidateMunicipalityForm(SERVICES)
    saved = tracker(event, loop=FORM)
    assert await form.extract_municipality(CollectingDispatcher(), saved, {}) == found
    for value in found.values():
        assert form.validate_municipality(value, CollectingDispatcher(), saved, {}) == found


@pytest.mark.parametrize(("requested", "found"), [(None, {}), ("municipality", {"municipality": "trakai"})])
async def test_a_number_picks_a_municipality_only_after_it_was_asked_for(
    requested: str | None, found: dict[str, str]
) -> None:
    saved = tracker(user("antras", "choose_option"), slots={"requested_slot": requested}, loop=FORM)
    assert await ValidateMunicipalityForm(SERVICES).extract_municipality(CollectingDispatcher(), saved, {}) == found


async def test_the_question_asked_before_is_answered_once_the_municipality_is_known() -> None:
    saved = tracker(chosen("trakai"), slots={"municipality": "trakai", "pending_question": PENDING})
    ran = await run(ActionResumeQuestion(SERVICES), saved)
    assert "Mokestis už mokslą Trakų meno mokykloje" in ran.text
    assert ran.slots["pending_question"] is None
    assert ran.slots["service"] == "meno-mokyklos-mokestis"


async def test_without_a_question_nothing_is_resumed() -> None:
    ran = await run(ActionResumeQuestion(SERVICES), tracker(chosen("trakai"), slots={"municipality": "trakai"}))
    assert (ran.messages, ran.events) == ([], [])


async def test_small_talk_in_the_form_does_not_replace_the_question() -> None:
    saved = tracker(user("nesvarbu", "nlu_fallback"), slots={"pending_question": PENDING}, loop=FORM)
    assert (await run(ActionNotUnderstood(SERVICES), saved)).slots["pending_question"] == PENDING


async def test_a_new_question_in_the_form_replaces_the_former() -> None:
    saved = tracker(user("noriu pasiskųsti", "file_complaint"), slots={"pending_question": PENDING}, loop=FORM)
    ran = await run(ActionNotUnderstood(SERVICES), saved)
    assert ran.slots["pending_question"] == {"text": "noriu pasiskųsti", "intent": "file_complaint"}


async def test_a_municipality_named_by_itself_is_noted_and_remembered() -> None:
    ran = await run(ActionSetMunicipality(SERVICES), tracker(user("Varėnos savivaldybė", "inform_municipality")))
    assert ran.slots == {"municipality": "varena"}
    assert "Varėnos rajono savivaldybės paslaugas" in ran.text


async def test_who_named_one_may_name_another() -> None:
    saved = tracker(chosen("varena"), given="trakai", slots={"municipality": "trakai"})
    assert (await run(ActionSetMunicipality(SERVICES), saved)).slots == {"municipality": "varena"}


@pytest.mark.parametrize("channel", ["web", "rest"])
async def test_where_the_channel_names_the_municipality_another_one_is_not_promised(channel: str) -> None:
    ran = await run(ActionSetMunicipality(SERVICES), tracker(chosen("varena"), given="trakai", channel=channel))
    assert ran.slots == {}
    assert "Čia atsakau tik apie Trakų rajono savivaldybės paslaugas" in ran.text
    assert shipped("varena").catalogue.municipality.website in ran.text


async def test_the_channels_own_municipality_is_confirmed_without_a_slot() -> None:
    ran = await run(ActionSetMunicipality(SERVICES), tracker(chosen("trakai"), given="trakai", channel="web"))
    assert ran.slots == {}
    assert "atsakysiu apie Trakų rajono savivaldybės" in ran.text


async def test_an_unserved_municipality_on_a_page_is_told_whom_the_page_serves() -> None:
    ran = await run(ActionSetMunicipality(SERVICES), tracker(user("Vilnius"), given="trakai", channel="web"))
    assert ran.text == TEXTS.render("municipality.only", municipality=shipped("trakai").catalogue.municipality)


async def test_an_unserved_municipality_elsewhere_is_asked_again_but_not_twice() -> None:
    assert (await run(ActionSetMunicipality(SERVICES), tracker(user("Vilnius")))).text == ASK
    # Within the form the form itself asks again.
    assert (await run(ActionSetMunicipality(SERVICES), tracker(user("Vilnius"), loop=FORM))).messages == []


async def test_cancel_leaves_the_form_and_forgets_what_was_being_asked() -> None:
    saved = tracker(
        user("atšaukti", "cancel"), slots={"pending_question": PENDING, "candidates": ["a", "b"]}, loop=FORM
    )
    ran = await run(ActionCancel(SERVICES), saved)
    assert ran.responses == ["utter_cancelled"]
    assert ran.leaves_form
    asked = ("requested_slot", "pending_question", "candidates")
    assert ran.slots == dict.fromkeys(
        (
            *asked,
            "case_draft",
            "case_ending",
            "status_code",
            "status_number",
            "status_purpose",
            "callback_kind",
            "callback_contact",
            "callback_text",
        )
    )


async def test_a_place_that_goes_on_with_the_last_subject_is_no_change_of_municipality() -> None:
    told = {"subject": {"intent": "ask_contacts", "institution": "lentvario-seniunija"}}
    saved = tracker(user("o Trakuose?", "inform_municipality"), given="trakai", slots=told)
    ran = await run(ActionSetMunicipality(SERVICES), saved)
    assert ran.messages[0]["custom"]["card"]["title"] == "Trakų seniūnija"
