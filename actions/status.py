"""Actions that show where a case stands, to whoever knows its number and code, and take it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import LangelisAction, latest_intent, latest_text, municipality_of, utter
from actions.own_data import OWN_DATA
from actions.said import custom_of, said_now
from bot.core.clock import local
from bot.core.reply import Asks, Button, Reply
from bot.errors import CaseRuleError
from bot.nlu.complaints.code import code_in, normalise_code
from bot.nlu.complaints.question import is_question
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers
from bot.nlu.lexicon import words
from bot.nlu.normalise import fold
from bot.services.answering.question import human_button

STATUS_FORM = "status_form"
NUMBER, CODE, CASE, PURPOSE = "status_number", "status_code", "status_case", "status_purpose"
_WITHDRAW = "withdraw"
_LEAVES = OWN_DATA | {"cancel", "restart", "request_human", "emergency", "help", "resume_case"}
_BEGINS_ANEW = frozenset({"file_complaint", "report_problem", "suggest", "praise"})
"""Whoever tells what happened gives no number, in however many words."""
_LONGEST_ASIDE = 8
_MOST_IN_VAIN = 2
_ANY_PREFIX = "TR"
_WITHOUT = re.compile(r"\bne(?:be)?(?:tur|rand|zin|atsimen|gav|prisimen)\w*|\bpamec\w*|\bpamet\w*|\bdingo\b")
"""Folded words of whoever has no number or code at hand."""


class ActionBeginStatus(LangelisAction):
    """Asks for number and code, unless the message holds them."""

    def name(self) -> str:
        """See parent class."""
        return "action_begin_status"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        purpose = _WITHDRAW if latest_intent(tracker) == "withdraw_case" else "show"
        known = tracker.get_slot(CASE)
        number, _ = _given(tracker)
        if purpose == _WITHDRAW and known and number in {None, known}:
            self.ask_to_withdraw(dispatcher, str(known))
            return []
        if purpose != _WITHDRAW and known and number in {None, known}:
            # Shown at once: after an action that another one asks for, no rule would end the turn.
            await ActionCaseStatus(self.services).show(dispatcher, str(known))
            return [SlotSet(PURPOSE, purpose)]
        begun: list[EventType] = [SlotSet(PURPOSE, purpose), *(SlotSet(name, None) for name in (NUMBER, CODE, CASE))]
        return [*begun, FollowupAction(STATUS_FORM)]

    def ask_to_withdraw(self, dispatcher: CollectingDispatcher, number: str) -> None:
        """Ask whether the case is really to be taken back."""
        texts = self.services.texts
        buttons = (
            Button(texts.render("complaint.button.withdraw_yes"), "/affirm"),
            Button(texts.render("complaint.button.withdraw_no"), "/deny"),
        )
        text = texts.render("complaint.withdraw.sure", number=number)
        utter(dispatcher, (Reply(text=text, buttons=buttons, asks=Asks.WITHDRAWAL),))


class ValidateStatusForm(LangelisAction):
    """Collects number and code and opens the case with them; a wrong pair is asked for anew."""

    def name(self) -> str:
        """See parent class."""
        return f"validate_{STATUS_FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        number, code = _given(tracker)
        begins = tracker.get_slot("requested_slot") is None
        if not begins and number is None and code is None and _is_aside(tracker):
            return []
        given = number or code
        number, code = number or tracker.get_slot(NUMBER), code or tracker.get_slot(CODE)
        if not begins and not given and self._is_in_vain(tracker):
            utter(dispatcher, (self._without_number(),))
            return [SlotSet(NUMBER, None), SlotSet(CODE, None), SlotSet("requested_slot", None)]
        if number is None or code is None:
            return [SlotSet(NUMBER, number), SlotSet(CODE, code), SlotSet("requested_slot", _missing(number))]
        access = await self.services.access.open(number, code)
        forgotten: list[EventType] = [SlotSet(NUMBER, None), SlotSet(CODE, None)]
        if access.case is not None:
            return [*forgotten, SlotSet(CASE, number), SlotSet("requested_slot", None)]
        if access.wait_seconds:
            minutes = -(-access.wait_seconds // 60)
            utter(dispatcher, (Reply(text=self.services.texts.render("complaint.status.locked", count=minutes)),))
            return [*forgotten, SlotSet("requested_slot", None)]
        utter(dispatcher, (Reply(text=self.services.texts.render("complaint.status.wrong"), asks=Asks.ANSWER),))
        return [*forgotten, SlotSet("requested_slot", NUMBER)]

    def _is_in_vain(self, tracker: Tracker) -> bool:
        """Tell whether the resident has no number or code, by their words or after some vain answers."""
        if _WITHOUT.search(fold(latest_text(tracker))):
            return True
        return _times_asked(tracker) >= _MOST_IN_VAIN

    def _without_number(self) -> Reply:
        texts = self.services.texts
        buttons = (
            Button(texts.render("complaint.button.file"), "/file_complaint"),
            Button(texts.render("conversation.button.contacts"), "/ask_contacts"),
            human_button(texts),
        )
        return Reply(text=texts.render("complaint.status.without"), buttons=buttons)


class ActionAskStatus(LangelisAction):
    """Asks for the number, or for the code."""

    slot = NUMBER

    def name(self) -> str:
        """See parent class."""
        return f"action_ask_{self.slot}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        said = said_now(tracker)
        if any(custom_of(each).get("asks") == Asks.ANSWER.value for each in said):
            return []
        # After an aside the question is asked as before, after a vain answer with what it looks like.
        again = "_again" if not said and _answers_in_vain(tracker, self.slot) else ""
        which = "number" if self.slot == NUMBER else "code"
        values = {"number": tracker.get_slot(NUMBER), "example": self._example(tracker)}
        text = self.services.texts.render(f"complaint.status.ask_{which}{again}", **values)
        utter(dispatcher, (Reply(text=text, asks=Asks.ANSWER),))
        return []

    def _example(self, tracker: Tracker) -> str:
        """Return a registration number as the municipality's own cases have it."""
        loaded, cases = self.services.catalogues.find(municipality_of(tracker)), self.services.cases
        prefix = _ANY_PREFIX if loaded is None else cases.calendar(loaded.catalogue.municipality.id).prefix
        return f"{prefix}-{local(self.services.clock.now()).year}-000001"


class ActionAskStatusCode(ActionAskStatus):
    """Asks for the code."""

    slot = CODE


class ActionCaseStatus(LangelisAction):
    """Shows the case that was opened, or asks whether to take it back."""

    def name(self) -> str:
        """See parent class."""
        return "action_case_status"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        number = tracker.get_slot(CASE)
        if number is None:
            return []
        if tracker.get_slot(PURPOSE) == _WITHDRAW:
            ActionBeginStatus(self.services).ask_to_withdraw(dispatcher, str(number))
            return []
        await self.show(dispatcher, str(number))
        return []

    async def show(self, dispatcher: CollectingDispatcher, number: str) -> None:
        """Show how the case stands."""
        entry = await self.services.cases.get(number)
        municipality = self.services.catalogues.get(entry.case.filing.municipality).catalogue.municipality
        utter(dispatcher, (self.services.summary.status(entry.case, entry.terms, municipality),))


async def withdraw(action: LangelisAction, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Take back the case that was opened, at the resident's yes."""
    number, services = tracker.get_slot(CASE), action.services
    if number is None:
        return []
    try:
        await services.cases.withdraw(str(number))
        key = "done"
    except CaseRuleError:
        key = "impossible"
    utter(dispatcher, (Reply(text=services.texts.render(f"complaint.withdraw.{key}", number=number)),))
    return [SlotSet(CASE, None), SlotSet(PURPOSE, None)]


def keep(action: LangelisAction, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Leave the case as it is, at the resident's no."""
    number = tracker.get_slot(CASE)
    utter(dispatcher, (Reply(text=action.services.texts.render("complaint.withdraw.kept", number=number)),))
    return [SlotSet(PURPOSE, None)]


def _given(tracker: Tracker) -> tuple[str | None, str | None]:
    """Return the number and the code that the message holds; a code alone may be typed in any way."""
    text = latest_text(tracker)
    if text.startswith("/"):
        return None, None
    number = next((found.value for found in registration_numbers(Reading(text))), None)
    code = code_in(text)
    if code is None and number is None and tracker.get_slot("requested_slot") == CODE:
        code = normalise_code(text)
    return number, code


def _is_aside(tracker: Tracker) -> bool:
    text, intent = latest_text(tracker), latest_intent(tracker)
    if text.startswith("/") or intent in _BEGINS_ANEW:
        return True
    return is_question(text) or (intent in _LEAVES and len(words(text)) <= _LONGEST_ASIDE)


def _times_asked(tracker: Tracker) -> int:
    """Return how often in a row what is asked for now was asked for."""
    requested = [event for event in tracker.events if event["event"] == "slot" and event["name"] == "requested_slot"]
    wanted = [event.get("value") for event in reversed(requested)]
    return len(list(takewhile(lambda slot: slot == wanted[0], wanted)))


def _missing(number: str | None) -> str:
    return NUMBER if number is None else CODE


def _answers_in_vain(tracker: Tracker, slot: str) -> bool:
    """Tell whether this very slot was asked for before this message."""
    users = [event for event in tracker.events if event["event"] == "user"]
    asked = [event for event in tracker.events if event["event"] == "slot" and event["name"] == "requested_slot"]
    return bool(users) and len(asked) > 1 and asked[-2].get("value") == slot
