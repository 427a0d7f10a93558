"""Streets with their houses: "Vytauto gatvėje 12", "J. Basanavičiaus g. 2A", "Vasario 16-osios g.", "pusu g 5".

A street is known by the word for its kind behind it. What stands before that word is its name when it is a usual name
of streets, is written with a capital, or has a house number or an abbreviation behind it; "šiukšlių gatvėje" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.entities.entity import Entity, Kind, Reading, Word
from bot.nlu.lexicon import entries_of, words_as_written, words_of

_GENITIVE = ("o", "u", "os", "es", "us", "ies")
# Definite adjectives agree in case: "Naujojoje gatvėje" is the street Naujoji.
_ADJECTIVES = (("oji", ("ojoje", "ojoj", "osios", "ajai", "aja")), ("ine", ("ineje", "inej")))
_LISTED_ADJECTIVES = (("ine", ("ines", "inei")),)
_MONTHS = frozenset("sausio vasario kovo balandzio geguzes birzelio liepos rugpjucio rugsejo spalio lapkricio".split())
_ORDINAL = frozenset({"osios", "oji", "ios", "iosios", "os", "tosios"})
_INITIALS = frozenset("j v s p b t l vl st".split())
_MOST_INITIALS = 2
_FLAT = r"(?:,?\s?(?:bt|but|butas)\.?\s?(?P<flat>[0-9]{1,4}))?"
_UNIT = r"(?:val|h\b|d\b|dien|men|met[auų]|savait|kart|min|eur|€|%|km|m\b|vnt|kab)"
_HOUSE = re.compile(
    r"\s{0,2},?\s{0,2}(?:nr\.?\s?|nam(?:as|o)\s)?"
    r"(?P<house>[0-9]{1,3}(?:(?:[a-z]|\s[a-c])(?![a-z0-9]))?(?:\s?[-–/]\s?[0-9]{1,4}(?:[a-z](?![a-z0-9]))?)?)"
    rf"(?![a-z0-9])(?!\s?[-–/.,:][0-9])(?!\s{{0,2}}{_UNIT}){_FLAT}"
)


@dataclass(frozen=True, slots=True)
class _Street:
    """A street's name as words `first` to `last` of a reading, `end` behind the word for its kind."""

    name: str
    first: Word
    end: int


def streets(reading: Reading) -> Iterator[Entity]:
    """Yield the streets, in the nominative with the kind abbreviated, and the houses that follow them."""
    words, types = reading.words, _types()
    for position in range(1, len(words)):
        kind = types.get(words[position].text)
        if kind is None or not _is_apart(reading, words[position - 1], words[position]):
            continue
        end = _end_of_kind(reading, words[position])
        house = _HOUSE.match(reading.folded, end)
        abbreviated = reading.folded[end - 1] == "."
        if len(words[position].text) <= 3 and not abbreviated and house is None:
            continue
        street = _named(reading, position, sure=abbreviated or house is not None)
        if street is None:
            continue
        yield reading.entity(Kind.STREET, street.first.start, end, f"{street.name} {kind}")
        yield from _crossing(reading, position, kind)
        if house is not None:
            yield _house(reading, house)


def is_street_name(folded: str) -> bool:
    """Tell whether a folded word is a usual name of streets."""
    return folded in _known_names()


def _end_of_kind(reading: Reading, word: Word) -> int:
    short = len(word.text) <= 4 and reading.folded[word.end : word.end + 1] == "."
    return word.end + short


def _is_apart(reading: Reading, before: Word, after: Word) -> bool:
    gap = reading.folded[before.end : after.start]
    return 0 < len(gap) <= 3 and gap.isspace()


def _named(reading: Reading, position: int, *, sure: bool) -> _Street | None:
    """Return the street whose name ends before the word at `position`."""
    words = reading.words
    word = words[position - 1]
    if dated := _date_name(reading, position):
        return dated
    if position > 1 and _is_apart(reading, words[position - 2], word):
        pair = _known_names().get(f"{words[position - 2].text} {word.text}")
        if pair is not None:
            return _Street(pair, words[position - 2], word.end)
    name = _single_name(reading, word, sure=sure)
    if name is None:
        return None
    first, initials = _initials(reading, position - 1)
    return _Street(f"{initials}{name}", first, word.end)


def _single_name(reading: Reading, word: Word, *, sure: bool) -> str | None:
    known = _known_names().get(word.text)
    if known is not None:
        return known
    if len(word.text) < 3 or not word.text.isalpha() or word.text in _no_names():
        return None
    if not (sure or reading.is_name(word.start)):
        return None
    written = reading.written(word.start, word.end).lower()
    for nominative, endings in _ADJECTIVES:
        for ending in (nominative, *endings):
            if word.text.endswith(ending):
                accented = "inė" if nominative == "ine" else nominative
                return (written[: len(written) - len(ending)] + accented).capitalize()
    return written.capitalize() if word.text.endswith(_GENITIVE) else None


def _date_name(reading: Reading, position: int) -> _Street | None:
    """Return a street named after a day: "Vasario 16-osios", "kovo 11"."""
    words = reading.words
    number = position - 1 - (words[position - 1].text in _ORDINAL)
    if number < 1 or not words[number].text.isdigit() or words[number - 1].text not in _MONTHS:
        return None
    month = words[number - 1]
    ending = words[position - 1].text if number < position - 1 else "osios"
    name = f"{reading.written(month.start, month.end).capitalize()} {words[number].text}-{ending}"
    return _Street(_known_names().get(name, name), month, words[position - 1].end)


def _initials(reading: Reading, position: int) -> tuple[Word, str]:
    """Return the word with which the name at `position` begins, and the initials as written before it."""
    first, written = reading.words[position], ""
    for earlier in reversed(reading.words[max(0, position - _MOST_INITIALS) : position]):
        between = reading.folded[earlier.end : first.start]
        letter = reading.written(earlier.start, earlier.end)
        if len(letter) > 2 or between.strip() != "." or len(between) > 2:
            break
        if not letter[0].isupper() and earlier.text not in _INITIALS:
            break
        first, written = earlier, f"{letter.capitalize()}. {written}"
    return first, written


def _crossing(reading: Reading, position: int, kind: str) -> Iterator[Entity]:
    """Yield the first street of "Vytauto ir Birutės gatvių"."""
    words = reading.words
    if position < 3 or words[position - 2].text != "ir":
        return
    word = words[position - 3]
    name = _single_name(reading, word, sure=False)
    if name is not None:
        yield reading.entity(Kind.STREET, word.start, word.end, f"{name} {kind}")


def _house(reading: Reading, match: re.Match[str]) -> Entity:
    value = re.sub(r"\s", "", match["house"]).replace("–", "-").upper()
    if match["flat"]:
        return reading.entity(Kind.HOUSE, match.start("house"), match.end("flat"), f"{value}-{match['flat']}")
    return reading.entity(Kind.HOUSE, match.start("house"), match.end("house"), value)


@lru_cache(maxsize=1)
def _types() -> Mapping[str, str]:
    """The abbreviation of each word for a kind of street; the abbreviation itself is one."""
    return {
        form: kind for kind, forms in entries_of("street_types") for form in (kind.rstrip("."), *forms) if form != "a"
    }


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Folded words that stand before "gatvė" and name none."""
    return words_of("no_street")


@lru_cache(maxsize=1)
def _known_names() -> Mapping[str, str]:
    """The usual names by their folded forms; adjectives in the cases in which they stand before "gatvė"."""
    known: dict[str, str] = {}
    for folded, written in words_as_written("street_names"):
        name = written.replace("_", " ")
        known.setdefault(folded.replace("_", " "), name)
        for nominative, endings in (*_ADJECTIVES, *_LISTED_ADJECTIVES):
            if folded.endswith(nominative):
                base = folded.removesuffix(nominative)
                known.update({base + ending: name for ending in endings})
    return known
