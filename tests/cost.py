"""Whether a call is cheap enough, without asking how quick the machine happens to be.

Speed is measured in tests/benchmarks. These bounds only find work that grows out of proportion (a regular expression
that goes back over a repetition), so they count processor time, take the best of some tries, and give a slow hour of a
shared machine the time that a piece of fixed work needs there.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable

_FIXED_WORK_SECONDS = 0.0065
"""What the fixed work takes on a quiet machine, for which the bounds hold; in slow hours it takes up to 0.014."""
_QUICK_TRIES = 3
_PACED_TRIES = 10
_TEXT = "Laba diena, norėčiau sužinoti, kokių dokumentų reikia darželiui ir kiek tai kainuoja. " * 250
_WORD = re.compile(r"[^\W\d_]+")


def within(call: Callable[[], object], seconds: float) -> bool:
    """Tell whether the call costs at most so much processor time of its thread, in the best of some tries."""
    if any(_spent(call) < seconds for _ in range(_QUICK_TRIES)):
        return True
    return any(_spent(call) < seconds * slowness() for _ in range(_PACED_TRIES))


def slowness() -> float:
    """Return how many times slower than the machine of the bounds this one is now, at least 1."""
    return max(1.0, _spent(_fixed_work) / _FIXED_WORK_SECONDS)


def _spent(call: Callable[[], object]) -> float:
    started = time.thread_time()
    call()
    return time.thread_time() - started


def _fixed_work() -> None:
    pieces: Counter[str] = Counter()
    for word in _WORD.findall(_TEXT.lower()):
        pieces.update(word[at : at + 3] for at in range(len(word) - 2))
