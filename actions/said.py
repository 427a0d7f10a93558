"""What was said before, read from the tracker: what a bare "yes", "no" or number answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Tracker

from bot.core.reply import Asks


def messages_before(tracker: Tracker) -> Iterator[tuple[str, str]]:
    """Yield text and intent of the resident's messages before the present one, the latest first."""
    users = [event for event in tracker.events if event["event"] == "user"]
    now = str(tracker.latest_message.get("text") or "")
    for event in reversed(users[:-1] if users and users[-1].get("text") == now else users):
        intent = str(((event.get("parse_data") or {}).get("intent") or {}).get("name") or "")
        yield str(event.get("text") or ""), intent


def last_said(tracker: Tracker) -> list[dict[str, Any]]:
    """Return all that was said to the message before this one, in order."""
    said: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event["event"] == "user" and said:
            break
        if event["event"] == "bot":
            said.insert(0, event)
    return said


def last_question(tracker: Tracker) -> dict[str, Any] | None:
    """Return what the bot said last when that asked something, else None."""
    return next((said for said in reversed(last_said(tracker)) if custom_of(said).get("asks")), None)


def asked(tracker: Tracker) -> Asks | None:
    """Return what the bot asked last, if anything."""
    question = last_question(tracker)
    return None if question is None else Asks(custom_of(question)["asks"])


def language_of_question(tracker: Tracker) -> str | None:
    """Return the other language in which the bot spoke last, or None after Lithuanian words."""
    spoken = [custom_of(said).get("lang") for said in last_said(tracker)]
    return spoken[-1] if spoken else None


def custom_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return what was said beside Rasa's own fields."""
    custom: dict[str, Any] = (said.get("data") or {}).get("custom") or {}
    return custom


def buttons_of(said: dict[str, Any]) -> list[dict[str, str]]:
    """Return the buttons below what was said."""
    buttons: list[dict[str, str]] = (said.get("data") or {}).get("buttons") or []
    return buttons


def said_now(tracker: Tracker) -> list[dict[str, Any]]:
    """Return what was said already to the present message."""
    said: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event["event"] == "user":
            break
        if event["event"] == "bot":
            said.insert(0, event)
    return said
