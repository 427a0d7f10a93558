"""Word lists of understanding, read once from `bot/nlu/data`: which words name nothing, which ones mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.nlu.normalise import fold, loose, normalise, tokens
from bot.nlu.stems import stem

_DATA = Path(__file__).parent / "data"
_WORD_BEGINS = r"\b"
_REMEMBERED_WORDS = 8_192


def words_of(name: str) -> frozenset[str]:
    """The words of a list as written there, in the matching view."""
    return frozenset(token for line in lines_of(name) for token in tokens(loose(normalise(line))))


def words_as_written(name: str) -> tuple[tuple[str, str], ...]:
    """The entries of a list, each as (folded, as written there)."""
    return tuple((fold(entry), entry) for line in lines_of(name) for entry in line.split())


@lru_cache(maxsize=1)
def silent_words() -> frozenset[str]:
    """Greetings and fillers: words that never help to find a service."""
    return words_of("greetings") | words_of("fillers")


@lru_cache(maxsize=1)
def greeting_words() -> frozenset[str]:
    """Words of greeting, thanks and politeness."""
    return words_of("greetings")


@lru_cache(maxsize=1)
def aspect_stems() -> frozenset[str]:
    """Stems of the words that say what is asked about a service."""
    return frozenset(stem(word) for word in words_of("aspect_words"))


@lru_cache(maxsize=1)
def concepts() -> dict[str, frozenset[int]]:
    """For a stem, the numbers of the groups of near-synonyms (`concepts.txt`, one group a line) that it is in."""
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(lines_of("concepts")):
        for token in tokens(loose(normalise(line))):
            groups.setdefault(stem(token), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


def entries_of(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """The named groups of a list whose lines read "name: entry entry …", entries folded."""
    groups = []
    for line in lines_of(name):
        group, _, entries = line.partition(":")
        groups.append((group.strip(), tuple(fold(entry) for entry in entries.split())))
    return groups


def sections_of(name: str) -> dict[str, list[str]]:
    """The lines of a list under its "[section]" headings, in the order of the file."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in lines_of(name):
        if line.startswith("[") and line.endswith("]"):
            lines = sections.setdefault(line[1:-1], [])
        else:
            lines.append(line)
    return sections


def alternation(lines: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds any of `lines`; those that begin with a word ("\\b…") are tried at words only.

    One line without its own "\\b" would else make the engine try all of them at every character.
    """
    at_words = [line.removeprefix(_WORD_BEGINS) for line in lines if line.startswith(_WORD_BEGINS)]
    anywhere = [line for line in lines if not line.startswith(_WORD_BEGINS)]
    return re.compile("|".join([*([rf"\b(?=\w)(?:{'|'.join(at_words)})"] if at_words else []), *anywhere]))


def lines_of(name: str) -> list[str]:
    """The lines of a list that are neither empty nor comments."""
    text = (_DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def words(text: str) -> list[str]:
    """The words of a resident's text in the matching view."""
    return tokens(loose(normalise(text)))


def content_words(text: str) -> tuple[str, ...]:
    """What is left of `text` without greetings, fillers and words that only say what is asked ("kiek kainuoja")."""
    return tuple(word for word in words(text) if is_telling(word) and not word.isdigit())


@lru_cache(maxsize=_REMEMBERED_WORDS)
def is_telling(word: str) -> bool:
    """Whether a word in the matching view is neither a filler nor only says what is asked."""
    return word not in silent_words() and stem(word) not in aspect_stems()


def is_place_name(word: str) -> bool:
    """Whether a word in the matching view is a name by which residents say where they live."""
    return bool(_place_names().fullmatch(word))


@lru_cache(maxsize=1)
def _place_names() -> re.Pattern[str]:
    entries = (entry for line in lines_of("place_names") for entry in line.split())
    return re.compile("|".join(entry.replace("*", ".*") for entry in entries))
