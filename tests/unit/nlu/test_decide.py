"""The first turn for every kind of message."""

import pytest

from bot.nlu.decide import Action, decide
from bot.nlu.resolver import Match, Outcome, Verdict

STRONG = Outcome(Verdict.ANSWER, (Match("a", 0.95),))
CLEAR = Outcome(Verdict.ANSWER, (Match("a", 0.6),))
NEAR = Outcome(Verdict.CHOOSE, (Match("a", 0.3), Match("b", 0.2)))
WEAK = Outcome(Verdict.CHOOSE, (Match("a", 0.2), Match("b", 0.15)))
NOTHING = Outcome(Verdict.NOTHING)


@pytest.mark.parametrize(
    ("intent", "outcome", "action"),
    [
        ("ask_service", CLEAR, Action.ANSWER),
        ("ask_service_cost", NEAR, Action.CHOOSE),
        ("ask_service_documents", NOTHING, Action.FALLBACK),
        ("out_of_scope", CLEAR, Action.FALLBACK),
        ("out_of_scope", STRONG, Action.ANSWER),
        ("nlu_fallback", NEAR, Action.CHOOSE),
        ("nlu_fallback", WEAK, Action.FALLBACK),
        ("nlu_fallback", CLEAR, Action.ANSWER),
        ("nlu_fallback", STRONG, Action.ANSWER),
        ("file_complaint", STRONG, Action.COMPLAINT),
        ("report_problem", NOTHING, Action.PROBLEM),
        ("request_human", NOTHING, Action.HUMAN),
        ("request_callback", NOTHING, Action.HUMAN),
        ("complaint_status", NOTHING, Action.STATUS),
        ("problem_status", NOTHING, Action.STATUS),
        ("greet", STRONG, Action.OTHER),
        ("emergency", STRONG, Action.OTHER),
        ("foreign_language", STRONG, Action.OTHER),
        ("choose_option", STRONG, Action.FALLBACK),
        (None, NOTHING, Action.FALLBACK),
        (None, STRONG, Action.ANSWER),
    ],
)
def test_intent_and_catalogue_give_the_first_turn(intent: str | None, outcome: Outcome, action: Action) -> None:
    assert decide(intent, 0.9, outcome) is action


def test_an_unsure_intent_gives_way_to_a_likely_match() -> None:
    assert decide("file_complaint", 0.1, NOTHING) is Action.FALLBACK
    assert decide("file_complaint", 0.1, STRONG) is Action.ANSWER
    assert decide("greet", 0.1, WEAK) is Action.FALLBACK


def test_near_services_that_are_surely_one_of_them_are_offered_even_off_intent() -> None:
    near = Outcome(Verdict.CHOOSE, (Match("a", 0.5), Match("b", 0.4)))
    assert decide("out_of_scope", 0.9, near) is Action.CHOOSE
