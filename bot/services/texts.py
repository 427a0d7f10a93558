"""What the product itself says to residents: phrases in `bot/templates/*.yml`, small Jinja2 templates by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml
from jinja2 import Environment, StrictUndefined, Template

_FOLDER = Path(__file__).resolve().parent.parent / "templates"


class Texts:
    """Renders phrases; an unknown key or variable is an error, never an empty place."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        environment = Environment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - plain text; HTML pages have an environment of their own
        )
        environment.filters.update(FILTERS)
        self._fixed: dict[str, str] = {}
        self._phrases: dict[str, Template] = {
            f"{path.stem}.{key}": environment.from_string(phrase)
            for path in sorted(folder.glob("*.yml"))
            for key, phrase in _flat(yaml.safe_load(path.read_text(encoding="utf-8")))
        }

    def render(self, key: str, **values: object) -> str:
        """Return the phrase `file.key` without blank edges. Raises `KeyError` for an unknown one."""
        if values:
            return self._phrases[key].render(values).strip()
        if key not in self._fixed:
            # Without values a phrase is always the same; an answer's buttons alone are ten of them.
            self._fixed[key] = self._phrases[key].render().strip()
        return self._fixed[key]

    def has(self, key: str) -> bool:
        """Tell whether there is such a phrase."""
        return key in self._phrases


def _flat(phrases: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in phrases.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found


def counted(number: int, one: str, few: str, many: str) -> str:
    """Return the number with the form of the noun that it takes: 1 diena, 2 dienos, 10 dienų, 21 diena."""
    if number % 10 == 0 or 10 < number % 100 < 20:
        return f"{number} {many}"
    return f"{number} {one if number % 10 == 1 else few}"


def genitive(municipality: str) -> str:
    """Return the genitive of a municipality's name: "Trakų rajono savivaldybė" → "… savivaldybės"."""
    return municipality + "s" if municipality.endswith("ė") else municipality


FILTERS: Mapping[str, Callable[..., str]] = {"genitive": genitive, "counted": counted}
"""What every template of ours may use."""
