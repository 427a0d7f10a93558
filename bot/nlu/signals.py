"""Named groups of telling words in a message (`data/signals.txt`), and what the pattern modules see in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from bot.nlu.aspects import detect_aspects
from bot.nlu.danger import detect_danger
from bot.nlu.lexicon import entries_of, is_telling
from bot.nlu.normalise import loose, normalise, tokens
from bot.nlu.stems import stem

_SHORT_MESSAGE = 2
_LONG_MESSAGE = 14
_REMEMBERED_WORDS = 8_192


class _Trie:
    """Phrases by their first word: whole words in a dictionary, beginnings by their length."""

    def __init__(self, groups: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._whole: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._beginning: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
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
            for group, rest in self._starting(word):
                if group not in groups and _follows(words, at + 1, rest):
                    groups.add(group)
        return groups

    def _starting_with(self, word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        beginnings = (self._beginning.get(word[:size], ()) for size in range(2, min(len(word), self._longest) + 1))
        return (*self._whole.get(word, ()), *chain.from_iterable(beginnings))


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
    """Names of everything telling in the message: word groups, aspects, danger, shape."""
    clean = normalise(text)
    words = tokens(loose(clean))
    found = _groups().found(words)
    found |= {f"aspect {aspect.value}" for aspect in detect_aspects(text)}
    if (danger := detect_danger(text)) is not None:
        found.add(f"danger {danger.value}")
    return found | set(_shape(clean, words))


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
