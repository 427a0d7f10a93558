"""Which of lt, ru, pl, en, uk a short message is written in; what is not clearly another language is Lithuanian."""

from __future__ import annotations

from functools import lru_cache

from bot.nlu.language_data import ENDINGS, LETTERS, LITHUANIAN_STEMS, RUSSIAN_IN_LATIN, WORDS
from bot.nlu.normalise import MAX_LENGTH, fold, normalise, tokens

DEFAULT = "lt"
LANGUAGES = ("lt", "ru", "pl", "en", "uk")
_LATIN = ("pl", "en", "ru")
_LETTER_WEIGHT, _WORD_WEIGHT, _ENDING_WEIGHT = 2.0, 1.5, 0.5
_ONE_LETTER_WEIGHT = 0.5
_NEEDED = 1.5
_LEAD = 1.1
_MOST_FOREIGN_WORDS = 1
_RUSSIAN = WORDS["ru"] | RUSSIAN_IN_LATIN
# English words that Lithuanians say to a machine too.
_BORROWED = frozenset({"help", "thanks"})
_OTHERS = _RUSSIAN | WORDS["pl"] | WORDS["en"]
_KNOWN = {**WORDS, "ru": _RUSSIAN}


@lru_cache(maxsize=256)  # one message is judged by several modules, one after another
def detect(text: str) -> str:
    """The code of the message's language, "lt" when unsure."""
    clean = normalise(text)
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in clean)
    latin = sum("a" <= char <= "\u024f" for char in clean if char.isalpha() and char < "\u0400")
    if cyrillic > latin and not _quotes_one_word(clean):
        return _cyrillic_language(clean)
    return _latin_language(clean, capitalised=_all_capitalised(text))


def foreign_language(text: str) -> str | None:
    """The code of the language that the message must be answered in when that is not Lithuanian."""
    found = detect(text)
    return None if found == DEFAULT or _BORROWED.issuperset(tokens(normalise(text))) else found


def _cyrillic_language(clean: str) -> str:
    scores = {language: _score(clean, tokens(clean), language) for language in ("ru", "uk")}
    return "uk" if scores["uk"] > scores["ru"] else "ru"


def _quotes_one_word(clean: str) -> bool:
    """Whether Lithuanian words stand around a single Cyrillic one."""
    written = tokens(clean)
    foreign = sum("\u0400" <= word[0] <= "\u04ff" for word in written)
    return foreign <= _MOST_FOREIGN_WORDS and any(fold(word) in WORDS["lt"] for word in written)


def _latin_language(clean: str, *, capitalised: bool) -> str:
    written = tokens(clean)
    if not written:
        return DEFAULT
    lithuanian = _score(clean, written, DEFAULT) + _lithuanian_stems(written)
    scores = {language: _score(clean, written, language) for language in _LATIN}
    best = max(scores, key=lambda language: scores[language])
    if scores[best] < _NEEDED or scores[best] < lithuanian + _LEAD:
        return DEFAULT
    return DEFAULT if _is_a_name(written, best, capitalised=capitalised) else best


def _is_a_name(written: list[str], language: str, *, capitalised: bool) -> bool:
    """Whether the words may be a name that only borrows from the language ("Google Street View", "Żabka")."""
    known = sum(_is_known(word, language) for word in written)
    if capitalised:
        return known * 2 <= len(written)
    return language == "en" and known * 3 <= len(written)


def _all_capitalised(text: str) -> bool:
    words = tokens(text[:MAX_LENGTH])
    return all(word[0].isupper() for word in words)


def _score(clean: str, written: list[str], language: str) -> float:
    letters = sum(char in LETTERS[language] for char in clean)
    known = sum(_weight(word) for word in written if _is_known(word, language))
    endings = sum(len(word) > 4 and word.endswith(ENDINGS[language]) for word in written)
    return _LETTER_WEIGHT * min(letters, 3) + known + _ENDING_WEIGHT * endings


def _is_known(word: str, language: str) -> bool:
    if word in _KNOWN[language]:
        return True
    if language == "en":
        return word.endswith("s") and word[:-1] in WORDS["en"]
    return language == "lt" and fold(word) in WORDS["lt"]


def _weight(word: str) -> float:
    """One letter says little: it may be an initial, or a slip."""
    return _WORD_WEIGHT if len(word) > 1 else _ONE_LETTER_WEIGHT


def _lithuanian_stems(written: list[str]) -> float:
    """Words of the catalogue's world ("darzel...", "savivald...") are Lithuanian whatever stands around them."""
    own = (fold(word) for word in written if word not in _OTHERS)
    return _WORD_WEIGHT * sum(word.startswith(LITHUANIAN_STEMS) for word in own)
