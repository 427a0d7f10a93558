"""Finding the service that a message is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.aspects import Aspect
from bot.core.catalogue import Cost
from bot.nlu.resolver import Verdict, decide
from bot.services.finding import asked_aspect, find_services, only_institution
from tests.packs import SERVICE, shipped, small

PLAY = replace(SERVICE, id="aikstele", title="Žaidimų aikštelės priežiūra", description="Aikštelės prižiūrimos.")
TREE = replace(SERVICE, id="medis", title="Leidimas kirsti medį", aliases=("pjauti medį",))


@pytest.mark.parametrize(
    ("intent", "text", "aspect"),
    [
        ("ask_service_cost", "kur kreiptis", Aspect.COST),
        ("ask_service", "kiek kainuoja leidimas", Aspect.COST),
        ("ask_contacts", "kokių dokumentų reikia", Aspect.DOCUMENTS),
        (None, "leidimas kirsti medį", Aspect.GENERAL),
        (None, "", Aspect.GENERAL),
    ],
)
def test_the_intent_names_the_aspect_before_the_words(intent: str | None, text: str, aspect: Aspect) -> None:
    assert asked_aspect(intent, text) is aspect


def test_at_most_five_are_found_best_first_and_no_chance_exceeds_one() -> None:
    found = find_services(shipped("trakai"), "mokykla", Aspect.GENERAL)
    assert 0 < len(found) <= 5
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert all(0 <= match.score <= 1 for match in found)


def test_a_message_that_is_a_services_very_name_means_that_service() -> None:
    # Much in common with the other by its words, and yet its alias to the letter.
    other = replace(PLAY, aliases=("pjauti medį aikštelėje", "pjauti medį prie aikštelės"))
    found = find_services(small(TREE, other), "Pjauti medi", Aspect.GENERAL)
    assert found[0].id == TREE.id


def test_a_name_that_two_services_share_is_a_choice_of_both() -> None:
    outcome = decide(find_services(small(TREE, replace(PLAY, aliases=("pjauti medį",))), "pjauti medį", Aspect.GENERAL))
    assert outcome.verdict is Verdict.CHOOSE
    assert {match.id for match in outcome.matches} == {TREE.id, PLAY.id}


def test_of_two_that_fit_the_one_that_holds_the_asked_aspect_comes_first() -> None:
    priced = replace(TREE, id="su-kaina", cost=Cost("5 Eur"))
    assert find_services(small(TREE, priced), "pjauti medį", Aspect.COST)[0].id == "su-kaina"


def test_nothing_is_found_in_a_catalogue_without_services() -> None:
    assert find_services(small(), "leidimas kirsti medį", Aspect.COST) == ()


@pytest.mark.parametrize(
    ("municipality", "text"),
    [
        ("alytus-r", "Daugų seniūnija"),
        ("alytus-r", "laba diena, daugu seniunija"),
        ("varena", "Matuizų seniūnija"),
        ("trakai", "švietimo skyrius"),
    ],
)
def test_a_bare_institution_is_what_is_meant(municipality: str, text: str) -> None:
    assert only_institution(shipped(municipality), text, "ask_service") is not None


@pytest.mark.parametrize(
    "text",
    ["Rūdiškių muzikos mokykla", "darželis", "Lentvario seniūnija, kirtimas", "kur Lentvario seniūnija", ""],
)
def test_a_service_or_more_words_are_no_bare_institution(text: str) -> None:
    assert only_institution(shipped("trakai"), text, "ask_service") is None


@pytest.mark.parametrize("intent", ["ask_service_cost", "file_complaint", "greet"])
def test_an_institution_in_a_message_of_clear_intent_is_no_bare_one(intent: str) -> None:
    assert only_institution(shipped("alytus-r"), "Daugų seniūnija", intent) is None


@pytest.mark.parametrize("text", ["kada veš šiukšles iš Senosios Varėnos", "kada vez siuksles is senosios varenos"])
def test_the_name_of_a_place_does_not_outweigh_the_matter(text: str) -> None:
    assert find_services(shipped("varena"), text, Aspect.GENERAL)[0].id == "komunaliniu-atlieku-isvezimas"


def test_a_service_of_one_place_is_found_by_it() -> None:
    assert (
        find_services(shipped("alytus-r"), "muzikos diena Simne", Aspect.GENERAL)[0].id == "simno-gatves-muzikos-diena"
    )
