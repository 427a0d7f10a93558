"""The audit log: only ever added to, and read by whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from bot.core.audit import COMMAND_LINE, Actor, AuditAction, AuditFilter, AuditObject, AuditRecord
from bot.core.operators import Role
from bot.services.people.audit import MOST_ENTRIES, audit_read
from bot.services.people.people import People
from bot.storage.database import Database
from tests.fakes import FakeClock
from tests.people import ROOT, actions_of, hired, log_of, signed_in

RIMA = Actor(operator_id="rima", name="Rima", address="192.0.2.7")
ONA = Actor(operator_id="ona", name="Ona", address="192.0.2.8")


def read(case: str, municipality: str | None = "trakai") -> AuditRecord:
    """Return the entry that a case was read."""
    return AuditRecord(
        action=AuditAction.CASE_READ,
        object_type=AuditObject.CASE,
        object_id=case,
        municipality=municipality,
        data={"why": "opened"},
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET operator_name = 'niekas'",
        "UPDATE audit_log SET seq = seq + 100",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log WHERE seq = 1",
        "INSERT OR REPLACE INTO audit_log (seq, at, operator_name, action, object_type, data) "
        "VALUES (1, '2026-11-21', 'niekas', 'x', 'x', '{}')",
        "REPLACE INTO audit_log SELECT * FROM audit_log",
    ],
)
async def test_the_database_refuses_to_change_or_remove_an_entry(
    people: People, database: Database, statement: str
) -> None:
    for number in range(3):
        await people.audit.note(RIMA, read(f"TR-2026-{number}"))
    before = await log_of(people)
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as session:
            await session.execute(sql(statement))
    assert await log_of(people) == before


async def test_an_entry_of_what_was_rolled_back_is_gone_with_it(people: People, database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.write() as session:
            await people.audit.record(session, RIMA, read("TR-2026-1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    assert await log_of(people) == []


async def test_entries_are_numbered_without_gaps(people: People) -> None:
    for number in range(5):
        await people.audit.note(RIMA, read(f"TR-2026-{number}"))
    assert [entry.seq for entry in await log_of(people)] == [1, 2, 3, 4, 5]


async def test_an_entry_tells_who_when_where_from_and_with_what(people: People, clock: FakeClock) -> None:
    await people.audit.note(RIMA, read("TR-2026-1"))
    (entry,) = await log_of(people)
    assert (entry.at, entry.operator_id, entry.operator_name, entry.address) == (
        clock.now(),
        "rima",
        "Rima",
        "192.0.2.7",
    )
    assert (entry.action, entry.object_type, entry.object_id) == ("case_read", "case", "TR-2026-1")
    assert (entry.municipality, entry.data) == ("trakai", {"why": "opened"})


async def test_each_filter_narrows_the_list(people: People, clock: FakeClock) -> None:
    await people.audit.note(RIMA, read("TR-2026-1"))
    clock.move(days=1)
    await people.audit.note(ONA, read("VR-2026-1", "varena"))
    clock.move(days=1)
    exported = AuditRecord(action=AuditAction.EXPORTED, object_type=AuditObject.REGISTER, municipality="trakai")
    await people.audit.note(RIMA, exported)
    now = clock.now()
    for wanted, numbers in (
        (AuditFilter(), [1, 2, 3]),
        (AuditFilter(since=now - timedelta(days=1)), [2, 3]),
        (AuditFilter(until=now - timedelta(days=1)), [1]),
        (AuditFilter(since=now - timedelta(days=2), until=now), [1, 2]),
        (AuditFilter(operator_id="rima"), [1, 3]),
        (AuditFilter(action="exported"), [3]),
        (AuditFilter(object_type="case"), [1, 2]),
        (AuditFilter(object_type="case", object_id="VR-2026-1"), [2]),
        (AuditFilter(municipality="trakai"), [1, 3]),
        (AuditFilter(municipality="trakai", action="case_read"), [1]),
        (AuditFilter(operator_id="niekas"), []),
    ):
        assert [entry.seq for entry in await log_of(people, wanted)] == numbers, wanted


async def test_pages_go_on_by_number_with_nothing_missing_or_doubled(people: People) -> None:
    for number in range(7):
        await people.audit.note(RIMA, read(f"TR-2026-{number}"))
    seen: list[int] = []
    before: int | None = None
    while True:
        page = await people.audit.page(ROOT, AuditFilter(), before=before, limit=3)
        seen += [entry.seq for entry in page.entries]
        # What comes meanwhile is newer and disturbs nothing.
        await people.audit.note(ONA, read("TR-2026-9"))
        before = page.next_before
        if before is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(("asked", "given"), [(-5, 1), (0, 1), (10**9, MOST_ENTRIES)])
async def test_a_page_is_never_empty_by_wish_nor_endless(people: People, asked: int, given: int) -> None:
    for _ in range(MOST_ENTRIES + 1):
        await people.audit.note(RIMA, read("TR-2026-1"))
    assert len((await people.audit.page(ROOT, AuditFilter(), before=None, limit=asked)).entries) == given


async def test_supervisors_see_their_municipalities_and_what_their_colleagues_did(people: People) -> None:
    trakai = await hired(people, "tadas", Role.SUPERVISOR, ["trakai"])
    ona = await hired(people, "ona", Role.OPERATOR, ["varena"])
    for municipality in ("trakai", "varena"):
        await people.audit.note(ONA, read("X", municipality))
    seen = await log_of(people, reader=trakai)
    assert {(entry.operator_id, entry.municipality) for entry in seen} == {(trakai.id, None), ("ona", "trakai")}
    assert ona.id not in {entry.operator_id for entry in seen}
    assert await log_of(people, AuditFilter(municipality="varena"), reader=trakai) == []


async def test_the_reading_of_the_log_is_told_with_its_filter(people: People) -> None:
    await hired(people, "tadas", Role.SUPERVISOR)
    who = await signed_in(people, "tadas")
    await people.audit.note(who.actor, audit_read(AuditFilter(operator_id="rima", municipality="trakai")))
    last = (await log_of(people))[-1]
    assert (last.action, last.municipality) == ("audit_read", "trakai")
    assert last.data == {"filter": {"operator_id": "rima", "municipality": "trakai"}}


async def test_what_the_command_line_did_is_told_as_such(people: People) -> None:
    rima = await hired(people)
    await people.accounts.disable(COMMAND_LINE, rima.id)
    last = (await log_of(people))[-1]
    assert (last.operator_id, last.operator_name, last.address) == (None, "langelis operator", None)
    assert (await actions_of(people))[0] == "operator_added"
