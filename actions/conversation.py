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
        return []


class ActionRepeat(LangelisAction):
    """Says the last answer again."""

    def name(self) -> str:
        """See parent class."""
        return "action_repeat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        said = next((event for event in reversed(tracker.events) if event["event"] == "bot"), None)
        if said is None:
            dispatcher.utter_message(text=self.services.texts.render("conversation.nothing_to_repeat"))
            return []
        data = said.get("data") or {}
        dispatcher.utter_message(text=said.get("text"), buttons=data.get("buttons"), json_message=data.get("custom"))
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
