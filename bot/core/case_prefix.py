"""The letters before a case's number ("TR" in TR-2026-000123): which are fit, and which are taken by default."""

import re

LONGEST = 5
# Words before a number that are no prefix ("nr. 2026-000123", "iš 2026 m."): what recognises numbers in a
# resident's text, bot.nlu.entities.registration, passes them over, so a case with such a prefix would not be found.
REFUSED = frozenset("nr no nuo iki per po uz apie m metu metai tel mob kaina suma kodas is ir ar su".split())

_PREFIX = re.compile(rf"[A-Z]{{1,{LONGEST}}}")
# Savivaldybė.
_LAST_RESORT = "SAV"


def is_case_prefix(text: str) -> bool:
    """Whether the text is one to five capital letters A–Z that make no word known before numbers."""
    return _PREFIX.fullmatch(text) is not None and text.lower() not in REFUSED


def default_prefix(municipality_id: str) -> str:
    """The first letters of the municipality's id; where those are none or a word, a prefix that always does."""
    letters = re.sub(r"[^A-Z]", "", municipality_id.upper())[:LONGEST]
    return letters if is_case_prefix(letters) else _LAST_RESORT
