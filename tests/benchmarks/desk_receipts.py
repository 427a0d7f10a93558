"""What each end of the console benchmark received: how late, and whether anything is missing, doubled or disordered."""

from __future__ import annotations

from collections import defaultdict

import msgspec

MARK = "žinutė-"
"""Before the number of a message of the benchmark."""


class Found(msgspec.Struct, kw_only=True):
    """What the clients found, as they hand it on."""

    to_console: list[float]
    """Seconds from sending to each console that showed it."""
    to_resident: list[float]
    sent: int
    lost: int
    doubled: int
    disordered: int
    cuts: int
    refused: list[str]
    memory: list[int]
    """Resident memory of the server in bytes: before, in the middle and after."""


class Receipts:
    """Collects arrivals; an end is a resident or a console, its rows are numbered within each conversation."""

    def __init__(self) -> None:
        self._sent: dict[int, float] = {}
        self._wanted: dict[int, frozenset[str]] = {}
        self._came: dict[str, set[int]] = defaultdict(set)
        self._last: dict[tuple[str, str], int] = {}
        self._latencies: dict[bool, list[float]] = {True: [], False: []}
        self._doubled = 0
        self._disordered = 0

    def expect(self, number: int, at: float, ends: frozenset[str]) -> None:
        """Note that a message is sent now and who must be shown it."""
        self._sent[number] = at
        self._wanted[number] = ends

    def row(self, end: str, conversation: str, seq: int, text: str, at: float, *, console: bool) -> None:
        """Note a row of a log that an end was shown."""
        last = self._last.get((end, conversation), 0)
        if seq == last:
            self._doubled += 1
        elif seq < last or (last and seq != last + 1):
            self._disordered += 1
        self._last[end, conversation] = max(seq, last)
        number = number_in(text)
        if number is None or number not in self._sent:
            return
        if number in self._came[end]:
            self._doubled += 1
        self._came[end].add(number)
        if end in self._wanted[number]:
            self._latencies[console].append(at - self._sent[number])

    @property
    def missing(self) -> int:
        """How many messages are still to arrive, counted for each end that must be shown them."""
        return sum(number not in self._came[end] for number, ends in self._wanted.items() for end in ends)

    def found(self, *, cuts: int, refused: list[str], memory: list[int]) -> Found:
        """Return all of it."""
        return Found(
            to_console=self._latencies[True],
            to_resident=self._latencies[False],
            sent=len(self._sent),
            lost=self.missing,
            doubled=self._doubled,
            disordered=self._disordered,
            cuts=cuts,
            refused=refused,
            memory=memory,
        )


def text_of(number: int) -> str:
    """Return a message of the benchmark."""
    return f"{MARK}{number} dėl vietos darželyje ir dokumentų, kurių dar neturiu"


def number_in(text: str) -> int | None:
    """Return the number of a message of the benchmark, None for any other text."""
    if not text.startswith(MARK):
        return None
    return int(text.removeprefix(MARK).split()[0])
