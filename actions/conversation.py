"""Actions about the conversation itself: danger, repeating, starting over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import LangelisAction, latest_text, utter
from actions.complaint import COMPLAINT_FORM, DRAFT, ENDING, ActionResumeCase
from actions.danger import say, told_before
from actions.said import last_said
from actions.status import CASE, CODE, NUMBER, PURPOSE
from bot.core.reply import Asks, Button, Reply
from bot.nlu.danger import Danger, detect_danger, tells_of_violence_in_care
from bot.nlu.language import foreign_language
from bot.services.answering.foreign import ForeignAnswers
from bot.services.answering.question import human_button

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
        danger = detect_danger(text) or Danger.LIFE
        language = None if text.startswith("/") else foreign_language(text)
        if language is None:
            say(dispatcher, danger)
        else:
            suicide = danger is Danger.SUICIDE
            utter(dispatcher, (ForeignAnswers(self.services.texts).emergency(language, suicide=suicide),))
        if tracker.active_loop_name is None:
            if language is None and tells_of_violence_in_care(text):
                self._offer_complaint(dispatcher)
            return []
        # Nothing is asked of someone in danger.
        ended = [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("pending_question", None)]
        if tracker.active_loop_name == COMPLAINT_FORM:
            return [*ended, *ActionResumeCase(self.services).keep_for_later(dispatcher, tracker)]
        return ended

    def _offer_complaint(self, dispatcher: CollectingDispatcher) -> None:
        """Offer to take down a complaint once nobody is in danger: a child that is hit at school needs that too."""
        render = self.services.texts.render
        buttons = (Button(render("complaint.button.file"), "/file_complaint"), human_button(self.services.texts))
        utter(dispatcher, (Reply(text=render("complaint.after_violence"), buttons=buttons, asks=Asks.COMPLAINT),))


class ActionHelp(LangelisAction):
    """Tells what the bot can do; who called for help in danger is told again where help is."""

    def name(self) -> str:
        """See parent class."""
        return "action_help"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        danger = None if latest_text(tracker).startswith("/") else told_before(tracker)
        if danger is None:
            dispatcher.utter_message(response="utter_help")
        else:
            say(dispatcher, danger)
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
