"""Lithuanian letters that were typed as number-row keys because the keyboard layout was wrong.

On the Lithuanian layout the keys `1 2 3 4 5 6 7 8 =` carry `ą č ę ė į š ų ū ž`. A digit is taken for a letter only
inside a word; numbers, house numbers, dates, times, codes, addresses and units stay.
"""

from __future__ import annotations

import re

KEYS = {"1": "ą", "2": "č", "3": "ę", "4": "ė", "5": "į", "6": "š", "7": "ų", "8": "ū", "=": "ž"}
_TABLE = str.maketrans(KEYS)
_KEY = re.compile(f"[{''.join(KEYS)}]")

# Short words are ambiguous with codes ("m2", "a4", "p2e"): only these are restored.
_SHORT = frozenset(
    "k1 t1 j1 j5 6i t7 j7 k7 6is 6io 6ie 6i1 6ia 6iai u= u=u =mon7 2ia j8s m8s j8s7 m8s7 b8s b8t7 a6 i6 k1s"
    " m8 =4k =in =ino i6j7 ma= da= pu6 ve6 n4r n4 5j5 5j1 4j0 4jo 4jo1 2ion 6en 6i2 j1j1 t1j1 5si".split()
)
# What follows a number written without a space: "5kl", "2kambarių", "3mečiai", "1oji", "12d."
_UNITS = tuple(
    "kl klas met mec meč men mėn val eur kart vaik asm proc kamb aukst aukšt dien sav zmon žmon kg km cm mm min sek"
    " litr hekt ar arų kv kub tukst tūkst mln pus dal gyv vnt balt viet2 ct cent".split()
)
_ORDINAL_TAIL = re.compile(
    r"(?:[a-f]|oji|oja|ojoj|osios|os|as|a|o|ta|tas|to|tos|toji|tasis|ma|mas|mos|moji|mąją|maja|ą|ąją|aja|ąjį|aji|ias|ia|ios"
    r"|iasis|iosios|asis|uoju|uoj|us|ių|iu|ų|u|ai|ais|iai|in|m|d|h|g|s|t|e|l|i|nr|p|k)"
)
_NUMBERED = frozenset(
    "nr kab tel psl str punkt skyr dal priedas forma g sk art versija windows mp co web pm covid".split()
)
_WORD = re.compile(r"=?[^\W_]+(?:=[^\W_]+)*=?")
_LETTER = re.compile(r"[^\W\d_]")


def restore(text: str) -> str:
    """`text` (lower case) with number-row keys inside words replaced by the Lithuanian letters they stand for."""
    if not _KEY.search(text):
        return text
    return re.sub(r"\S+", lambda match: _restore_chunk(match.group()), text)


def in_letters(text: str) -> str:
    """`text` restored in any case, with every character at its place ("Li6kiav1" is "Liškiavą")."""
    lower = text.lower()
    restored = restore(lower)
    if restored == lower or not len(restored) == len(lower) == len(text):
        return text
    letters = zip(text, lower, restored, strict=True)
    return "".join(typed if key == letter else letter for typed, key, letter in letters)


def _restore_chunk(chunk: str) -> str:
    if not _KEY.search(chunk) or not _LETTER.search(chunk) or _is_address(chunk) or _is_code(chunk):
        return chunk
    return _WORD.sub(lambda match: _restore_word(match.group()), chunk)


def _is_address(chunk: str) -> bool:
    return (
        "@" in chunk
        or "://" in chunk
        or "www." in chunk
        or "&" in chunk
        or ("?" in chunk and "=" in chunk[:-1] and "/" in chunk)
    )


_CODE = re.compile(r"\d[-/.:,]\d|=\d|\d=|\d\d|[90]|\d-[^\W\d_]|[^\W\d_]-\d")


def _is_code(chunk: str) -> bool:
    """Runs of digits, 9 and 0 (which carry no letter) and digits next to a separator never stand for letters."""
    return _CODE.search(chunk) is not None


def _restore_word(word: str) -> str:
    if word in _SHORT:
        return word.translate(_TABLE)
    if word.endswith("="):  # "kaina=": a sign, not a letter, unless the word is known
        return _restore_word(word[:-1]) + "="
    letters = len(_LETTER.findall(word))
    if letters < 3 or letters <= len(word) - letters or _is_numbered(word):
        return word
    return word.translate(_TABLE)


def _is_numbered(word: str) -> bool:
    if word[0].isdigit():
        tail = word[1:]
        return tail.startswith(_UNITS) or _ORDINAL_TAIL.fullmatch(tail) is not None
    return word[-1].isdigit() and word[:-1] in _NUMBERED
