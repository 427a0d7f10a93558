"""Actions that answer from the municipality's catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import AnsweringAction, latest_text
from actions.danger import say, told_before
from bot.nlu.danger import Danger
from bot.nlu.lexicon import words

_FEW_WORDS = 5


class ActionAnswerService(AnsweringAction):
    """Answers a question about a service in any of its aspects."""

    def name(self) -> str:
        """See parent class."""
        return "action_answer_service"


class ActionListServices(AnsweringAction):
    """Browses the catalogue by life event."""

    def name(self) -> str:
        """See parent class."""
        return "action_list_services"


class ActionInstitution(AnsweringAction):
    """Tells contacts and hours of an institution."""

    def name(self) -> str:
        """See parent class."""
        return "action_institution"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        if danger := _still_in_danger(tracker):
            # "Kam skambinti?" after "gaisras!" asks for no office.
            say(dispatcher, danger)
            return []
        return await super().run(dispatcher, tracker, domain)


class ActionCharter(AnsweringAction):
    """Tells of the citizens' charter."""

    def name(self) -> str:
        """See parent class."""
        return "action_charter"


class ActionMobileLibrary(AnsweringAction):
    """Tells when the mobile library comes and what it takes."""

    def name(self) -> str:
        """See parent class."""
        return "action_mobile_library"


class ActionProblemMap(AnsweringAction):
    """Describes the problem map."""

    def name(self) -> str:
        """See parent class."""
        return "action_problem_map"


class ActionRefer(AnsweringAction):
    """Gives the municipality's channels for what cannot be handled here yet."""

    def name(self) -> str:
        """See parent class."""
        return "action_refer"


class ActionNotUnderstood(AnsweringAction):
    """Says that a message was not understood, unless it plainly names a service."""

    def name(self) -> str:
        """See parent class."""
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        if danger := _still_in_danger(tracker):
            say(dispatcher, danger)
            return [FollowupAction("action_listen")]
        events = await super().run(dispatcher, tracker, domain)
        if any(event["event"] == "followup" for event in events):
            return events
        # As Rasa's core fallback it would be predicted again and again where no rule says to listen.
        return [*events, FollowupAction("action_listen")]


def _still_in_danger(tracker: Tracker) -> Danger | None:
    """Return the danger that was told before, when a few typed words say nothing else."""
    text = latest_text(tracker)
    return None if text.startswith("/") or len(words(text)) > _FEW_WORDS else told_before(tracker)
