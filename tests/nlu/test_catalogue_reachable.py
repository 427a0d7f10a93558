"""Every service of every pack can be reached by its title and by each alias (the issue's third show)."""

from __future__ import annotations

import pytest

from bot.nlu.resolver import Verdict, decide
from bot.services.finding import asked_aspect, find_services
from tests.packs import MUNICIPALITIES, SERVICE, ask, shipped, small

PLAIN = str.maketrans("ąčęėįšųūžĄČĘĖĮŠŲŪŽ", "aceeisuuzACEEISUUZ")


def offered(municipality: str, text: str) -> tuple[str, ...]:
    """Return the ids of the services that a message is answered with or may be chosen from, at most four."""
    outcome = decide(find_services(shipped(municipality), text, asked_aspect(None, text)))
    return () if outcome.verdict is Verdict.NOTHING else tuple(match.id for match in outcome.matches)


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_service_is_answered_or_among_at_most_four_choices(municipality: str) -> None:
    missed = []
    for service in shipped(municipality).catalogue.services:
        for text in (service.title, *service.aliases):
            found = offered(municipality, text)
            assert len(found) <= 4
            if service.id not in found:
                missed.append((service.id, text, found))
    assert missed == []


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_service_is_reached_in_the_dialogue_as_well(municipality: str) -> None:
    missed = []
    for service in shipped(municipality).catalogue.services:
        answer = ask(municipality, "ask_service", service.title)
        if service.id not in (answer.service, *answer.candidates):
            missed.append(service.id)
    assert missed == []


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_a_title_in_capitals_without_diacritics_reaches_its_service(municipality: str) -> None:
    services = shipped(municipality).catalogue.services
    missed = [
        found.id for found in services if found.id not in offered(municipality, found.title.translate(PLAIN).upper())
    ]
    assert missed == []


def test_a_name_that_two_services_share_offers_both() -> None:
    assert set(offered("varena", "knygos į namus")) >= {"knygos-i-namus", "bibliotekos-paslaugos"}


@pytest.mark.parametrize("text", ["Leidimas kirsti medį!", "  leidimas KIRSTI medi "])
def test_a_name_is_a_name_whatever_its_case_marks_and_spaces(text: str) -> None:
    assert small(SERVICE).named(text) == {SERVICE.id}
    assert small(SERVICE).named("leidimas") == frozenset()
    assert small(SERVICE).named("") == frozenset()
