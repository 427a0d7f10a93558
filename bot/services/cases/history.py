"""A case's history in words: all of it for officials, and the part that is the resident's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.case import Case, CaseEvent, CaseKind, EventKind
from bot.core.clock import local
from bot.services.texts import Texts

_INTERNAL = frozenset({EventKind.ASSESSED, EventKind.REMINDED, EventKind.ERASED})
"""Events that are the municipality's own affair."""
_WITH_REASON = frozenset({EventKind.EXTENDED, EventKind.PAUSED})
"""Events whose reason the law gives to the resident (VAĮ 10 str. 4 d., 25 str. 3 d.); other notes are internal."""


@dataclass(frozen=True, slots=True)
class ResidentEvent:
    """An entry of the history as the resident reads it; `at` in Lithuanian time."""

    at: datetime
    words: str
    reason: str | None


def resident_history(case: Case, texts: Texts) -> tuple[ResidentEvent, ...]:
    """Return what the resident may know of what happened, oldest first."""
    told = (resident_event(case, event, texts) for event in case.history)
    return tuple(entry for entry in told if entry is not None)


def resident_event(case: Case, event: CaseEvent, texts: Texts) -> ResidentEvent | None:
    """Return an entry of the history as the resident may read it, None when it is not for residents."""
    if event.kind in _INTERNAL or _says_only_about_whom(event):
        return None
    reason = event_text(event, "reason") if event.kind in _WITH_REASON else None
    return ResidentEvent(local(event.at), event_words(case, event, texts), reason)


def event_words(case: Case, event: CaseEvent, texts: Texts) -> str:
    """Return what happened; a classification that named no kind leaves the case's own."""
    kind = event_text(event, "to") if event.kind is EventKind.CLASSIFIED else None
    return texts.render(
        f"case.event.{event.kind.value}",
        unit=event_text(event, "unit"),
        to=event_text(event, "to"),
        number=event_text(event, "number"),
        days=int(event_text(event, "days") or 0),
        kind=texts.render(f"case.kind.{(case.kind if kind is None else CaseKind(kind)).value}"),
    )


def event_text(event: CaseEvent, name: str) -> str | None:
    """Return what an event holds under a name; None for nothing, and after its texts were erased."""
    value = event.data.get(name)
    return None if value is None else str(value).strip() or None


def _says_only_about_whom(event: CaseEvent) -> bool:
    """Tell whether a classification only says who is complained about, or has lost what it said to retention."""
    return event.kind is EventKind.CLASSIFIED and event_text(event, "to") is None
