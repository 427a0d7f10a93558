"""Several questions in one message: where one ends and the next begins.

The story around a question stays with it: what comes before the first question belongs to the first, what comes after
the last to the last. No word is lost, so a message with one question comes back whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.nlu.lexicon import content_words
from bot.nlu.normalise import fold, tokens

MOST_PARTS = 3
# A longer letter is read as a whole: reading its parts would cost as much again.
LONGEST_PARTED = 320
_FEWEST_WORDS = 2
_ASKING = r"(?:kiek|kaip|kur|kada|kas|kam|kok\w+|kuri\w*|ar|iki kada|nuo kada|per kiek)"
_ALSO = r"(?:(?:ir|o) )?(?:dar|taip pat|be to)"
_BLANKS = re.compile(r"[^\S\r\n]+")
# A sentence ends here; "g." and "10.30" are no ends.
_END = re.compile(r"(?<=[?!])\s+|(?<=\w\w\w\.)\s+(?=[^\W\d_])|[\r\n]+")
# Within a sentence a second question begins with a conjunction and a word of asking, or after a comma with a word of
# asking that is never a relative pronoun.
_JOINT = re.compile(
    rf",?\s+(?=(?:ir dar|o dar|ir taip pat|taip pat|ir|o|bei) {_ASKING}\b)|,?\s+(?=(?:ir|o) dar )"
    r"|,\s+(?=(?:kiek|kada|iki kada|per kiek|kok(?:ie|iu|io|ia|iems)) )"
    rf"|(?<=:)\s+(?={_ASKING}\b)"
)
_BEGINS = re.compile(rf"\W*(?:(?:{_ALSO}|ir|o|bei|tai|na|nu|laba diena|labas|sveiki)\W+)*{_ASKING}\b")
_BEGINS_ALSO = re.compile(rf"\W*{_ALSO}\b")


def questions(text: str) -> tuple[str, ...]:
    """The message's questions with the words around each, in order; at most three, and the whole text when only one."""
    if len(text) > LONGEST_PARTED:
        return (text,)
    pieces = _asking_pieces(text)
    return _gathered(pieces) if sum(asks for _, asks in pieces) > 1 else (text,)


def question_alone(text: str) -> str | None:
    """The message's only question without the story around it; None where there is no story or no single question."""
    if len(text) > LONGEST_PARTED:
        return None
    pieces = _asking_pieces(text)
    asking = [piece for piece, asks in pieces if asks]
    return asking[0] if len(asking) == 1 < len(pieces) else None


@lru_cache(maxsize=256)  # both readings above are tried on one message
def _asking_pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """The pieces of a message, and whether each asks."""
    pieces = _pieces(_BLANKS.sub(" ", text))
    return tuple((piece, _asks(pieces, place)) for place, piece in enumerate(pieces))


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sentence in _END.split(text):
        pieces += _joined_questions(sentence)
    return [piece for piece in pieces if tokens(piece)]


def _joined_questions(sentence: str) -> list[str]:
    """The sentence cut at its joints; a cut that leaves less than a question before it is not made."""
    found: list[str] = []
    begin = 0
    # Folding may change the length of exotic letters; such a sentence is left whole.
    view = fold(sentence)
    for joint in _JOINT.finditer(view) if len(view) == len(sentence) else ():
        if len(tokens(sentence[begin : joint.start()])) >= _FEWEST_WORDS:
            found.append(sentence[begin : joint.start()])
            begin = joint.end()
    return [*found, sentence[begin:]]


def _asks(pieces: Sequence[str], place: int) -> bool:
    """Whether a piece asks: by its mark, its first word, or because the next one asks for something "also"."""
    piece = pieces[place]
    if len(tokens(piece)) < _FEWEST_WORDS:
        return False
    view = fold(piece)
    if piece.rstrip().endswith("?") or _BEGINS.match(view):
        return True
    if _BEGINS_ALSO.match(view) and content_words(piece):
        return True
    return place + 1 < len(pieces) and _BEGINS_ALSO.match(fold(pieces[place + 1])) is not None


def _gathered(pieces: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    parts: list[list[str]] = [[]]
    begun = False
    for piece, asks in pieces:
        if asks and begun and len(parts) < MOST_PARTS:
            parts.append([])
        begun = begun or asks
        parts[-1].append(piece)
    return tuple(" ".join(part) for part in parts)
