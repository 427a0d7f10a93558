"""The two things that are compared, as the benchmarks see them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from tests.benchmarks.processes import Running


class Side(ABC):
    """Langelis or stock Rasa."""

    name: str

    @abstractmethod
    def install(self) -> None:
        """Make ready the environment; what is there already is kept."""

    @abstractmethod
    def ensure_model(self) -> None:
        """Train a model of the present data unless there is one."""

    @abstractmethod
    def versions(self) -> dict[str, str]:
        """Return the versions of Python and of the packages that matter."""

    @abstractmethod
    def train(self, scratch: Path) -> float:
        """Train from nothing in an empty folder and return the seconds it took."""

    @abstractmethod
    def start(self, scratch: Path) -> Running:
        """Start everything that a resident's question needs, on a new database in an empty folder."""
