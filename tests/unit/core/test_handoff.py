"""The plain rules of handing a conversation to a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.handoff import HandoffRefusedError, accepted_line, waiting_time, whole_minutes

WAITS = st.lists(st.integers(0, 100_000).map(lambda seconds: timedelta(seconds=seconds)), min_size=3)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_of_fewer_than_three_waits_nothing_is_said(count: int) -> None:
    assert waiting_time([timedelta(minutes=5)] * count) is None


def test_the_waiting_time_is_the_median_so_that_one_long_wait_does_not_frighten() -> None:
    waits = [timedelta(minutes=minutes) for minutes in (2, 4, 300)]
    assert waiting_time(waits) == timedelta(minutes=4)


def test_of_an_even_number_of_waits_the_middle_of_the_two_is_taken() -> None:
    assert waiting_time([timedelta(minutes=minutes) for minutes in (1, 2, 4, 9)]) == timedelta(minutes=3)


@given(WAITS)
def test_the_waiting_time_lies_between_the_shortest_and_the_longest(waits: list[timedelta]) -> None:
    found = waiting_time(waits)
    assert found is not None
    assert min(waits) <= found <= max(waits)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (1, 1), (60, 1), (61, 2), (119, 2), (120, 2), (3599, 60)])
def test_minutes_are_rounded_up_and_never_none(seconds: int, minutes: int) -> None:
    assert whole_minutes(timedelta(seconds=seconds)) == minutes


def test_a_line_loses_its_blanks() -> None:
    assert accepted_line("  Ona \n Onaitė ", 20) == "Ona Onaitė"


@pytest.mark.parametrize(("text", "code"), [("", "text_empty"), (" \n", "text_empty"), ("a" * 21, "text_too_long")])
def test_a_line_that_says_nothing_or_too_much_is_refused(text: str, code: str) -> None:
    with pytest.raises(HandoffRefusedError) as caught:
        accepted_line(text, 20)
    assert caught.value.code == code
