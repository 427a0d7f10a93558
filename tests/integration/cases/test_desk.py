"""The desk on a real database: numbers without gaps, each filing once, each step whole or not at all."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from bot.core.case import BOT, Assignee, CaseKind, CaseState, Contact, EventKind
from bot.core.case_rules import Assign, Classify, Decide, Extend, PauseCase
from bot.errors import CaseRuleError, UnknownCaseError, UnknownMunicipalityError
from bot.services.cases.desk import CaseDesk, hashed_code, text_digest
from bot.services.catalogues import Catalogues
from bot.settings import PROJECT_ROOT
from bot.storage.database import Database
from bot.storage.tables import CaseRow
from tests.fakes import FakeClock
from tests.filing import CODE, OFFICIAL, decide_and_close, decision, file_case, filing, open_catalogues, work
from tests.integration.cases.desks import FailingNoticeError, RecordingNotices, desk_over, numbers, rows

PROCESSES, EACH = 4, 25
UNIT = Assignee(unit="Švietimo skyrius", email="jonas@example.lt")
NEW_YEAR_IN_VILNIUS = datetime(2026, 12, 31, 22, 0, tzinfo=timezone.utc)


@pytest.fixture
async def catalogues(database: Database, clock: FakeClock) -> Catalogues:
    """The shipped packs."""
    return await open_catalogues(database, clock)


@pytest.fixture
def notices(catalogues: Catalogues, clock: FakeClock) -> RecordingNotices:
    """Notices that are remembered."""
    return RecordingNotices(catalogues, clock)


@pytest.fixture
def desk(database: Database, clock: FakeClock, catalogues: Catalogues, notices: RecordingNotices) -> CaseDesk:
    """The desk."""
    return CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=notices)


async def test_a_filed_case_holds_all_that_was_handed_in(
    desk: CaseDesk, notices: RecordingNotices, clock: FakeClock
) -> None:
    handed_in = filing(
        complained_about="Lentvario darželis",
        happened_on=date(2026, 11, 20),
        happened_text="penktadienį",
        wants_reply=True,
        conversation="pokalbis",
    )
    filed = await desk.file(handed_in, CODE)
    case = filed.case
    assert not filed.repeated
    assert case.filing == handed_in
    assert (case.number, case.state, case.kind) == ("TR-2026-000001", CaseState.RECEIVED, CaseKind.COMPLAINT)
    assert (case.complained_about, case.received_at) == ("Lentvario darželis", clock.now())
    # A Saturday: received on Monday (VAĮ 10 str. 4 d.).
    assert case.receipt_day == date(2026, 11, 23)
    assert [(event.seq, event.kind) for event in case.history] == [(1, EventKind.RECEIVED), (2, EventKind.ACKNOWLEDGED)]
    assert filed.terms.charter == date(2026, 11, 30)
    assert filed.terms.legal == date(2026, 12, 21)
    assert (await desk.get(case.number)).case == case
    assert notices.told == [(case.number, "filed")]
    assert notices.codes == [CODE]


async def test_each_municipality_counts_its_own_cases(desk: CaseDesk) -> None:
    found = [
        (await file_case(desk, f"Skundas {n}", municipality=municipality)).number
        for n, municipality in enumerate(("trakai", "varena", "trakai", "alytus-r", "varena"))
    ]
    assert found == ["TR-2026-000001", "VAR-2026-000001", "TR-2026-000002", "ALR-2026-000001", "VAR-2026-000002"]


async def test_a_new_year_in_lithuania_begins_at_one(desk: CaseDesk, clock: FakeClock) -> None:
    clock.move(seconds=(NEW_YEAR_IN_VILNIUS - clock.now()).total_seconds() - 1)
    assert (await file_case(desk, "Senais metais")).number == "TR-2026-000001"
    clock.move(seconds=1)
    assert clock.now().year == 2026
    assert (await file_case(desk, "Naujais metais")).number == "TR-2027-000001"
    assert (await file_case(desk, "Ir vėl")).number == "TR-2027-000002"


async def test_nothing_is_filed_for_a_municipality_that_is_not_served(desk: CaseDesk, database: Database) -> None:
    with pytest.raises(UnknownMunicipalityError):
        await file_case(desk, "Skundas", municipality="kaunas")
    assert await rows(database) == {"cases": 0, "events": 0, "mails": 0, "last": 0}


async def test_a_hundred_filings_at_once_have_a_hundred_numbers_without_a_gap(
    desk: CaseDesk, database: Database
) -> None:
    filed = await asyncio.gather(*(file_case(desk, f"Skundas {n}") for n in range(100)))
    expected = [f"TR-2026-{n:06}" for n in range(1, 101)]
    assert sorted(case.number for case in filed) == expected
    assert await numbers(database) == expected
    assert await rows(database) == {"cases": 100, "events": 200, "mails": 100, "last": 100}


async def test_four_processes_that_file_at_once_leave_no_gap(database: Database) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-m", "tests.integration.cases.filing_process"),
            *(str(database.path), str(EACH), f"eilė {n}"),
            cwd=PROJECT_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for n in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdout is not None
        # The log is written there too.
        await asyncio.wait_for(process.stdout.readuntil(b"ready\n"), 60)
    await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0] * PROCESSES
    found = await numbers(database)
    year = found[0].split("-")[1]
    assert found == [f"TR-{year}-{n:06}" for n in range(1, PROCESSES * EACH + 1)]


async def test_a_notice_that_fails_leaves_no_case_and_gives_the_number_back(
    desk: CaseDesk, notices: RecordingNotices, database: Database
) -> None:
    await file_case(desk, "Pirmas")
    before = await rows(database)
    notices.fails = True
    with pytest.raises(FailingNoticeError):
        await file_case(desk, "Antras")
    assert await rows(database) == before
    notices.fails = False
    assert (await file_case(desk, "Antras")).number == "TR-2026-000002"


async def test_filings_that_fail_among_others_leave_no_gap(
    database: Database, clock: FakeClock, catalogues: Catalogues
) -> None:
    good, _ = desk_over(database, clock, catalogues)
    bad, failing = desk_over(database, clock, catalogues)
    failing.fails = True
    tried = [file_case(bad if n % 3 == 0 else good, f"Skundas {n}") for n in range(30)]
    results = await asyncio.gather(*tried, return_exceptions=True)
    assert sum(isinstance(result, FailingNoticeError) for result in results) == 10
    assert await numbers(database) == [f"TR-2026-{n:06}" for n in range(1, 21)]


async def test_the_same_draft_is_one_case_however_often_it_is_handed_in(
    desk: CaseDesk, database: Database, notices: RecordingNotices
) -> None:
    handed_in = filing(draft="tas pats", conversation="pokalbis")
    filed = await asyncio.gather(*(desk.file(handed_in, CODE) for _ in range(10)))
    assert {each.case.number for each in filed} == {"TR-2026-000001"}
    assert sorted(each.repeated for each in filed) == [False] + [True] * 9
    assert await rows(database) == {"cases": 1, "events": 2, "mails": 1, "last": 1}
    # Even with other words: the process was killed before it answered, and the resident wrote on.
    again = await desk.file(replace(handed_in, description="Kiti žodžiai"), CODE)
    assert again.repeated
    assert again.case.filing.description == handed_in.description
    assert len(notices.told) == 1


async def test_the_same_words_in_one_conversation_are_one_case(desk: CaseDesk) -> None:
    first = await desk.file(filing("Auklėtoja kalbėjo nemandagiai.", conversation="a"), CODE)
    again = await desk.file(filing("auklėtoja  kalbejo\nNEMANDAGIAI.", conversation="a"), CODE)
    assert (again.repeated, again.case.number) == (True, first.case.number)
    for conversation in ("b", None, None):
        other = await desk.file(filing("Auklėtoja kalbėjo nemandagiai.", conversation=conversation), CODE)
        assert not other.repeated


async def test_the_same_words_to_another_municipality_are_another_case(desk: CaseDesk) -> None:
    await desk.file(filing("Gatvė nevaloma.", conversation="a"), CODE)
    other = await desk.file(filing("Gatvė nevaloma.", conversation="a", municipality="varena"), CODE)
    assert (other.repeated, other.case.number) == (False, "VAR-2026-000001")
    assert await desk.filed_before("a", "Gatvė nevaloma.", municipality="trakai") != other.case
    assert await desk.filed_before("a", "Gatvė nevaloma.", municipality="varena") == other.case
    assert await desk.filed_before("a", "Gatvė nevaloma.", municipality="alytus-r") is None


async def test_what_was_taken_back_may_be_filed_anew(desk: CaseDesk) -> None:
    case = await file_case(desk, "Gatvė nevaloma.", conversation="a")
    assert (await desk.filed_before("a", "gatvė nevaloma.")) == case
    await desk.withdraw(case.number)
    assert await desk.filed_before("a", "Gatvė nevaloma.") is None
    anew = await file_case(desk, "Gatvė nevaloma.", conversation="a")
    assert anew.number == "TR-2026-000002"
    assert [each.number for each in await desk.of_conversation("a")] == ["TR-2026-000002", "TR-2026-000001"]
    assert await desk.of_conversation("b") == ()


async def test_a_step_is_stored_with_its_event_and_told(desk: CaseDesk, notices: RecordingNotices) -> None:
    number = (await file_case(desk, "Skundas")).number
    case = await desk.act(number, Assign(assignee=UNIT), OFFICIAL)
    assert (case.state, case.assignee) == (CaseState.ASSIGNED, UNIT)
    assert (await desk.get(number)).case == case
    assert [event.seq for event in case.history] == [1, 2, 3]
    assert case.history[-1].actor == OFFICIAL
    assert notices.told[-1] == (number, "assigned")


async def test_a_step_whose_notice_fails_has_not_happened(
    desk: CaseDesk, notices: RecordingNotices, database: Database
) -> None:
    case = await file_case(desk, "Skundas")
    before = await rows(database)
    notices.fails = True
    with pytest.raises(FailingNoticeError):
        await desk.act(case.number, Assign(assignee=UNIT), OFFICIAL)
    assert (await desk.get(case.number)).case == case
    assert await rows(database) == before


async def test_a_refused_step_leaves_no_trace(desk: CaseDesk, database: Database) -> None:
    case = await file_case(desk, "Skundas")
    before = await rows(database)
    whole = Decide(decision=replace(decision(), decided_on=date(2026, 11, 21)))
    for command, actor in ((whole, BOT), (whole, OFFICIAL), (Extend(days=11, reason="Ilgai."), OFFICIAL)):
        with pytest.raises(CaseRuleError):
            await desk.act(case.number, command, actor)
    assert await rows(database) == before
    assert (await desk.get(case.number)).case == case


async def test_steps_at_once_are_taken_one_after_another(desk: CaseDesk) -> None:
    number = (await file_case(desk, "Skundas")).number
    extend = Extend(days=5, reason="Laukiama išvados.")
    results = await asyncio.gather(*(desk.act(number, extend, OFFICIAL) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(result, CaseRuleError) for result in results) == 4
    history = (await desk.get(number)).case.history
    assert [event.kind for event in history].count(EventKind.EXTENDED) == 1


async def test_a_resident_takes_a_case_back_once(desk: CaseDesk, clock: FakeClock) -> None:
    number = (await file_case(desk, "Skundas")).number
    clock.move(hours=1)
    withdrawn = await desk.withdraw(number)
    assert (withdrawn.state, withdrawn.closed_at) == (CaseState.WITHDRAWN, clock.now())
    with pytest.raises(CaseRuleError, match="cannot be withdrawn"):
        await desk.withdraw(number)


async def test_a_number_that_is_not_there_is_unknown(desk: CaseDesk) -> None:
    for call in (desk.get("TR-2026-000009"), desk.withdraw("TR-2026-000009")):
        with pytest.raises(UnknownCaseError, match="TR-2026-000009"):
            await call


async def test_codes_are_stored_only_as_hashes_of_their_case(
    desk: CaseDesk, database: Database, notices: RecordingNotices
) -> None:
    first, second = await file_case(desk, "Pirmas"), await file_case(desk, "Antras", contact=Contact(phone="+3706"))
    async with database.read() as session:
        stored = {number: await session.get(CaseRow, number) for number in (first.id, second.id)}
    hashes = [row.code_hash for row in stored.values() if row is not None]
    assert hashes == [hashed_code(first.number, CODE), hashed_code(second.number, CODE)]
    assert len({*hashes}) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in hashes)
    # Who gave no e-mail address has nothing to confirm.
    confirm, nothing = notices.confirms
    assert confirm is not None
    assert nothing is None
    await database.close()
    files = [path.read_bytes() for path in database.path.parent.glob(f"{database.path.name}*")]
    assert files
    for secret in (CODE, confirm):
        assert not any(secret.encode() in content for content in files)


async def test_the_register_begins_with_what_is_overdue(desk: CaseDesk, clock: FakeClock) -> None:
    late = await file_case(desk, "Vėluoja")
    ended = await decide_and_close(desk, await file_case(desk, "Baigta"), clock)
    praised = await file_case(desk, "Ačiū!", kind=CaseKind.PRAISE)
    request = await file_case(desk, "Prašymas", kind=CaseKind.REQUEST)
    resting = await work(
        desk,
        await file_case(desk, "Sustabdyta", kind=CaseKind.REQUEST),
        PauseCase(reason="Kviečiami tretieji asmenys."),
    )
    clock.move(days=10)
    fresh = await file_case(desk, "Šviežia")
    listed = await desk.register()
    # By due date: the fresh complaint's fifth day is 7 December, the request's twentieth 21 December.
    expected = [late, fresh, request, praised, resting, ended]
    assert [entry.case.number for entry in listed] == [case.number for case in expected]
    assert [entry.terms.overdue for entry in listed] == [True] + [False] * 5


async def test_the_register_is_narrowed_by_municipality_state_and_kind(desk: CaseDesk) -> None:
    own = await file_case(desk, "Trakai")
    assigned = await work(desk, await file_case(desk, "Priskirta"), Assign(assignee=UNIT))
    request = await work(
        desk, await file_case(desk, "Prašymas"), Classify(kind=CaseKind.REQUEST, reason="Prašoma pažymos.")
    )
    other = await file_case(desk, "Varėna", municipality="varena")

    async def found(**by: object) -> set[str]:
        return {entry.case.number for entry in await desk.register(**by)}  # type: ignore[arg-type]

    assert await found() == {case.number for case in (own, assigned, request, other)}
    assert await found(municipality="varena") == {other.number}
    assert await found(states=frozenset({CaseState.ASSIGNED})) == {assigned.number}
    assert await found(kinds=frozenset({CaseKind.REQUEST})) == {request.number}
    assert await found(municipality="varena", kinds=frozenset({CaseKind.REQUEST})) == set()
    assert await found(states=frozenset()) == set()


def test_the_same_words_are_told_by_their_letters() -> None:
    assert text_digest("Šalta klasė, 15 °C!") == text_digest("salta  klase, 15 °C!\n")
    assert text_digest("Šalta klasė") != text_digest("Šilta klasė")
