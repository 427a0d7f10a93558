"""How long the outbox waits before it tries again."""

from __future__ import annotations

from datetime import timedelta

from bot.services.outbox import MAX_ATTEMPTS, retry_delay


def test_each_failed_try_doubles_the_wait_up_to_an_hour() -> None:
    delays = [retry_delay(attempts) for attempts in range(1, MAX_ATTEMPTS)]
    assert delays[:4] == [timedelta(seconds=seconds) for seconds in (2, 4, 8, 16)]
    assert all(delay is not None and delay <= timedelta(hours=1) for delay in delays)


def test_after_the_last_try_there_is_no_further_one() -> None:
    assert retry_delay(MAX_ATTEMPTS - 1) is not None
    assert retry_delay(MAX_ATTEMPTS) is None
    assert retry_delay(MAX_ATTEMPTS + 1) is None
