"""Named groups of telling words in a message (`data/signals.txt`), and its shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.nlu.lexicon import entries_of, is_telling
from bot.nlu.normalise import loose, normalise, tokens
from bot.nlu.stems import stem

_SHORT_MESSAGE = 2
_LONG_MESSAGE = 14
_REMEMBERED_WORDS = 8_192


_Rest = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    """What one word begins: the groups that it is an entry of by itself, and entries that need the words after it."""

    groups: frozenset[str]
    longer: tuple[tuple[str, _Rest], ...]


class _Trie:
    """Phrases by their first word: whole words in a dictionary, beginnings by their length."""

    def __init__(self, groups: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._whole: dict[str, list[tuple[str, _Rest]]] = {}
        self._beginning: dict[str, list[tuple[str, _Rest]]] = {}
        for group, entries in groups:
            for entry in entries:
                first, *rest = (part for part in entry.split("_") if part)
                into = self._beginning if first.endswith("*") else self._whole
                into.setdefault(first.rstrip("*"), []).append((group, tuple(rest)))
        self._longest = max(map(len, self._beginning), default=0)
        self._starting = lru_cache(maxsize=_REMEMBERED_WORDS)(self._starting_with)

    def found(self, words: Sequence[str]) -> set[str]:
        """The groups that have an entry in `words`."""
        groups: set[str] = set()
        for at, word in enumerate(words):
            begun = self._starting(word)
            groups |= begun.groups
            for group, rest in begun.longer:
                if group not in groups and _follows(words, at + 1, rest):
                    groups.add(group)
        return groups

    def _starting_with(self, word: str) -> _Begun:
        beginnings = (self._beginning.get(word[:size], ()) for size in range(2, min(len(word), self._longest) + 1))
        entries = (*self._whole.get(word, ()), *chain.from_iterable(beginnings))
        alone = frozenset(group for group, rest in entries if not rest)
        return _Begun(alone, tuple((group, rest) for group, rest in entries if rest and group not in alone))


def _follows(words: Sequence[str], at: int, rest: Sequence[str]) -> bool:
    if len(words) < at + len(rest):
        return False
    return all(_same(word, wanted) for word, wanted in zip(words[at:], rest, strict=False))


def _same(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@lru_cache(maxsize=1)
def _groups() -> _Trie:
    return _Trie(entries_of("signals"))


def signals(text: str) -> set[str]:
    """Names of everything telling in the message: word groups, shape."""
    clean = normalise(text)
    return signals_of(clean, tokens(loose(clean)))


def signals_of(clean: str, words: Sequence[str]) -> set[str]:
    """`signals` of a normalised text whose words in the matching view are known."""
    return _groups().found(words) | set(_shape(clean, words))


def _shape(clean: str, words: Sequence[str]) -> Iterable[str]:
    if "?" in clean:
        yield "question mark"
    if "!" in clean:
        yield "exclamation"
    if len(words) <= _SHORT_MESSAGE:
        yield f"{len(words)} words"
    if len(words) >= _LONG_MESSAGE:
        yield "long"
    if not any(map(is_telling, words)):
        yield "names nothing"


def skeleton(words: Sequence[str]) -> list[str]:
    """The words with every run of telling ones replaced by "_": the frame in which something is asked."""
    frame: list[str] = []
    for word in words:
        part = "_" if is_telling(word) else stem(word)
        if part != "_" or frame[-1:] != ["_"]:
            frame.append(part)
    return frame
