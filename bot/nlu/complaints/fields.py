"""What a resident says to the summary of a complaint: which line is to be changed, or that it may be sent."""

from __future__ import annotations

from bot.nlu.complaints.phrasebook import patterns, view_of
from bot.nlu.normalise import tokens
from bot.nlu.yes_no import agreement

STORY, INSTITUTION, WHEN, OUTCOME, REPLY, KIND = "story", "institution", "when", "outcome", "reply", "kind"
FIELDS = (KIND, OUTCOME, REPLY, WHEN, INSTITUTION, STORY)
"""The most telling first: "tai ne skundas" also holds a word of the story, "kada atsakysite" one of the day."""
_MOST_WORDS = 20


def field_named(text: str) -> str | None:
    """Return which of `FIELDS` a short message names; None when it names none."""
    view = view_of(text)
    if len(tokens(view)) > _MOST_WORDS:
        return None
    return next((field for field in FIELDS if patterns()[f"field_{field}"].search(view)), None)


def wants_submit(text: str) -> bool:
    """Whether the resident agrees to hand the complaint in as it stands."""
    answer = agreement(text)
    if answer is not None:
        return answer
    view = view_of(text)
    known = patterns()
    if len(tokens(view)) > _MOST_WORDS or known["not_submit"].search(view):
        return False
    return known["submit"].search(view) is not None and field_named(text) is None
