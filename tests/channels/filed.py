"""Cases for the tests of their page: what was filed, what officials did since, and the page as a browser asks."""

from __future__ import annotations

from datetime import date, datetime, timezone

from aiohttp import ClientResponse

from bot.app import Core
from bot.core.case import Actor, ActorKind, Assignee, Case, CaseKind, Contact, Filing
from bot.core.case_rules import Assign, Command, Decide, Investigate
from bot.core.decision import Decision
from tests.conftest import WebClient

CODE = "7K3M-Q2XW-90TB"
OFFICIAL = Actor(ActorKind.OFFICIAL, "Petras Petraitis, vyriausiasis specialistas")
# A Monday, 10.00 in Vilnius: the office is open.
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)
DECISION = Decision(
    institution="Trakų rajono savivaldybės administracija",
    decided_on=date(2026, 11, 30),
    number="P2E-77",
    ruling="Vaikas priimamas į grupę.",
    grounds="Švietimo įstatymo 29 straipsnis.",
    motives="Grupėje atsirado laisva vieta.",
    appeal="Lietuvos administracinių ginčų komisijai per vieną mėnesį.",
    official="Jonas Jonaitis, direktorius",
)
UNIT = Assignee(unit="Švietimo skyrius", person="Birutė Biruškaitė", email="birute@trakai.example")


def filing(**changes: object) -> Filing:
    """Return a complaint of somebody who can be reached, changed as given."""
    given: dict[str, object] = {
        "draft": "d" * 32,
        "municipality": "trakai",
        "kind": CaseKind.COMPLAINT,
        "description": "Vaiko nepriėmė į darželį, nors eilė buvo mūsų.",
        "outcome": "Priimkite vaiką į darželį.",
        "contact": Contact(name="Ona Onaitė", email="ona@example.lt"),
        "wants_reply": True,
        "consent": "2026-11",
        "channel": "web",
    }
    return Filing(**{**given, **changes})  # type: ignore[arg-type]


async def filed(core: Core, *commands: Command, **changes: object) -> Case:
    """File a case and let an official do these things with it."""
    case = (await core.desk.file(filing(**changes), CODE)).case
    return await done(core, case, *commands)


async def done(core: Core, case: Case, *commands: Command) -> Case:
    """Let an official do these things with a case."""
    for command in commands:
        case = await core.desk.act(case.number, command, OFFICIAL)
    return case


WORKED_ON = (Assign(assignee=UNIT), Investigate(note="Vidinė pastaba"))
DECIDED = (*WORKED_ON, Decide(decision=DECISION))


async def ask(client: WebClient, number: str, code: str = CODE, **more: str) -> ClientResponse:
    """Send the form as the page's own browser does."""
    origin = f"http://{client.host}:{client.port}"
    fields = {"number": number, "code": code, **more}
    return await client.post("/case", data=fields, headers={"Origin": origin, "Accept": "text/html"})


async def page(client: WebClient, number: str, code: str = CODE, **more: str) -> str:
    """Return the page of a case that opens."""
    response = await ask(client, number, code, **more)
    assert response.status == 200, await response.text()
    return await response.text()
