"""What the notices read from a case's history."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.core.case import CaseKind, EventKind
from bot.services.cases.delivery import decision_marks
from bot.services.cases.notices import ended_before, kind_before
from tests.unit.services.cases.samples import DECISION, FILING, case_of

Happened = tuple[EventKind, Mapping[str, object]]
TO_COMPLAINT: Happened = (EventKind.CLASSIFIED, {"to": "complaint", "reason": "pažeistos teisės"})
TO_REQUEST: Happened = (EventKind.CLASSIFIED, {"to": "request", "reason": "prašoma pažymos"})
ABOUT_ONLY: Happened = (EventKind.CLASSIFIED, {"complained_about": "Ūkio skyrius", "reason": "patikslinta"})
DECIDED: Happened = (EventKind.DECIDED, DECISION.as_data())
CLOSED: Happened = (EventKind.CLOSED, {"reason": "baigta"})
REOPENED: Happened = (EventKind.REOPENED, {"reason": "nauji duomenys"})
FORWARDED: Happened = (EventKind.FORWARDED, {"to": "Via Lietuva", "reason": "kelias"})


@pytest.mark.parametrize(
    ("events", "before"),
    [
        ([TO_COMPLAINT], CaseKind.CHARTER_NOTICE),
        ([TO_COMPLAINT, TO_REQUEST], CaseKind.COMPLAINT),
        ([TO_COMPLAINT, ABOUT_ONLY, TO_COMPLAINT], CaseKind.COMPLAINT),
        ([ABOUT_ONLY, TO_COMPLAINT], CaseKind.CHARTER_NOTICE),
    ],
)
def test_the_kind_before_is_that_of_the_classification_before(events: list[Happened], before: CaseKind) -> None:
    case = case_of(FILING, *events)
    assert kind_before(case, case.history[-1]) is before


@pytest.mark.parametrize(
    ("events", "ended"),
    [
        ([CLOSED], False),
        ([DECIDED, CLOSED], True),
        ([DECIDED, (EventKind.NOTIFIED, {"how": "email"}), CLOSED], True),
        ([(EventKind.WITHDRAWN, {}), CLOSED], True),
        ([FORWARDED, CLOSED], False),
        ([DECIDED, CLOSED, REOPENED, CLOSED], False),
        ([DECIDED, CLOSED, REOPENED, DECIDED, CLOSED], True),
    ],
)
def test_a_closed_case_had_an_end_when_it_was_decided_or_taken_back_since_it_was_taken_up(
    events: list[Happened], ended: bool
) -> None:
    case = case_of(FILING, *events)
    assert ended_before(case, case.history[-1]) is ended


def test_the_marks_of_a_decisions_mail_name_the_very_decision() -> None:
    assert decision_marks(case_of(FILING, DECIDED).history[-1]) == {"notice": "decided", "event": 3}
