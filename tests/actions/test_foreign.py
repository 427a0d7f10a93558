"""Residents who write in another language: answered in it, and in Lithuanian again as soon as they write Lithuanian."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.conversation import ActionEmergency
from actions.foreign import ActionForeignLanguage
from actions.handoff import ActionRequestHuman
from tests.actions.trackers import Event, Ran, Staffed, bot, done, run, services, tracker, user
from tests.packs import TEXTS

SERVICES = services()
OFFER = bot("…", custom={"lang": "en", "asks": "person"})


def away(language: str) -> str:
    """Return what is said when people are back on Monday 2026-11-23 at 8."""
    return TEXTS.render(f"foreign.{language}.away", date="2026-11-23", time="08:00").strip()


def foreign(text: str, language: str = "en", **more: object) -> Event:
    """Return the event of a message in another language."""
    return user(text, "foreign_language", entities={"language": language, **more})


async def say(*events: Event, given: str | None = "trakai", loop: str | None = None) -> Ran:
    """Run the action on a conversation."""
    return await run(ActionForeignLanguage(SERVICES), tracker(*events, given=given, loop=loop))


@pytest.mark.parametrize("language", ["en", "ru", "pl", "uk"])
async def test_the_answer_is_in_the_language_and_marked_so(language: str) -> None:
    ran = await say(foreign("…", language))
    assert ran.messages[0]["custom"] == {"lang": language, "asks": "person"}
    assert TEXTS.render(f"foreign.{language}.intro") in ran.text
    assert ran.events == []


async def test_without_a_municipality_it_is_asked_for_and_no_lithuanian_form_begins() -> None:
    ran = await say(foreign("hello"), given=None)
    assert TEXTS.render("foreign.en.which_municipality") in ran.text
    assert ran.next_action is None


async def test_the_pressed_municipality_is_remembered_and_its_contacts_are_given() -> None:
    ran = await say(foreign("/foreign_language", "pl", municipality="varena"), given=None)
    assert "+370 310 32001" in ran.text
    assert ran.slots == {"municipality": "varena"}


async def test_a_form_that_asks_in_lithuanian_is_left() -> None:
    ran = await say(foreign("hello"), given=None, loop="municipality_form")
    assert ran.leaves_form


@pytest.mark.parametrize(("text", "language"), [("yes please", "en"), ("да", "ru"), ("tak", "pl"), ("так", "uk")])
async def test_a_yes_to_the_offer_gives_the_way_to_a_person(text: str, language: str) -> None:
    ran = await say(foreign("hello"), done("action_foreign_language"), OFFER, foreign(text, language))
    assert [message["text"] for message in ran.messages] == [away(language)]
    assert ran.messages[0]["custom"] == {"lang": language}


@pytest.mark.parametrize("language", ["en", "ru", "pl", "uk"])
async def test_the_pressed_button_for_a_person_is_answered_in_that_language(language: str) -> None:
    said = bot("…", custom={"lang": language, "asks": "person"})
    pressed = user("/request_human", "request_human")
    events = (foreign("hello", language), done("action_foreign_language"), said, pressed)
    ran = await run(ActionRequestHuman(SERVICES), tracker(*events, given="trakai"))
    assert ran.text == away(language)
    assert [button["payload"] for button in ran.messages[0]["buttons"]] == [
        "/request_callback",
        '/request_callback{"value":"message"}',
        "/ask_contacts",
    ]


async def test_somebody_who_is_here_is_called_in_that_language_for_that_reason() -> None:
    here = replace(SERVICES, availability=Staffed(1))
    events = (foreign("hello", "pl"), bot("…", custom={"lang": "pl", "asks": "person"}), foreign("tak", "pl"))
    ran = await run(ActionForeignLanguage(here), tracker(*events, given="trakai"))
    assert ran.messages[0]["text"] == TEXTS.render("foreign.pl.handing_over")
    assert ran.messages[1]["custom"]["handoff"]["reason"] == "foreign_language"


async def test_lithuanian_words_for_a_person_are_answered_in_lithuanian() -> None:
    asks = user("noriu kalbėti su žmogumi", "request_human")
    ran = await run(ActionRequestHuman(SERVICES), tracker(foreign("hello"), OFFER, asks, given="trakai"))
    assert ran.text == TEXTS.render("handoff.away", opens="pirmadienį (2026-11-23) nuo 8.00")


@pytest.mark.parametrize("language", ["en", "ru", "pl", "uk"])
async def test_the_second_time_it_is_said_in_short(language: str) -> None:
    told = (foreign("…", language), bot("…", custom={"lang": language, "asks": "person"}))
    ran = await say(*told, user("labas", "greet"), bot("Laba diena!"), foreign("…", language))
    assert ran.text == TEXTS.render(f"foreign.{language}.again")
    assert ran.messages[0]["custom"] == {"lang": language, "asks": "person"}


async def test_the_first_time_in_yet_another_language_it_is_said_in_full() -> None:
    ran = await say(foreign("hello"), OFFER, foreign("привет", "ru"))
    assert TEXTS.render("foreign.ru.intro") in ran.text


async def test_a_no_to_the_offer_is_taken_kindly() -> None:
    ran = await say(foreign("hello"), done("action_foreign_language"), OFFER, foreign("нет, спасибо", "ru"))
    assert ran.text == TEXTS.render("foreign.ru.no_person")


async def test_a_yes_to_nothing_is_a_message_like_any_other() -> None:
    assert TEXTS.render("foreign.en.intro") in (await say(foreign("yes"))).text


@pytest.mark.parametrize("language", [None, "lt", "xx", 5])
async def test_a_payload_that_names_no_such_language_is_answered_too(language: object) -> None:
    pressed = user("/foreign_language", "foreign_language", entities={"language": language})
    assert (await say(pressed)).text


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("my house is on fire", "en", "emergency"),
        ("хочу умереть", "ru", "suicide"),
        ("pali się dom", "pl", "emergency"),
    ],
)
async def test_danger_in_another_language_is_answered_in_it(text: str, language: str, kind: str) -> None:
    ran = await run(ActionEmergency(SERVICES), tracker(user(text, "emergency"), given="trakai"))
    assert ran.text == TEXTS.render(f"foreign.{language}.{kind}")
    assert ran.messages[0]["custom"] == {"lang": language}


@pytest.mark.parametrize(
    ("text", "language"), [("thank you", "en"), ("спасибо", "ru"), ("dziękuję", "pl"), ("дякую", "uk")]
)
async def test_thanks_are_taken_kindly_and_not_answered_with_the_contacts(text: str, language: str) -> None:
    told = (foreign("…", language), bot("…", custom={"lang": language, "asks": "person"}))
    ran = await say(*told, foreign(text, language))
    assert ran.text == TEXTS.render(f"foreign.{language}.welcome")
