"""What is said to someone in danger, and whether somebody was a moment ago."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.said import messages_before
from bot.nlu.danger import Danger, detect_danger
from bot.nlu.intents import FALLBACK, OUT_OF_SCOPE

EMERGENCY = "emergency"
_RESPONSES = {Danger.LIFE: "utter_emergency", Danger.SUICIDE: "utter_emergency_suicide"}
_STILL_SPEAKS_OF_IT = frozenset(
    {FALLBACK, OUT_OF_SCOPE, "affirm", "deny", "help", "insult", "ask_contacts", "request_callback", "choose_option"}
)
"""Intents of few words after which the danger told before is not over."""


def say(dispatcher: CollectingDispatcher, danger: Danger) -> None:
    """Say where help is."""
    dispatcher.utter_message(response=_RESPONSES[danger])


def told_before(tracker: Tracker) -> Danger | None:
    """Return the danger of an earlier message, unless the resident spoke of something else since."""
    for text, intent in messages_before(tracker):
        if intent == EMERGENCY:
            return detect_danger(text) or Danger.LIFE
        if intent not in _STILL_SPEAKS_OF_IT:
            return None
    return None
