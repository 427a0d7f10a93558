"""Who is here, and what becomes of conversations when somebody is not."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.app import Core
from bot.core.audit import COMMAND_LINE
from bot.core.conversation import Owner
from bot.core.handoff import HandoffRefusedError, PresenceState, TaskKind, TaskState
from bot.core.operators import Operator
from bot.errors import RefusedMessageError, UnknownMunicipalityError
from bot.services.handoff.presence import HOPELESS_AFTER, IDLE_ANSWER
from tests.asking import log_of
from tests.desk import events_after, here, last_line, owner_of, standing_of, summary_of, taken, waiting, write
from tests.fakes import FakeClock
from tests.people import hired

AWAY_SECONDS, IDLE_MINUTES = 90, 30
MONDAY_MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)


async def state_of(core: Core, operator: Operator) -> PresenceState:
    """Return where colleagues see an operator."""
    return next(
        found.presence for found in await core.handoff.views.colleagues(operator) if found.operator.id == operator.id
    )


def set_clock(clock: FakeClock, moment: datetime) -> None:
    """Move on to a moment."""
    clock.move(seconds=(moment - clock.now()).total_seconds())


async def test_presence_follows_signs_of_life_and_what_was_chosen(core: Core, clock: FakeClock) -> None:
    rima = await hired(core.people)
    assert await state_of(core, rima) is PresenceState.AWAY
    await core.handoff.presence.seen(rima)
    assert await state_of(core, rima) is PresenceState.HERE
    await core.handoff.presence.seen(rima, PresenceState.PAUSE)
    clock.move(seconds=60)
    await core.handoff.presence.seen(rima)
    assert await state_of(core, rima) is PresenceState.PAUSE
    clock.move(seconds=AWAY_SECONDS + 1)
    await core.handoff.presence.sweep()
    assert await state_of(core, rima) is PresenceState.AWAY
    await core.handoff.presence.seen(rima)
    assert await state_of(core, rima) is PresenceState.HERE


async def test_only_changes_of_presence_are_events(core: Core, clock: FakeClock) -> None:
    rima = await here(core)
    for _ in range(5):
        clock.move(seconds=20)
        await core.handoff.presence.seen(rima)
    assert [event.kind.value for event in await events_after(core)] == ["presence"]


async def test_what_a_vanished_operator_had_goes_back_to_the_queue_with_a_notice(core: Core, clock: FakeClock) -> None:
    rima, ona = await here(core), await here(core, "ona")
    conversation = await taken(core, rima)
    clock.move(seconds=AWAY_SECONDS)
    await core.handoff.presence.seen(ona)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.OPERATOR
    clock.move(seconds=1)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.QUEUED
    assert "nutrūko (Rima)" in await last_line(core, conversation)
    with pytest.raises(HandoffRefusedError, match="not_owner"):
        await core.handoff.talk.reply(rima, conversation, "grįžau", "a")
    await core.handoff.claims.claim(ona, conversation)
    before = await log_of(core, conversation)
    await core.handoff.presence.sweep()
    assert await log_of(core, conversation) == before


async def test_what_a_disabled_operator_had_goes_back_at_the_next_sweep(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.people.accounts.disable(COMMAND_LINE, rima.id)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.QUEUED


async def test_a_break_keeps_what_one_has(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await core.handoff.presence.seen(rima, PresenceState.PAUSE)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.OPERATOR


async def test_who_waits_when_nobody_can_come_is_told_when_people_are_back(core: Core, clock: FakeClock) -> None:
    conversation = await waiting(core)
    clock.move(seconds=HOPELESS_AFTER.total_seconds() - 1)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.QUEUED
    clock.move(seconds=1)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.BOT
    assert "jie vėl dirbs pirmadienį (2026-11-23) nuo 8.00." in await last_line(core, conversation)


async def test_in_office_hours_or_with_somebody_here_one_goes_on_waiting(core: Core, clock: FakeClock) -> None:
    conversation = await waiting(core)
    rima = await here(core)
    clock.move(minutes=11)
    await core.handoff.presence.seen(rima)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.QUEUED
    set_clock(clock, MONDAY_MORNING)
    await core.handoff.presence.sweep()
    assert await owner_of(core, conversation) is Owner.QUEUED


# --- silent residents ---


async def alive(core: Core, clock: FakeClock, operator: Operator, minutes: float) -> None:
    """Let time pass in which the operator is here."""
    clock.move(minutes=minutes)
    await core.handoff.presence.seen(operator)
    await core.handoff.presence.sweep()


async def test_a_silent_resident_is_asked_once_and_then_the_conversation_closes(core: Core, clock: FakeClock) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await alive(core, clock, rima, IDLE_MINUTES)
    assert "Ar dar esate čia?" not in await last_line(core, conversation)
    await alive(core, clock, rima, 1)
    assert "Jei per 10 minučių neparašysite" in await last_line(core, conversation)
    asked = await log_of(core, conversation)
    await alive(core, clock, rima, IDLE_ANSWER.total_seconds() / 60)
    assert await log_of(core, conversation) == asked
    await alive(core, clock, rima, 1)
    closed = (await summary_of(core, conversation)).closed
    assert closed is not None
    assert closed.reason == "left"


@pytest.mark.parametrize("by_operator", [False, True])
async def test_whoever_writes_after_the_question_keeps_the_conversation_open(
    core: Core, clock: FakeClock, *, by_operator: bool
) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await alive(core, clock, rima, IDLE_MINUTES + 1)
    if by_operator:
        await core.handoff.talk.reply(rima, conversation, "Palaukiu.", "a")
    else:
        await write(core, conversation, "taip, esu")
    await alive(core, clock, rima, 11)
    assert await owner_of(core, conversation) is Owner.OPERATOR


async def test_a_resident_who_waits_for_the_operators_answer_is_not_asked(core: Core, clock: FakeClock) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await write(core, conversation, "ar galite patikrinti?")
    await alive(core, clock, rima, IDLE_MINUTES * 3)
    assert await last_line(core, conversation) == "ar galite patikrinti?"


# --- who can come ---


async def test_availability_counts_who_is_here_for_the_municipality(core: Core) -> None:
    await here(core, "vida", ("varena",))
    rima = await here(core)
    assert (await core.handoff.availability.of("trakai")).here == 1
    assert await core.handoff.availability.sentence("trakai") == "Darbuotojas dabar gali Jums atsakyti."
    await core.handoff.presence.seen(rima, PresenceState.PAUSE)
    assert (await core.handoff.availability.of("trakai")).here == 0


async def test_on_a_saturday_people_are_back_on_monday(core: Core) -> None:
    found = await core.handoff.availability.of("trakai")
    assert (found.here, found.office_open, found.opens) == (0, False, "pirmadienį (2026-11-23) nuo 8.00")
    assert "Jie vėl dirbs pirmadienį (2026-11-23) nuo 8.00." in await core.handoff.availability.sentence("trakai")


async def test_on_a_holiday_the_office_is_closed_and_the_next_working_day_is_named(
    core: Core, clock: FakeClock
) -> None:
    set_clock(clock, datetime(2026, 12, 24, 9, 0, tzinfo=timezone.utc))
    assert (await core.handoff.availability.of("trakai")).opens == "pirmadienį (2026-12-28) nuo 8.00"


async def test_in_office_hours_nothing_opens_later(core: Core, clock: FakeClock) -> None:
    set_clock(clock, MONDAY_MORNING)
    found = await core.handoff.availability.of("trakai")
    assert (found.office_open, found.opens) == (True, None)
    with pytest.raises(UnknownMunicipalityError):
        await core.handoff.availability.of("nera-tokios")


# --- tasks ---


async def left(core: Core, kind: TaskKind = TaskKind.CALLBACK, contact: str = "+370 600 00000") -> int:
    """Leave a task and return its number."""
    task = await core.handoff.tasks.leave(
        kind=kind,
        municipality="trakai",
        conversation=None,
        name="Jonas",
        contact=contact,
        text="Prašau paskambinti.",
        best_time="po 15 val.",
    )
    return task.id


async def test_what_is_left_on_a_saturday_is_due_on_tuesday(core: Core) -> None:
    task = await core.handoff.tasks.leave(
        kind=TaskKind.CALLBACK, municipality="trakai", conversation=None, name="Jonas", contact="8 600", text="Labas"
    )
    assert task.due.isoformat() == "2026-11-24"
    said = core.handoff.tasks.receipt(task)
    assert said == "Užsirašiau. Darbuotojas Jums paskambins numeriu 8 600 ne vėliau kaip 2026-11-24."


async def test_what_is_left_in_office_hours_is_due_on_the_next_working_day(core: Core, clock: FakeClock) -> None:
    set_clock(clock, MONDAY_MORNING)
    rima = await here(core)
    await left(core)
    assert [task.due.isoformat() for task in await core.handoff.tasks.listed(rima, TaskState.OPEN, None)] == [
        "2026-11-24"
    ]


async def test_leaving_the_same_twice_in_a_conversation_makes_one_task(core: Core) -> None:
    conversation = await waiting(core)
    numbers = {
        (
            await core.handoff.tasks.leave(
                kind=TaskKind.MESSAGE,
                municipality="trakai",
                conversation=conversation,
                name="Jonas",
                contact="jonas@pastas.lt",
                text="Klausimas.",
            )
        ).id
        for _ in range(3)
    }
    assert len(numbers) == 1


async def test_a_task_is_taken_by_one_and_done_by_that_one(core: Core) -> None:
    rima, ona, vida = await here(core), await here(core, "ona"), await here(core, "vida", ("varena",))
    task = await left(core)
    assert await core.handoff.tasks.listed(vida, TaskState.OPEN, None) == ()
    taken_by = await core.handoff.tasks.take(rima, task)
    assert (taken_by.operator_id, taken_by.state) == (rima.id, TaskState.OPEN)
    assert await core.handoff.tasks.take(rima, task) == taken_by
    for operator, code in ((ona, "already_claimed"), (vida, "forbidden")):
        with pytest.raises(HandoffRefusedError, match=code):
            await core.handoff.tasks.finish(operator, task)
    done = await core.handoff.tasks.finish(rima, task)
    assert done.state is TaskState.DONE
    assert await core.handoff.tasks.finish(rima, task) == done
    assert await core.handoff.tasks.listed(rima, TaskState.DONE, "trakai") == (done,)
    with pytest.raises(HandoffRefusedError, match="unknown_task"):
        await core.handoff.tasks.take(rima, 999)


@pytest.mark.parametrize("contact", ["", " ", "x" * 201])
async def test_a_task_without_a_contact_is_no_task(core: Core, contact: str) -> None:
    with pytest.raises(HandoffRefusedError):
        await left(core, contact=contact)
    with pytest.raises(RefusedMessageError):
        await core.handoff.tasks.leave(
            kind=TaskKind.MESSAGE, municipality="trakai", conversation=None, name="J", contact="8 600", text=" "
        )


async def test_old_events_are_removed_but_the_newest_stay(core: Core, clock: FakeClock) -> None:
    rima = await here(core)
    clock.move(seconds=timedelta(days=30).total_seconds())
    await core.handoff.presence.seen(rima, PresenceState.PAUSE)
    before = len(await events_after(core))
    await core.handoff.presence.tidy()
    assert len(await events_after(core)) == before
    assert (await standing_of(core, await waiting(core))).queued_at == clock.now()
