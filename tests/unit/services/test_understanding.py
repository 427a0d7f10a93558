"""The first turn for a message: what `langelis predict` prints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalogue import Cost
from bot.nlu.classifier import Prediction
from bot.nlu.reading import Part, Reading
from bot.services.catalogues import LoadedCatalogue
from bot.services.understanding import Understanding, understand
from tests.packs import SERVICE, ask, small

PLAIN = replace(SERVICE, id="be-kainos", title="Leidimas kirsti medį")
PRICED = replace(SERVICE, id="su-kaina", title="Leidimas kirsti medį", cost=Cost("5 Eur", 5.0))
CATALOGUE = small(PLAIN, PRICED)
ONE = small(SERVICE)
LIKELY = "leidimas kirsti medį"


class Reader:
    """Reads every message as the same intent."""

    def __init__(self, intent: str, confidence: float = 0.9, parts: tuple[Part, ...] = ()) -> None:
        chosen = Prediction(intent, confidence)
        self._read = Reading(chosen, (chosen,), parts)

    def read(self, _text: str) -> Reading:
        """See the protocol."""
        return self._read


def read(text: str, intent: str, confidence: float = 0.9) -> Understanding:
    """Understand a message in the catalogue of one service."""
    return understand(text, Reader(intent, confidence), ONE)


def test_all_fields_tell_of_the_message() -> None:
    found = read(LIKELY, "ask_service_cost", 0.123456)
    assert (found.text, found.intent, found.confidence, found.language) == (LIKELY, "ask_service_cost", 0.1235, "lt")
    assert [match.id for match in found.services] == [SERVICE.id]


@pytest.mark.parametrize(
    ("intent", "action"),
    [
        ("ask_service", "answer"),
        ("ask_service_documents", "answer"),
        ("file_complaint", "complaint"),
        ("report_problem", "problem"),
        ("request_human", "human"),
        ("request_callback", "human"),
        ("complaint_status", "status"),
        ("problem_status", "status"),
        ("ask_contacts", "other"),
        ("greet", "other"),
        ("emergency", "other"),
    ],
)
def test_the_action_follows_the_intent(intent: str, action: str) -> None:
    assert read(LIKELY, intent).action == action


@pytest.mark.parametrize("intent", ["ask_service", "nlu_fallback", "out_of_scope"])
def test_what_the_catalogue_does_not_hold_falls_back(intent: str) -> None:
    found = read("koks rytoj oras virš vandenyno", intent)
    assert found.action == "fallback"


@pytest.mark.parametrize("text", ["", "   ", "?", "12345", "😀"])
def test_an_empty_message_finds_nothing_and_falls_back(text: str) -> None:
    found = read(text, "nlu_fallback", 0.0)
    assert (found.services, found.action) == ((), "fallback")


def test_services_alike_are_a_choice_and_the_asked_aspect_tells_them_apart() -> None:
    general = understand(LIKELY, Reader("ask_service"), CATALOGUE)
    priced = understand(f"kiek kainuoja {LIKELY}", Reader("ask_service_cost"), CATALOGUE)
    assert general.action == "choose"
    assert priced.services[0].id == "su-kaina"


def test_another_language_is_named() -> None:
    assert read("какие документы нужны для детского сада", "ask_service").language == "ru"


@pytest.mark.parametrize("intent", ["ask_service", "ask_service_cost", "nlu_fallback", "out_of_scope"])
@pytest.mark.parametrize(
    "text", [LIKELY, "noriu nukirsti medį", "medis", "leidimas laikyti krokodilą", "asdf qwerty", "kas bus rytoj"]
)
@pytest.mark.parametrize("loaded", [ONE, CATALOGUE], ids=["one", "two alike"])
def test_predict_tells_what_the_dialogue_does(intent: str, text: str, loaded: LoadedCatalogue) -> None:
    told = understand(text, Reader(intent), loaded).action
    answer = ask(loaded, intent, text)
    # Asking back "which service?" is no answer either.
    done = "answer" if answer.service else "choose" if answer.candidates else "fallback"
    assert told == done


def test_a_message_in_another_language_keeps_the_catalogue_silent() -> None:
    found = read("Как получить leidimas kirsti medį и документы для этого", "foreign_language", 1.0)
    assert (found.language, found.services, found.action) == ("ru", (), "other")


def test_of_several_questions_the_first_that_is_answered_decides_and_all_services_are_listed() -> None:
    parts = (Part("koks rytoj oras", "out_of_scope"), Part(LIKELY, "ask_service_cost"))
    found = understand("koks rytoj oras? " + LIKELY, Reader("out_of_scope", 0.9, parts), ONE)
    assert (found.action, [match.id for match in found.services]) == ("answer", [SERVICE.id])


def test_a_service_that_two_questions_share_is_listed_once() -> None:
    parts = (Part(LIKELY, "ask_service_cost"), Part(LIKELY, "ask_service_documents"))
    found = understand(LIKELY, Reader("ask_service_cost", 0.9, parts), ONE)
    assert [match.id for match in found.services] == [SERVICE.id]
