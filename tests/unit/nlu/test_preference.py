"""The asked aspect as evidence for the service that holds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.preference import prefer
from bot.nlu.resolver import Match

SCORES = st.lists(st.floats(0.001, 0.2), min_size=1, max_size=5)


def matches(*scores: float) -> tuple[Match, ...]:
    """Return matches named by their place."""
    return tuple(Match(str(place), score) for place, score in enumerate(scores))


def test_of_two_alike_the_one_with_the_aspect_comes_first() -> None:
    found = prefer(matches(0.4, 0.39), {"1"})
    assert [match.id for match in found] == ["1", "0"]


def test_a_much_likelier_service_stays_first_without_the_aspect() -> None:
    assert prefer(matches(0.9, 0.05), {"1"})[0].id == "0"


def test_where_all_or_none_hold_it_nothing_changes() -> None:
    found = matches(0.5, 0.3, 0.1)
    for holding in ({"0", "1", "2"}, set[str]()):
        weighed = prefer(found, holding)
        assert [match.id for match in weighed] == ["0", "1", "2"]
        assert [match.score for match in weighed] == pytest.approx([0.5, 0.3, 0.1])


def test_nothing_found_stays_nothing() -> None:
    assert prefer((), {"a"}) == ()
    assert prefer(matches(0.0, 0.0), {"0"}) == matches(0.0, 0.0)


@given(SCORES, st.sets(st.integers(0, 4)))
def test_the_chances_of_all_together_stay_the_same_and_best_comes_first(scores: list[float], held: set[int]) -> None:
    weighed = prefer(matches(*scores), {str(place) for place in held})
    assert sum(match.score for match in weighed) == pytest.approx(sum(scores))
    assert sorted(match.id for match in weighed) == sorted(str(place) for place in range(len(scores)))
    assert [match.score for match in weighed] == sorted((match.score for match in weighed), reverse=True)


@given(st.lists(st.floats(0.0, 1.0), max_size=5), st.sets(st.integers(0, 4)))
def test_no_chance_is_more_than_one(scores: list[float], held: set[int]) -> None:
    assert all(match.score <= 1 for match in prefer(matches(*scores), {str(place) for place in held}))
