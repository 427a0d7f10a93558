"""How long whoever tries secrets must wait: some tries cost nothing, then each failure doubles the wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class WaitRule:
    """The `free`-th failure in a row brings the first wait; the next ones double it up to the longest."""

    free: int
    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(minutes=15)
    forgotten_after: timedelta = timedelta(days=1)

    def wait(self, failures: int) -> timedelta | None:
        """Return the wait after so many failures in a row; None = not yet."""
        if failures < self.free:
            return None
        # Bounded: nobody counts how often an attack of weeks went on.
        return min(self.longest, self.first * (1 << min(failures - self.free, 10)))


@dataclass(frozen=True, slots=True)
class Tried:
    """Failures in a row for one key."""

    failures: int
    locked_until: datetime | None
    updated_at: datetime

    def seconds_left(self, now: datetime) -> int:
        """Return the whole seconds that are still to be waited; 0 = none."""
        if self.locked_until is None or self.locked_until <= now:
            return 0
        return max(1, round((self.locked_until - now).total_seconds()))
