"""The token buckets: how much, for whom, and when again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.services.rate_limit import RateLimiter


class Seconds:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the present second."""
        return self.now


def test_a_third_of_the_minute_may_come_at_once() -> None:
    limiter = RateLimiter(30, Seconds())
    assert [limiter.take("jonas") for _ in range(11)] == [0] * 10 + [2]


def test_one_key_does_not_use_up_anothers_share() -> None:
    limiter = RateLimiter(3, Seconds())
    limiter.take("jonas")
    assert limiter.take("jonas") > 0
    assert limiter.take("ona") == 0


def test_after_the_named_wait_the_next_call_is_allowed() -> None:
    seconds = Seconds()
    limiter = RateLimiter(3, seconds)
    limiter.take("jonas")
    seconds.now += limiter.take("jonas")
    assert limiter.take("jonas") == 0


def test_refused_calls_do_not_lengthen_the_wait() -> None:
    seconds = Seconds()
    limiter = RateLimiter(3, seconds)
    limiter.take("jonas")
    waits = {limiter.take("jonas") for _ in range(1000)}
    assert len(waits) == 1


def test_the_smallest_limit_still_lets_one_call_through() -> None:
    limiter = RateLimiter(1, Seconds())
    assert limiter.take("jonas") == 0
    assert limiter.take("jonas") == 60


def test_the_longest_unused_key_is_forgotten_first() -> None:
    limiter = RateLimiter(3, Seconds(), max_keys=2)
    for key in ("a", "b", "a", "c"):
        limiter.take(key)
    assert limiter.take("a") > 0
    assert limiter.take("b") == 0


@given(
    st.integers(min_value=1, max_value=600),
    st.lists(st.floats(min_value=0, max_value=5, allow_nan=False), max_size=300),
)
def test_no_minute_has_more_than_the_limit_and_one_burst(per_minute: int, pauses: list[float]) -> None:
    seconds = Seconds()
    limiter = RateLimiter(per_minute, seconds)
    allowed: list[float] = []
    for pause in pauses:
        seconds.now += pause
        if limiter.take("jonas") == 0:
            allowed.append(seconds.now)
    most = per_minute + max(1.0, per_minute / 3) + 1e-6
    for place, begun in enumerate(allowed):
        assert sum(1 for at in allowed[place:] if at < begun + 60) <= most
