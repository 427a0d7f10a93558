"""What is not understood: said plainly, with ways on; the second time in a row a person comes first."""

from __future__ import annotations

import pytest

from tests.packs import MUNICIPALITIES, TEXTS, ask, buttons_of, said

WAYS = ["/list_services", "/ask_contacts", "/request_human"]


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
@pytest.mark.parametrize(
    ("intent", "phrase"), [("nlu_fallback", "not_understood"), ("out_of_scope", "out_of_scope"), ("", "not_understood")]
)
def test_it_says_so_and_offers_browsing_contacts_and_a_person(municipality: str, intent: str, phrase: str) -> None:
    answer = ask(municipality, intent, "koks rytoj bus oras virš vandenyno")
    assert said(answer) == TEXTS.render(f"fallback.{phrase}")
    assert [button.payload for button in buttons_of(answer)] == WAYS
    assert not answer.understood


def test_the_second_time_in_a_row_a_person_comes_first() -> None:
    answer = ask("trakai", "nlu_fallback", "asdf qwerty", misunderstood=1)
    assert said(answer) == TEXTS.render("fallback.again")
    assert [button.payload for button in buttons_of(answer)] == [WAYS[2], WAYS[0], WAYS[1]]


def test_a_service_question_without_answer_counts_as_not_understood() -> None:
    answer = ask("trakai", "ask_service", "leidimas laikyti krokodilą baseine", misunderstood=1)
    assert said(answer) == TEXTS.render("fallback.again")


def test_an_unknown_button_is_answered_like_any_other_message() -> None:
    answer = ask("trakai", "nlu_fallback", "/nlu_fallback")
    assert [button.payload for button in buttons_of(answer)] == WAYS
