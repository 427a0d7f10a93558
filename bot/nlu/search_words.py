"""The words by which a log is searched: folded, and beside each the stem that it shares with its other forms."""

from __future__ import annotations

import re

from bot.nlu.normalise import fold
from bot.nlu.stems import stem

_WORD = re.compile(r"[^\W_]+")
_ONLY_LATIN = re.compile(r"[a-z0-9]+")
_STEM_MARK = "0s"
"""Before a stem, so that it is never taken for a word: no word begins with a nought and an s."""
_LONGEST_WORD = 40
_MOST_ASKED = 12


def search_words(text: str) -> str:
    """Return what the search table keeps of a text: each word once, and each stem once."""
    found: dict[str, None] = {}
    for word in _words(text):
        found[word] = None
        found[_STEM_MARK + stem(word)] = None
    return " ".join(found)


def search_query(text: str) -> str | None:
    """Return the full-text query for words that were typed: all of them, in any form or only begun; None for none."""
    asked = list(dict.fromkeys(_words(text)))[:_MOST_ASKED]
    # Every word is Latin letters and digits only, so that none is an operator once quoted.
    return " AND ".join(f'("{_STEM_MARK}{stem(word)}" OR "{word}"*)' for word in asked) or None


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """Return the text cut into pieces, each with whether it is a word that the query asks for."""
    asked = list(dict.fromkeys(_words(query)))[:_MOST_ASKED]
    stems, begun = {stem(word) for word in asked}, tuple(asked)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in _WORD.finditer(text):
        hit = any(word.startswith(begun) or stem(word) in stems for word in _words(match.group())) if begun else False
        if hit:
            if match.start() > at:
                pieces.append((text[at : match.start()], False))
            pieces.append((match.group(), True))
            at = match.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def _words(text: str) -> list[str]:
    """The folded words; what is not written in Latin letters is spelled by its code points, for an ASCII tokenizer."""
    return [_latin(word)[:_LONGEST_WORD] for word in _WORD.findall(fold(text))]


def _latin(word: str) -> str:
    if _ONLY_LATIN.fullmatch(word):
        return word
    return "".join(letter if _ONLY_LATIN.fullmatch(letter) else f"u{ord(letter):x}" for letter in word)
