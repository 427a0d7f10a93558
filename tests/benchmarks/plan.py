"""How thoroughly to measure."""

from __future__ import annotations

import sys
from dataclasses import dataclass

DEFAULT_EPOCHS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The size of a run."""

    rounds: int
    single_turns: int
    """Turns of the one client of the load with one client."""
    many_turns: int
    """Turns of each client of the load with many clients."""
    patience_seconds: float
    """How long to wait before each measurement for other programs to leave the processor."""
    stock_epochs: int
    """Epochs of stock Rasa's neural networks; its default is 100."""
    desk_seconds: float
    """How long residents and operators write to each other."""
    logged: int
    """Messages in the log that is searched."""
    searches: int

    @classmethod
    def full(cls) -> Plan:
        """The run that fills docs/benchmarks.md."""
        return cls(
            rounds=3,
            single_turns=400,
            many_turns=40,
            patience_seconds=300,
            stock_epochs=DEFAULT_EPOCHS,
            desk_seconds=300,
            logged=100_000,
            searches=500,
        )

    @classmethod
    def quick(cls) -> Plan:
        """One small round, to see that everything works; its figures are not for the record."""
        return cls(
            rounds=1,
            single_turns=40,
            many_turns=5,
            patience_seconds=0,
            stock_epochs=2,
            desk_seconds=10,
            logged=2_000,
            searches=50,
        )

    def say(self, line: str) -> None:
        """Tell the person at the terminal how far it is."""
        print(line, file=sys.stderr, flush=True)
