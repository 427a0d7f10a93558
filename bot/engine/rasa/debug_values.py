"""Hands Rasa's debug log what it tells of, where Rasa 3.6 hands it deep copies, whether anybody logs it or not."""

from __future__ import annotations

from types import ModuleType


class _Uncopied:
    """Stands in for the module `copy` in a module that copies for its log only; the log writes a line at once."""

    @staticmethod
    def deepcopy(value: object) -> object:
        """Return the value itself."""
        return value


def log_uncopied(*modules: ModuleType) -> None:
    """Let these modules of Rasa log without copies; each must use `copy.deepcopy` for its log and nothing else."""
    for module in modules:
        module.copy = _Uncopied  # type: ignore[attr-defined]
