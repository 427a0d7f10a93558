"""Rate limits: a token bucket per key, kept in this process."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable


class RateLimiter:
    """Allows `per_minute` calls a minute for each key, a third of them in one burst.

    `monotonic` returns seconds. At most `max_keys` keys are remembered; the longest unused go first.
    """

    def __init__(self, per_minute: int, monotonic: Callable[[], float], max_keys: int = 50_000) -> None:
        self._rate = per_minute / 60
        self._burst = max(1.0, per_minute / 3)
        self._monotonic = monotonic
        self._max_keys = max_keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> int:
        """Count one call; return 0 when it is allowed, else the whole seconds to wait."""
        now = self._monotonic()
        level, seen = self._buckets.pop(key, (self._burst, now))
        level = min(self._burst, level + (now - seen) * self._rate)
        allowed = level >= 1
        self._buckets[key] = (level - 1 if allowed else level, now)
        if len(self._buckets) > self._max_keys:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - level) / self._rate))
