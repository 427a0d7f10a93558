"""The case register in the console: the list, the steps of the procedure, and what the law refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Core
from bot.core.operators import Role
from tests.channels.operator.console import Console, console, refused
from tests.channels.operator.desk_wire import Desk
from tests.conftest import WebClient
from tests.fakes import FakeClock
from tests.filing import file_case
from tests.people import actions_of, log_of

DECISION = {
    "institution": "Trakų rajono savivaldybė",
    "decided_on": "2026-11-21",
    "number": "S-15",
    "ruling": "Skundas pagrįstas.",
    "grounds": "VAĮ 3 str. 5 d.",
    "motives": "Liudytojai patvirtino.",
    "appeal": "Administracinių ginčų komisijai per vieną mėnesį.",
    "official": "Rūta Rimkutė, vedėja",
}


@pytest.fixture
async def boss(client: WebClient, core: Core) -> Console:
    """A supervisor of Trakai."""
    return await console(client, core, "vyr", Role.SUPERVISOR)


async def register(who: Console, **query: str) -> list[dict[str, Any]]:
    """Return the register."""
    response = await who.ask("GET", "cases", query=query)
    assert response.status == 200, await response.text()
    found: list[dict[str, Any]] = await response.json()
    return found


async def test_the_register_shows_both_clocks_and_the_overdue_first(
    core: Core, boss: Console, clock: FakeClock
) -> None:
    late = await file_case(core.desk, "Senas skundas.")
    clock.move(hours=10)
    await file_case(core.desk, "Varėnos skundas.", municipality="varena")
    assert [(line["number"], line["overdue"]) for line in await register(boss)] == [(late.number, False)]
    (line,) = await register(boss, municipality="trakai", state="received")
    assert line["kind_words"] == "Skundas"
    assert line["state_words"] == "Užregistruotas"
    assert line["charter_due"] < line["legal_due"]
    assert await register(boss, state="closed") == []
    assert await register(boss, overdue="1") == []
    assert await refused(await boss.ask("GET", "cases", query={"municipality": "varena"})) == (403, "forbidden")


async def test_a_case_goes_through_its_whole_procedure(core: Core, boss: Console) -> None:
    number = (await file_case(core.desk, "Auklėtoja kalbėjo nemandagiai.")).number
    detail = await boss.get(f"cases/{number}")
    assert detail["description"] == "Auklėtoja kalbėjo nemandagiai."
    assert detail["contact"]["email"] == "ona.petraite@example.lt"
    assert "assign" in detail["allowed"]
    assert "decide" not in detail["allowed"]
    assert [day["counts"] for day in detail["explanation"]["legal"]].count(True) == 20
    assert detail["explanation"]["charter"]
    steps: list[tuple[str, dict[str, object]]] = [
        ("classify", {"reason": "Aiškus skundas.", "complained_about": "Lopšelio vedėja"}),
        ("assign", {"unit": "Švietimo skyrius", "person": "Jonas Jonaitis"}),
        ("investigate", {}),
        ("extend", {"days": 10, "reason": "Apklausiami liudytojai."}),
        ("pause", {"reason": "Laukiama tyrimo."}),
        ("resume", {}),
        ("decide", dict(DECISION)),
        ("notify", {"how": "el. paštu"}),
        ("close", {"reason": "Atsakyta."}),
        ("reopen", {"reason": "Naujos aplinkybės."}),
    ]
    for name, body in steps:
        detail = await boss.send("POST", f"cases/{number}/{name}", body)
    assert detail["state"] == "assigned"
    assert [event["actor"] for event in detail["history"]][-1] == "Vyr"
    assert all(event["words"].endswith(".") for event in detail["history"])
    done = [entry.data["command"] for entry in await log_of(core.people) if entry.action == "case_changed"]
    assert done == [name for name, _ in steps]
    assert (await actions_of(core.people)).count("case_read") == 1


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("extend", {"days": 11, "reason": "x"}, "10 darbo dienų"),
        ("assign", {"unit": "Lentvario darželis"}, "skundžiamasi"),
        ("notify", {"how": "x"}, "Šios būsenos"),
        ("close", {"reason": "x"}, "privaloma atsakyti"),
        ("pause", {"reason": " "}, "priežastį"),
        ("classify", {"reason": "x"}, "rūšį"),
    ],
)
async def test_what_the_law_forbids_is_refused_in_lithuanian(
    core: Core, boss: Console, name: str, body: object, words: str
) -> None:
    case = await file_case(core.desk, "Skundas.", complained_about="Lentvario darželis")
    response = await boss.ask("POST", f"cases/{case.number}/{name}", body)
    error = (await response.json())["error"]
    assert (response.status, error["code"]) == (409, "case_rule")
    assert words in error["message"]


async def test_a_decision_that_lacks_items_says_which(core: Core, boss: Console) -> None:
    case = await file_case(core.desk, "Skundas.")
    await boss.send("POST", f"cases/{case.number}/assign", {"unit": "Švietimo skyrius"})
    lacking = {**DECISION, "motives": " ", "appeal": ""}
    response = await boss.ask("POST", f"cases/{case.number}/decide", lacking)
    error = (await response.json())["error"]
    assert response.status == 409
    assert error["message"] == "Sprendime trūksta: motyvai, kaip sprendimą apskųsti (VAĮ 10 str. 5 d.)."


async def test_operators_prepare_and_supervisors_decide(client: WebClient, core: Core) -> None:
    rima = await console(client, core)
    case = await file_case(core.desk, "Skundas.")
    detail = await rima.send("POST", f"cases/{case.number}/assign", {"unit": "Švietimo skyrius"})
    assert "decide" not in detail["allowed"]
    assert await refused(await rima.ask("POST", f"cases/{case.number}/decide", DECISION)) == (403, "forbidden")


async def test_foreign_and_unknown_cases_are_refused(client: WebClient, core: Core) -> None:
    rima = await console(client, core)
    foreign = await file_case(core.desk, "Skundas.", municipality="varena")
    for path in (f"cases/{foreign.number}", f"/operator/cases/{foreign.number}/print"):
        assert (await rima.ask("GET", path)).status == 403
    step = await rima.ask("POST", f"cases/{foreign.number}/investigate", {})
    assert await refused(step) == (403, "forbidden")
    assert await refused(await rima.ask("GET", "cases/TR-2026-000999")) == (404, "unknown_case")
    assert await refused(await rima.ask("POST", "cases/TR-2026-000999/assign", {"unit": 1})) == (400, "bad_request")


async def test_the_print_view_escapes_and_names_both_terms(core: Core, boss: Console) -> None:
    case = await file_case(core.desk, "<b>Skundas</b> dėl darželio.")
    response = await boss.ask("GET", f"/operator/cases/{case.number}/print")
    page = await response.text()
    assert response.status == 200
    assert "&lt;b&gt;Skundas" in page
    assert "Pagal piliečių chartiją" in page
    assert "Pagal įstatymą" in page


async def test_what_happens_to_cases_arrives_at_consoles(client: WebClient, core: Core, boss: Console) -> None:
    rima = await console(client, core)
    desk = await Desk.greet(rima)
    await file_case(core.desk, "Varėnos skundas.", municipality="varena")
    case = await file_case(core.desk, "Skundas.")
    assert (await desk.next_of("case"))["case"]["number"] == case.number
    await boss.send("POST", f"cases/{case.number}/assign", {"unit": "Švietimo skyrius"})
    assert (await desk.next_of("case"))["case"]["unit"] == "Švietimo skyrius"
