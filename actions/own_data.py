"""Actions on the resident's own data in the conversation: what is held, its copy, its deletion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import LangelisAction, latest_text, utter
from bot.services.own_data.orders import value_of

OWN_DATA = frozenset({"get_my_data", "delete_my_data"})


class ActionGetMyData(LangelisAction):
    """Says what is held, or gives the copy when its button was pressed."""

    def name(self) -> str:
        """See parent class."""
        return "action_get_my_data"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        telling = self.services.own_data
        if value_of(latest_text(tracker)) == "copy":
            utter(dispatcher, await telling.copy(tracker.sender_id))
        else:
            utter(dispatcher, (await telling.held(tracker.sender_id),))
        return []


class ActionDeleteMyData(LangelisAction):
    """Asks whether the conversation is to be deleted, naming what goes and what stays."""

    def name(self) -> str:
        """See parent class."""
        return "action_delete_my_data"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        answer = value_of(latest_text(tracker))
        if answer == "no":
            utter(dispatcher, (self.services.own_data.kept(),))
        elif answer == "yes":
            order_erasure(dispatcher)
        else:
            utter(dispatcher, (await self.services.own_data.sure(tracker.sender_id),))
        return []


def order_erasure(dispatcher: CollectingDispatcher) -> None:
    """Tell the caller of this turn to delete the conversation; it says what was done when it is done."""
    dispatcher.utter_message(json_message={"erase": True})
