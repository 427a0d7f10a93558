"""Saved trackers, services over the shipped packs, and what an action said and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ActionServices, LangelisAction
from bot.core.clock import VILNIUS
from bot.services.bus import Bus
from bot.services.cases.access import CaseAccess
from bot.services.cases.desk import CaseDesk
from bot.services.cases.notices import build_notices
from bot.services.catalogues import Catalogues, LoadedCatalogue
from bot.services.handoff.availability import Availability, Available
from bot.services.handoff.tasks import Tasks
from bot.services.handoff.tools import Tools
from bot.services.own_data.own_data import build_telling
from bot.services.retention import periods
from bot.settings import Settings
from bot.storage.database import Database
from tests.fakes import FakeClock
from tests.packs import ANSWERING, MUNICIPALITIES, TEXTS, shipped

Event = dict[str, Any]


class ShippedCatalogues(Catalogues):
    """The shipped packs without a database."""

    def __init__(self) -> None:
        super().__init__(Database("sqlite://"), FakeClock())
        self._loaded: Mapping[str, LoadedCatalogue] = {name: shipped(name) for name in MUNICIPALITIES}


class Staffed(Availability):
    """So many people are here, whatever the clock says."""

    def __init__(self, here: int, opens: str | None = None) -> None:
        # What `opens` names in the tests.
        monday = None if opens is None else datetime(2026, 11, 23, 8, tzinfo=VILNIUS)
        self._available = Available(here, office_open=opens is None, opens=opens, opens_at=monday)

    async def of(self, municipality: str, department: str | None = None) -> Available:
        """See parent class."""
        return self._available


def services() -> ActionServices:
    """Return what the actions need, over the shipped packs, at noon of Saturday 2026-11-21."""
    catalogues, clock, database = ShippedCatalogues(), FakeClock(), Database("sqlite:///nowhere")
    tools = Tools(database=database, clock=clock, bus=Bus(), texts=TEXTS, catalogues=catalogues)
    availability = Staffed(0, "pirmadienį (2026-11-23) nuo 8.00")
    return ActionServices(
        catalogues=catalogues,
        texts=TEXTS,
        answering=ANSWERING,
        clock=clock,
        cases=CaseDesk(
            database=database,
            clock=clock,
            catalogues=catalogues,
            notices=build_notices(catalogues=catalogues, clock=clock, public_url=""),
        ),
        access=CaseAccess(database=database, clock=clock),
        availability=availability,
        tasks=Tasks(tools, availability),
        own_data=build_telling(tools, periods(Settings()), ""),
    )


def user(text: str, intent: str = "ask_service", *, entities: Mapping[str, object] | None = None) -> Event:
    """Return the event of a resident's message."""
    return {
        "event": "user",
        "text": text,
        "parse_data": {
            "intent": {"name": intent, "confidence": 0.9},
            "entities": [{"entity": name, "value": value} for name, value in (entities or {}).items()],
        },
    }


def done(action: str) -> Event:
    """Return the event of an executed action."""
    return {"event": "action", "name": action}


def bot(text: str, **data: object) -> Event:
    """Return the event of something the bot said."""
    return {"event": "bot", "text": text, "data": data}


def tracker(
    *events: Event,
    slots: Mapping[str, object] | None = None,
    given: str | None = None,
    channel: str = "rest",
    loop: str | None = None,
) -> Tracker:
    """Return a tracker whose last message is the last of `events`; `given` is what the channel names."""
    last = next((event for event in reversed(events) if event["event"] == "user"), user(""))
    latest = {
        **last["parse_data"],
        "text": last["text"],
        "metadata": {"municipality": given},
    }
    return Tracker(
        sender_id="jonas",
        slots=dict(slots or {}),
        latest_message=latest,
        events=[{**event, "input_channel": channel} for event in events],
        paused=False,
        followup_action=None,
        active_loop={"name": loop} if loop else {},
        latest_action_name="action_listen",
    )


@dataclass(frozen=True)
class Ran:
    """What an action said, and the events it returned."""

    messages: list[dict[str, Any]]
    events: list[EventType]

    @property
    def text(self) -> str:
        """All that was said."""
        return "\n".join(message.get("text") or "" for message in self.messages)

    @property
    def responses(self) -> list[str]:
        """The names of domain responses that were uttered."""
        return [message["response"] for message in self.messages if message.get("response")]

    @property
    def slots(self) -> dict[str, object]:
        """The slots that were set."""
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}

    @property
    def next_action(self) -> str | None:
        """The action that is to follow, or None."""
        return next((event["name"] for event in self.events if event["event"] == "followup"), None)

    @property
    def leaves_form(self) -> bool:
        """Whether the form was left."""
        return any(event["event"] == "active_loop" and event["name"] is None for event in self.events)


async def run(action: LangelisAction, saved: Tracker) -> Ran:
    """Run an action on a saved tracker."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, saved, {})
    return Ran(dispatcher.messages, events)
