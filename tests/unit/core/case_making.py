"""Cases made for the tests of their rules, and the story of their lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from bot.core.case import (
    BOT,
    RESIDENT,
    Actor,
    Assignee,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    Contact,
    EventKind,
    Filing,
    Identity,
)
from bot.core.case_rules import (
    Assign,
    Classify,
    Close,
    Command,
    Decide,
    Extend,
    Forward,
    Investigate,
    Notify,
    PauseCase,
    Reopen,
    Resume,
    Withdraw,
    applied,
    happen,
)
from tests.filing import OFFICIAL, decision

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone.utc)
UNIT = Assignee(unit="Švietimo skyrius")
DECISION = replace(decision(), decided_on=date(2026, 11, 27))
# One good command of each kind.
COMMANDS: dict[EventKind, Command] = {
    EventKind.ASSIGNED: Assign(assignee=UNIT),
    EventKind.CLASSIFIED: Classify(kind=CaseKind.REQUEST, reason="Prašoma pažymos."),
    EventKind.INVESTIGATED: Investigate(),
    EventKind.EXTENDED: Extend(days=10, reason="Laukiama išvados."),
    EventKind.PAUSED: PauseCase(reason="Kviečiami tretieji asmenys."),
    EventKind.RESUMED: Resume(),
    EventKind.FORWARDED: Forward(to="Valstybinė darbo inspekcija", reason="Ne mūsų kompetencija."),
    EventKind.DECIDED: Decide(decision=DECISION),
    EventKind.NOTIFIED: Notify(how="paštu"),
    EventKind.WITHDRAWN: Withdraw(),
    EventKind.CLOSED: Close(reason="Baigta."),
    EventKind.REOPENED: Reopen(reason="Paaiškėjo naujų aplinkybių."),
}


def filing(**given: object) -> Filing:
    """Return a complaint with an address; `given` replaces its fields."""
    usual = Filing(
        draft="juodraštis",
        municipality="trakai",
        kind=CaseKind.COMPLAINT,
        description="Auklėtoja kalbėjo nemandagiai.",
        contact=Contact(email="ona@example.lt"),
        wants_reply=True,
        consent="2026-11",
        channel="web",
    )
    return replace(usual, **given)  # type: ignore[arg-type]


def received(filed: Filing | None = None, at: datetime = NOW, receipt: date | None = None) -> Case:
    """Return a case as it is right after filing."""
    filed = filed or filing()
    history = (
        CaseEvent(seq=1, kind=EventKind.RECEIVED, at=at, actor=RESIDENT, data={"channel": "web"}),
        CaseEvent(seq=2, kind=EventKind.ACKNOWLEDGED, at=at, actor=BOT, data={"channel": "web"}),
    )
    return Case(
        id=1,
        number="TR-2026-000001",
        filing=filed,
        kind=filed.kind,
        state=CaseState.RECEIVED,
        complained_about=filed.complained_about,
        identity=filed.identity,
        received_at=at,
        receipt_day=receipt or at.date(),
        history=history,
    )


def after(case: Case, *commands: Command, actor: Actor = OFFICIAL, at: datetime | None = None) -> Case:
    """Return the case after these commands, an hour between them; all at one moment when `at` is given."""
    moment = at or NOW
    for command in commands:
        moment = moment if at else moment + timedelta(hours=1)
        case = applied(case, happen(case, command, actor, moment))
    return case


# The commands that lead from a received case into each state.
WAY_TO: dict[CaseState, Sequence[EventKind]] = {
    CaseState.RECEIVED: (),
    CaseState.ASSIGNED: (EventKind.ASSIGNED,),
    CaseState.INVESTIGATED: (EventKind.ASSIGNED, EventKind.INVESTIGATED),
    CaseState.PAUSED: (EventKind.ASSIGNED, EventKind.PAUSED),
    CaseState.FORWARDED: (EventKind.FORWARDED,),
    CaseState.DECIDED: (EventKind.ASSIGNED, EventKind.DECIDED),
    CaseState.NOTIFIED: (EventKind.ASSIGNED, EventKind.DECIDED, EventKind.NOTIFIED),
    CaseState.WITHDRAWN: (EventKind.WITHDRAWN,),
    CaseState.CLOSED: (EventKind.ASSIGNED, EventKind.DECIDED, EventKind.NOTIFIED, EventKind.CLOSED),
}


def in_state(state: CaseState, filed: Filing | None = None) -> Case:
    """Return a case that was brought into this state by lawful steps."""
    return after(received(filed), *(COMMANDS[kind] for kind in WAY_TO[state]))


def replayed(case: Case) -> Case:
    """Return the case as its history alone gives it."""
    bare = replace(
        case,
        kind=case.filing.kind,
        state=CaseState.RECEIVED,
        complained_about=case.filing.complained_about,
        identity=case.filing.identity,
        assignee=None,
        closed_at=None,
        history=(),
    )
    for event in case.history:
        bare = applied(bare, event)
    return bare


def confirmed(case: Case) -> Case:
    """Return the case after the resident confirmed the address."""
    event = CaseEvent(seq=len(case.history) + 1, kind=EventKind.IDENTIFIED, at=NOW, actor=RESIDENT)
    after_it = applied(case, event)
    assert after_it.identity is Identity.EMAIL_CONFIRMED
    return after_it
