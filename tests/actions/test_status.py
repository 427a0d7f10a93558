"""The actions that show where a case stands, and take it back: by number and code only."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ActionServices
from actions.status import ActionAskStatus, ActionBeginStatus, ActionCaseStatus, ValidateStatusForm, keep, withdraw
from bot.core.case import Case, CaseKind, CaseState
from bot.core.case_rules import Classify
from bot.settings import Settings
from bot.storage.database import Database
from tests.actions.filing import open_services, slots
from tests.actions.trackers import Ran, run, tracker, user
from tests.fakes import FakeClock
from tests.filing import filing, work

FORM = "status_form"
CODE = "7K2M-9QXD-4TRB"


@pytest.fixture
async def services(imported: Settings, clock: FakeClock) -> AsyncIterator[ActionServices]:
    """Services over a database with the shipped packs."""
    database = Database(imported.database_url)
    yield await open_services(database, clock)
    await database.close()


@pytest.fixture
async def case(services: ActionServices) -> Case:
    """A case that was filed elsewhere."""
    return (await services.cases.file(filing(), CODE)).case


async def say(services: ActionServices, text: str, intent: str = "complaint_status", **known: object) -> Ran:
    """Say something to the form."""
    given = slots(None, **{"requested_slot": "status_number", **known})
    return await run(ValidateStatusForm(services), tracker(user(text, intent), slots=given, loop=FORM))


@pytest.mark.parametrize(
    "text", ["{number} {code}", "mano numeris {number}, kodas {code}", "{number}\n{lower}", "{loose} {spaced}"]
)
async def test_number_and_code_open_the_case(services: ActionServices, case: Case, text: str) -> None:
    spaced = CODE.replace("-", " ")
    ran = await say(
        services, text.format(number=case.number, code=CODE, lower=CODE.lower(), loose="tr-2026-1", spaced=spaced)
    )
    assert ran.slots == {
        "status_number": None,
        "status_code": None,
        "status_case": case.number,
        "requested_slot": None,
    }


async def test_number_and_code_are_taken_one_after_the_other(services: ActionServices, case: Case) -> None:
    first = await say(services, case.number)
    assert first.slots == {"status_number": case.number, "status_code": None, "requested_slot": "status_code"}
    second = await say(services, CODE, status_number=case.number, requested_slot="status_code")
    assert second.slots["status_case"] == case.number


async def test_a_wrong_pair_is_told_and_forgotten(services: ActionServices, case: Case) -> None:
    ran = await say(services, f"{case.number} 9999-9999-999X")
    assert ran.slots == {"status_number": None, "status_code": None, "requested_slot": "status_number"}
    assert ran.text


async def test_who_guesses_is_told_to_wait(services: ActionServices, case: Case) -> None:
    for _ in range(5):
        await say(services, f"{case.number} 9999-9999-999X")
    ran = await say(services, f"{case.number} {CODE}")
    assert ran.slots == {"status_number": None, "status_code": None, "requested_slot": None}
    assert "1 minutės" in ran.text


@pytest.mark.parametrize("text", ["Kur rasti kodą?", "/help"])
async def test_a_question_in_between_is_an_aside(services: ActionServices, text: str) -> None:
    assert (await say(services, text)).events == []


@pytest.mark.parametrize("text", ["/complaint_status", "mano skundo būsena"])
async def test_an_opened_case_is_not_asked_for_again(services: ActionServices, case: Case, text: str) -> None:
    known = slots(None, status_case=case.number)
    ran = await run(ActionBeginStatus(services), tracker(user(text, "complaint_status"), slots=known))
    assert ran.next_action is None
    assert case.number in str(ran.messages)


async def test_the_number_of_another_case_begins_anew(services: ActionServices, case: Case) -> None:
    known = slots(None, status_case=case.number)
    ran = await run(ActionBeginStatus(services), tracker(user("TR-2026-000009", "complaint_status"), slots=known))
    assert ran.next_action == FORM
    assert ran.slots["status_case"] is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Trakų gimnazijoje mokinį stumdo bendraklasiai, mokytojai nieko nedaro", "file_complaint"),
        ("prie mokyklos jau mėnesį nedega žibintas ir niekas netaiso", "report_problem"),
    ],
)
async def test_a_story_told_to_the_form_is_left_to_its_own_rule(
    services: ActionServices, text: str, intent: str
) -> None:
    assert (await say(services, text, intent)).events == []


@pytest.mark.parametrize("text", ["nežinau numerio", "pamečiau kodą", "neturiu", "nebeprisimenu jo"])
async def test_who_has_no_number_is_told_what_to_do(services: ActionServices, text: str) -> None:
    ran = await say(services, text)
    assert ran.slots == {"status_number": None, "status_code": None, "requested_slot": None}
    assert "kreipkitės į savivaldybę" in ran.text
    assert [button["payload"] for button in ran.messages[0]["buttons"]] == [
        "/file_complaint",
        "/ask_contacts",
        "/request_human",
    ]


async def test_a_number_is_not_asked_for_without_end(services: ActionServices) -> None:
    asked = {"event": "slot", "name": "requested_slot", "value": "status_number"}
    once, twice = [
        await run(
            ValidateStatusForm(services),
            tracker(*events, user("na jo", "affirm"), slots=slots(None, requested_slot="status_number"), loop=FORM),
        )
        for events in ((asked,), (asked, asked))
    ]
    assert once.slots["requested_slot"] == "status_number"
    assert twice.slots["requested_slot"] is None


@pytest.mark.parametrize(("municipality", "prefix"), [("varena", "VAR"), ("alytus-r", "ALR"), (None, "TR")])
async def test_the_example_of_a_number_is_one_of_the_municipality(
    services: ActionServices, municipality: str | None, prefix: str
) -> None:
    ran = await run(ActionAskStatus(services), tracker(user("mano skundas"), given=municipality))
    assert f"{prefix}-2026-000001" in ran.text


async def test_an_opened_case_is_shown(services: ActionServices, case: Case) -> None:
    ran = await run(ActionCaseStatus(services), tracker(user("x"), slots=slots(None, status_case=case.number)))
    assert case.number in str(ran.messages)
    assert "2026-12-21" in str(ran.messages)


async def test_without_an_opened_case_nothing_is_shown(services: ActionServices, case: Case) -> None:
    ran = await run(ActionCaseStatus(services), tracker(user("x"), slots=slots(None)))
    assert (ran.messages, ran.events) == ([], [])


async def test_a_case_is_taken_back_after_a_yes(services: ActionServices, case: Case) -> None:
    saved = tracker(user("noriu atsiimti", "withdraw_case"), slots=slots(None, status_case=case.number))
    asked = await run(ActionBeginStatus(services), saved)
    assert "/affirm" in str(asked.messages)
    action, dispatcher = ActionCaseStatus(services), CollectingDispatcher()
    keep(action, dispatcher, saved)
    assert (await services.cases.get(case.number)).case.state is CaseState.RECEIVED
    events = await withdraw(action, dispatcher, saved)
    assert (await services.cases.get(case.number)).case.state is CaseState.WITHDRAWN
    assert {event["name"]: event["value"] for event in events} == {"status_case": None, "status_purpose": None}
    said = [message["text"] for message in dispatcher.messages]
    await withdraw(action, dispatcher, saved)
    assert dispatcher.messages[-1]["text"] not in said


async def test_a_yes_without_an_opened_case_takes_nothing_back(services: ActionServices, case: Case) -> None:
    assert await withdraw(ActionCaseStatus(services), CollectingDispatcher(), tracker(user("taip"))) == []
    assert (await services.cases.get(case.number)).case.state is CaseState.RECEIVED


async def test_the_chat_tells_nothing_of_what_is_the_municipalitys_own_affair(
    services: ActionServices, case: Case
) -> None:
    about_whom = Classify(complained_about="Švietimo skyrius", reason="Patikslinta.")
    told = Classify(kind=CaseKind.REQUEST, reason="Prašoma pažymos.")
    await work(services.cases, case, about_whom, told)
    shown = slots(None, status_case=case.number, status_purpose="show")
    ran = await run(ActionCaseStatus(services), tracker(user("būsena", "complaint_status"), slots=shown))
    lines = [line for line in ran.text.splitlines() if "kreipinio rūšis" in line]
    assert len(lines) == 1
    assert lines[0].endswith("Nustatyta kreipinio rūšis: prašymas.")
    assert "Patikslinta" not in ran.text
