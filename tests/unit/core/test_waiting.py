"""How waits grow with failures."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.core.waiting import Tried, WaitRule

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)
RULE = WaitRule(free=5)


def test_the_first_tries_are_free_and_then_waits_double() -> None:
    waits = [RULE.wait(failures) for failures in range(1, 12)]
    seconds = [None if wait is None else wait.total_seconds() for wait in waits]
    assert seconds == [None, None, None, None, 30, 60, 120, 240, 480, 900, 900]


@given(st.integers(min_value=0, max_value=10**9))
def test_a_wait_never_shrinks_and_never_passes_the_longest(failures: int) -> None:
    wait, longer = RULE.wait(failures) or timedelta(0), RULE.wait(failures + 1) or timedelta(0)
    assert wait <= longer <= RULE.longest


def test_what_is_left_is_told_in_whole_seconds() -> None:
    assert Tried(1, None, NOW).seconds_left(NOW) == 0
    assert Tried(5, NOW, NOW).seconds_left(NOW) == 0
    assert Tried(5, NOW + timedelta(seconds=30), NOW).seconds_left(NOW) == 30
    assert Tried(5, NOW + timedelta(seconds=0.2), NOW).seconds_left(NOW) == 1
