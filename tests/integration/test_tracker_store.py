"""Rasa's dialogue state on the project's own database."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timezone

import msgspec
import pytest

from bot.core.conversation import Conversation, Owner
from bot.settings import PROJECT_ROOT, Settings
from bot.storage import conversations, trackers
from bot.storage.database import Database

with warnings.catch_warnings():
    # Rasa's own imports warn of what they use.
    warnings.simplefilter("ignore")
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.engine.rasa.tracker_store import (
        KEPT_TURNS,
        MAX_EVENTS,
        DatabaseTrackerStore,
        OpenTurn,
        encode_tracker,
        open_turn,
    )

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SENDER = "jonas"
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def domain() -> Domain:
    """The project's domain."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Domain.load(str(PROJECT_ROOT / "domain.yml"))


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """A database with one conversation."""
    opened = Database(settings.database_url)
    await opened.upgrade()
    async with opened.write() as session:
        await conversations.add(session, Conversation(SENDER, "rest", "trakai", Owner.BOT, 0), now=NOW)
    yield opened
    await opened.close()


@pytest.fixture
def store(domain: Domain, database: Database) -> DatabaseTrackerStore:
    """The store under test."""
    return DatabaseTrackerStore(domain=domain, database=database)


def a_turn(text: str) -> list[Event]:
    """Return the events of one question with its answer."""
    return [
        UserUttered(text, {"name": "ask_service", "confidence": 0.9}),
        ActionExecuted("action_answer_service"),
        BotUttered(f"atsakymas: {text}"),
        ActionExecuted("action_listen"),
    ]


def tracker_of(domain: Domain, events: Iterable[Event]) -> DialogueStateTracker:
    """Return a tracker that began with listening."""
    tracker = DialogueStateTracker(SENDER, domain.slots)
    for event in (ActionExecuted("action_listen"), *events):
        tracker.update(event)
    return tracker


def long_talk(turns: int = 12) -> list[Event]:
    """Return more events than are kept."""
    return [event for number in range(turns) for event in a_turn(f"klausimas {number}")]


async def stored(database: Database) -> bytes | None:
    """Return what the database holds."""
    async with database.read() as session:
        return await trackers.load(session, SENDER)


def texts(tracker: DialogueStateTracker | None) -> list[str | None]:
    """Return what the resident wrote, as far as it is kept."""
    assert tracker is not None
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


async def test_a_conversation_that_is_not_known_has_no_state(store: DatabaseTrackerStore) -> None:
    assert await store.retrieve("nobody") is None
    assert list(await store.keys()) == []


async def test_events_and_slots_come_back_as_they_were(store: DatabaseTrackerStore, domain: Domain) -> None:
    slots = [SlotSet("municipality", "trakai"), SlotSet("candidates", ["a", "b"]), SlotSet("misunderstood", 2.0)]
    await store.save(tracker_of(domain, [*slots, *a_turn("kiek kainuoja „ąžuolas“ 😀")]))
    found = await store.retrieve(SENDER)
    assert texts(found) == ["kiek kainuoja „ąžuolas“ 😀"]
    assert found is not None
    assert found.get_slot("municipality") == "trakai"
    assert found.get_slot("candidates") == ["a", "b"]
    assert found.get_slot("misunderstood") == 2.0
    assert found.latest_action_name == "action_listen"
    assert list(await store.keys()) == [SENDER]


async def test_a_long_tracker_is_shortened_to_its_newest_turns_and_keeps_its_slots(
    store: DatabaseTrackerStore, domain: Domain
) -> None:
    slots = [SlotSet("municipality", "varena"), SlotSet("service", "laidojimo-pasalpa")]
    await store.save(tracker_of(domain, [*slots, *long_talk()]))
    found = await store.retrieve(SENDER)
    assert found is not None
    assert texts(found) == ["klausimas 10", "klausimas 11"]
    assert len(texts(found)) == KEPT_TURNS
    assert len(found.events) < MAX_EVENTS
    assert found.get_slot("municipality") == "varena"
    assert found.get_slot("service") == "laidojimo-pasalpa"
    assert found.latest_action_name == "action_listen"


async def test_a_form_that_is_being_asked_survives_the_shortening(store: DatabaseTrackerStore, domain: Domain) -> None:
    form = [ActiveLoop("municipality_form"), SlotSet("requested_slot", "municipality")]
    await store.save(tracker_of(domain, [*form, *long_talk()]))
    found = await store.retrieve(SENDER)
    assert found is not None
    assert found.active_loop_name == "municipality_form"
    assert found.get_slot("requested_slot") == "municipality"
    assert len(found.events) < MAX_EVENTS


async def test_within_a_turn_nothing_is_written_and_the_caller_gets_the_state(
    store: DatabaseTrackerStore, domain: Domain, database: Database
) -> None:
    turn = OpenTurn(before=None)
    reset = open_turn.set(turn)
    try:
        await store.save(tracker_of(domain, a_turn("labas")))
    finally:
        open_turn.reset(reset)
    assert await stored(database) is None
    assert turn.encoded is not None
    assert turn.tracker is not None


async def test_a_remembered_tracker_is_never_used_when_the_stored_state_differs(
    store: DatabaseTrackerStore, domain: Domain, database: Database
) -> None:
    reset = open_turn.set(OpenTurn(before=None))
    try:
        await store.save(tracker_of(domain, a_turn("šio proceso")))
    finally:
        open_turn.reset(reset)
    # The turn was not stored, but another process stored one of its own.
    async with database.write() as session:
        await trackers.save(session, SENDER, encode_tracker(tracker_of(domain, a_turn("kito proceso"))), NOW)
    assert texts(await store.retrieve(SENDER)) == ["kito proceso"]


async def test_a_state_that_is_given_with_the_turn_counts_alone(store: DatabaseTrackerStore, domain: Domain) -> None:
    await store.save(tracker_of(domain, a_turn("seniau įrašyta")))
    reset = open_turn.set(OpenTurn(before=encode_tracker(tracker_of(domain, a_turn("atėjo su žinute")))))
    try:
        assert texts(await store.retrieve(SENDER)) == ["atėjo su žinute"]
    finally:
        open_turn.reset(reset)


async def test_a_turn_that_fails_leaves_no_trace_in_what_is_remembered(
    store: DatabaseTrackerStore, domain: Domain
) -> None:
    turn = OpenTurn(before=None)
    reset = open_turn.set(turn)
    try:
        await store.save(tracker_of(domain, a_turn("pirmas")))
        open_turn.set(OpenTurn(before=turn.encoded))
        failing = await store.retrieve(SENDER)
        assert failing is not None
        failing.update(UserUttered("nulūžo", {"name": "ask_service"}))
        assert texts(await store.retrieve(SENDER)) == ["pirmas"]
    finally:
        open_turn.reset(reset)


async def test_a_turn_that_rasa_broke_off_is_ended_so_that_the_next_message_is_answered(
    store: DatabaseTrackerStore, domain: Domain
) -> None:
    loop = [ActionExecuted("action_not_understood") for _ in range(10)]
    await store.save(tracker_of(domain, [UserUttered("/start", {"name": None}), *loop]))
    found = await store.retrieve(SENDER)
    assert found is not None
    assert found.latest_action_name == "action_listen"


def test_the_stored_state_is_plain_json(domain: Domain) -> None:
    events = msgspec.json.decode(encode_tracker(tracker_of(domain, a_turn("labas"))))
    assert [event["event"] for event in events] == ["action", "user", "action", "bot", "action"]
