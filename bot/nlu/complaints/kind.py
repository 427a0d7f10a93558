"""What a message to the municipality is in law: a first guess that the resident and the operator may change.

A complaint says that rights or lawful interests were violated and asks to defend them (VAĮ 2 str. 12 d.); a request
asks for an act that the law foresees and nobody refused. A charter notice is about the manner and quality of service.
Where both a violation and a manner are told it is a complaint: the law prevails over the charter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.nlu.complaints.phrasebook import patterns, view_of

COMPLAINT, CHARTER_NOTICE, REQUEST = "complaint", "charter_notice", "request"
SUGGESTION, PRAISE = "suggestion", "praise"
KINDS = frozenset({COMPLAINT, CHARTER_NOTICE, REQUEST, SUGGESTION, PRAISE})
_LIST = "case_kind"
_BLAME, _SCENE = "blame", "scene"


def guess_kind(text: str) -> str:
    """Return the likeliest of `KINDS`; what tells neither of them is a complaint, which has the longer procedure."""
    view = view_of(text)
    found = {name for name, pattern in _patterns().items() if pattern.search(view)}
    if COMPLAINT in found:
        return COMPLAINT
    blames = CHARTER_NOTICE in found or _BLAME in found
    for kind in (PRAISE, SUGGESTION, REQUEST):
        if kind in found and not blames:
            return kind
    if CHARTER_NOTICE in found:
        return CHARTER_NOTICE
    if SUGGESTION in found:
        return SUGGESTION
    return CHARTER_NOTICE if _SCENE in found else COMPLAINT


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return patterns(_LIST)
