"""One form for what residents type: Unicode, case, invisible characters, repeats, wrong keyboard layout; and its views.

Everything here is linear in the length of the text. `normalise` keeps diacritics; `fold` and `loose` are further views
of a normalised text, never a replacement of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu import layout

MAX_LENGTH = 2000
_END_LENGTH = 250
"""Of a longer message so much is read closely at its beginning and at its end."""
_PASSES = 4

_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›<>"
_INVISIBLE = {"Cf", "Mn", "Me"}
_BLANK = {"Cc", "Cs", "Co", "Cn", "So", "Sk", "Zl", "Zp", "Zs"}


class _Scrub(dict[int, str]):
    """Translation table that decides about each character once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category in _INVISIBLE:
            kept = ""
        elif category in _BLANK or char in _QUOTES:
            kept = " "
        else:
            kept = char
        if len(self) < 65_536:
            self[code] = kept
        return kept


class _Fold(dict[int, str]):
    """Translation table from a character to its base letters, decided once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # A Korean syllable is one letter here: as three it would make a long message three times as long.
        decomposed = char if _HANGUL[0] <= char <= _HANGUL[1] else unicodedata.normalize("NFKD", char.casefold())
        kept = "".join(_NO_DECOMPOSITION.get(c, c) for c in decomposed if unicodedata.category(c) not in _INVISIBLE)
        if len(self) < 65_536:
            self[code] = kept
        return kept


_NO_DECOMPOSITION = {
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ħ": "h",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
}
_HANGUL = ("\uac00", "\ud7a3")
_SCRUB = _Scrub()
_FOLD = _Fold()

_QUOTED_LINE = re.compile(r"(?m)^[ \t]*>.*$")
_REPEATED_LETTER = re.compile(r"([^\W\d_])\1{2,}")
_REPEATED_MARK = re.compile(r"([^\w\s/])(?:\s*\1)+")
_SPACES = re.compile(r"\s+")
TOKEN = re.compile(r"[^\W_]+")
_DIGRAPHS = (("sh", "š"), ("zh", "ž"), ("ch", "č"))
# Foreign words keep their "ch"; what matters is the view used for matching, where both sides are treated alike.
_FOLDED_DIGRAPHS = (("sh", "s"), ("zh", "z"), ("ch", "c"), ("w", "v"), ("x", "ks"))


@lru_cache(maxsize=256)  # one message is read by several modules, one after another
def normalise(text: str) -> str:
    """Lower-case NFC text on one line, without quotes, emoji, invisible characters and repeats; idempotent."""
    current = _without_quoted_lines(text[:MAX_LENGTH])
    for _ in range(_PASSES):
        following = _pass(current)
        if following == current:
            break
        current = following
    return current


def shortened(text: str) -> str:
    """The text as it is, or only the two ends of a very long one, normalised: the question stands at one of them."""
    clean = normalise(text)
    if len(clean) <= 2 * _END_LENGTH:
        return text
    beginning, end = clean[:_END_LENGTH], clean[-_END_LENGTH:]
    return f"{beginning.rpartition(' ')[0] or beginning} {end.partition(' ')[2] or end}"


def _without_quoted_lines(text: str) -> str:
    """Quoted lines of a pasted letter ("> …") are not the resident's own words, unless there are no others."""
    if ">" not in text:
        return text
    own = _QUOTED_LINE.sub("", text)
    return own if own.strip() else text


def _pass(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)[:MAX_LENGTH]  # one character may become eighteen
    composed = unicodedata.normalize("NFKC", composed.casefold())[:MAX_LENGTH]
    line = _SPACES.sub(" ", composed.translate(_SCRUB)).strip()
    line = _REPEATED_MARK.sub(r"\1", _REPEATED_LETTER.sub(_one_letter, line))
    return layout.restore(line)


def _one_letter(match: re.Match[str]) -> str:
    """ "labaaas" → "labas"; "www" and the Roman "iii" stay."""
    run = match.group()
    return run if run in {"www", "iii", "xxx"} else run[0]


def fold(text: str) -> str:
    """`text` in lower case without diacritics ("Švietimo" → "svietimo"); other scripts stay; idempotent."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLD).lower()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text whose places are known in the text that was folded."""

    text: str
    places: Sequence[int]
    """For each character, and for the end, where it comes from."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span, not empty, of the text that was folded; marks on its last letter are part of it."""
        return self.places[start], max(self.places[end], self.places[end - 1] + 1)


def fold_with_places(text: str) -> Folded:
    """The same view as `fold`, from which one finds back: folding drops marks and may make two letters of one."""
    if text.isascii():
        return Folded(text.lower(), range(len(text) + 1))
    pieces = [_FOLD[ord(char)].lower() for char in text]
    if all(len(piece) == 1 for piece in pieces):
        return Folded("".join(pieces), range(len(text) + 1))
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return Folded("".join(pieces), (*places, len(text)))


def with_letters(text: str) -> str:
    """`text` with the digraphs sh, zh, ch read as š, ž, č ("shventė" → "šventė")."""
    for digraph, letter in _DIGRAPHS:
        text = text.replace(digraph, letter)
    return text


def loose(text: str) -> str:
    """The matching view of a normalised text: folded, with sh/zh/ch, w and x reduced to their Lithuanian spelling."""
    view = fold(text)
    for written, letter in _FOLDED_DIGRAPHS:
        if written in view:
            view = view.replace(written, letter)
    return view


def tokens(text: str) -> list[str]:
    """The words and numbers of `text`, in order, without punctuation."""
    return TOKEN.findall(text)
