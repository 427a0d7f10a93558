"""Messages of every shape with the real trained model: two questions, stories, corrections, picks, yes and no."""

from __future__ import annotations

import pytest

from tests.nlu.residents import Resident, Said
from tests.packs import TEXTS

NURSERY = "Vaiko priėmimas į darželį"
MUSIC = "Mokestis už mokslą Trakų meno mokykloje"
NOBODY = "Šiuo metu darbuotojų nėra"


@pytest.fixture
def trakai(live_server: str) -> Resident:
    """A resident on the page of Trakai."""
    return Resident(live_server, "trakai")


def titles(said: Said) -> list[str]:
    """Return the titles of the cards."""
    return [card["title"] for card in said.cards]


def asked(said: Said) -> list[str]:
    """Return the headings of what was asked, over all cards."""
    return [part["heading"] for card in said.cards for part in card["sections"] if part["asked"]]


@pytest.mark.parametrize(
    "text",
    [
        "Laba diena, kokių dokumentų reikia į darželį?",
        "Prieš mėnesį atsikraustėme su dviem vaikais. Vyras dirba Vilniuje. Kokių dokumentų reikia į darželį?",
        "Kokių dokumentų reikia į darželį? Gyvename Lentvaryje, vaikui treji.",
    ],
)
def test_a_greeting_or_a_story_around_the_question_does_not_hide_it(trakai: Resident, text: str) -> None:
    said = trakai.say(text)
    assert titles(said)[0].startswith(NURSERY)
    assert asked(said)[0] == "Reikalingi dokumentai"


@pytest.mark.parametrize(
    "text",
    [
        "Kokių dokumentų reikia į darželį? Kiek kainuoja meno mokykla?",
        "kokiu dokumentu reikia i darzeli ir kiek kainuoja meno mokykla",
        "Kokių dokumentų reikia į darželį? Dar norėčiau sužinoti, kiek kainuoja meno mokykla",
    ],
)
def test_two_questions_about_two_services_are_both_answered(trakai: Resident, text: str) -> None:
    said = trakai.say(text)
    assert titles(said)[0].startswith(NURSERY)
    assert titles(said)[1] == MUSIC
    assert "19,80 Eur" in said.text
    assert MUSIC in trakai.say("o kur kreiptis?").text


def test_two_aspects_of_one_service_share_a_card(trakai: Resident) -> None:
    said = trakai.say("Kokių dokumentų reikia į darželį? Ir iki kada pateikti prašymą?")
    assert len(said.messages) == 1
    assert {"Reikalingi dokumentai", "Terminai"} <= set(asked(said))


def test_a_second_question_without_an_answer_is_named(trakai: Resident) -> None:
    said = trakai.say("Kiek kainuoja meno mokykla? Ir ar galiu laikyti krokodilą vonioje?")
    assert "19,80 Eur" in said.text
    assert "krokodilą" in said.messages[-1]["text"]


def test_two_questions_wait_for_the_municipality(live_server: str) -> None:
    resident = Resident(live_server)
    resident.say("Kokių dokumentų reikia į darželį? Kiek kainuoja meno mokykla?")
    assert trakai_or_more(resident.say("Trakai"))


def trakai_or_more(said: Said) -> bool:
    """Tell whether both questions were answered."""
    return titles(said)[0].startswith(NURSERY) and titles(said)[1:] == [MUSIC]


@pytest.mark.parametrize(
    "correction", ["ne, aš apie meno mokyklą", "ne darželis, o meno mokykla", "ne, apie meno mokykla"]
)
def test_a_correction_answers_about_the_right_thing_with_the_asked_aspect(trakai: Resident, correction: str) -> None:
    trakai.say("kiek kainuoja darželis")
    said = trakai.say(correction)
    assert titles(said) == [MUSIC]
    assert asked(said)[0] == "Kaina"


def test_a_corrected_aspect_keeps_the_service(trakai: Resident) -> None:
    trakai.say("kas atsakingas už priėmimą į darželį")
    said = trakai.say("ne kas atsakingas, o kokie dokumentai")
    assert titles(said)[0].startswith(NURSERY)
    assert asked(said)[0] == "Reikalingi dokumentai"


@pytest.mark.parametrize(("pick", "place"), [("pirmas", 0), ("2", 1), ("tas antras", 1), ("paskutinis", -1)])
def test_a_choice_is_answered_by_its_number(trakai: Resident, pick: str, place: int) -> None:
    choice = trakai.say("mokykla")
    assert choice.text == TEXTS.render("service.choose")
    assert titles(trakai.say(pick)) == [list(choice.buttons)[place]]


def test_a_choice_of_institutions_is_answered_by_its_number(trakai: Resident) -> None:
    choice = trakai.say("Lentvario darželio telefonas")
    assert titles(trakai.say("antras")) == [list(choice.buttons)[1]]


def test_the_municipality_is_chosen_by_its_number(live_server: str) -> None:
    resident = Resident(live_server)
    names = list(resident.say("kada dirba savivaldybė").buttons)
    assert names[1] in resident.say("antra").text


@pytest.mark.parametrize("yes", ["taip", "jo", "aha"])
def test_a_yes_to_the_offer_of_a_person_leads_to_one(trakai: Resident, yes: str) -> None:
    trakai.say("asdf qwerty zxcv")
    assert trakai.say("poiu lkjh mnbv").text == TEXTS.render("fallback.again")
    assert NOBODY in trakai.say(yes).text


@pytest.mark.parametrize("no", ["ne", "nea", "nereikia"])
def test_a_no_to_a_choice_offers_other_ways(trakai: Resident, no: str) -> None:
    trakai.say("mokykla")
    assert trakai.say(no).text == TEXTS.render("conversation.none_of_these")


def test_a_yes_to_a_choice_asks_which(trakai: Resident) -> None:
    choice = trakai.say("mokykla")
    which = trakai.say("jo")
    assert which.text == TEXTS.render("conversation.which_one")
    assert which.buttons == choice.buttons
    assert titles(trakai.say("pirmas")) == [next(iter(choice.buttons))]


@pytest.mark.parametrize("text", ["taip", "jo", "aha", "ne", "nea"])
def test_a_yes_or_no_to_nothing_asks_kindly_what_is_meant(trakai: Resident, text: str) -> None:
    assert "arašykite" in trakai.say(text).text


@pytest.mark.parametrize("piece", ["kiek kainuoja? ", "ir dar kiek ", "ne a, o ", "где горит ", "is it on fire ", "2 "])
def test_long_repetitions_are_answered(trakai: Resident, piece: str) -> None:
    trakai.say("labas")
    assert trakai.say((piece * 2000)[:2000]).text
