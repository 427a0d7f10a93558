"""Learning shared out to processes: always so many, for a machine's processors must not change what is learned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

SHARES = 2

Share = TypeVar("Share")
Result = TypeVar("Result")


def in_processes(work: Callable[[Share], Result], shares: Sequence[Share]) -> list[Result]:
    """Return what `work` makes of each share, in their order; each in a process forked from this one."""
    with ProcessPoolExecutor(len(shares), mp_context=get_context("fork")) as pool:
        return list(pool.map(work, shares))
