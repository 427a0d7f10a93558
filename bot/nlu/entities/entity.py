"""An entity, and the text in which one is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from bot.nlu import layout
from bot.nlu.normalise import MAX_LENGTH, fold_with_places

_WORD = re.compile(r"[^\W_]+")
_LONGEST_GAP = 8
# What may stand between the end of a sentence and the next word.
_NO_END = " \t\"'„“”«»(-–"


class Kind(Enum):
    """What an entity is; where two overlap, the kind named first here is kept."""

    EMAIL = "email"
    REGISTRATION_NUMBER = "registration_number"
    PHONE = "phone"
    INSTITUTION = "institution"
    STREET = "street"
    HOUSE = "house"
    DATE = "date"
    DAY = "day"
    SETTLEMENT = "settlement"


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Entity:
    """What a message names: `text` is what stands between `start` and `end`, `value` its one normalised form."""

    kind: Kind
    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word or number of the folded text, with its place there."""

    text: str
    start: int
    end: int


class Reading:
    """A message and its folded view; places given to it are those of the folded view."""

    def __init__(self, text: str) -> None:
        self.text = text[:MAX_LENGTH]
        self._folded = fold_with_places(self.text)
        self.folded = self._folded.text

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words and numbers, without punctuation."""
        return tuple(Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(self.folded))

    @cached_property
    def is_shouted(self) -> bool:
        """Whether all is in capitals, which then mark no names."""
        return self.text.isupper()

    @cached_property
    def in_letters(self) -> Reading:
        """The message with the letters that number-row keys stand for ("Li6kiav1"), at the same places."""
        restored = layout.in_letters(self.text)
        return self if restored == self.text else Reading(restored)

    def as_typed(self, entity: Entity) -> Entity:
        """Return an entity found in `in_letters` with what stands there in the message itself."""
        return replace(entity, text=self.text[entity.start : entity.end])

    def written(self, start: int, end: int) -> str:
        """Return what stands there, as it was typed."""
        first, last = self._folded.span(start, end)
        return self.text[first:last]

    def entity(self, kind: Kind, start: int, end: int, value: str) -> Entity:
        """Return an entity of which the place in the message is known."""
        first, last = self._folded.span(start, end)
        return Entity(kind, value, self.text[first:last], first, last)

    def is_name(self, start: int) -> bool:
        """Tell whether a capital stands there that neither a new sentence nor shouting explains."""
        if self.is_shouted or not self.written(start, start + 1)[:1].isupper():
            return False
        before = self.folded[max(0, start - _LONGEST_GAP) : start].rstrip(_NO_END)
        return before[-1] not in ".?!\n" if before else start > _LONGEST_GAP


def without_overlaps(found: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities in the order of the text; of overlapping ones that of the first kind, then the first."""
    kept: list[Entity] = []
    taken = bytearray(MAX_LENGTH)
    for entity in sorted(found, key=lambda entity: _RANK[entity.kind]):
        if not any(taken[entity.start : entity.end]):
            taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
            kept.append(entity)
    return tuple(sorted(kept, key=lambda entity: entity.start))
