"""Sentences of a folded text with their places; what is quoted is blanked, since others said it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.nlu.complaints.phrasebook import listed

# An opening mark ends a quotation too, so that no character is looked at twice.
_QUOTATION = re.compile(r"[„“”\"«»][^„“”\"«»]*[“”\"«»]")
_END = re.compile(r"[.!?]+(?=\s|$)|[!?]+|\n+")
_LAST_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9]{1,4}$")
_LONGEST_ABBREVIATION = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without the marks after it; `asked` tells whether a question mark was among them."""

    text: str
    start: int
    end: int
    asked: bool


def without_quotations(folded: str) -> str:
    """The text with blanks in place of quotations, as long as before."""
    return _QUOTATION.sub(lambda match: " " * len(match.group()), folded)


def sentences(folded: str) -> Iterator[Sentence]:
    """Yield the sentences that hold any word."""
    start = 0
    text = without_quotations(folded)
    for match in _END.finditer(text):
        if match.group() == "." and _is_abbreviation(text, match.start()):
            continue
        yield from _sentence(text, start, match.start(), "?" in match.group())
        start = match.end()
    yield from _sentence(text, start, len(text), False)


def _is_abbreviation(text: str, dot: int) -> bool:
    """Whether a dot stands behind "el", "d", "val" or an initial and not at the end of a sentence."""
    word = _LAST_WORD.search(text[max(0, dot - _LONGEST_ABBREVIATION) : dot])
    return word is not None and (len(word.group()) == 1 or word.group() in listed("abbreviations"))


def _sentence(text: str, start: int, end: int, asked: bool) -> Iterator[Sentence]:
    piece = text[start:end]
    bare = piece.strip()
    if any(char.isalnum() for char in bare):
        first = start + piece.index(bare)
        yield Sentence(bare, first, first + len(bare), asked)
