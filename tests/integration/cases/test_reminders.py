"""Reminders on a real database: exactly once over many runs, each recorded with its mail or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.core.case import SYSTEM, Assignee, EventKind
from bot.core.case_rules import Assign, Decide, Extend, PauseCase, Resume
from bot.storage import outbox
from tests.integration.cases.conftest import EXAMINER_MAIL, QUALITY_MAIL, Office, Posted, set_local_noon
from tests.unit.services.cases.samples import DECISION, FILING

ASSIGN = Assign(assignee=Assignee(unit="Kanceliarija", email=EXAMINER_MAIL))


async def over_days(office: Office, days: int) -> dict[str, list[Posted]]:
    """Run the worker three times a day and return the mails by day."""
    found: dict[str, list[Posted]] = {}
    for _ in range(days):
        for _run in range(3):
            await office.reminders.remind()
            office.clock.move(hours=8)
        if mails := await office.posted():
            found[(office.clock.now() - timedelta(days=1)).date().isoformat()] = mails
    return found


async def filed(office: Office, *, assigned: bool = True) -> str:
    """Return the number of a case whose first mails are out of the way."""
    number = await office.file()
    if assigned:
        await office.act(number, ASSIGN)
    await office.posted()
    return number


async def test_every_reminder_is_given_exactly_once_over_many_runs(office: Office) -> None:
    number = await filed(office)
    mails = await over_days(office, 50)
    assert [mail.to for day in mails.values() for mail in day] == [EXAMINER_MAIL] * 6
    events = await office.history(number, EventKind.REMINDED)
    assert [dict(event.data) for event in events] == [
        {"clock": clock, "when": when, "due": due}
        for clock, due in (("charter", "2027-01-04"), ("legal", "2027-01-25"))
        for when in ("before", "due", "overdue")
    ]
    assert {event.actor for event in events} == {SYSTEM}
    assert [event.seq for event in events] == list(range(4, 10))


async def test_reminders_come_on_their_days(office: Office) -> None:
    await filed(office)
    set_local_noon(office.clock, 2026, 12, 23)
    office.clock.move(hours=-6)
    mails = await over_days(office, 40)
    assert list(mails) == ["2026-12-30", "2027-01-04", "2027-01-05", "2027-01-21", "2027-01-25", "2027-01-26"]
    subjects = Counter(mail.subject.split()[0] for day in mails.values() for mail in day)
    assert subjects == {"Artėja": 2, "Šiandien": 2, "Praleistas": 2}


async def test_a_case_that_nobody_has_is_reminded_of_at_the_quality_mailbox(office: Office) -> None:
    await filed(office, assigned=False)
    set_local_noon(office.clock, 2027, 1, 4)
    assert await office.reminders.remind() == 1
    [mail] = await office.posted()
    assert mail.to == QUALITY_MAIL
    assert "dar niekam nepavestas" in mail.text


async def test_an_examiner_whose_address_is_none_is_reminded_through_the_quality_mailbox(office: Office) -> None:
    number = await office.file()
    await office.act(number, Assign(assignee=Assignee(unit="Kanceliarija", email="petras")))
    await office.posted()
    set_local_noon(office.clock, 2027, 1, 4)
    await office.reminders.remind()
    assert await office.posted_to() == [QUALITY_MAIL]


async def test_after_an_extension_the_new_date_is_reminded_of_anew(office: Office) -> None:
    number = await filed(office)
    set_local_noon(office.clock, 2027, 1, 25)
    await office.reminders.remind()
    await office.act(number, Extend(days=10, reason="Reikia išvados."))
    await office.posted()
    assert await office.reminders.remind() == 0
    set_local_noon(office.clock, 2027, 2, 4)
    assert await office.reminders.remind() == 1
    [mail] = await office.posted()
    assert "liko 2 darbo dienos" in mail.text
    assert "2027-02-08" in mail.text


async def test_a_paused_law_clock_is_silent_until_it_goes_on(office: Office) -> None:
    number = await filed(office)
    await office.act(number, PauseCase(reason="Laukiame."))
    set_local_noon(office.clock, 2027, 1, 25)
    await office.reminders.remind()
    await office.act(number, Resume())
    set_local_noon(office.clock, 2027, 2, 26)
    await office.reminders.remind()
    clocks = [event.data["clock"] for event in await office.history(number, EventKind.REMINDED)]
    assert clocks == ["charter", "legal"]


async def test_a_decided_case_is_left_alone(office: Office) -> None:
    number = await filed(office)
    await office.act(number, Decide(decision=DECISION))
    set_local_noon(office.clock, 2027, 2, 26)
    assert await office.reminders.remind() == 0


async def test_a_reminder_whose_mail_cannot_be_written_is_not_recorded_and_holds_up_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await filed(office)
    second = await office.file(replace(FILING, draft="kitas", description="Kita bėda."))
    await office.posted()
    set_local_noon(office.clock, 2027, 1, 4)
    add = outbox.add

    async def not_the_first(session: AsyncSession, kind: str, body: Mapping[str, object], now: object) -> None:
        if first in str(body["subject"]):
            raise OSError("Du kartus skambinau")
        await add(session, kind, body, office.clock.now())

    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(outbox, "add", not_the_first)
        assert await office.reminders.remind() == 1
    assert [(entry["event"], entry["case"], entry["error"]) for entry in logs] == [
        ("reminder_failed", first, "OSError")
    ]
    assert "skambinau" not in str(logs)
    assert await office.history(first, EventKind.REMINDED) == ()
    assert len(await office.history(second, EventKind.REMINDED)) == 1
    assert await office.reminders.remind() == 1
    assert len(await office.history(first, EventKind.REMINDED)) == 1


async def test_the_terms_of_each_municipality_hold_for_its_own_cases(office: Office) -> None:
    number = await office.file(replace(FILING, municipality="varena"))
    set_local_noon(office.clock, 2027, 1, 26)
    await office.reminders.remind()
    # The charter of Varėna names no term.
    assert [event.data["clock"] for event in await office.history(number, EventKind.REMINDED)] == ["legal"]
