"""Which of lt, ru, pl, en, uk a short message is written in; what is not clearly another language is Lithuanian."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.nlu.language_data import ENDINGS, LETTERS, LITHUANIAN_STEMS, RUSSIAN_IN_LATIN, WORDS
from bot.nlu.normalise import MAX_LENGTH, fold, normalise, tokens

DEFAULT = "lt"
LANGUAGES = ("lt", "ru", "pl", "en", "uk")
_LATIN = ("pl", "en", "ru")
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_REMEMBERED_WORDS = 8_192
_LETTER_WEIGHT, _WORD_WEIGHT, _ENDING_WEIGHT = 2.0, 1.5, 0.5
_ONE_LETTER_WEIGHT = 0.5
_NEEDED = 1.5
_LEAD = 1.1
_MOST_FOREIGN_WORDS = 1
_MOST_LETTERS = 3
_RUSSIAN = WORDS["ru"] | RUSSIAN_IN_LATIN
# English words that Lithuanians say to a machine too.
_BORROWED = frozenset({"help", "thanks"})
_OTHERS = _RUSSIAN | WORDS["pl"] | WORDS["en"]
_KNOWN = {**WORDS, "ru": _RUSSIAN}


@lru_cache(maxsize=256)  # one message is judged by several modules, one after another
def detect(text: str) -> str:
    """The code of the message's language, "lt" when unsure."""
    clean = normalise(text)
    if _CYRILLIC_LETTER.search(clean) and _is_cyrillic(clean):
        return _cyrillic_language(clean)
    found = _latin_language(clean)
    return DEFAULT if found != DEFAULT and _is_a_name(text, found) else found


def foreign_language(text: str) -> str | None:
    """The code of the language that the message must be answered in when that is not Lithuanian."""
    found = detect(text)
    return None if found == DEFAULT or _BORROWED.issuperset(tokens(normalise(text))) else found


def _is_cyrillic(clean: str) -> bool:
    cyrillic = len(_CYRILLIC_LETTER.findall(clean))
    latin = sum("a" <= char <= "\u024f" for char in clean if char.isalpha() and char < "\u0400")
    return cyrillic > latin and not _quotes_one_word(clean)


def _cyrillic_language(clean: str) -> str:
    written = tokens(clean)
    scores = {language: _score(clean, written, language) for language in ("ru", "uk")}
    return "uk" if scores["uk"] > scores["ru"] else "ru"


def _quotes_one_word(clean: str) -> bool:
    """Whether Lithuanian words stand around a single Cyrillic one."""
    written = tokens(clean)
    foreign = sum("\u0400" <= word[0] <= "\u04ff" for word in written)
    return foreign <= _MOST_FOREIGN_WORDS and any(fold(word) in WORDS["lt"] for word in written)


@lru_cache(maxsize=256)  # asked of the message as typed and as normalised
def _latin_language(clean: str) -> str:
    said = [_said_by(word) for word in tokens(clean)]
    if not said:
        return DEFAULT
    lithuanian, *others = (
        _letters(clean, language) + sum(scores)
        for language, scores in zip((DEFAULT, *_LATIN), zip(*said, strict=True), strict=True)
    )
    best = max(others)
    return DEFAULT if best < max(_NEEDED, lithuanian + _LEAD) else _LATIN[others.index(best)]


def _is_a_name(text: str, language: str) -> bool:
    """Whether the words may be a name that only borrows from the language ("Google Street View", "Żabka")."""
    written = tokens(normalise(text))
    known = sum(_is_known(word, language) for word in written)
    if _all_capitalised(text):
        return known * 2 <= len(written)
    return language == "en" and known * 3 <= len(written)


def _all_capitalised(text: str) -> bool:
    words = tokens(text[:MAX_LENGTH])
    return all(word[0].isupper() for word in words)


def _score(clean: str, written: list[str], language: str) -> float:
    return _letters(clean, language) + sum(_word_score(word, language) for word in written)


def _letters(clean: str, language: str) -> float:
    own = 0 if clean.isascii() else sum(map(clean.count, LETTERS[language]))
    return _LETTER_WEIGHT * min(own, _MOST_LETTERS)


def _word_score(word: str, language: str) -> float:
    ending = len(word) > 4 and word.endswith(ENDINGS[language])
    return (_weight(word) if _is_known(word, language) else 0.0) + _ENDING_WEIGHT * ending


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _said_by(word: str) -> tuple[float, ...]:
    """How much a word speaks for Lithuanian, and for each of the others in the Latin script."""
    return (_word_score(word, DEFAULT) + _lithuanian_stem(word), *(_word_score(word, other) for other in _LATIN))


def _is_known(word: str, language: str) -> bool:
    if word in _KNOWN[language]:
        return True
    if language == "en":
        return word.endswith("s") and word[:-1] in WORDS["en"]
    return language == "lt" and fold(word) in WORDS["lt"]


def _weight(word: str) -> float:
    """One letter says little: it may be an initial, or a slip."""
    return _WORD_WEIGHT if len(word) > 1 else _ONE_LETTER_WEIGHT


def _lithuanian_stem(word: str) -> float:
    """A word of the catalogue's world ("darzel...", "savivald...") is Lithuanian whatever stands around it."""
    return _WORD_WEIGHT if word not in _OTHERS and fold(word).startswith(LITHUANIAN_STEMS) else 0.0
