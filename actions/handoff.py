"""Actions that bring a person in, or take down a call-back or a message when nobody is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import (
    AnsweringAction,
    asked_for,
    latest_intent,
    latest_text,
    municipality_first,
    municipality_of,
    utter,
)
from actions.complaint import COMPLAINT_FORM
from actions.own_data import OWN_DATA
from actions.said import custom_of, language_of_question, said_now
from bot.core.handoff import HandoffReason, TaskKind
from bot.core.reply import Asks, Button, Reply
from bot.nlu.complaints.contact import contact_in
from bot.nlu.complaints.question import is_question
from bot.nlu.lexicon import content_words, words
from bot.services.answering.foreign import ForeignAnswers
from bot.services.handoff.availability import Available

CALLBACK_FORM = "callback_form"
KIND, CONTACT, TEXT = "callback_kind", "callback_contact", "callback_text"
PERSON_INTENTS = frozenset({"request_human", "request_callback"})
_LEAVES = OWN_DATA | {"cancel", "restart", "emergency", "file_complaint", "complaint_status", "request_human"}
_LONGEST_ASIDE = 8
_FEWEST_WORDS_TOLD = 2
_MESSAGE = re.compile(r'"value"\s*:\s*"message"')


class ActionRequestHuman(AnsweringAction):
    """Puts the conversation into the queue when somebody is there, else says when people are back."""

    def name(self) -> str:
        """See parent class."""
        return "action_request_human"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        # Below words in another language its button for a person is pressed.
        pressed = latest_text(tracker).startswith("/")
        language = language_of_question(tracker) if pressed else None
        return await self.bring_in(dispatcher, tracker, self._reason(tracker, language), language)

    async def bring_in(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, reason: HandoffReason, language: str | None = None
    ) -> list[EventType]:
        """Ask people in, or say when they are back and take down what is left; in Lithuanian unless told otherwise."""
        municipality = municipality_of(tracker)
        if self.services.catalogues.find(municipality) is None or municipality is None:
            return municipality_first(asked_for(tracker))
        pending = tracker.get_slot("pending_question")
        events: list[EventType] = [SlotSet("pending_question", None)] if pending else []
        available = await self.services.availability.of(municipality)
        if available.here:
            utter(dispatcher, (self._handing_over(language),))
            if tracker.active_loop_name is not None:
                # A half-filled complaint is kept and can be gone on with once the bot answers again.
                events += [ActiveLoop(None), SlotSet("requested_slot", None)]
            # No words: it tells the caller of this turn to put the conversation into the queue.
            dispatcher.utter_message(json_message={"handoff": {"reason": reason.value, "topic": self._topic(tracker)}})
            return events
        utter(dispatcher, (self._away(available, language),))
        return events

    def _handing_over(self, language: str | None) -> Reply:
        texts = self.services.texts
        if language is not None:
            return ForeignAnswers(texts).handing_over(language)
        return Reply(text=texts.render("callback.handing_over"))

    def _away(self, available: Available, language: str | None) -> Reply:
        texts = self.services.texts
        if language is not None:
            return ForeignAnswers(texts).away(language, available.opens_at)
        buttons = (
            Button(texts.render("callback.button.callback"), "/request_callback"),
            Button(texts.render("callback.button.message"), '/request_callback{"value":"message"}'),
            Button(texts.render("conversation.button.contacts"), "/ask_contacts"),
        )
        return Reply(text=texts.render("handoff.away", opens=available.opens), buttons=buttons)

    def _reason(self, tracker: Tracker, language: str | None) -> HandoffReason:
        if language is not None:
            return HandoffReason.FOREIGN_LANGUAGE
        if tracker.active_loop_name == COMPLAINT_FORM:
            return HandoffReason.COMPLAINT
        if int(tracker.get_slot("misunderstood") or 0) > 1:
            return HandoffReason.MISUNDERSTOOD
        return HandoffReason.ASKED

    def _topic(self, tracker: Tracker) -> str | None:
        """Return what the bot understood the conversation to be about: the service's title."""
        loaded, service = self.services.catalogues.find(municipality_of(tracker)), tracker.get_slot("service")
        found = None if loaded is None or service is None else loaded.catalogue.service(str(service))
        return None if found is None else found.title


class ActionBeginCallback(AnsweringAction):
    """Begins to take down a call-back or a message; a number in the message is not asked for again."""

    def name(self) -> str:
        """See parent class."""
        return "action_begin_callback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        said = asked_for(tracker)
        if self.services.catalogues.find(municipality_of(tracker)) is None:
            return municipality_first(said)
        kind = TaskKind.MESSAGE if _MESSAGE.search(said.text) else TaskKind.CALLBACK
        contact = None if said.text.startswith("/") else _contact(said.text, kind)
        return [
            SlotSet("pending_question", None),
            SlotSet(KIND, kind.value),
            SlotSet(CONTACT, contact),
            SlotSet(TEXT, None),
            FollowupAction(CALLBACK_FORM),
        ]


class ValidateCallbackForm(AnsweringAction):
    """Takes contact and words; what is no answer is left to the rules."""

    def name(self) -> str:
        """See parent class."""
        return f"validate_{CALLBACK_FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        kind, text = TaskKind(tracker.get_slot(KIND) or TaskKind.CALLBACK.value), latest_text(tracker)
        contact, begins = tracker.get_slot(CONTACT), tracker.get_slot("requested_slot") is None
        if begins:
            return [SlotSet(KIND, kind.value), SlotSet("requested_slot", TEXT if contact else CONTACT)]
        # A question is an aside where a number is asked for; in a message it is what a person is to answer.
        if _is_aside(tracker, asks=contact is None and kind is TaskKind.CALLBACK):
            return []
        found = _contact(text, kind)
        if contact is None:
            return self._contact_given(dispatcher, tracker, kind, found)
        if found is not None and _told_beside(text, found) is None:
            # Another number than the one before; what to tell is still asked for.
            return [SlotSet(CONTACT, found), SlotSet(TEXT, None), SlotSet("requested_slot", TEXT)]
        if sum(character.isalpha() for character in text) < 2:
            self._wrong(dispatcher, "text")
            return [SlotSet(TEXT, None), SlotSet("requested_slot", TEXT)]
        return [SlotSet(TEXT, text), SlotSet("requested_slot", None)]

    def _contact_given(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, kind: TaskKind, found: dict[str, str | None] | None
    ) -> list[EventType]:
        """Take the contact, and what is told beside it or was told before, so that nothing is asked twice."""
        told = _told_beside(latest_text(tracker), found) or tracker.get_slot(TEXT)
        if found is None and kind is TaskKind.MESSAGE and told:
            utter(dispatcher, (Reply(text=self.services.texts.render("callback.ask.contact_then"), asks=Asks.ANSWER),))
            return [SlotSet(CONTACT, None), SlotSet(TEXT, told), SlotSet("requested_slot", CONTACT)]
        if found is None:
            self._wrong(dispatcher, "phone" if kind is TaskKind.CALLBACK else "contact")
            return [SlotSet(CONTACT, None), SlotSet("requested_slot", CONTACT)]
        return [SlotSet(CONTACT, found), SlotSet(TEXT, told), SlotSet("requested_slot", None if told else TEXT)]

    def _wrong(self, dispatcher: CollectingDispatcher, what: str) -> None:
        text = self.services.texts.render(f"callback.wrong.{what}")
        utter(dispatcher, (Reply(text=text, asks=Asks.ANSWER),))


class ActionAskCallbackContact(AnsweringAction):
    """Asks where to answer."""

    def name(self) -> str:
        """See parent class."""
        return f"action_ask_{CONTACT}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        return self.ask(dispatcher, tracker, "phone" if _is_call(tracker) else "contact")

    def ask(self, dispatcher: CollectingDispatcher, tracker: Tracker, what: str) -> list[EventType]:
        """Ask, in short when something else was said before; not at all when what is wrong was told."""
        said = said_now(tracker)
        if any(custom_of(each).get("asks") == Asks.ANSWER.value for each in said):
            return []
        text = self.services.texts.render(f"callback.ask.{what}{'_again' if said else ''}")
        utter(dispatcher, (Reply(text=text, asks=Asks.ANSWER),))
        return []


class ActionAskCallbackText(ActionAskCallbackContact):
    """Asks when to call and what about, or what to tell."""

    def name(self) -> str:
        """See parent class."""
        return f"action_ask_{TEXT}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        return self.ask(dispatcher, tracker, "call" if _is_call(tracker) else "text")


class ActionLeaveTask(AnsweringAction):
    """Makes a task of what was left, with a due date, and says by when somebody answers."""

    def name(self) -> str:
        """See parent class."""
        return "action_leave_task"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        done: list[EventType] = [SlotSet(name, None) for name in (KIND, CONTACT, TEXT)]
        contact, text, municipality = tracker.get_slot(CONTACT), tracker.get_slot(TEXT), municipality_of(tracker)
        if not contact or not text or municipality is None:
            utter(dispatcher, (Reply(text=self.services.texts.render("callback.stopped")),))
            return done
        kind = TaskKind(tracker.get_slot(KIND))
        task = await self.services.tasks.leave(
            kind=kind,
            municipality=municipality,
            conversation=tracker.sender_id,
            name=contact.get("name") or "–",
            contact=contact["where"],
            text=str(text),
            best_time=str(text)[:200] if kind is TaskKind.CALLBACK else None,
        )
        utter(dispatcher, (Reply(text=self.services.tasks.receipt(task)),))
        return done


def _is_call(tracker: Tracker) -> bool:
    return bool(tracker.get_slot(KIND) == TaskKind.CALLBACK.value)


def _contact(text: str, kind: TaskKind) -> dict[str, str | None] | None:
    """Return name and where to answer; a call needs a telephone number."""
    found = contact_in(text)
    if found is None:
        return None
    where = found.phone if kind is TaskKind.CALLBACK else found.email or found.phone
    return None if where is None else {"name": found.name, "where": where}


def _told_beside(text: str, contact: dict[str, str | None] | None) -> str | None:
    """Return the message when it tells more than where to answer."""
    given = contact or {}
    told = set(words(f"{given.get('name') or ''} {given.get('where') or ''}"))
    return text if len([word for word in content_words(text) if word not in told]) >= _FEWEST_WORDS_TOLD else None


def _is_aside(tracker: Tracker, *, asks: bool) -> bool:
    """Tell whether a message answers nothing; once it is asked what to tell a person, a question is for that person."""
    text, intent = latest_text(tracker), latest_intent(tracker)
    if text.startswith("/"):
        return True
    short = len(words(text)) <= _LONGEST_ASIDE
    return bool((asks and is_question(text)) or intent == "emergency" or (intent in _LEAVES and short))
