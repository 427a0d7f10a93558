"""What the library's errors tell beside their words."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import RetryAfter


def seconds_to_wait(error: RetryAfter) -> float:
    """Return for how long Telegram wants to be left alone."""
    wait: timedelta | int = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
