"""What a resident is shown of a case: nothing internal, and no official but the one who signs the decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.case import RUNNING_STATES, TIMED_KINDS, Case, EventKind, events_of
from bot.core.catalogue import Municipality
from bot.core.clock import local
from bot.services.cases.history import ResidentEvent, event_text, resident_history
from bot.services.texts import Texts
from channels.web.case_terms import TermView

_DECISION_ITEMS = ("institution", "decided_on", "number", "ruling", "grounds", "motives", "appeal", "official")
"""The items of a decision in the order of the law (VAĮ 10 str. 5 d.)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case, fit to be shown to whoever filed it."""

    number: str
    municipality: Municipality
    kind: str
    state: str
    next: str
    running: bool
    unit: str | None
    received_at: datetime
    receipt_day: date
    terms: tuple[TermView, ...]
    no_term: str
    history: tuple[ResidentEvent, ...]
    decision: tuple[tuple[str, str], ...]
    """Label and text of each item; empty before a decision, and after its texts were erased."""
    told: tuple[tuple[str, str], ...]
    """Label and text of what the resident wrote; empty after erasure."""
    erased_on: date | None
    can_appeal: bool

    @property
    def can_withdraw(self) -> bool:
        """Whether the resident may still take the case back."""
        return self.running


def case_view(case: Case, municipality: Municipality, terms: tuple[TermView, ...], texts: Texts) -> CaseView:
    """Return what the resident may see of the case."""
    return CaseView(
        number=case.number,
        municipality=municipality,
        kind=texts.render(f"case.kind.{case.kind.value}"),
        state=texts.render(f"case.state.{case.state.value}"),
        next=texts.render(f"case.next.{case.state.value}"),
        running=case.state in RUNNING_STATES,
        # The unit, never the person (VAĮ asks for a name in the decision only).
        unit=None if case.assignee is None or case.state not in RUNNING_STATES else case.assignee.unit,
        received_at=local(case.received_at),
        receipt_day=case.receipt_day,
        terms=terms,
        no_term=texts.render("case.term.none"),
        history=resident_history(case, texts),
        decision=tuple(_decision(case, texts)),
        told=tuple(_told(case, texts)),
        erased_on=None if case.erased_at is None else local(case.erased_at).date(),
        can_appeal=case.kind in TIMED_KINDS,
    )


def _decision(case: Case, texts: Texts) -> Iterator[tuple[str, str]]:
    for event in events_of(case.history, EventKind.DECIDED)[-1:]:
        for item in _DECISION_ITEMS:
            text = event_text(event, item)
            if text is not None:
                yield texts.render(f"case.decision.{item}"), text


def _told(case: Case, texts: Texts) -> Iterator[tuple[str, str]]:
    if case.erased_at is not None:
        return
    filing = case.filing
    happened = filing.happened_text or (None if filing.happened_on is None else filing.happened_on.isoformat())
    for item, text in {
        "description": filing.description,
        "happened": happened,
        "complained_about": filing.complained_about,
        "outcome": filing.outcome,
    }.items():
        if text:
            yield texts.render(f"case.told.{item}"), text
