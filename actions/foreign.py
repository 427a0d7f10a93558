"""The action that speaks to residents who write in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import AnsweringAction, latest_text, municipality_of, utter
from actions.handoff import ActionRequestHuman
from actions.said import asked, custom_of
from bot.core.handoff import HandoffReason
from bot.core.reply import Asks, Reply
from bot.nlu.rules import LANGUAGE
from bot.nlu.yes_no import agreement, thanks_abroad
from bot.services.answering.foreign import FOREIGN_LANGUAGES, ForeignAnswers
from bot.services.catalogues import LoadedCatalogue


class ActionForeignLanguage(AnsweringAction):
    """Says in the resident's language that answers are in Lithuanian, gives contacts and offers a person."""

    def name(self) -> str:
        """See parent class."""
        return "action_foreign_language"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        entities = {str(each["entity"]): str(each["value"]) for each in tracker.latest_message.get("entities") or []}
        language = entities.get(LANGUAGE, "")
        if language not in FOREIGN_LANGUAGES:
            language = FOREIGN_LANGUAGES[0]
        agreed = agreement(latest_text(tracker)) if asked(tracker) is Asks.PERSON else None
        if agreed is not None:
            return await self.about_person(dispatcher, tracker, language, agreed=agreed)
        if thanks_abroad(latest_text(tracker)) and _was_told(tracker, language):
            text = self.services.texts.render(f"foreign.{language}.welcome")
            utter(dispatcher, (Reply(text=text, lang=language),))
            return []
        given = municipality_of(tracker)
        loaded = self.services.catalogues.find(given) or self.services.catalogues.find(entities.get("municipality"))
        said = ForeignAnswers(self.services.texts).again(language) if _was_told(tracker, language) else None
        utter(dispatcher, (said if said and loaded is not None else self._paragraph(language, loaded),))
        return _left_form(tracker) if loaded is None or given else [*_left_form(tracker), _known(loaded)]

    async def about_person(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, language: str, *, agreed: bool
    ) -> list[EventType]:
        """Answer a yes or no to the offer of a person."""
        if agreed:
            human = ActionRequestHuman(self.services)
            return await human.bring_in(dispatcher, tracker, HandoffReason.FOREIGN_LANGUAGE, language)
        utter(dispatcher, (Reply(text=self.services.texts.render(f"foreign.{language}.no_person"), lang=language),))
        return []

    def _paragraph(self, language: str, loaded: LoadedCatalogue | None) -> Reply:
        answers = ForeignAnswers(self.services.texts)
        if loaded is not None:
            return answers.paragraph(language, loaded.catalogue.municipality)
        known = (each.catalogue.municipality for each in self.services.catalogues.all)
        return answers.which_municipality(language, known)


def _was_told(tracker: Tracker, language: str) -> bool:
    """Tell whether the paragraph with the contacts was said in this language before."""
    told = {"lang": language, "asks": Asks.PERSON.value}
    return any(custom_of(event) == told for event in tracker.events if event["event"] == "bot")


def _known(loaded: LoadedCatalogue) -> EventType:
    return SlotSet("municipality", loaded.catalogue.municipality.id)


def _left_form(tracker: Tracker) -> list[EventType]:
    """Leave a form that would go on asking in Lithuanian."""
    if tracker.active_loop_name is None:
        return []
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("pending_question", None)]
