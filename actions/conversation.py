"""Actions about the conversation itself: danger, repeating, starting over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import LangelisAction, latest_text, utter
from actions.complaint import COMPLAINT_FORM, DRAFT, ENDING, ActionResumeCase
from actions.said import last_said
from actions.status import CASE, CODE, NUMBER, PURPOSE
from bot.nlu.danger import Danger, detect_danger
from bot.nlu.language import foreign_language
from bot.services.answering.foreign import ForeignAnswers

_FORGOTTEN_SLOTS = (
    *("service", "institution", "subject", "candidates", "pending_question", "requested_slot"),
    *(DRAFT, ENDING, CASE, CODE, NUMBER, PURPOSE),
)


class ActionEmergency(LangelisAction):
    """Sends to 112 first, always; whoever speaks of suicide also gets the support line."""

    def name(self) -> str:
        """See parent class."""
        return "action_emergency"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        text = latest_text(tracker)
        suicide = detect_danger(text) is Danger.SUICIDE
        language = None if text.startswith("/") else foreign_language(text)
        if language is None:
            dispatcher.utter_message(response="utter_emergency_suicide" if suicide else "utter_emergency")
        else:
            utter(dispatcher, (ForeignAnswers(self.services.texts).emergency(language, suicide=suicide),))
        if tracker.active_loop_name is None:
            return []
        # Nothing is asked of someone in danger.
        ended = [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("pending_question", None)]
        if tracker.active_loop_name == COMPLAINT_FORM:
            return [*ended, *ActionResumeCase(self.services).keep_for_later(dispatcher, tracker)]
        return ended


class ActionRepeat(LangelisAction):
    """Says the last answer again."""

    def name(self) -> str:
        """See parent class."""
        return "action_repeat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        answer = last_said(tracker)
        if not answer:
            dispatcher.utter_message(text=self.services.texts.render("conversation.nothing_to_repeat"))
        for said in answer:
            data = said.get("data") or {}
            dispatcher.utter_message(
                text=said.get("text"), buttons=data.get("buttons"), json_message=data.get("custom")
            )
        return []


class ActionRestart(LangelisAction):
    """Forgets what the conversation was about, but not the municipality."""

    def name(self) -> str:
        """See parent class."""
        return "action_restart"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        dispatcher.utter_message(response="utter_started_over")
        forgotten: list[EventType] = [SlotSet(name, None) for name in _FORGOTTEN_SLOTS]
        return [ActiveLoop(None), *forgotten, SlotSet("misunderstood", 0.0)]
