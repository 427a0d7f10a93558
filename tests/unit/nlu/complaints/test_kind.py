"""The kind of a case in law, guessed from the story."""

import pytest

from bot.nlu.complaints.kind import KINDS, guess_kind
from bot.nlu.normalise import fold
from tests.unit.nlu.complaints.kinds import SEEN, UNSEEN, labelled

_UNSEEN_ACCURACY = 0.85
"""58 of 65 when measured."""


@pytest.mark.parametrize(("text", "kind"), labelled(SEEN))
def test_the_kind_of_a_known_message_is_guessed(text: str, kind: str) -> None:
    assert guess_kind(text) == kind
    assert guess_kind(fold(text)) == kind


def test_most_messages_that_the_rules_were_not_made_for_are_guessed() -> None:
    rows = labelled(UNSEEN)
    assert len(rows) + len(labelled(SEEN)) >= 120
    right = sum(guess_kind(text) == kind for text, kind in rows)
    assert right / len(rows) >= _UNSEEN_ACCURACY


def test_labels_are_kinds_and_no_message_stands_twice() -> None:
    rows = [*labelled(SEEN), *labelled(UNSEEN)]
    assert {kind for _, kind in rows} == KINDS
    assert len({text for text, _ in rows}) == len(rows)


def test_a_violation_outweighs_the_manner_of_service() -> None:
    assert guess_kind("Darbuotoja šaukė ant manęs ir neteisėtai atsisakė priimti prašymą") == "complaint"


@pytest.mark.parametrize("text", ["", "🙂", "skundas", "neaiškus dalykas su tvora"])
def test_what_tells_no_violation_and_no_manner_keeps_the_longer_procedure(text: str) -> None:
    assert guess_kind(text) in {"complaint", "charter_notice"}


def test_thanks_at_the_end_do_not_make_a_complaint_praise() -> None:
    assert guess_kind("Nesumokėjo priklausančios išmokos už rugsėjį. Ačiū už pagalbą") == "complaint"
    assert guess_kind("Registratorė kalbėjo labai grubiai. Iš anksto dėkoju") == "charter_notice"
