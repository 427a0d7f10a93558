"""Turns of phrase as hints of what is asked, and how much of a message is a municipality's matters."""

import pytest

from bot.core.aspects import Aspect
from bot.nlu.lexicon import sections_of, words
from bot.nlu.matters import known_matters
from bot.nlu.turns import turns


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("ar būtinas notaro patvirtintas sutikimas", "documents"),
        ("ką turėti su savimi", "documents"),
        ("ar mums irgi priklauso", "eligibility"),
        ("ar galima viską atlikti internetu", "how"),
        ("nuo ko pradėti tvarkytis", "how"),
        ("kur rasti prašymo formą", "form"),
        ("kuriame kabinete priima", "where"),
        ("pas ką eiti dėl kapavietės", "who"),
        ("kas man bus išduodama", "result"),
        ("kas toliau", "result"),
        ("koks mokestis už tai", "cost"),
        ("per kiek laiko išduosite leidimą", "duration"),
        ("prieš kiek laiko pranešti apie renginį", "deadline"),
        ("pagal kokį įstatymą", "legal_basis"),
    ],
)
def test_a_turn_of_phrase_hints_at_its_aspect(text: str, aspect: str) -> None:
    assert aspect in turns(words(text))


@pytest.mark.parametrize("text", ["", "labas", "šiukšlės", "noriu į darželį"])
def test_what_asks_nothing_in_particular_has_no_turn(text: str) -> None:
    assert turns(words(text)) == set()


def test_every_section_is_an_aspect() -> None:
    assert set(sections_of("turns")) <= {aspect.value for aspect in Aspect}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deklaruoti gyvenamąją", ("share 4", "known 2", "unknown 0")),
        ("begemotas kosmose", ("share 0", "known 0", "unknown 2")),
        ("kiek kainuoja", ("none",)),
        ("", ("none",)),
    ],
)
def test_a_message_shows_how_much_of_it_a_municipality_deals_with(text: str, expected: tuple[str, ...]) -> None:
    assert known_matters(words(text)) == expected
