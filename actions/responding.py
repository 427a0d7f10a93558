"""Actions on what residents say to the bot's own words: yes, no, a pick, a correction."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import AnsweringAction, Heard, latest_text, misunderstood_lately, utter
from actions.complaint import DRAFT
from actions.danger import say, told_before
from actions.foreign import ActionForeignLanguage
from actions.handoff import ActionRequestHuman
from actions.own_data import order_erasure
from actions.said import asked, buttons_of, language_of_question, last_question, messages_before
from actions.status import keep, withdraw
from bot.core.reply import Asks, Button, Reply
from bot.nlu.aspects import detect_aspect
from bot.nlu.correction import Correction, corrected, correction_of
from bot.nlu.intents import FALLBACK
from bot.nlu.ordinals import one_of, picked
from bot.nlu.reading import is_answered
from bot.services.answering.question import human_button, offers

_PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<chosen>\{.*\})?")


class ActionAffirm(AnsweringAction):
    """Takes a yes as the answer to what the bot asked; without a question, asks kindly what is meant."""

    def name(self) -> str:
        """See parent class."""
        return "action_affirm"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        question, language = asked(tracker), language_of_question(tracker)
        if question is Asks.PERSON and language is not None:
            return await ActionForeignLanguage(self.services).about_person(dispatcher, tracker, language, agreed=True)
        if question is Asks.PERSON:
            return await ActionRequestHuman(self.services).run(dispatcher, tracker, domain)
        if question is Asks.WITHDRAWAL:
            return await withdraw(self, dispatcher, tracker)
        if question is Asks.ERASURE:
            order_erasure(dispatcher)
            return []
        if question is Asks.CHOICE:
            utter(dispatcher, (choice_again(tracker, self.services.texts.render("conversation.which_one")),))
            return []
        if question is Asks.COMPLAINT:
            return [FollowupAction("action_resume_case" if tracker.get_slot(DRAFT) else "action_begin_case")]
        if question is Asks.HELPED:
            utter(dispatcher, (Reply(text=self.services.texts.render("conversation.helped")),))
            return []
        if danger := told_before(tracker):
            say(dispatcher, danger)
            return []
        dispatcher.utter_message(response="utter_affirm")
        return []


class ActionDeny(AnsweringAction):
    """Takes a no as the answer to what the bot asked; without a question, asks kindly what is meant."""

    def name(self) -> str:
        """See parent class."""
        return "action_deny"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        question, language, texts = asked(tracker), language_of_question(tracker), self.services.texts
        if question is Asks.PERSON and language is not None:
            return await ActionForeignLanguage(self.services).about_person(dispatcher, tracker, language, agreed=False)
        if question is Asks.CHOICE:
            utter(dispatcher, (Reply(text=texts.render("conversation.none_of_these"), buttons=offers(texts)),))
            return [SlotSet("candidates", None)]
        if question is Asks.WITHDRAWAL:
            return keep(self, dispatcher, tracker)
        if question is Asks.ERASURE:
            utter(dispatcher, (self.services.own_data.kept(),))
            return []
        if question is Asks.HELPED:
            buttons = (human_button(texts), *offers(texts)[:2])
            utter(dispatcher, (Reply(text=texts.render("conversation.not_helped"), buttons=buttons, asks=Asks.PERSON),))
            # An answer that did not help counts like none.
            return [SlotSet("misunderstood", misunderstood_lately(tracker) + 1)]
        if question is None and (danger := told_before(tracker)):
            say(dispatcher, danger)
            return []
        dispatcher.utter_message(response="utter_deny")
        return []


class ActionChoose(AnsweringAction):
    """Takes "antras" or "2" as pressing that button of the choice that the bot offered."""

    def name(self) -> str:
        """See parent class."""
        return "action_choose"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        question, number = last_question(tracker), picked(latest_text(tracker))
        if question is None or number is None or asked(tracker) is not Asks.CHOICE:
            # A bare number names nothing: whatever the catalogue finds in it would be chance.
            return self.answer(dispatcher, tracker, Heard("", FALLBACK))
        payload = one_of([button["payload"] for button in buttons_of(question)], number)
        if payload is None:
            utter(dispatcher, (choice_again(tracker, self.services.texts.render("conversation.which_one")),))
            return []
        said = pressed(payload)
        if said.intent == "request_human":
            return await ActionRequestHuman(self.services).run(dispatcher, tracker, domain)
        return self.answer(dispatcher, tracker, said)


class ActionCorrect(AnsweringAction):
    """Answers what the resident meant, with what was asked about the wrong thing; asks when nothing is named."""

    def name(self) -> str:
        """See parent class."""
        return "action_correct"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        correction, before = correction_of(latest_text(tracker)), _question_before(tracker)
        if correction is None or before is None:
            dispatcher.utter_message(response="utter_correct")
            return []
        return self.answer(dispatcher, tracker, meant(before, correction))


def meant(before: Heard, correction: Correction) -> Heard:
    """Return the question that a correction makes of the one before it."""
    text = correction.wanted if before.text.startswith("/") else corrected(before.text, correction)
    aspect = detect_aspect(correction.wanted)
    if aspect is not None and before.intent.startswith("ask_service"):
        return Heard(text, f"ask_service_{aspect.value}")
    return Heard(text, before.intent if is_answered(before.intent) else "ask_service")


def pressed(payload: str) -> Heard:
    """Return what pressing the button with this payload says."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None:
        return Heard(payload, FALLBACK)
    chosen = json.loads(found["chosen"] or "{}")
    return Heard(payload, found["intent"], {str(name): str(value) for name, value in chosen.items()})


def choice_again(tracker: Tracker, text: str) -> Reply:
    """Return the choice that the bot offered last, with other words."""
    buttons = buttons_of(last_question(tracker) or {})
    return Reply(
        text=text,
        buttons=tuple(Button(button["title"], button["payload"]) for button in buttons),
        asks=Asks.CHOICE,
        lang=language_of_question(tracker),
    )


def _question_before(tracker: Tracker) -> Heard | None:
    """Return the last question that the resident asked before this message; corrections are none."""
    return next((Heard(text, intent) for text, intent in messages_before(tracker) if is_answered(intent)), None)
