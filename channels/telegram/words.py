"""Formatted text as Telegram takes it: paragraphs of spans, written as HTML and packed into messages.

Telegram counts a message in UTF-16 code units, 4,096 at most. Markup is counted too here: a little less text in a
message harms nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

MOST_UNITS = 4096
_SENTENCE_END = re.compile(r"[.!?…]+[”“\"')\]]*(?=\s)")
_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look: `tag` is b, i or empty; with `link` they lead there."""

    text: str
    tag: str = ""
    link: str | None = None


Paragraph = Sequence[Span]
"""A line; one without spans is a blank line."""


def units(text: str) -> int:
    """Return how many UTF-16 code units a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str) -> list[Paragraph]:
    """Return a text's lines without any look."""
    return [[Span(line)] if line else [] for line in text.split("\n")]


def packed(paragraphs: Iterable[Paragraph], most: int = MOST_UNITS) -> tuple[str, ...]:
    """Return the messages, as HTML: cut between lines, a line that is too long for one at the end of a sentence."""
    messages: list[str] = []
    lines: list[str] = []
    size = 0
    for paragraph in _fitting(paragraphs, most):
        line = "".join(_html(span) for span in paragraph)
        if size + units(line) + 1 > most + 1 and lines:
            messages.append("\n".join(lines))
            lines, size = [], 0
        lines.append(line)
        size += units(line) + 1
    messages.append("\n".join(lines))
    return tuple(message.strip("\n") for message in messages if message.strip())


def _fitting(paragraphs: Iterable[Paragraph], most: int) -> Iterator[Paragraph]:
    """Yield the paragraphs, those that are longer than a message in pieces."""
    for paragraph in paragraphs:
        if sum(units(_html(span)) for span in paragraph) <= most:
            yield paragraph
        else:
            for span in paragraph:
                for piece in cut(span.text, most - units(_html(replace(span, text="")))):
                    yield [replace(span, text=piece)]


def cut(text: str, most: int) -> Iterator[str]:
    """Yield a text in pieces of at most so many units once escaped: whole sentences, else whole words."""
    while units(escape(text, quote=False)) > most:
        room = _room(text, most)
        end = _last_end(_SENTENCE_END, text, room) or _last_start(_GAP, text, room) or room
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def _room(text: str, most: int) -> int:
    """Return how many characters of a text fit, escaped, into so many units."""
    used = 0
    for place, character in enumerate(text):
        used += units(escape(character, quote=False))
        if used > most:
            return place
    return len(text)


def _last_end(pattern: re.Pattern[str], text: str, room: int) -> int:
    # One character more is looked at: what follows a sentence must not count for the room.
    return max((found.end() for found in pattern.finditer(text, 0, room + 1) if found.end() <= room), default=0)


def _last_start(pattern: re.Pattern[str], text: str, room: int) -> int:
    return max((found.start() for found in pattern.finditer(text, 0, room + 1)), default=0)


def _html(span: Span) -> str:
    text = escape(span.text, quote=False)
    if span.link is not None:
        text = f'<a href="{escape(span.link)}">{text}</a>'
    return f"<{span.tag}>{text}</{span.tag}>" if span.tag else text
