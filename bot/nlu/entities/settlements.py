"""Settlements by name in any case: "Lentvaryje", "rudiskese", "į Senąją Varėną"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.place_names import fold, inflected_forms
from bot.nlu.entities.entity import Entity, Kind, Reading, Word
from bot.nlu.lexicon import words_of

_KIND_OF_PLACE = re.compile(r"k|kaim\w*|mstl|miest\w*|sen|seniunij\w*|gyvenviet\w*")
# "Trakų rajone" is not in the town.
_DISTRICT = re.compile(r"r|raj|rajon\w*|sav|savivaldyb\w*|apskrit\w*|region\w*")
_BETWEEN = re.compile(r"[\s\"'„“”«».-]{1,3}")
_LONGEST_ABBREVIATION = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A settlement as the words `first` to `last` of a reading; `name` is its nominative."""

    name: str
    first: int
    last: int


class Settlements:
    """The settlements of a municipality, whose names are given in the nominative."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._forms = every_form(self.names)

    def find(self, reading: Reading) -> Iterator[Entity]:
        """Yield the settlements that a text names; words that are also ordinary ones only when they are meant so."""
        for named in self.named(reading):
            first, last = reading.words[named.first], reading.words[named.last]
            behind = _word_behind(reading, named.last)
            if _DISTRICT.fullmatch(behind):
                continue
            if fold(named.name) in _homonyms() and not (
                reading.is_name(first.start) or _KIND_OF_PLACE.fullmatch(behind)
            ):
                continue
            yield reading.entity(Kind.SETTLEMENT, first.start, last.end, named.name)

    def named(self, reading: Reading) -> Iterator[Named]:
        """Yield whatever has the form of a settlement's name, the longer of two that begin together."""
        words, at = reading.words, 0
        while at < len(words):
            pair = at + 1 < len(words) and joined(reading, words[at], words[at + 1])
            name = self._forms.get(f"{words[at].text} {words[at + 1].text}") if pair else None
            last = at if name is None else at + 1
            name = name or self._forms.get(words[at].text)
            if name is not None:
                yield Named(name, at, last)
            at = last + 1


def every_form(names: Iterable[str]) -> Mapping[str, str]:
    """Return the names by all their case forms, folded; a nominative counts before another's inflected form."""
    names = tuple(names)
    forms = {fold(name): name for name in names}
    for name in names:
        for form in inflected_forms(name):
            forms.setdefault(form, name)
    return forms


def joined(reading: Reading, before: Word, after: Word) -> bool:
    """Tell whether two words may be parts of one name: no comma and no end of a sentence parts them."""
    if _BETWEEN.fullmatch(reading.folded, before.end, after.start) is None:
        return False
    return len(before.text) <= _LONGEST_ABBREVIATION or "." not in reading.folded[before.end : after.start]


def _word_behind(reading: Reading, last: int) -> str:
    words = reading.words
    if last + 1 < len(words) and joined(reading, words[last], words[last + 1]):
        return words[last + 1].text
    return ""


@lru_cache(maxsize=1)
def _homonyms() -> frozenset[str]:
    return words_of("place_homonyms")
