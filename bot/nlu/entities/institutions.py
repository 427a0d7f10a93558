"""Institutions by their catalogue names and aliases in any case, with their places in the text.

`bot.nlu.institutions` ranks the institutions that a question may mean; here only a name that is really written, and
that one institution alone bears, counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.catalogue import Institution
from bot.core.place_names import fold
from bot.nlu.entities.entity import Entity, Kind, Reading
from bot.nlu.entities.settlements import Settlements, every_form, joined
from bot.nlu.stems import stem

_REMARK = re.compile(r"\([^)]*\)")
_QUOTED = re.compile(r"„[^“]*“")
_LONGEST_NAME = 10
_PLACE_MARK = "@"

_LONGEST_LEGAL_FORM = 3

_Key = tuple[str, ...]
_Name = TypeVar("_Name", str, _Key)


@dataclass(frozen=True, slots=True)
class _Part:
    """A word by its stem, or a settlement in whatever case by its mark; it stands from word `first` to word `last`."""

    key: str
    first: int
    last: int


class InstitutionNames:
    """The names that mean one institution of a municipality only."""

    def __init__(self, institutions: Sequence[Institution], settlements: Settlements) -> None:
        self._settlements = settlements
        self._titles = _only_owners(
            (form, item.id) for item in institutions for alias in item.aliases for form in _forms_of_title(alias)
        )
        heads = _heads(institutions)
        self._phrases = _only_owners(
            (key, item.id) for item in institutions for key in self._keys(item, heads) if len(key) > 1
        )
        self._beginnings = frozenset(key[0] for key in self._phrases)

    def find(self, reading: Reading) -> Iterator[Entity]:
        """Yield the institutions that a text names, by their id."""
        parts = self._parts(reading)
        at = 0
        while at < len(parts):
            size, owner = self._phrase_at(reading, parts, at)
            if owner is None and not parts[at].key.startswith(_PLACE_MARK):
                owner = self._title_at(reading, parts[at])
            if owner is not None:
                first, last = reading.words[parts[at].first], reading.words[parts[at + size - 1].last]
                yield reading.entity(Kind.INSTITUTION, first.start, last.end, owner)
            at += size

    def _parts(self, reading: Reading) -> list[_Part]:
        places = {named.first: named for named in self._settlements.named(reading)}
        parts: list[_Part] = []
        at = 0
        while at < len(reading.words):
            named = places.get(at)
            if named is None:
                parts.append(_Part(stem(reading.words[at].text), at, at))
            else:
                parts.append(_Part(_PLACE_MARK + fold(named.name), named.first, named.last))
            at = parts[-1].last + 1
        return parts

    def _phrase_at(self, reading: Reading, parts: Sequence[_Part], at: int) -> tuple[int, str | None]:
        """Return how many parts the longest name has that begins here, and its owner; (1, None) when there is none."""
        if parts[at].key not in self._beginnings:
            return 1, None
        for size in range(_run(reading, parts, at), 1, -1):
            key = tuple(part.key for part in parts[at : at + size])
            owner = self._phrases.get(key)
            # "Onuškio kultūros centras" is not the one called "kultūros centras".
            if owner is not None and (_has_place(key) or not _beside_a_place(parts, at, size)):
                return size, owner
        return 1, None

    def _title_at(self, reading: Reading, part: _Part) -> str | None:
        """Return the institution with a proper name of one word: "Ežerėlyje", "ARATC"; "šile" is a wood."""
        word = reading.words[part.first]
        owner = self._titles.get(word.text)
        if owner is None:
            return self._titles.get(reading.written(word.start, word.end)) if not reading.is_shouted else None
        return owner if reading.is_name(word.start) else None

    def _keys(self, item: Institution, heads: frozenset[str]) -> Iterator[_Key]:
        name = self._key(_REMARK.sub(" ", item.name))
        yield from _arrangements(name)
        aliases = [self._key(alias) for alias in item.aliases]
        if item.settlement:
            aliases.append(self._key(f"{item.settlement} {item.kind}"))
        # An alias may also be a topic ("šiukšlių išvežimas"); a name says what the institution is.
        yield from (key for alias in aliases if heads.intersection(alias) for key in _arrangements(alias))

    def _key(self, name: str) -> _Key:
        return tuple(part.key for part in self._parts(Reading(name)))


def _only_owners(named: Iterable[tuple[_Name, str]]) -> Mapping[_Name, str]:
    owners: dict[_Name, set[str]] = defaultdict(set)
    for name, owner in named:
        owners[name].add(owner)
    return {name: found.pop() for name, found in owners.items() if len(found) == 1}


def _forms_of_title(alias: str) -> Iterable[str]:
    """Return the forms of a proper name of one word, folded, or an abbreviation as it is; none of other aliases."""
    if " " in alias or not alias[:1].isupper():
        return ()
    return (alias,) if alias.isupper() else every_form((alias,))


def _heads(institutions: Sequence[Institution]) -> frozenset[str]:
    """Return the stems of the words that say what an institution is: "skyrius", "mokykla"."""
    names = (part for item in institutions for part in (item.kind, _QUOTED.sub(" ", _REMARK.sub(" ", item.name))))
    last_words = (word for name in names for word in Reading(name).words[-1:])
    return frozenset(stem(word.text) for word in last_words if len(word.text) > _LONGEST_LEGAL_FORM)


def _arrangements(key: _Key) -> Iterator[_Key]:
    """Yield the orders in which a name is said: "Butrimonių kultūros namai", "kultūros namai Butrimonyse"."""
    places = [at for at, part in enumerate(key) if part.startswith(_PLACE_MARK)]
    yield key
    if len(places) > 1 and places[0] == 0:
        # The municipality before the settlement is mostly left out: "Varėnos r. Merkinės Vinco Krėvės gimnazija".
        yield from _arrangements(key[places[1] :])
    elif places == [0]:
        yield (*key[1:], key[0])
    elif places == [len(key) - 1]:
        yield (key[-1], *key[:-1])


def _run(reading: Reading, parts: Sequence[_Part], at: int) -> int:
    """Return how many parts from here on may be one name."""
    size = 1
    while size < _LONGEST_NAME and at + size < len(parts):
        before, after = reading.words[parts[at + size - 1].last], reading.words[parts[at + size].first]
        if not joined(reading, before, after):
            break
        size += 1
    return size


def _has_place(key: _Key) -> bool:
    return any(part.startswith(_PLACE_MARK) for part in key)


def _beside_a_place(parts: Sequence[_Part], at: int, size: int) -> bool:
    beside = (*parts[max(0, at - 1) : at], *parts[at + size : at + size + 1])
    return any(part.key.startswith(_PLACE_MARK) for part in beside)
