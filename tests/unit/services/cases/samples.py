"""Cases to write letters about, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timezone

from bot.core.case import (
    BOT,
    RESIDENT,
    Actor,
    ActorKind,
    Assignee,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    Contact,
    EventKind,
    Filing,
    Identity,
    Subject,
)
from bot.core.case_progress import Terms, terms
from bot.core.decision import Decision
from bot.services.calendar import rest_days

OFFICIAL = Actor(ActorKind.OFFICIAL, "Ona Onaitė, vyriausioji specialistė")
FILED_AT = datetime(2026, 12, 23, 8, 0, tzinfo=timezone.utc)
RECEIPT = date(2026, 12, 23)
CHARTER_DUE, LEGAL_DUE = date(2027, 1, 4), date(2027, 1, 25)
"""Five and twenty working days after Wednesday 2026-12-23 (standards.md 1.5)."""
REST = rest_days(())
SCRIPT = '<script>alert("x")</script>'
FILING = Filing(
    draft="juodraštis",
    municipality="trakai",
    kind=CaseKind.CHARTER_NOTICE,
    description="Du kartus skambinau, niekas neatsakė.",
    subject=Subject(institution_text="Trakų gimnazija", principle="Pagarba"),
    complained_about="Švietimo skyrius",
    outcome="Noriu, kad kas nors paskambintų.",
    happened_on=date(2026, 12, 1),
    contact=Contact(name="Jonas Jonaitis", email="jonas@pastas.lt", phone="+370 600 00000"),
    consent="2026-11",
    channel="web",
)
DECISION = Decision(
    institution="Trakų rajono savivaldybės administracija",
    decided_on=date(2026, 12, 30),
    number="S-1234",
    ruling="Skundas patenkintas.",
    grounds="VAĮ 10 straipsnio 4 dalis; skambučių žurnalas.",
    motives="Į skambučius iš tiesų neatsakyta.",
    appeal="Per vieną mėnesį Lietuvos administracinių ginčų komisijai pagal ABTĮ 29 straipsnį.",
    official="Ona Onaitė, vyriausioji specialistė",
)
HOSTILE = replace(
    FILING,
    description=f"{SCRIPT}\n\n{SCRIPT}",
    subject=Subject(institution_text=SCRIPT, principle=SCRIPT),
    complained_about=SCRIPT,
    outcome=SCRIPT,
    happened_on=None,
    happened_text=SCRIPT,
    contact=Contact(name=SCRIPT, email="jonas@pastas.lt", phone=SCRIPT),
)


def case_of(
    filing: Filing = FILING,
    *events: tuple[EventKind, Mapping[str, object]],
    kind: CaseKind | None = None,
    state: CaseState = CaseState.RECEIVED,
    assignee: Assignee | None = None,
) -> Case:
    """Return a case to which these events happened after it was received and acknowledged."""
    received = (
        CaseEvent(seq=1, kind=EventKind.RECEIVED, at=FILED_AT, actor=RESIDENT),
        CaseEvent(seq=2, kind=EventKind.ACKNOWLEDGED, at=FILED_AT, actor=BOT),
    )
    later = tuple(
        CaseEvent(seq=seq, kind=happened, at=FILED_AT, actor=OFFICIAL, data=data)
        for seq, (happened, data) in enumerate(events, start=3)
    )
    return Case(
        id=1,
        number="TR-2026-000001",
        filing=filing,
        kind=kind or filing.kind,
        state=state,
        complained_about=filing.complained_about,
        identity=Identity.CONTACT,
        received_at=FILED_AT,
        receipt_day=RECEIPT,
        assignee=assignee,
        history=(*received, *later),
    )


def terms_of(case: Case, *, today: date = RECEIPT, charter_days: int | None = 5) -> Terms:
    """Return both clocks of a case."""
    return terms(case, charter_days=charter_days, rest=REST, today=today)
