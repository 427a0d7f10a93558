"""A resident's own data in one conversation: what is held, its copy, and what is told when it was deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.case import Case
from bot.core.handoff import Task


class CopyForm(Enum):
    """The two ways in which a copy is given."""

    PRINT = "print"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What is held about a conversation; `messages` counts all rows of its log, `files` what no case has."""

    messages: int
    since: datetime
    tasks: tuple[Task, ...] = ()
    cases: tuple[Case, ...] = ()
    files: int = 0
    case_files: int = 0
    notes: int = 0
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class CopyLine:
    """What somebody said; `at` in Lithuanian time."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A resident's copy of a conversation: what the resident was shown, without operators' notes."""

    municipality: str | None
    made_at: datetime
    lines: tuple[CopyLine, ...]
