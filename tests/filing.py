"""Cases filed and worked on through the real desk, over the shipped packs."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from bot.core.case import Actor, ActorKind, Assignee, Case, CaseKind, Contact, Filing, Subject
from bot.core.case_rules import Assign, Close, Command, Decide, Notify
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.services.cases.desk import CaseDesk
from bot.services.cases.letters import Letters
from bot.services.cases.notices import Notices
from bot.services.catalogues import Catalogues
from bot.storage.database import Database

OFFICIAL = Actor(ActorKind.OFFICIAL, "Rūta Rimkutė, vyriausioji specialistė")
CODE = "abcd-efgh"
_DRAFTS = count(1)


def filing(description: str = "Auklėtoja su vaikais kalbėjo nemandagiai.", **given: object) -> Filing:
    """Return a complaint to Trakai with a contact; `given` replaces its fields."""
    usual = Filing(
        draft=f"juodraštis-{next(_DRAFTS)}",
        municipality="trakai",
        kind=CaseKind.COMPLAINT,
        description=description,
        subject=Subject(institution_text="Lentvario darželis", principle="Mandagus ir dalykiškas bendravimas"),
        outcome="Noriu atsiprašymo.",
        contact=Contact(name="Ona Petraitė", email="ona.petraite@example.lt", phone="+37061234567"),
        consent="2026-11",
        channel="web",
    )
    return replace(usual, **given)  # type: ignore[arg-type]


def decision() -> Decision:
    """Return a decision with all eight items but the date."""
    return Decision(
        institution="Trakų rajono savivaldybė",
        number="S-15",
        ruling="Skundas pagrįstas.",
        grounds="VAĮ 3 str. 5 d.",
        motives="Pokalbį girdėjo du liudytojai.",
        appeal="Lietuvos administracinių ginčų komisijai per vieną mėnesį.",
        official="Jonas Jonaitis, skyriaus vedėjas",
    )


async def open_catalogues(database: Database, clock: Clock) -> Catalogues:
    """Return the catalogues that the database holds."""
    catalogues = Catalogues(database, clock)
    await catalogues.refresh()
    return catalogues


async def open_test_desk(database: Database, clock: Clock) -> CaseDesk:
    """Return a desk over a database with the shipped packs."""
    catalogues = await open_catalogues(database, clock)
    return CaseDesk(
        database=database,
        clock=clock,
        catalogues=catalogues,
        notices=Notices(Letters(catalogues=catalogues, clock=clock, public_url="")),
    )


async def file_case(desk: CaseDesk, description: str, **given: object) -> Case:
    """File a complaint with these words."""
    return (await desk.file(filing(description, **given), CODE)).case


async def work(desk: CaseDesk, case: Case, *commands: Command) -> Case:
    """Let an official take these steps."""
    for command in commands:
        case = await desk.act(case.number, command, OFFICIAL)
    return case


async def decide_and_close(desk: CaseDesk, case: Case, clock: Clock) -> Case:
    """Assign, decide, notify and close."""
    return await work(
        desk,
        case,
        Assign(assignee=Assignee(unit="Švietimo skyrius", person="Jonas Jonaitis", email="jonas@example.lt")),
        Decide(decision=replace(decision(), decided_on=clock.now().date())),
        Notify(how="el. paštu"),
        Close(reason="Atsakyta."),
    )
