"""How long the outbox waits before it tries again."""

from __future__ import annotations

from datetime import timedelta

from bot.services.outbox import MAX_ATTEMPTS, PermanentFailure, TemporaryFailure, retry_delay


def test_each_failed_try_doubles_the_wait_up_to_an_hour() -> None:
    delays = [retry_delay(attempts) for attempts in range(1, MAX_ATTEMPTS)]
    assert delays[:4] == [timedelta(seconds=seconds) for seconds in (2, 4, 8, 16)]
    assert all(delay is not None and delay <= timedelta(hours=1) for delay in delays)


def test_after_the_last_try_there_is_no_further_one() -> None:
    assert retry_delay(MAX_ATTEMPTS - 1) is not None
    assert retry_delay(MAX_ATTEMPTS) is None
    assert retry_delay(MAX_ATTEMPTS + 1) is None


def test_jitter_lengthens_every_wait_by_up_to_a_quarter_and_gives_no_further_try() -> None:
    assert retry_delay(1, 0.5) == timedelta(seconds=2.25)
    assert retry_delay(1, 1.0) == timedelta(seconds=2.5)
    assert retry_delay(MAX_ATTEMPTS, 1.0) is None


def test_failures_carry_the_other_sides_number_when_it_said_one() -> None:
    assert PermanentFailure("550 no such user", code=550).code == 550
    assert TemporaryFailure("no answer").code is None
