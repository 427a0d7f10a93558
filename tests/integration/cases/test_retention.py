"""Retention over a real database: what goes, what stays, and that nothing of it is left in the file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.core.case import ActorKind, Assignee, Case, CaseKind, CaseState, Contact, EventKind, events_of
from bot.core.case_rules import Assign, Classify, Extend, PauseCase, Resume, Withdraw
from bot.core.case_rules import Reopen as ReopenCase
from bot.core.conversation import Author, Conversation, Message, Owner
from bot.core.reply import Reply
from bot.core.retention import DataClass, Held, Limits, Removal
from bot.services.attachments.keeper import Attachments, open_attachments
from bot.services.cases.access import CaseAccess
from bot.services.cases.desk import CaseDesk
from bot.services.retention import RetentionJob, periods
from bot.services.texts import Texts
from bot.settings import Settings
from bot.storage import attachments, conversations, messages, outbox, retention, trackers
from bot.storage.database import Database
from bot.storage.tables import ConversationRow, GuessRow, InboxRow, MessageRow, OutboxRow
from tests.fakes import FakeClock
from tests.filing import CODE, decide_and_close, file_case, open_test_desk, work

SECRET = "Labai asmeniškas pasakojimas apie darželį"
FIVE_YEARS = 1826


@pytest.fixture
async def desk(database: Database, clock: FakeClock) -> CaseDesk:
    """A desk over the database."""
    return await open_test_desk(database, clock)


@pytest.fixture
def files(database: Database, clock: FakeClock, imported: Settings, texts: Texts) -> Attachments:
    """The files that are kept."""
    return open_attachments(imported, database, clock, texts)


@pytest.fixture
def job(database: Database, clock: FakeClock, imported: Settings, files: Attachments) -> RetentionJob:
    """The job with the periods that the settings have by default."""
    return RetentionJob(database=database, clock=clock, periods=periods(imported), attachments=files)


async def chat(database: Database, clock: FakeClock, name: str, *, draft: object = None) -> None:
    """Begin a conversation with a message, which waits for the bot, and with a dialogue state."""
    events = [{"event": "slot", "name": "case_draft", "value": draft}, {"event": "action", "name": "action_listen"}]
    now = clock.now()
    async with database.write() as session:
        await conversations.add(session, Conversation(name, "web", "trakai", Owner.BOT, 0), now=now)
        await conversations.take_seqs(session, name, 1, now)
        await messages.append(
            session, [Message(conversation=name, seq=1, author=Author.RESIDENT, reply=Reply(text=SECRET), at=now)]
        )
        await messages.put_in_inbox(session, name, 1, now)
        await trackers.save(session, name, json.dumps(events).encode(), now)


async def left(database: Database, *tables: type[ConversationRow | MessageRow | InboxRow]) -> list[int]:
    """Return how many rows each table holds."""
    async with database.read() as session:
        return [len((await session.execute(select(table))).all()) for table in tables]


async def with_tracker(database: Database) -> set[str]:
    """Return the conversations that have a dialogue state."""
    async with database.read() as session:
        return set(await trackers.ids(session))


def of_cases_and_chats(removal: Removal) -> Removal:
    """Return a removal without the mails about cases: their age is their own."""
    return replace(removal, unsent_mails=())


async def closed_case(desk: CaseDesk, clock: FakeClock, **given: object) -> Case:
    """File a case and see it through to its end."""
    return await decide_and_close(desk, await file_case(desk, SECRET, **given), clock)


async def test_a_dry_run_changes_nothing(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    await closed_case(desk, clock)
    await chat(database, clock, "sena", draft={"text": SECRET})
    clock.move(days=FIVE_YEARS)

    def dump() -> bytes:
        return database.path.read_bytes() + database.path.with_name(f"{database.path.name}-wal").read_bytes()

    before, entries = dump(), await desk.register()
    planned = await job.plan()
    assert (planned.counts[DataClass.CASE_FILES], planned.counts[DataClass.CHATS]) == (1, 1)
    assert dump() == before
    assert await desk.register() == entries
    assert await job.plan() == planned


async def test_what_was_planned_is_what_a_run_removes_and_a_second_run_finds_nothing(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    await chat(database, clock, "byla")
    await closed_case(desk, clock, conversation="byla")
    async with database.write() as session:
        # What the desk wrote is put aside: one mail that left, one that never will.
        await session.execute(delete(OutboxRow))
        await outbox.add(session, "email", {"to": "ona@example.lt", "text": SECRET}, clock.now())
        await session.execute(update(OutboxRow).values(state="sent", sent_at=clock.now()))
        await outbox.add(session, "email", {"to": "ona@example.lt", "text": SECRET}, clock.now())
    await CaseAccess(database=database, clock=clock).open("TR-2026-000009", "ne tas")
    clock.move(days=FIVE_YEARS - 400)
    await closed_case(desk, clock, draft="naujesnis")
    clock.move(days=400)
    await chat(database, clock, "juodraštis", draft={"text": SECRET})
    clock.move(hours=25)
    planned = await job.plan()
    # The mails of the newer case wait too.
    counts = dict(planned.counts)
    assert counts.pop(DataClass.UNSENT_MAILS) > 1
    assert set(counts.values()) == {1}, counts
    assert await job.run() == planned
    assert await job.plan() == Removal()
    assert await job.run() == Removal()


async def test_of_a_case_the_statistics_stay_and_the_person_goes(
    desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    case = await closed_case(desk, clock, complained_about="Direktorė Janina", conversation="pokalbis")
    before = (await desk.get(case.number)).case
    clock.move(days=FIVE_YEARS)
    await job.run()
    entry = await desk.get(case.number)
    after = entry.case
    kept = ("id", "number", "kind", "state", "identity", "received_at", "receipt_day", "closed_at")
    assert {name: getattr(after, name) for name in kept} == {name: getattr(before, name) for name in kept}
    assert after.filing.municipality == "trakai"
    assert after.assignee == Assignee(unit="Švietimo skyrius")
    assert after.erased_at == clock.now()
    assert after.filing.contact == Contact()
    assert after.complained_about is None
    assert after.filing.subject.institution_text is None
    assert {after.filing.description, after.filing.outcome, after.filing.complained_about} == {"", None}
    assert after.filing.conversation is None


async def test_of_the_history_kinds_times_and_officials_stay(
    desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    case = await closed_case(desk, clock)
    clock.move(days=FIVE_YEARS)
    await job.run()
    after = (await desk.get(case.number)).case
    old, (erased,) = after.history[: len(case.history)], after.history[len(case.history) :]
    assert [(event.kind, event.at, event.actor) for event in old] == [
        (event.kind, event.at, event.actor) for event in case.history
    ]
    assert {str(event.data) for event in old} == {"{}"}
    assert (erased.kind, erased.actor.kind, erased.data) == (EventKind.ERASED, ActorKind.SYSTEM, {"scope": "case"})


async def test_the_terms_of_an_erased_case_are_what_they_were(
    desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    case = await file_case(desk, SECRET, kind=CaseKind.CHARTER_NOTICE)
    clock.move(days=3)
    await work(
        desk,
        case,
        Classify(kind=CaseKind.COMPLAINT, reason="Pažeistos teisės."),
        Extend(days=7, reason="Laukiama Onos paaiškinimo."),
        PauseCase(reason="Kreiptasi į policiją."),
    )
    clock.move(days=10)
    await work(desk, case, Resume())
    await decide_and_close(desk, case, clock)
    clock.move(days=FIVE_YEARS)
    before = await desk.register()
    await job.run()
    after = await desk.register()
    assert [(entry.case.kind, entry.case.state, entry.terms) for entry in after] == [
        (entry.case.kind, entry.case.state, entry.terms) for entry in before
    ]
    assert after[0].case.erased_at is not None


@pytest.mark.parametrize("step", ["filed", "assigned", "paused", "reopened"])
async def test_a_running_case_is_never_touched(desk: CaseDesk, job: RetentionJob, clock: FakeClock, step: str) -> None:
    case = await file_case(desk, SECRET)
    if step == "assigned":
        await work(desk, case, Assign(assignee=Assignee(unit="Skyrius")))
    elif step == "paused":
        await work(desk, case, PauseCase(reason="Teismas."))
    elif step == "reopened":
        await work(desk, case, Withdraw(), ReopenCase(reason="Persigalvojo."))
    clock.move(days=10 * 365)
    before = await desk.get(case.number)
    assert of_cases_and_chats(await job.run()) == Removal()
    assert await desk.get(case.number) == before


async def test_a_withdrawn_case_is_over_too(desk: CaseDesk, job: RetentionJob, clock: FakeClock) -> None:
    case = await file_case(desk, SECRET)
    await desk.withdraw(case.number)
    clock.move(days=366)
    assert [file.number for file in (await job.run()).case_contacts] == [case.number]


async def test_a_year_after_the_closing_only_the_contact_goes(
    desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    case = await closed_case(desk, clock)
    clock.move(days=366)
    await job.run()
    after = (await desk.get(case.number)).case
    assert after.filing.contact == Contact()
    assert after.filing.description == SECRET
    assert after.erased_at is None
    assert [event.data for event in events_of(after.history, EventKind.ERASED)] == [{"scope": "contact"}]
    clock.move(days=FIVE_YEARS)
    await job.run()
    erased = (await desk.get(case.number)).case
    assert [event.data["scope"] for event in events_of(erased.history, EventKind.ERASED)] == ["contact", "case"]


async def test_no_code_opens_an_erased_case(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    case = await closed_case(desk, clock)
    access = CaseAccess(database=database, clock=clock)
    assert (await access.open(case.number, CODE)).case is not None
    clock.move(days=FIVE_YEARS)
    await job.run()
    assert (await access.open(case.number, CODE)).case is None
    assert (await access.open(case.number, "")).case is None


async def test_nothing_of_an_erased_case_can_be_read_from_the_file(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    await chat(database, clock, "pokalbis", draft={"text": SECRET})
    case = await closed_case(desk, clock, conversation="pokalbis")
    clock.move(days=FIVE_YEARS)
    await job.run()
    # The last connection that closes brings the journal into the file.
    await database.close()
    content = b"".join(path.read_bytes() for path in database.path.parent.glob(f"{database.path.name}*"))
    assert case.number.encode() in content
    for words in (SECRET, "Ona Petrait", "ona.petraite", "+37061234567", "jonas@example.lt", "Lentvario dar"):
        assert words.encode() not in content
        assert json.dumps(words)[1:-1].encode() not in content


async def test_files_of_an_erased_case_go_and_those_of_others_stay(
    database: Database, desk: CaseDesk, job: RetentionJob, files: Attachments, clock: FakeClock
) -> None:
    kept = dict[str, str]()
    for name in ("senas", "naujas"):
        await chat(database, clock, name)
        kept[name] = (await files.keep(name, "raštas.txt", b"priedas")).id
        async with database.write() as session:
            await attachments.show(
                session, [kept[name]], conversation=name, seq=1, author=Author.RESIDENT, operator=None
            )
        case = await closed_case(desk, clock, draft=name, conversation=name)
        async with database.write() as session:
            await attachments.give_to_case(session, name, case.id, clock.now() - timedelta(days=400))
        clock.move(days=FIVE_YEARS - 100)
    await job.run()
    assert await files.open(kept["senas"]) is None
    opened = await files.open(kept["naujas"])
    assert opened is not None
    assert opened.file.read_bytes() == b"priedas"
    assert files_in(opened.file.parents[1]) == [opened.file.name]


async def test_a_removed_chat_takes_its_files_along(
    database: Database, job: RetentionJob, files: Attachments, clock: FakeClock
) -> None:
    await chat(database, clock, "sena")
    kept = await files.keep("sena", "raštas.txt", b"priedas")
    opened = await files.open(kept.id)
    assert opened is not None
    clock.move(days=31)
    await job.run()
    assert await files.open(kept.id) is None
    assert not opened.file.exists()


def files_in(folder: Path) -> list[str]:
    """Return the names of all files below a folder."""
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def test_an_idle_chat_goes_whole_and_one_in_use_stays(
    database: Database, job: RetentionJob, clock: FakeClock
) -> None:
    await chat(database, clock, "sena")
    clock.move(days=31)
    await chat(database, clock, "nauja")
    assert (await job.run()).chats == ("sena",)
    assert await left(database, ConversationRow, MessageRow, InboxRow) == [1, 1, 1]
    assert await with_tracker(database) == {"nauja"}


async def test_many_chats_go_in_several_transactions(database: Database, job: RetentionJob, clock: FakeClock) -> None:
    async with database.write() as session:
        for number in range(120):
            await conversations.add(session, Conversation(f"c{number:03}", "web", None, Owner.BOT, 0), now=clock.now())
    clock.move(days=31)
    assert len((await job.run()).chats) == 120
    assert await left(database, ConversationRow) == [0]


async def test_a_chat_that_led_to_a_case_lives_as_long_as_the_case_file(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    await chat(database, clock, "byla")
    await closed_case(desk, clock, conversation="byla")
    clock.move(days=1000)
    assert (await job.run()).chats == ()
    clock.move(days=FIVE_YEARS)
    assert (await job.run()).chats == ("byla",)
    assert await left(database, ConversationRow, MessageRow, InboxRow) == [0, 0, 0]


async def test_a_dialogue_state_that_no_conversation_has_goes_with_the_chats(
    database: Database, job: RetentionJob, clock: FakeClock
) -> None:
    async with database.write() as session:
        await trackers.save(session, "rasa-shell", b"[]", clock.now())
    clock.move(days=31)
    assert (await job.run()).chats == ("rasa-shell",)
    assert await with_tracker(database) == set()


async def test_a_draft_that_nobody_went_on_with_is_forgotten_after_a_day_and_its_chat_stays(
    database: Database, job: RetentionJob, clock: FakeClock
) -> None:
    await chat(database, clock, "juodraštis", draft={"text": SECRET})
    await chat(database, clock, "be juodraščio")
    clock.move(hours=23)
    assert await job.run() == Removal()
    clock.move(hours=2)
    assert (await job.run()).drafts == ("juodraštis",)
    assert await with_tracker(database) == {"be juodraščio"}
    assert await left(database, ConversationRow, MessageRow) == [2, 2]


async def test_a_draft_that_was_taken_back_but_still_stands_in_the_state_is_forgotten_too(
    database: Database, job: RetentionJob, clock: FakeClock
) -> None:
    events = [{"event": "slot", "name": "case_draft", "value": value} for value in ({"text": SECRET}, None)]
    async with database.write() as session:
        await trackers.save(session, "atšauktas", json.dumps(events).encode(), clock.now())
        await trackers.save(session, "ne Rasos", b"case_draft", clock.now())
    clock.move(hours=25)
    assert (await job.run()).drafts == ("atšauktas",)


async def test_a_draft_stays_while_the_resident_writes(database: Database, job: RetentionJob, clock: FakeClock) -> None:
    await chat(database, clock, "rašo", draft={"text": SECRET})
    clock.move(hours=25)
    async with database.write() as session:
        await conversations.take_seqs(session, "rašo", 1, clock.now())
    assert (await job.run()).drafts == ()
    clock.move(hours=25)
    assert (await job.run()).drafts == ("rašo",)


async def test_of_a_mail_that_left_the_words_go_and_the_row_stays(
    database: Database, job: RetentionJob, clock: FakeClock
) -> None:
    async with database.write() as session:
        for state, sent_at in (("sent", clock.now()), ("waiting", None), ("dead", None)):
            await outbox.add(session, "email", {"to": "ona@example.lt"}, clock.now())
            newest = select(OutboxRow.id).order_by(OutboxRow.id.desc()).limit(1).scalar_subquery()
            await session.execute(update(OutboxRow).where(OutboxRow.id == newest).values(state=state, sent_at=sent_at))
    clock.move(days=31)
    removed = await job.run()
    assert (removed.mails, removed.unsent_mails) == ((1,), ())
    async with database.read() as session:
        rows = await session.execute(select(OutboxRow.state, OutboxRow.body).order_by(OutboxRow.id))
        assert [tuple(row) for row in rows] == [
            ("sent", {}),
            ("waiting", {"to": "ona@example.lt"}),
            ("dead", {"to": "ona@example.lt"}),
        ]


async def test_a_mail_that_never_left_goes_when_the_contact_of_its_case_would(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    """Without a mail server nothing is ever sent, and a copy in the outbox must not outlive the original."""
    await closed_case(desk, clock)
    async with database.read() as session:
        written = tuple((await session.execute(select(OutboxRow.id))).scalars())
    assert written
    clock.move(days=364)
    assert (await job.run()).unsent_mails == ()
    clock.move(days=2)
    assert (await job.run()).unsent_mails == written
    async with database.read() as session:
        assert (await session.execute(select(OutboxRow))).all() == []


async def test_guesses_are_forgotten_after_a_day(database: Database, job: RetentionJob, clock: FakeClock) -> None:
    await CaseAccess(database=database, clock=clock).open("TR-2026-000009", "ne tas")
    clock.move(hours=23)
    assert (await job.run()).guesses == ()
    clock.move(hours=2)
    assert (await job.run()).guesses == ("TR-2026-000009",)
    async with database.read() as session:
        assert (await session.execute(select(GuessRow))).all() == []


async def test_what_changed_between_plan_and_removal_stays(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A resident writes and an official reopens the case just when the run has made its plan."""
    await chat(database, clock, "sena")
    case = await closed_case(desk, clock)
    clock.move(days=FIVE_YEARS)
    held = retention.held

    async def then_things_happen(session: AsyncSession, limit: Limits) -> Held:
        found = await held(session, limit)
        async with database.write() as writing:
            await conversations.take_seqs(writing, "sena", 1, clock.now())
        await work(desk, case, ReopenCase(reason="Nauji įrodymai."))
        return found

    monkeypatch.setattr(retention, "held", then_things_happen)
    assert of_cases_and_chats(await job.run()) == Removal()
    assert (await desk.get(case.number)).case.filing.description == SECRET
    assert (await desk.get(case.number)).case.state is CaseState.ASSIGNED
    assert await left(database, ConversationRow, MessageRow) == [1, 1]


async def test_the_log_says_how_much_and_nothing_else(
    database: Database, desk: CaseDesk, job: RetentionJob, clock: FakeClock
) -> None:
    await closed_case(desk, clock)
    await chat(database, clock, "sena")
    async with database.read() as session:
        written = (await session.execute(select(OutboxRow.id))).all()
    clock.move(days=FIVE_YEARS)
    with capture_logs() as logged:
        await job.run()
        await job.run()
    assert logged == [
        {
            "event": "retention_ran",
            "log_level": "info",
            "case_files": 1,
            "case_contacts": 0,
            "chats": 1,
            "drafts": 0,
            "sent_mails": 0,
            "unsent_mails": len(written),
            "guesses": 0,
        }
    ]


async def test_shorter_periods_are_obeyed(
    database: Database, desk: CaseDesk, clock: FakeClock, imported: Settings, files: Attachments
) -> None:
    short = replace(imported, retention_case_days=10, retention_case_contact_days=20, retention_chat_days=1)
    job = RetentionJob(database=database, clock=clock, periods=periods(short), attachments=files)
    case = await closed_case(desk, clock)
    clock.move(days=11)
    assert [file.number for file in (await job.run()).case_files] == [case.number]


async def test_the_register_still_numbers_on(desk: CaseDesk, job: RetentionJob, clock: FakeClock) -> None:
    first = await closed_case(desk, clock)
    clock.move(days=FIVE_YEARS)
    await job.run()
    second = await file_case(desk, SECRET)
    assert (first.number, second.number) == ("TR-2026-000001", "TR-2031-000001")
