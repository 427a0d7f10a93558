"""Actions about the conversation itself: danger, repeating, starting over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import LangelisAction, latest_text
from bot.nlu.danger import Danger, detect_danger

_FORGOTTEN_SLOTS = ("service", "institution", "candidates", "pending_question", "requested_slot")


class ActionEmergency(LangelisAction):
    """Sends to 112 first, always; whoever speaks of suicide also gets the support line."""

    def name(self) -> str:
        """See parent class."""
        return "action_emergency"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        suicide = detect_danger(latest_text(tracker)) is Danger.SUICIDE
        dispatcher.utter_message(response="utter_emergency_suicide" if suicide else "utter_emergency")
        if tracker.active_loop_name is None:
            return []
        # Nothing is asked of someone in danger.
        return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("pending_question", None)]


class ActionRepeat(LangelisAction):
    """Says the last answer again."""

    def name(self) -> str:
        """See parent class."""
        return "action_repeat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        answer = _last_answer(tracker)
        if not answer:
            dispatcher.utter_message(text=self.services.texts.render("conversation.nothing_to_repeat"))
        for said in answer:
            data = said.get("data") or {}
            dispatcher.utter_message(
                text=said.get("text"), buttons=data.get("buttons"), json_message=data.get("custom")
            )
        return []


def _last_answer(tracker: Tracker) -> list[dict[str, Any]]:
    """Return all that was said to the message before this one, in order."""
    said: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event["event"] == "user" and said:
            break
        if event["event"] == "bot":
            said.insert(0, event)
    return said


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
