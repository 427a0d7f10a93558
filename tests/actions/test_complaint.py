"""The actions that take down a complaint: begun, answered, left, taken up again, filed once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from actions.base import ActionServices
from actions.complaint import (
    ActionAskCase,
    ActionBeginCase,
    ActionCaseButton,
    ActionFileCase,
    ActionResumeCase,
    ValidateComplaintForm,
)
from actions.session import ActionSessionStart
from bot.core.case import CaseKind
from bot.core.conversation import Author, Conversation, Owner
from bot.services.attachments.keeper import open_attachments
from bot.services.filing.dialogue import button
from bot.services.filing.draft import Draft, Place, Step, restored
from bot.settings import Settings
from bot.storage import attachments, conversations
from bot.storage.database import Database
from tests.actions.filing import STORY, filled, open_services, slots
from tests.actions.trackers import Ran, run, tracker, user
from tests.fakes import FakeClock
from tests.files import picture
from tests.packs import TEXTS

FORM = "complaint_form"


@pytest.fixture
async def services(imported: Settings, clock: FakeClock) -> AsyncIterator[ActionServices]:
    """Services over a database with the shipped packs."""
    database = Database(imported.database_url)
    yield await open_services(database, clock)
    await database.close()


def kept(ran: Ran) -> Draft:
    """Return the draft that an action kept."""
    draft = restored(ran.slots["case_draft"])
    assert draft is not None
    return draft


async def begin(services: ActionServices, text: str, draft: Draft | None = None, intent: str = "file_complaint") -> Ran:
    """Begin a complaint with a message."""
    return await run(ActionBeginCase(services), tracker(user(text, intent), slots=slots(draft)))


async def answer(services: ActionServices, draft: Draft | None, text: str, intent: str = "inform") -> Ran:
    """Answer the draft's question."""
    asked = Step.STORY if draft is None else draft.next_step
    saved = tracker(user(text, intent), slots=slots(draft, requested_slot=asked.value), loop=FORM)
    return await run(ValidateComplaintForm(services), saved)


async def file(services: ActionServices, draft: Draft | None, ending: str = "submitted") -> Ran:
    """End the form."""
    saved = tracker(user("taip", "affirm"), slots=slots(draft, case_ending=ending))
    return await run(ActionFileCase(services), saved)


async def test_a_wish_to_complain_opens_an_empty_form(services: ActionServices) -> None:
    ran = await begin(services, "noriu pateikti skundą")
    assert ran.next_action == FORM
    assert (kept(ran).story, kept(ran).kind) == (None, CaseKind.COMPLAINT)
    assert kept(ran).next_step is Step.STORY


async def test_a_first_message_that_tells_the_story_is_not_asked_again(services: ActionServices) -> None:
    ran = await begin(services, "Skundžiuosi: vakar Lentvario seniūnijoje darbuotoja šaukė ant manęs")
    assert kept(ran).place == Place(id="lentvario-seniunija", found=True)
    assert kept(ran).next_step is Step.OUTCOME


@pytest.mark.parametrize(("intent", "kind"), [("suggest", CaseKind.SUGGESTION), ("praise", CaseKind.PRAISE)])
async def test_praise_and_suggestions_are_taken_down_too(services: ActionServices, intent: str, kind: CaseKind) -> None:
    assert kept(await begin(services, f"/{intent}", intent=intent)).kind is kind


async def test_a_question_how_to_complain_is_answered_and_opens_nothing(services: ActionServices) -> None:
    ran = await begin(services, "Kaip pateikti skundą?")
    assert ran.next_action is None
    assert "case_draft" not in ran.slots
    assert "/file_complaint" in str(ran.messages)


async def test_without_a_municipality_that_is_asked_first(services: ActionServices) -> None:
    saved = tracker(user("noriu pateikti skundą", "file_complaint"))
    ran = await run(ActionBeginCase(services), saved)
    assert ran.next_action == "municipality_form"
    assert ran.slots["pending_question"]


async def test_a_half_filled_complaint_is_offered_again(services: ActionServices, clock: FakeClock) -> None:
    ran = await begin(services, "noriu pateikti skundą", filled(clock.now()))
    assert STORY in ran.text
    assert ran.next_action is None
    assert "/resume_case" in str(ran.messages)


async def test_a_half_filled_notice_is_offered_again(services: ActionServices, clock: FakeClock) -> None:
    ran = await begin(services, "noriu pateikti skundą", filled(clock.now(), kind=CaseKind.CHARTER_NOTICE))
    assert STORY in ran.text


async def test_a_draft_of_two_days_ago_is_gone(services: ActionServices, clock: FakeClock) -> None:
    old = filled(clock.now() - timedelta(days=2))
    assert kept(await begin(services, "noriu pateikti skundą", old)).story is None
    ran = await answer(services, old, "vakar")
    assert ran.slots == {"case_draft": None, "case_ending": "stopped", "requested_slot": None}
    resumed = await run(ActionResumeCase(services), tracker(user("/resume_case"), slots=slots(old)))
    assert resumed.slots == {"case_draft": None}


async def test_an_answer_leads_to_the_next_question(services: ActionServices, clock: FakeClock) -> None:
    ran = await answer(services, filled(clock.now(), when=None, outcome=None), "vakar")
    assert ran.slots["requested_slot"] == Step.OUTCOME.value
    assert ran.messages == []


async def test_a_wrong_answer_is_told_and_asked_for_again(services: ActionServices, clock: FakeClock) -> None:
    ran = await answer(services, filled(clock.now(), when=None), "rytoj")
    assert ran.slots["requested_slot"] == Step.WHEN.value
    assert "„rytoj“" in ran.text


async def test_an_aside_changes_nothing(services: ActionServices, clock: FakeClock) -> None:
    ran = await answer(services, filled(clock.now(), when=None), "Kiek laiko nagrinėjamas skundas?")
    assert ran.events == []


@pytest.mark.parametrize("step", Step, ids=lambda step: step.value)
async def test_every_question_is_asked_in_words(services: ActionServices, clock: FakeClock, step: Step) -> None:
    draft = filled(clock.now(), suggested="ona@gmail.com").edit(step)
    ran = await run(ActionAskCase(services, step), tracker(user("taip"), slots=slots(draft), loop=FORM))
    assert len(ran.messages) == 1
    assert ran.text.strip()
    assert "None" not in ran.text


async def test_a_confirmed_complaint_is_filed_once(services: ActionServices, clock: FakeClock) -> None:
    draft = filled(clock.now())
    submitted = await answer(services, draft, "taip", "affirm")
    assert submitted.slots["case_ending"] == "submitted"
    ran = await file(services, draft)
    assert ran.slots == {"case_draft": None, "case_ending": None, "status_case": "TR-2026-000001"}
    assert "TR-2026-000001" in str(ran.messages)
    assert draft.code in str(ran.messages)
    # The process was killed before the answer was stored: the turn is done again, with the same answer.
    again = await file(services, draft)
    assert again.messages == ran.messages
    assert len(await services.cases.register()) == 1


@pytest.mark.parametrize("text", ["o kas gaus mano skundą?", "kokia mano skundo būsena?"])
async def test_who_asks_how_an_unfiled_complaint_stands_is_told_and_loses_nothing(
    services: ActionServices, clock: FakeClock, text: str
) -> None:
    draft = filled(clock.now())
    ran = await answer(services, draft, text, "complaint_status")
    assert "dar nepateiktas" in ran.text
    assert "Trakų rajono savivaldybė" in ran.text
    assert kept(ran).story == draft.story
    assert ran.slots["requested_slot"] == Step.CONFIRM.value
    # Another case's number is asked about all the same.
    assert (await answer(services, draft, "TR-2026-000001 7K2M-9QXD-4TRB būsena?", "complaint_status")).events == []


@pytest.mark.parametrize("ending", ["stopped", ""])
async def test_what_was_not_confirmed_is_not_filed(services: ActionServices, clock: FakeClock, ending: str) -> None:
    await file(services, filled(clock.now()), ending)
    assert await services.cases.register() == ()


async def test_a_problem_to_be_reported_is_filed_as_no_complaint(services: ActionServices, clock: FakeClock) -> None:
    ran = await file(services, filled(clock.now()), "problem")
    assert ran.messages
    assert ran.slots["case_draft"] is None
    assert await services.cases.register() == ()


async def test_the_same_story_in_one_conversation_is_told_to_be_filed(
    services: ActionServices, clock: FakeClock
) -> None:
    await file(services, filled(clock.now()))
    by_first_words = await begin(services, STORY.upper())
    assert "TR-2026-000001" in by_first_words.text
    assert by_first_words.next_action is None
    by_answer = await answer(services, filled(clock.now(), story=None), STORY)
    assert "TR-2026-000001" in by_answer.text
    assert by_answer.slots["case_ending"] == "stopped"
    by_filing = await file(services, filled(clock.now()))
    assert "TR-2026-000001" in by_filing.text
    assert len(await services.cases.register()) == 1


async def test_a_draft_is_dropped_by_its_button(services: ActionServices, clock: FakeClock) -> None:
    saved = tracker(user(button("draft", "drop"), "case_answer"), slots=slots(filled(clock.now())))
    assert (await run(ActionCaseButton(services), saved)).slots == {"case_draft": None}


async def test_how_days_are_counted_is_shown_only_where_the_case_is_known(
    services: ActionServices, clock: FakeClock
) -> None:
    await file(services, filled(clock.now()))
    pressed = user(button("terms", "TR-2026-000001"), "case_answer")
    own = await run(ActionCaseButton(services), tracker(pressed, slots=slots(None)))
    assert "2026-12-21" in str(own.messages)
    saved = tracker(pressed, slots=slots(None))
    saved.sender_id = "petras"
    strange = await run(ActionCaseButton(services), saved)
    assert "2026-12-21" not in str(strange.messages)


async def test_a_new_session_offers_the_draft_and_forgets_the_open_case(
    services: ActionServices, clock: FakeClock
) -> None:
    draft = filled(clock.now())
    before = slots(draft, status_case="TR-2026-000001", status_code="7K2M-9QXD-4TRB", requested_slot="case_when")
    ran = await run(ActionSessionStart(services), tracker(user("labas"), slots=before))
    assert set(ran.slots) == {"municipality", "case_draft"}
    assert kept(ran) == draft
    assert STORY in ran.text
    clock.move(days=2)
    later = await run(ActionSessionStart(services), tracker(user("labas"), slots=before))
    assert set(later.slots) == {"municipality"}
    assert later.messages == []


async def test_words_kept_for_later_hold_no_contact(services: ActionServices, clock: FakeClock) -> None:
    from rasa_sdk.executor import CollectingDispatcher

    saved = tracker(user("Muša žmoną, skambinkite 861234567", "emergency"), slots=slots(Draft(touched_at=clock.now())))
    events = ActionResumeCase(services).keep_for_later(CollectingDispatcher(), saved)
    assert "861234567" not in str(events)


async def test_what_was_sent_meanwhile_is_named_before_it_is_filed_and_belongs_to_the_case(
    services: ActionServices, imported: Settings, clock: FakeClock
) -> None:
    draft = kept(await begin(services, "noriu pateikti skundą"))
    assert draft.begun_at == clock.now()
    saved = tracker(user("taip"), slots={})
    database = Database(imported.database_url)
    files = open_attachments(imported, database, clock, TEXTS)
    async with database.write() as session:
        opened = Conversation(saved.sender_id, "web", "trakai", Owner.BOT, 0)
        await conversations.add(session, opened, now=clock.now())
    photo = await files.keep(saved.sender_id, "duobė.jpg", picture())
    letter = await files.keep(saved.sender_id, "nerodytas.txt", b"labas")
    del letter
    async with database.write() as session:
        await attachments.show(
            session, [photo.id], conversation=saved.sender_id, seq=1, author=Author.RESIDENT, operator=None
        )
    whole = filled(clock.now(), id=draft.id, begun_at=draft.begun_at)
    asked = await run(ActionAskCase(services, Step.CONFIRM), tracker(user("taip"), slots=slots(whole), loop=FORM))
    assert "Pridėti failai" in asked.text
    assert "duobė.jpg" in asked.text
    assert "nerodytas.txt" not in asked.text
    await file(services, whole)
    (case,) = await services.cases.of_conversation(saved.sender_id)
    assert [each.name for each in await services.cases.files(case)] == ["duobė.jpg"]
    await database.close()
