"""What happens when a resident comes back after hours: Rasa begins a new session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import utter
from actions.complaint import DRAFT, ENDING, CaseAction, offer_to_resume
from actions.status import CASE, CODE, NUMBER, PURPOSE

# Who opened a case hours ago may have left the machine to somebody else.
_FORGOTTEN = frozenset({DRAFT, ENDING, CASE, CODE, NUMBER, PURPOSE, "requested_slot"})


class ActionSessionStart(CaseAction):
    """Carries the slots over as Rasa's own does; offers a half-filled complaint again, and drops an old one."""

    def name(self) -> str:
        """See parent class."""
        return "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        carried: list[EventType] = [
            SlotSet(name, value)
            for name, value in tracker.slots.items()
            if value is not None and name not in _FORGOTTEN
        ]
        draft = self.draft_of(tracker)
        if draft is not None and draft.story:
            carried.append(SlotSet(DRAFT, tracker.get_slot(DRAFT)))
            utter(dispatcher, (offer_to_resume(self.services, draft),))
        return [SessionStarted(), *carried, ActionExecuted("action_listen")]
