"""Lithuanian place names as residents write them: inflected, without diacritics, in any case.

A name is matched by the pattern of its nominative ending: the stem must be the same and the rest one of the
case endings of that pattern.  All is compared folded (lower case, no diacritics), because residents type so.
"""

import unicodedata
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple


class _Declension(NamedTuple):
    """A nominative ending, and the case endings that the stem may carry instead (folded)."""

    nominative: str
    endings: frozenset[str]
    soft: frozenset[str] = frozenset()
    """Endings before which t becomes č and d becomes dž (Nemunaitis → Nemunaičio)."""


def _declension(nominative: str, endings: str, soft: str = "") -> _Declension:
    return _Declension(nominative, frozenset(endings.split()), frozenset(soft.split()))


# Longer nominatives first: "Kelias" is no name in -as.  Locatives are given in full and cut short as spoken
# ("Liškiavoj", "Trakuos"), with the dialect's illative ("Liškiavon", "Trakuosna").
_DECLENSIONS = (
    _declension("ieji", "uju iesiems uosius aisiais uosiuose"),
    _declension("osios", "uju osioms asias osiomis osiose"),
    _declension("oji", "osios ajai aja ojoje ojoj ojon"),
    _declension("asis", "ojo ajam aji uoju ajame"),
    _declension("ias", "io iui ia iu yje y ian"),
    _declension("as", "o ui a u e an"),
    _declension("is", "i y yje in", soft="io iui iu"),
    # -ys is a singular (Paluknys, Paluknio) or a plural (Butrimonys, Butrimonių); the name does not tell.
    _declension("ys", "i y yje in ims is imis yse ysna ysn", soft="io iui iu"),
    _declension("us", "aus ui u umi uje uj un"),
    _declension("ai", "u ams am us ais uose uos uosna uosn"),
    _declension("os", "u oms om as omis ose osna osn"),
    _declension("es", "ems em emis ese esna esn", soft="iu"),
    _declension("a", "os ai oje oj on"),
    _declension("e", "es ei eje ej en"),
)
_SHORTEST_STEM = 2


def fold(text: str) -> str:
    """The text in lower case without diacritics: "Žiūriu" becomes "ziuriu"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def matches_inflected(base: str, token: str) -> bool:
    """Whether `token` is the place name `base` in some grammatical case, word by word where it has several.

    A word of the name that is not declinable, or already in the genitive, must be written as it is.
    """
    bases, tokens = fold(base).split(), fold(token).split()
    if len(bases) != len(tokens):
        return False
    return all(_same_word(*pair) for pair in zip(bases, tokens, strict=True))


def inflected_forms(base: str) -> frozenset[str]:
    """All that `matches_inflected` takes for the place name `base`, folded, words parted by one space."""
    words = [(word, *_forms(word)) for word in fold(base).split()]
    return frozenset(" ".join(forms) for forms in product(*words)) - {""}


def _same_word(base: str, token: str) -> bool:
    return base == token or any(token == form for form in _forms(base))


def _forms(base: str) -> Iterator[str]:
    """The folded case forms of a folded nominative; none when the word follows no known pattern."""
    for declension in _DECLENSIONS:
        stem = base.removesuffix(declension.nominative)
        if stem != base and len(stem) >= _SHORTEST_STEM:
            yield from (stem + ending for ending in declension.endings)
            yield from (_softened(stem) + ending for ending in declension.soft)
            return


def _softened(stem: str) -> str:
    """The stem before a palatalising ending: final t becomes č and d becomes dž, folded."""
    if stem.endswith("t"):
        return stem[:-1] + "c"
    return stem + "z" if stem.endswith("d") else stem
