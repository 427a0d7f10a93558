"""Several requests in one sentence are all answered, offered or named as not found."""

from __future__ import annotations

import pytest

from tests.packs import TEXTS, ask, titles


@pytest.mark.parametrize(
    ("municipality", "text", "cards"),
    [
        (
            "varena",
            "noriu užrašyti vaiką į baseiną ir užrašyti į menų mokyklą",
            ["Varėnos baseinas ir pirtys", "Neformalusis meninis ugdymas menų mokykloje"],
        ),
        (
            "trakai",
            "noriu uzrasyti vaika i darzeli ir gauti vaiko pinigus",
            ["Vaiko priėmimas į darželį (ikimokyklinis ugdymas)", "Išmoka vaikui (vaiko pinigai)"],
        ),
        (
            "varena",
            "mirė tėvas, reikia mirties liudijimo ir laidojimo pašalpos",
            ["Mirties registravimas", "Laidojimo pašalpa"],
        ),
    ],
)
def test_two_requests_are_answered_one_after_the_other(municipality: str, text: str, cards: list[str]) -> None:
    answer = ask(municipality, "ask_service", text)
    assert [reply.card.title for reply in answer.replies if reply.card] == cards
    assert answer.service is not None


def test_of_three_requests_the_resident_chooses_the_first() -> None:
    answer = ask("varena", "ask_service", "kaip gauti socialinį būstą ir pašalpą ir vaiko pinigus")
    assert [reply.text for reply in answer.replies] == [TEXTS.render("several.which_first")]
    assert titles(answer.replies[0]) == ["Socialinio būsto nuoma", "Socialinė pašalpa", "Išmoka vaikui (vaiko pinigai)"]
    assert len(answer.candidates) == 3


def test_a_request_that_the_catalogue_lacks_is_named() -> None:
    answer = ask("trakai", "ask_service", "uzrasyti i baseina ir i muzikos mokykla")
    assert answer.replies[0].card is not None
    assert answer.replies[1].text == TEXTS.render("several.not_found", question="uzrasyti i baseina")


@pytest.mark.parametrize(
    ("municipality", "text"),
    [
        ("alytus-r", "isvalyti sulini ir praplauti vamzdziu reikia"),
        ("varena", "Kiek kainuoja bilietas šeimai į vandens pramogas ir pirtį Varėnoje?"),
        ("trakai", "Kiek pinigų skiriama sąsiuviniams ir kuprinei nepasiturinčiai šeimai?"),
        ("trakai", "dirbu iki vakaro ir penktokas po pamokų slankioja vienas"),
    ],
)
def test_a_sentence_about_one_thing_is_answered_as_a_whole(municipality: str, text: str) -> None:
    assert len(ask(municipality, "ask_service", text).replies) == 1
