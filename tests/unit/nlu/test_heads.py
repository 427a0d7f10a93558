"""Whose head a message asks for."""

from __future__ import annotations

import pytest

from bot.nlu.heads import ELDERSHIP, MUNICIPALITY, AskedHead, asked_head, names_head


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("kas seniūnas Dauguose?", AskedHead(ELDERSHIP, "dauguose")),
        ("kas yra daugu seniunas", AskedHead(ELDERSHIP, "daugu")),
        ("Merkinės seniūno telefonas", AskedHead(ELDERSHIP, "merkines")),
        ("seniūnė Onuškyje", AskedHead(ELDERSHIP, "onuskyje")),
        ("kas seniūnas", AskedHead(ELDERSHIP, "")),
        ("koks Trakų gimnazijos direktorės vardas?", AskedHead(None, "traku gimnazijos")),
        ("o kas direktorius?", AskedHead(None, "")),
        ("o direktorius?", AskedHead(None, "")),
        ("kas meras?", AskedHead(MUNICIPALITY, "")),
        ("kas yra jūsų meras", AskedHead(MUNICIPALITY, "jusu")),
        ("seniūnas vietoj notaro", AskedHead(ELDERSHIP, "vietoj notaro")),
    ],
)
def test_the_head_and_what_is_left_are_read(text: str, head: AskedHead) -> None:
    assert asked_head(text) == head


@pytest.mark.parametrize(
    "text",
    [
        "koks daugų seniūnijos telefonas",
        "kas yra seniūnaitis",
        "noriu susitikti su meru",
        "meras nieko nedaro",
        "direktorius nemandagiai bendravo",
        "mano kaimynas skundžiasi, kad seniūnas jau antrą mėnesį neatsako į prašymą dėl kelio",
        "",
    ],
)
def test_other_messages_ask_for_no_head(text: str) -> None:
    assert asked_head(text) is None


def test_a_text_of_the_catalogue_names_a_head_or_does_not() -> None:
    assert names_head("Seniūnas – Jonas Jonaitis")
    assert not names_head("Seniūnijai priklauso 53 kaimai")
