"""Whether a message in the middle of a complaint asks the bot something, to be answered before going on.

A short message that may be a question is one; a story is none, whatever it ends with ("Kiek galima kęsti?").
"""

from __future__ import annotations

import re

from bot.nlu.complaints.phrasebook import patterns
from bot.nlu.complaints.sentences import Sentence, sentences
from bot.nlu.entities.entity import Reading
from bot.nlu.normalise import tokens

_MOST_CHARACTERS = 200
_MOST_SENTENCES = 2
_MOST_STORY_MARKS = 1
_LONG_SENTENCE = 14
"""Words; a longer one without a question mark only begins like a question."""
_SHORT_GUESS = 4
_GAP = re.compile(r"\s+")


def is_question(text: str) -> bool:
    """Whether the message asks rather than tells."""
    if len(text) > 2 * _MOST_CHARACTERS:
        return False
    said = [sentence for sentence in sentences(Reading(text).folded) if _without_lead(sentence.text)]
    asking = [sentence for sentence in said if _asks(sentence)]
    told = len(asking) < len(said)
    if len(text) > _MOST_CHARACTERS or len(said) > _MOST_SENTENCES:
        return bool(asking) and not told and _story_marks(text) <= _MOST_STORY_MARKS
    return any(not (told and _blames(sentence)) for sentence in asking)


def _asks(sentence: Sentence) -> bool:
    known = patterns()
    view = _without_lead(sentence.text)
    if known["rhetorical"].search(view) or known["reported"].search(view):
        return False
    if sentence.asked:
        return not _guesses(view)
    if len(tokens(view)) > _LONG_SENTENCE:
        return False
    if known["polite_question"].search(view) or known["trailing_question"].search(view):
        return True
    begins = known["question_words"].match(view) and not known["no_question"].match(view)
    return bool(begins) and not known["does_not_know"].search(view)


def _guesses(view: str) -> bool:
    """ "gal rugsėjį?", "turbūt vakar?" answer what was asked."""
    return len(tokens(view)) <= _SHORT_GUESS and patterns()["guess"].match(view) is not None


def _blames(sentence: Sentence) -> bool:
    """Whether a question beside what is told is put to the world: "Kodėl taip elgiamasi?"."""
    return patterns()["blaming_question"].match(_without_lead(sentence.text)) is not None


def _story_marks(text: str) -> int:
    return len(patterns()["story_marks"].findall(Reading(text).folded))


def _without_lead(folded: str) -> str:
    """The sentence without greetings and small words before the question."""
    return patterns()["lead"].sub("", _GAP.sub(" ", folded), count=1).strip(" ,-–:;")
