"""Rasa's documented custom tracker store, asynchronous, on the project's own database.

Within a bot's turn the state comes from the caller and the new one goes back to the caller, who stores it together with
the replies; elsewhere (`rasa shell`) the database is read and written at once. Trackers are kept short, because Rasa
replays all events for every action.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import msgspec
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.core.clock import SystemClock
from bot.settings import Settings
from bot.storage import trackers
from bot.storage.database import Database

MAX_EVENTS = 32
"""A tracker longer than this is cut."""
KEPT_TURNS = 2
"""So many of the newest turns stay when a tracker is cut."""
_REMEMBERED = 512


@dataclass(slots=True)
class OpenTurn:
    """The turn that runs in this task: the state before it, and what Rasa saved at its end."""

    before: bytes | None = None
    tracker: DialogueStateTracker | None = None
    encoded: bytes | None = None


open_turn: ContextVar[OpenTurn | None] = ContextVar("open_turn", default=None)


class DatabaseTrackerStore(TrackerStore):
    """Keeps one row per conversation in the table `trackers`."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: EndpointConfig | None = None,
        event_broker: EventBroker | None = None,
        database: Database | None = None,
        **kwargs: Any,  # noqa: ANN401 - Rasa passes whatever endpoints.yml holds
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._database = database or Database(Settings.from_environment().database_url)
        self._clock = SystemClock()
        # Parsed trackers of the latest conversations, each used only while the database holds just these bytes.
        self._remembered: OrderedDict[str, tuple[bytes, DialogueStateTracker]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """See parent class; inside a turn the state goes to the turn."""
        if tracker.latest_action_name != ACTION_LISTEN_NAME:
            # Rasa broke off a turn that did not end: without this it would count its actions for ever and stay silent.
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        turn = open_turn.get()
        if turn is not None:
            turn.tracker, turn.encoded = tracker, encode_tracker(tracker)
            self._remember(tracker, turn.encoded)
            return
        async with self._database.write() as session:
            await trackers.save(session, tracker.sender_id, encode_tracker(tracker), self._clock.now())

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """See parent class."""
        turn = open_turn.get()
        state = await self._load(sender_id) if turn is None else turn.before
        # Taken out, because Rasa changes the tracker in place: a turn that fails must leave nothing behind.
        remembered = self._remembered.pop(sender_id, None)
        if state is None:
            return None
        if remembered is not None and remembered[0] == state:
            return remembered[1]
        return DialogueStateTracker.from_dict(sender_id, msgspec.json.decode(state), self.domain.slots)

    def forget(self, sender_id: str) -> None:
        """Let go of a conversation's parsed tracker."""
        self._remembered.pop(sender_id, None)

    async def _load(self, sender_id: str) -> bytes | None:
        async with self._database.read() as session:
            return await trackers.load(session, sender_id)

    def _remember(self, tracker: DialogueStateTracker, encoded: bytes) -> None:
        if len(tracker.events) > MAX_EVENTS:
            return
        self._remembered[tracker.sender_id] = (encoded, tracker)
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)

    async def keys(self) -> Iterable[str]:
        """See parent class."""
        async with self._database.read() as session:
            return await trackers.ids(session)


def encode_tracker(tracker: DialogueStateTracker) -> bytes:
    """Return the tracker's events as JSON, shortened when there are more than `MAX_EVENTS`."""
    return msgspec.json.encode([event.as_dict() for event in _shortened(tracker)])


def _shortened(tracker: DialogueStateTracker) -> list[Event]:
    events = list(tracker.events)
    if len(events) <= MAX_EVENTS:
        return events
    ends = [
        place
        for place, event in enumerate(events)
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
    ]
    if len(ends) <= KEPT_TURNS:
        return events
    values = tracker.current_slot_values()
    slots = [SlotSet(name, value) for name, value in values.items() if value is not None]
    loop = [] if tracker.active_loop is None else [ActiveLoop(tracker.active_loop.name)]
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *slots,
        *loop,
        *events[ends[-KEPT_TURNS - 1] :],
    ]
