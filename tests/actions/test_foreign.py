"""Residents who write in another language: answered in it, and in Lithuanian again as soon as they write Lithuanian."""

from __future__ import annotations

import pytest

from actions.conversation import ActionEmergency
from actions.foreign import ActionForeignLanguage
from tests.actions.trackers import Event, Ran, bot, done, run, services, tracker, user
from tests.packs import TEXTS

SERVICES = services()
OFFER = bot("…", custom={"lang": "en", "asks": "person"})


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
    assert ran.messages[0]["text"] == TEXTS.render(f"foreign.{language}.person")
    assert ran.messages[1]["text"] == TEXTS.render("handoff.away", opens="pirmadienį (2026-11-23) nuo 8.00")


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
