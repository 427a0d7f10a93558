"""A decision on a case and the eight items that it must hold (VAĮ 10 str. 5 d.)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The items in the order of the law; a blank one is missing."""

    institution: str = ""
    decided_on: date | None = None
    number: str = ""
    """The decision's registration number."""
    ruling: str = ""
    """What was done or decided: the act, the rights, the duties."""
    grounds: str = ""
    """The legal and factual grounds."""
    motives: str = ""
    appeal: str = ""
    """How it can be appealed against: to which body, within which term, by which act."""
    official: str = ""
    """Name, surname and position of who signs."""

    def as_data(self) -> dict[str, object]:
        """Return the items as plain JSON values."""
        given = asdict(self)
        return {**given, "decided_on": None if self.decided_on is None else self.decided_on.isoformat()}


_IN_WORDS = {
    "institution": "the institution",
    "decided_on": "the date",
    "number": "the registration number",
    "ruling": "what was decided (ruling)",
    "grounds": "the legal and factual grounds",
    "motives": "the motives",
    "appeal": "how to appeal (body, term, act)",
    "official": "name, surname and position of the official",
}


def missing_items(decision: Decision) -> tuple[str, ...]:
    """Return in words which of the eight items are missing."""
    return tuple(words for name, words in _IN_WORDS.items() if not str(getattr(decision, name) or "").strip())
