"""Residents who write in Russian, Polish, English or Ukrainian, with the real trained model, over REST."""

from __future__ import annotations

import pytest

from tests.nlu.residents import Resident
from tests.packs import MUNICIPALITIES, TEXTS

GREETINGS = {"en": "hello", "ru": "привет", "pl": "dzień dobry", "uk": "добрий день"}
QUESTIONS = {
    "en": "how do I apply for a place in the kindergarten",
    "ru": "Какие документы нужны в детский сад?",
    "pl": "Ile kosztuje przedszkole?",
    "uk": "Як записати дитину до школи?",
}
YES = {"en": "yes", "ru": "да", "pl": "tak", "uk": "так"}
DANGER = {"en": "my house is on fire", "ru": "горит дом", "pl": "pali się dom", "uk": "горить будинок"}


def nobody(language: str) -> str:
    """Return how it begins that nobody is there."""
    return TEXTS.render(f"foreign.{language}.away", date=None)[:20]


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
@pytest.mark.parametrize("language", GREETINGS)
def test_a_greeting_and_a_question_get_the_paragraph_in_the_language(
    live_server: str, language: str, municipality: str
) -> None:
    for text in (GREETINGS[language], QUESTIONS[language]):
        said = Resident(live_server, municipality).say(text)
        assert TEXTS.render(f"foreign.{language}.intro") in said.text
        assert said.languages == [language]
        assert list(said.buttons.values()) == ["/request_human", "/ask_contacts"]
        assert not said.cards


@pytest.mark.parametrize("language", GREETINGS)
def test_the_buttons_and_a_yes_lead_to_a_person_and_lithuanian_is_answered_in_lithuanian(
    live_server: str, language: str
) -> None:
    varena = Resident(live_server, "varena")
    said = varena.say(QUESTIONS[language])
    pressed = varena.press(said, TEXTS.render(f"foreign.{language}.button.human"))
    assert (pressed.text[:20], pressed.languages) == (nobody(language), [language])
    varena.say(QUESTIONS[language])
    agreed = varena.say(YES[language])
    assert (agreed.text[:20], agreed.languages) == (nobody(language), [language])
    lithuanian = varena.say("kaip gauti laidojimo pašalpą")
    assert lithuanian.languages == []
    assert "Laidojimo pašalpa" in lithuanian.text


@pytest.mark.parametrize("language", GREETINGS)
def test_without_a_municipality_it_is_asked_for_in_the_language_and_remembered(live_server: str, language: str) -> None:
    resident = Resident(live_server)
    said = resident.say(QUESTIONS[language])
    assert TEXTS.render(f"foreign.{language}.which_municipality") in said.text
    pressed = resident.press(said, "Varėnos rajono savivaldybė")
    assert "+370 310 32001" in pressed.text
    assert pressed.languages == [language]
    assert "Laidojimo pašalpa" in resident.say("kaip gauti laidojimo pašalpą").text


@pytest.mark.parametrize("language", DANGER)
def test_danger_comes_first_in_every_language(live_server: str, language: str) -> None:
    resident = Resident(live_server)
    resident.say("kiek kainuoja darželis")
    said = resident.say(DANGER[language])
    assert said.text == TEXTS.render(f"foreign.{language}.emergency")
    assert said.languages == [language]


@pytest.mark.parametrize("text", ["Vilnius", "Google", "Facebook", "ar yra wifi free", "kiek kainuoja kindergarten"])
def test_names_and_single_foreign_words_are_lithuanian(live_server: str, text: str) -> None:
    assert Resident(live_server, "trakai").say(text).languages == []
