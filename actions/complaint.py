"""Actions that take down a complaint, a suggestion or a word of praise and file it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import (
    ActionServices,
    AnsweringAction,
    Heard,
    LangelisAction,
    asked_for,
    latest_intent,
    latest_text,
    municipality_first,
    municipality_of,
    utter,
)
from actions.own_data import order_erasure
from actions.said import asked, custom_of, said_now
from actions.status import CASE
from bot.core.case import CaseKind
from bot.core.clock import local
from bot.core.reply import Asks, Button, Reply
from bot.nlu.complaints.question import is_question
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers
from bot.services.cases.desk import CONSENT_VERSION
from bot.services.catalogues import LoadedCatalogue
from bot.services.filing import dialogue
from bot.services.filing.dialogue import Ending, Scene, button, is_aside, pressed, take
from bot.services.filing.draft import Draft, Step, filing_of, restored, stored
from bot.services.filing.story import tells_a_story, understood, without_contact

COMPLAINT_FORM = "complaint_form"
DRAFT, ENDING = "case_draft", "case_ending"
_KINDS = {"suggest": CaseKind.SUGGESTION, "praise": CaseKind.PRAISE}
FILING_INTENTS = frozenset({"file_complaint", *_KINDS})
_STATUS = "complaint_status"
_LONGEST_REMINDER = 160
_STANDING_ALONE = frozenset({Asks.ANSWER.value, Asks.ERASURE.value})
"""Questions that stand alone: what is wrong with an answer, and whether all is to be deleted."""


class CaseAction(AnsweringAction):
    """What the actions of this module share."""

    def loaded(self, tracker: Tracker) -> LoadedCatalogue | None:
        """Return the catalogue of the municipality that is asked, or None."""
        return self.services.catalogues.find(municipality_of(tracker))

    def scene(self, loaded: LoadedCatalogue) -> Scene:
        """Return where and when a message is heard."""
        today = local(self.services.clock.now()).date()
        return Scene(loaded, today, self.services.texts.render("complaint.hidden"))

    def draft_of(self, tracker: Tracker) -> Draft | None:
        """Return the half-filled complaint, unless it has grown old."""
        draft = restored(tracker.get_slot(DRAFT))
        return None if draft is None or draft.is_old(self.services.clock.now()) else draft

    def kept(self, draft: Draft) -> EventType:
        """Keep the draft with the dialogue."""
        return SlotSet(DRAFT, stored(replace(draft, touched_at=self.services.clock.now())))

    def say(self, dispatcher: CollectingDispatcher, key: str, **values: object) -> None:
        """Say one phrase."""
        utter(dispatcher, (Reply(text=self.services.texts.render(f"complaint.{key}", **values)),))

    async def said_before(self, dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft) -> bool:
        """Tell the resident when the same story was filed before in this conversation."""
        municipality = municipality_of(tracker)
        if draft.story is None or municipality is None:
            return False
        before = await self.services.cases.filed_before(tracker.sender_id, draft.story, municipality=municipality)
        if before is None:
            return False
        self.say(dispatcher, "filed.repeated", number=before.number)
        return True


class ActionBeginCase(CaseAction):
    """Begins to take down a complaint; what the first message tells is not asked again."""

    def name(self) -> str:
        """See parent class."""
        return "action_begin_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        said, loaded = asked_for(tracker), self.loaded(tracker)
        if loaded is None:
            return municipality_first(said)
        pending = tracker.get_slot("pending_question")
        events: list[EventType] = [SlotSet("pending_question", None)] if pending else []
        from_button, story = said.text.startswith("/"), tells_a_story(said.text)
        if not from_button and not story and is_question(said.text):
            return [*events, *self._explain(dispatcher, tracker, said)]
        draft = self.draft_of(tracker)
        if draft is not None and draft.story and not story and draft.is_short == (said.intent in _KINDS):
            self._offer(dispatcher, draft)
            return events
        now = self.services.clock.now()
        draft = Draft(kind=self._kind(said), touched_at=now, begun_at=now)
        if story and not from_button:
            scene = self.scene(loaded)
            draft = understood(draft, said.text, loaded, scene.today, hidden=scene.hidden)
            if await self.said_before(dispatcher, tracker, draft):
                return [*events, SlotSet(DRAFT, None)]
        return [*events, self.kept(draft), FollowupAction(COMPLAINT_FORM)]

    def _kind(self, said: Heard) -> CaseKind:
        return _KINDS.get(said.intent, CaseKind.COMPLAINT)

    def _offer(self, dispatcher: CollectingDispatcher, draft: Draft) -> None:
        utter(dispatcher, (offer_to_resume(self.services, draft),))

    def _explain(self, dispatcher: CollectingDispatcher, tracker: Tracker, said: Heard) -> list[EventType]:
        """Answer how a complaint is made, and offer to take it down here."""
        events = self.answer(dispatcher, tracker, replace(said, intent="file_complaint"))
        texts = self.services.texts
        offer = Reply(
            text=texts.render("complaint.how.lead"),
            buttons=(Button(texts.render("complaint.button.file"), "/file_complaint"),),
        )
        utter(dispatcher, (offer,))
        return events


def offer_to_resume(services: ActionServices, draft: Draft) -> Reply:
    """Return the offer to go on with a half-filled complaint."""
    texts, story = services.texts, draft.story or ""
    shown = story if len(story) <= _LONGEST_REMINDER else story[:_LONGEST_REMINDER].rsplit(" ", 1)[0] + " …"
    return Reply(
        text=texts.render("complaint.resume.offer", story=shown),
        buttons=(
            Button(texts.render("complaint.button.resume"), "/resume_case"),
            Button(texts.render("complaint.button.drop"), button("draft", "drop")),
        ),
    )


class ActionResumeCase(CaseAction):
    """Goes on with a half-filled complaint."""

    def name(self) -> str:
        """See parent class."""
        return "action_resume_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        draft = self.draft_of(tracker)
        if draft is None:
            self.say(dispatcher, "resume.nothing")
            return [SlotSet(DRAFT, None)]
        if tracker.active_loop_name == COMPLAINT_FORM:
            return []
        return [self.kept(draft), FollowupAction(COMPLAINT_FORM)]

    def keep_for_later(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Keep the draft while something more urgent is at hand, with the words that were just written."""
        draft = self.draft_of(tracker)
        if draft is None:
            return []
        if draft.next_step is Step.STORY and not draft.story:
            hidden = self.services.texts.render("complaint.hidden")
            draft = replace(draft, story=without_contact(latest_text(tracker), hidden))
        texts = self.services.texts
        button_ = Button(texts.render("complaint.button.resume"), "/resume_case")
        reply = Reply(text=texts.render("complaint.after_emergency"), buttons=(button_,), asks=Asks.COMPLAINT)
        utter(dispatcher, (reply,))
        return [self.kept(draft)]


class ValidateComplaintForm(CaseAction):
    """Takes each answer of the form; what is no answer is left to the rules, and the form asks again after them."""

    def name(self) -> str:
        """See parent class."""
        return f"validate_{COMPLAINT_FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        draft, loaded = self.draft_of(tracker), self.loaded(tracker)
        if draft is None or loaded is None:
            return [SlotSet(DRAFT, None), SlotSet(ENDING, Ending.STOPPED.value), SlotSet("requested_slot", None)]
        if tracker.get_slot("requested_slot") is None:
            return self._go_on(draft)
        if asked(tracker) is Asks.ERASURE and self._answers_erasure(dispatcher, latest_intent(tracker)):
            return []
        # After an aside Rasa requests the first empty slot; the draft knows what was asked.
        step, said = draft.next_step, self._heard(tracker)
        if is_aside(step, said, self.scene(loaded)):
            return self._still_unfiled(dispatcher, tracker, draft, loaded)
        taken = take(step, draft, said, self.scene(loaded))
        if taken.draft.story != draft.story and await self.said_before(dispatcher, tracker, taken.draft):
            return self._end(taken.draft, Ending.STOPPED)
        if taken.ending is not None:
            return self._end(taken.draft, taken.ending)
        if taken.wrong is not None:
            utter(dispatcher, (self.services.prompts.wrong(taken, loaded, self.scene(loaded).today),))
        return self._go_on(taken.draft)

    def _still_unfiled(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft, loaded: LoadedCatalogue
    ) -> list[EventType]:
        """Tell who asks how the complaint stands that it is not filed yet; any other aside is left to the rules."""
        text = latest_text(tracker)
        if latest_intent(tracker) != _STATUS or text.startswith("/") or next(registration_numbers(Reading(text)), None):
            return []
        municipality = loaded.catalogue.municipality
        self.say(dispatcher, "not_filed_yet", municipality=municipality)
        return self._go_on(draft)

    def _answers_erasure(self, dispatcher: CollectingDispatcher, intent: str) -> bool:
        """Take a yes or no as the answer to whether all is to be deleted, which was asked in the middle of the form."""
        if intent == "affirm":
            order_erasure(dispatcher)
        elif intent == "deny":
            utter(dispatcher, (self.services.own_data.kept(),))
        return intent in {"affirm", "deny"}

    def _heard(self, tracker: Tracker) -> dialogue.Heard:
        text = latest_text(tracker)
        field, value = pressed(text) or (None, None)
        offers = asked(tracker) is Asks.CHOICE
        return dialogue.Heard(text=text, intent=latest_intent(tracker), field=field, value=value, offers_choice=offers)

    def _go_on(self, draft: Draft) -> list[EventType]:
        return [self.kept(draft), SlotSet("requested_slot", draft.next_step.value)]

    def _end(self, draft: Draft, ending: Ending) -> list[EventType]:
        return [self.kept(draft), SlotSet(ENDING, ending.value), SlotSet("requested_slot", None)]


class ActionAskCase(CaseAction):
    """Asks the draft's next question; Rasa looks for one such action for each slot of the form."""

    def __init__(self, services: ActionServices | None = None, step: Step = Step.STORY) -> None:
        super().__init__(services)
        self._step = step

    def name(self) -> str:
        """See parent class."""
        return f"action_ask_{self._step.value}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        draft, loaded, said = self.draft_of(tracker), self.loaded(tracker), said_now(tracker)
        if draft is None or loaded is None or any(custom_of(each).get("asks") in _STANDING_ALONE for each in said):
            return []
        today, files = self.scene(loaded).today, list[str]()
        if self._step is Step.CONFIRM:
            files = await self.services.cases.files_to_come(tracker.sender_id, draft.files_since)
        utter(dispatcher, (self.services.prompts.ask(draft, loaded, today, again=bool(said), files=files),))
        return []


class ActionFileCase(CaseAction):
    """Files the complaint once it is confirmed; otherwise leads to the right path."""

    def name(self) -> str:
        """See parent class."""
        return "action_file_case"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        draft, loaded, ending = self.draft_of(tracker), self.loaded(tracker), tracker.get_slot(ENDING)
        done: list[EventType] = [SlotSet(DRAFT, None), SlotSet(ENDING, None)]
        if draft is None or loaded is None:
            self.say(dispatcher, "resume.nothing")
            return done
        if ending == Ending.PROBLEM.value:
            return [*self.answer(dispatcher, tracker, Heard(draft.story or "", "report_problem")), *done]
        if ending == Ending.SUBMITTED.value:
            done.append(SlotSet(CASE, await self._file(dispatcher, tracker, draft, loaded)))
        return done

    async def _file(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, draft: Draft, loaded: LoadedCatalogue
    ) -> str | None:
        """Return the number of the case: in the conversation that was told it and its code, it stays open."""
        place = None if draft.place is None or draft.place.id is None else loaded.catalogue.institution(draft.place.id)
        filing = filing_of(
            draft,
            municipality=loaded.catalogue.municipality.id,
            place_name=None if place is None else place.name,
            consent=CONSENT_VERSION,
            channel=tracker.get_latest_input_channel() or "",
            conversation=tracker.sender_id,
        )
        filed = await self.services.cases.file(filing, draft.code)
        if filed.repeated and filed.case.filing.draft != draft.id:
            self.say(dispatcher, "filed.repeated", number=filed.case.number)
            return None
        # The same draft may come twice, when a process was killed before it had answered: the answer is the same.
        municipality = loaded.catalogue.municipality
        utter(dispatcher, (self.services.summary.filed(filed.case, filed.terms, draft.code, municipality),))
        return filed.case.number


class ActionCaseButton(CaseAction):
    """A button of the form that is pressed outside of it."""

    def name(self) -> str:
        """See parent class."""
        return "action_case_button"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        field, value = pressed(latest_text(tracker)) or ("", "")
        if field == "draft":
            self.say(dispatcher, "resume.dropped")
            return [SlotSet(DRAFT, None)]
        if field == "terms" and await self._count(dispatcher, tracker, value):
            return []
        self.say(dispatcher, "wrong.stale_button")
        return []

    async def _count(self, dispatcher: CollectingDispatcher, tracker: Tracker, number: str) -> bool:
        """Show how the terms are counted, of a case that was filed in this very conversation or opened by its code."""
        own = await self.services.cases.of_conversation(tracker.sender_id)
        known = {case.number for case in own} | {tracker.get_slot("status_case")}
        if number not in known:
            return False
        case = (await self.services.cases.get(number)).case
        calendar = self.services.cases.calendar(case.filing.municipality)
        utter(dispatcher, (self.services.summary.counted(case, calendar),))
        return True


def ask_actions(services: ActionServices) -> tuple[LangelisAction, ...]:
    """Return an asking action for each step."""
    return tuple(ActionAskCase(services, step) for step in Step)
