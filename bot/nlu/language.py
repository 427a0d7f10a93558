"""Which of lt, ru, pl, en, uk a short message is written in; what is not clearly another language is Lithuanian."""

from __future__ import annotations

from bot.nlu.language_data import ENDINGS, LETTERS, LITHUANIAN_STEMS, WORDS
from bot.nlu.normalise import fold, normalise, tokens

DEFAULT = "lt"
LANGUAGES = ("lt", "ru", "pl", "en", "uk")
_LATIN = ("pl", "en")
_LETTER_WEIGHT, _WORD_WEIGHT, _ENDING_WEIGHT = 2.0, 1.5, 0.5
_NEEDED = 1.5
_LEAD = 1.0


def detect(text: str) -> str:
    """The code of the message's language, "lt" when unsure."""
    clean = normalise(text)
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in clean)
    latin = sum("a" <= char <= "\u024f" for char in clean if char.isalpha() and char < "\u0400")
    if cyrillic > latin:
        return _cyrillic_language(clean)
    return _latin_language(clean)


def _cyrillic_language(clean: str) -> str:
    scores = {language: _score(clean, tokens(clean), language) for language in ("ru", "uk")}
    return "uk" if scores["uk"] > scores["ru"] else "ru"


def _latin_language(clean: str) -> str:
    written = tokens(clean)
    if not written:
        return DEFAULT
    lithuanian = _score(clean, written, DEFAULT) + _lithuanian_stems(written)
    scores = {language: _score(clean, written, language) for language in _LATIN}
    best = max(scores, key=lambda language: scores[language])
    if scores[best] >= _NEEDED and scores[best] >= lithuanian + _LEAD:
        return best
    return DEFAULT


def _score(clean: str, written: list[str], language: str) -> float:
    letters = sum(char in LETTERS[language] for char in clean)
    known = sum(word in WORDS[language] or (language == "lt" and fold(word) in WORDS["lt"]) for word in written)
    endings = sum(len(word) > 4 and word.endswith(ENDINGS[language]) for word in written)
    return _LETTER_WEIGHT * min(letters, 3) + _WORD_WEIGHT * known + _ENDING_WEIGHT * endings


def _lithuanian_stems(written: list[str]) -> float:
    """Words of the catalogue's world ("darzel...", "savivald...") are Lithuanian whatever stands around them."""
    return _WORD_WEIGHT * sum(fold(word).startswith(LITHUANIAN_STEMS) for word in written)
