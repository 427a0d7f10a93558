"""Actions that find out which municipality the resident asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import (
    MUNICIPALITY_FORM,
    ActionServices,
    AnsweringAction,
    LangelisAction,
    heard,
    latest_text,
    municipality_of,
    resumed_question,
)
from actions.complaint import COMPLAINT_FORM, DRAFT, ENDING, FILING_INTENTS
from actions.handoff import CONTACT, KIND, TEXT
from actions.status import CODE, NUMBER, PURPOSE
from bot.core.catalogue import Catalogue
from bot.nlu.ordinals import one_of, picked
from bot.services.answering.follow_up import completed
from bot.services.catalogues import LoadedCatalogue
from bot.services.municipality_names import named_municipality

# What is not simply answered goes on with an action of its own.
_RESUMED_BY = {
    **dict.fromkeys(FILING_INTENTS, "action_begin_case"),
    "request_human": "action_request_human",
    "request_callback": "action_begin_callback",
}
_MUNICIPALITY = "municipality"
_CANCELLED_SLOTS = (
    *("requested_slot", "pending_question", "candidates"),
    *(DRAFT, ENDING, CODE, NUMBER, PURPOSE, KIND, CONTACT, TEXT),
)


def named_in(services: ActionServices, tracker: Tracker) -> str | None:
    """Return the municipality that the last message names, by a button or in words."""
    for entity in tracker.latest_message.get("entities") or []:
        if entity["entity"] == "municipality" and services.catalogues.find(str(entity["value"])) is not None:
            return str(entity["value"])
    if tracker.get_slot("requested_slot") == _MUNICIPALITY and (number := picked(latest_text(tracker))) is not None:
        offered = [loaded.catalogue.municipality.id for loaded in services.catalogues.all]
        return one_of(offered, number)
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

    def validate_municipality(
        self, value: str, _dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: Mapping[str, Any]
    ) -> dict[str, str]:
        """Take what was extracted: it is an id of the catalogue."""
        return {"municipality": value}


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
        if pending["intent"] in _RESUMED_BY:
            return [FollowupAction(_RESUMED_BY[pending["intent"]])]
        events = self.answer(dispatcher, tracker, resumed_question(pending))
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
        named, present = self.services.catalogues.find(named_in(self.services, tracker)), municipality_of(tracker)
        given = self.services.catalogues.find(present)
        if given is not None and tracker.active_loop_name is None:
            # "O Trakuose?" names the municipality too, but goes on with what was told last.
            said = heard(tracker)
            question = self.question(tracker, said, given)
            if completed(question) != question:
                return self.answer(dispatcher, tracker, said)
        if given is not None and present != tracker.get_slot("municipality"):
            # The channel belongs to this municipality and says so with every message: the resident cannot change it.
            dispatcher.utter_message(text=self._of_one_municipality(given.catalogue, named))
            return []
        if named is None and tracker.active_loop_name == MUNICIPALITY_FORM:
            # The form asks again by itself.
            return []
        if named is None:
            return await ActionAskMunicipality(self.services).run(dispatcher, tracker, domain)
        municipality = named.catalogue.municipality
        dispatcher.utter_message(text=self.services.texts.render("municipality.noted", municipality=municipality))
        return [SlotSet("municipality", municipality.id)]

    def _of_one_municipality(self, own: Catalogue, named: LoadedCatalogue | None) -> str:
        texts, municipality = self.services.texts, own.municipality
        if named is None:
            return texts.render("municipality.only", municipality=municipality)
        if named.catalogue is own:
            return texts.render("municipality.noted", municipality=municipality)
        return texts.render("municipality.other", municipality=municipality, other=named.catalogue.municipality)


class ActionCancel(LangelisAction):
    """Leaves whatever was being asked."""

    def name(self) -> str:
        """See parent class."""
        return "action_cancel"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        if tracker.active_loop_name == COMPLAINT_FORM:
            dispatcher.utter_message(text=self.services.texts.render("complaint.cancelled"))
        else:
            dispatcher.utter_message(response="utter_cancelled")
        return [ActiveLoop(None), *(SlotSet(name, None) for name in _CANCELLED_SLOTS)]
