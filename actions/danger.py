"""What is said to someone in danger, and whether somebody was a moment ago."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.nlu.danger import Danger, detect_danger
from bot.nlu.intents import FALLBACK, OUT_OF_SCOPE
from bot.nlu.normalise import fold

EMERGENCY = "emergency"
_RESPONSES = {Danger.LIFE: "utter_emergency", Danger.SUICIDE: "utter_emergency_suicide"}
_STILL_SPEAKS_OF_IT = frozenset(
    {FALLBACK, OUT_OF_SCOPE, "affirm", "deny", "help", "insult", "ask_contacts", "request_callback", "choose_option"}
)
"""Intents of few words after which the danger told before is not over."""
_VIOLENCE = re.compile(r"\b(?:su|pri|uz)?mus(?:a|e|ti|t|im\w*|amas|ama)\b|\bskriaud|\bsmurt|\bprievart|\btycioj")
_IN_CARE = re.compile(
    r"\b(?:mokykl|darzel|lopsel|gimnazij|progimn|pradin|klas[ei]|bendraklas|mokytoj|auklet|globos nam)"
)


def say(dispatcher: CollectingDispatcher, danger: Danger) -> None:
    """Say where help is."""
    dispatcher.utter_message(response=_RESPONSES[danger])


def told_before(tracker: Tracker) -> Danger | None:
    """Return the danger of an earlier message, unless the resident spoke of something else since."""
    users = [event for event in tracker.events if event["event"] == "user"]
    now = str(tracker.latest_message.get("text") or "")
    earlier = users[:-1] if users and users[-1].get("text") == now else users
    for event in reversed(earlier):
        text = str(event.get("text") or "")
        intent = str(((event.get("parse_data") or {}).get("intent") or {}).get("name") or "")
        if intent == EMERGENCY:
            return detect_danger(text) or Danger.LIFE
        if intent not in _STILL_SPEAKS_OF_IT:
            return None
    return None


def tells_of_violence_in_care(text: str) -> bool:
    """Tell whether somebody is hurt where a municipality answers for it: that may be complained about afterwards."""
    view = fold(text)
    return _VIOLENCE.search(view) is not None and _IN_CARE.search(view) is not None
