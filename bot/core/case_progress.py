"""What a case's history says about its terms: extension, pauses, both due dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.case import CHARTER_KINDS, RUNNING_STATES, TIMED_KINDS, Case, CaseEvent, EventKind, events_of
from bot.core.clock import local
from bot.core.deadlines import Deadlines, deadlines, is_overdue
from bot.core.working_days import Pause, RestDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Both clocks of a case on a certain day; a kind without a clock has None."""

    deadlines: Deadlines
    charter: date | None
    legal: date | None
    charter_overdue: bool
    legal_overdue: bool

    @property
    def next_due(self) -> date | None:
        """The earliest due date that still matters."""
        return min((due for due in (self.charter, self.legal) if due is not None), default=None)

    @property
    def overdue(self) -> bool:
        """Whether any clock has run out."""
        return self.charter_overdue or self.legal_overdue


def extension_days(history: Sequence[CaseEvent]) -> int:
    """Return by how many working days the legal term was extended."""
    return sum(int(str(event.data.get("days", 0))) for event in events_of(history, EventKind.EXTENDED))


def pauses(history: Sequence[CaseEvent]) -> tuple[Pause, ...]:
    """Return the pauses of the legal clock, in days of Lithuania; the last may still be open (VAĮ 25 str. 3 d.)."""
    found: list[Pause] = []
    begun: date | None = None
    for event in history:
        if event.kind is EventKind.PAUSED:
            begun = local(event.at).date()
        elif event.kind in {EventKind.RESUMED, EventKind.WITHDRAWN} and begun is not None:
            found.append(Pause(begun, local(event.at).date()))
            begun = None
    return (*found, Pause(begun, None)) if begun is not None else tuple(found)


def terms(case: Case, *, charter_days: int | None, rest: RestDays, today: date) -> Terms:
    """Return both clocks of a case as they stand today; what is over can be overdue no more."""
    counted = deadlines(
        case.receipt_day,
        charter_days=charter_days if case.kind in CHARTER_KINDS else None,
        extension_days=extension_days(case.history),
        pauses=pauses(case.history),
        rest=rest,
    )
    legal = counted.legal if case.kind in TIMED_KINDS else None
    runs = case.state in RUNNING_STATES
    return Terms(
        deadlines=counted,
        charter=counted.charter,
        legal=legal,
        charter_overdue=runs and is_overdue(counted.charter, today),
        legal_overdue=runs and is_overdue(legal, today),
    )
