"""Actions that find out which municipality the resident asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import (
    MUNICIPALITY_FORM,
    ActionServices,
    AnsweringAction,
    LangelisAction,
    latest_text,
    municipality_of,
)
from bot.services.municipality_names import named_municipality


def named_in(services: ActionServices, tracker: Tracker) -> str | None:
    """Return the municipality that the last message names, by a button or in words."""
    for entity in tracker.latest_message.get("entities") or []:
        if entity["entity"] == "municipality" and services.catalogues.find(str(entity["value"])) is not None:
            return str(entity["value"])
    return named_municipality(latest_text(tracker), (loaded.catalogue for loaded in services.catalogues.all))


class ValidateMunicipalityForm(FormValidationAction):
    """Reads the municipality out of whatever the resident answers."""

    def __init__(self, services: ActionServices | None = None) -> None:
        self._base = ActionAskMunicipality(services)

    def name(self) -> str:
        """See parent class."""
        return f"validate_{MUNICIPALITY_FORM}"

    async def extract_municipality(
        self, _dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Mapping[str, Any]
    ) -> dict[str, str]:
        """Return the slot when the message names a municipality; otherwise the form leaves the message to the rules."""
        found = named_in(self._base.services, tracker)
        return {} if found is None else {"municipality": found}


class ActionAskMunicipality(LangelisAction):
    """Asks which municipality is meant, with a button for each."""

    def name(self) -> str:
        """See parent class."""
        return "action_ask_municipality"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        dispatcher.utter_message(
            text=self.services.texts.render("municipality.ask"),
            buttons=[
                {
                    "title": loaded.catalogue.municipality.name,
                    "payload": f'/inform_municipality{{"municipality":"{loaded.catalogue.municipality.id}"}}',
                }
                for loaded in self.services.catalogues.all
            ],
        )
        return []


class ActionResumeQuestion(AnsweringAction):
    """Answers the question that was asked before the municipality was known."""

    def name(self) -> str:
        """See parent class."""
        return "action_resume_question"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        pending = tracker.get_slot("pending_question")
        if not pending:
            return []
        events = self.answer(dispatcher, tracker, pending["text"], pending["intent"])
        return [SlotSet("pending_question", None), *events]


class ActionSetMunicipality(AnsweringAction):
    """Takes note of the municipality that a resident names outside the form."""

    def name(self) -> str:
        """See parent class."""
        return "action_set_municipality"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        named, present = named_in(self.services, tracker), municipality_of(tracker)
        texts = self.services.texts
        if named is None:
            return await ActionAskMunicipality(self.services).run(dispatcher, tracker, domain)
        loaded = self.services.catalogues.get(named)
        if tracker.get_latest_input_channel() == "web" and named != present:
            # The page belongs to one municipality: lead to the other's page rather than mix the two.
            dispatcher.utter_message(
                text=texts.render("municipality.other_page", municipality=loaded.catalogue.municipality)
            )
            return []
        dispatcher.utter_message(text=texts.render("municipality.noted", municipality=loaded.catalogue.municipality))
        return [SlotSet("municipality", named)]


class ActionCancel(LangelisAction):
    """Leaves whatever was being asked."""

    def name(self) -> str:
        """See parent class."""
        return "action_cancel"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        dispatcher.utter_message(response="utter_cancelled")
        return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("pending_question", None)]
