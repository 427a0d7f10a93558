"""Who may see a case: its number with its code, and nobody who guesses."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.core.case import Case
from bot.nlu.complaints.code import new_code
from bot.services.cases.access import FREE_TRIES, Access, CaseAccess, lock_time
from bot.storage import guesses
from bot.storage.database import Database
from bot.storage.tables import GuessRow
from tests.fakes import FakeClock
from tests.filing import CODE, file_case, open_test_desk

UNKNOWN = "TR-2026-000777"
WRONG = "9999-9999-999X"
LONGEST_SECONDS = 15 * 60


@pytest.fixture
async def case(database: Database, clock: FakeClock) -> Case:
    """A case whose code is `CODE`."""
    return await file_case(await open_test_desk(database, clock), "Auklėtoja kalbėjo nemandagiai.")


@pytest.fixture
def access(database: Database, clock: FakeClock) -> CaseAccess:
    """The door."""
    return CaseAccess(database=database, clock=clock)


async def guess(access: CaseAccess, number: str, times: int = FREE_TRIES) -> list[Access]:
    """Try a wrong code so many times."""
    return [await access.open(number, WRONG) for _ in range(times)]


async def failures(database: Database, number: str) -> int:
    """Return how many wrong tries are counted for a number."""
    async with database.read() as session:
        tried = await guesses.of_number(session, number)
    return 0 if tried is None else tried.failures


async def test_the_right_code_opens_the_case(access: CaseAccess, case: Case) -> None:
    assert await access.open(case.number, CODE) == Access(case=case)


async def test_a_wrong_code_and_an_unknown_number_look_the_same(
    access: CaseAccess, case: Case, database: Database
) -> None:
    for _ in range(FREE_TRIES + 2):
        assert await access.open(case.number, WRONG) == await access.open(UNKNOWN, CODE)
    assert await failures(database, case.number) == await failures(database, UNKNOWN) == FREE_TRIES


@pytest.mark.parametrize("code", ["", " ", CODE.upper(), CODE[:-1], f"{CODE} ", "\ud800", "ą" * 10_000])
async def test_nothing_but_the_code_opens_the_case(access: CaseAccess, case: Case, code: str) -> None:
    assert await access.open(case.number, code) == Access()


async def test_a_code_opens_only_its_own_case(access: CaseAccess, database: Database, clock: FakeClock) -> None:
    desk = await open_test_desk(database, clock)
    first = await file_case(desk, "Pirmas", municipality="varena")
    other = await file_case(desk, "Antras")
    assert (await access.open(first.number, CODE)).case == first
    assert (await access.open(other.number, CODE)).case == other
    code = new_code()
    assert await access.open(other.number, code) == Access()


async def test_after_five_wrong_codes_a_number_is_locked_for_the_right_one_too(
    access: CaseAccess, case: Case, clock: FakeClock
) -> None:
    assert await guess(access, case.number) == [Access()] * FREE_TRIES
    assert await access.open(case.number, CODE) == Access(wait_seconds=30)
    clock.move(seconds=29.6)
    # A wait that is told is never too short.
    assert await access.open(case.number, CODE) == Access(wait_seconds=1)
    clock.move(seconds=0.4)
    assert (await access.open(case.number, CODE)).case == case


async def test_a_told_wait_is_never_too_short(access: CaseAccess, case: Case, clock: FakeClock) -> None:
    await guess(access, case.number)
    clock.move(seconds=0.7)
    told = (await access.open(case.number, CODE)).wait_seconds
    clock.move(seconds=told)
    assert (await access.open(case.number, CODE)).case == case


async def test_another_number_is_not_locked(access: CaseAccess, case: Case) -> None:
    await guess(access, UNKNOWN)
    assert (await access.open(UNKNOWN, CODE)).wait_seconds
    assert (await access.open(case.number, CODE)).case == case


async def test_each_further_wrong_code_doubles_the_wait_up_to_a_quarter_of_an_hour(
    access: CaseAccess, case: Case, clock: FakeClock
) -> None:
    await guess(access, case.number)
    waits = []
    for _ in range(8):
        waits.append((await access.open(case.number, WRONG)).wait_seconds)
        clock.move(seconds=waits[-1])
        assert await access.open(case.number, WRONG) == Access()
    assert waits == [30, 60, 120, 240, 480, LONGEST_SECONDS, LONGEST_SECONDS, LONGEST_SECONDS]


def test_the_lock_never_grows_beyond_bounds() -> None:
    assert [lock_time(failures) for failures in range(FREE_TRIES)] == [None] * FREE_TRIES
    assert lock_time(FREE_TRIES) == timedelta(seconds=30)
    assert lock_time(10**9) == timedelta(seconds=LONGEST_SECONDS)


async def test_the_right_code_begins_to_count_anew(access: CaseAccess, case: Case, database: Database) -> None:
    await guess(access, case.number, FREE_TRIES - 1)
    assert (await access.open(case.number, CODE)).case == case
    assert await failures(database, case.number) == 0
    assert await guess(access, case.number, FREE_TRIES - 1) == [Access()] * (FREE_TRIES - 1)
    assert (await access.open(case.number, CODE)).case == case


async def test_tries_while_locked_count_for_nothing(
    access: CaseAccess, case: Case, clock: FakeClock, database: Database
) -> None:
    await guess(access, case.number, 50)
    assert await failures(database, case.number) == FREE_TRIES
    clock.move(seconds=30)
    assert (await access.open(case.number, CODE)).case == case


async def test_a_thousand_guesses_stay_locked_out_and_raise_the_alarm(
    access: CaseAccess, case: Case, clock: FakeClock
) -> None:
    codes = [new_code() for _ in range(1000)]
    with capture_logs() as logged:
        answers = []
        for code in codes:
            answers.append(await access.open(case.number, code))
            clock.move(seconds=1)
    assert all(answer.case is None for answer in answers)
    # In a thousand seconds ten codes were looked at: five free ones, and one after each of 30 + 60 + … seconds.
    assert answers.count(Access()) == 10
    assert (await access.open(case.number, CODE)).wait_seconds > 0
    alarms = [entry for entry in logged if entry["event"] == "access_code_guessed"]
    assert [entry["failures"] for entry in alarms] == [5, 6, 7, 8, 9, 10]
    assert {(entry["log_level"], entry["number"]) for entry in alarms} == {("warning", case.number)}
    assert not any(code in str(logged) for code in codes)


async def test_guesses_at_once_are_counted_one_by_one(access: CaseAccess, case: Case, database: Database) -> None:
    answers = await asyncio.gather(*(access.open(case.number, WRONG) for _ in range(40)))
    assert answers.count(Access()) == FREE_TRIES
    assert await failures(database, case.number) == FREE_TRIES


async def test_a_lock_outlives_the_process(case: Case, database: Database, clock: FakeClock) -> None:
    await guess(CaseAccess(database=database, clock=clock), case.number)
    assert (await CaseAccess(database=database, clock=clock).open(case.number, CODE)).wait_seconds == 30


async def test_wrong_codes_are_forgotten_after_a_day(
    access: CaseAccess, case: Case, clock: FakeClock, database: Database
) -> None:
    await guess(access, case.number)
    clock.move(days=1, seconds=1)
    assert await guess(access, case.number, FREE_TRIES - 1) == [Access()] * (FREE_TRIES - 1)
    assert await failures(database, case.number) == FREE_TRIES - 1
    assert (await access.open(case.number, CODE)).case == case


async def test_within_a_day_nothing_is_forgotten(access: CaseAccess, case: Case, clock: FakeClock) -> None:
    await guess(access, case.number)
    clock.move(hours=23)
    assert await access.open(case.number, WRONG) == Access()
    assert (await access.open(case.number, CODE)).wait_seconds == 60


async def test_old_tries_are_removed(access: CaseAccess, case: Case, clock: FakeClock, database: Database) -> None:
    await guess(access, case.number)
    clock.move(hours=2)
    await guess(access, UNKNOWN)
    async with database.write() as session:
        assert await guesses.forget_before(session, clock.now() - timedelta(hours=1)) == 1
    async with database.read() as session:
        assert list((await session.execute(select(GuessRow.number))).scalars()) == [UNKNOWN]


async def test_the_stand_in_for_an_unreadable_number_is_locked_as_any(access: CaseAccess) -> None:
    stand_in = "?" + "0" * 31
    await guess(access, stand_in)
    assert (await access.open(stand_in, WRONG)).wait_seconds == 30


async def test_a_number_that_nobody_could_have_is_no_error_and_leaves_no_trace(
    access: CaseAccess, database: Database
) -> None:
    with capture_logs() as logged:
        for number in ("\ud800", "x" * 100_000, "", "Mano vardas Ona Petraitė, asmens kodas"):
            assert await guess(access, number, 2 * FREE_TRIES) == [Access()] * (2 * FREE_TRIES)
    assert logged == []
    async with database.read() as session:
        assert (await session.execute(select(GuessRow))).all() == []
