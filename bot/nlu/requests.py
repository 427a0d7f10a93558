"""Several requests in one sentence: "noriu užrašyti į baseiną ir į menų mokyklą", "būstą, pašalpą ir vaiko pinigus"."""

from __future__ import annotations

import re

from bot.nlu.lexicon import content_words
from bot.nlu.normalise import fold, tokens
from bot.nlu.parts import LONGEST_PARTED

MOST_REQUESTS = 4
_LONGEST_REQUEST = 8
_LONGEST_LISTED = 5
_SHORTEST_NAME = 4
_AND = re.compile(r",?\s+(?:ir dar|ir taip pat|taip pat|ir|bei)\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|[\r\n]+")
_COMMA = re.compile(r",\s*")
_RELATIVE = re.compile(r"\b(?:kuri\w*|kad|jei|jeigu|kai|nes|ar|kas|ka|kaip tik)\b")
_TOWARDS = re.compile(r"\b(?:i|del|uz|apie)\s+(?=[^\s]+(?:\s+[^\s]+)?$)")


def requests(text: str) -> tuple[str, ...]:
    """The requests that a sentence joins, in order; empty when it is no such sentence or a story goes before it."""
    *before, text = _SENTENCE_END.split(text.strip())
    if len(text) > LONGEST_PARTED or len(fold(text)) != len(text) or any(map(content_words, before)):
        return ()
    joined = _split(text, _AND)
    if len(joined) < 2:
        return ()
    found = [listed for piece in joined for listed in _listed(piece)]
    found = [piece for piece in found if _names(piece)]
    fits = all(len(tokens(piece)) <= _LONGEST_REQUEST and not _RELATIVE.search(fold(piece)) for piece in found[1:])
    return tuple(found) if fits and 2 <= len(found) <= MOST_REQUESTS else ()


def destination_of(request: str) -> str | None:
    """What stands last after a preposition: "į baseiną" of "noriu užrašyti vaiką į baseiną"; None without one."""
    found = _TOWARDS.search(fold(request.strip(" .,!?")))
    return None if found is None else request[found.start() :].strip(" .,!?")


def _split(text: str, joint: re.Pattern[str]) -> list[str]:
    """The text between the joints, which are found in the folded view."""
    pieces, begin = [], 0
    for found in joint.finditer(fold(text)):
        pieces.append(text[begin : found.start()])
        begin = found.end()
    return [*pieces, text[begin:]]


def _listed(piece: str) -> list[str]:
    """The members of a list with commas; a piece with a longer clause in it is left whole."""
    members = _split(piece, _COMMA)
    return members if all(len(tokens(member)) <= _LONGEST_LISTED for member in members) else [piece]


def _names(piece: str) -> bool:
    return any(len(word) >= _SHORTEST_NAME for word in content_words(piece))
