"""Rasa 3.6 in this process behind the engine port."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from bot.core.conversation import Nlu
from bot.core.handoff import HandoffAsk, HandoffReason
from bot.core.reply import Asks, Button, Card, Reply
from bot.engine.base import Engine, Turn, TurnResult
from bot.engine.rasa.payloads import spoken_text
from bot.errors import EngineError
from bot.storage.database import Database

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.engine.rasa.tracker_store import DatabaseTrackerStore

log = structlog.get_logger(__name__)

ActionFactory = Callable[[], Iterable[object]]
ModelProvider = Callable[[], "asyncio.Future[Path] | Any"]


class RasaEngine(Engine):
    """Loads a trained model and answers through Rasa's message processor.

    `find_model` is awaited at start and returns the model archive, training one if need be. `make_actions` returns
    the custom actions' instances; it is called after Rasa is imported.
    """

    def __init__(self, *, database: Database, find_model: ModelProvider, make_actions: ActionFactory) -> None:
        self._database = database
        self._find_model = find_model
        self._make_actions = make_actions
        self._agent: Agent | None = None
        self._locks: LockStore | None = None
        self._trackers: DatabaseTrackerStore | None = None
        self._intents: frozenset[str] = frozenset()

    @property
    def ready(self) -> bool:
        """See parent class."""
        return self._agent is not None

    async def start(self) -> None:
        """See parent class; takes about 15 s, nearly all of it TensorFlow's import."""
        model = await self._find_model()
        agent, self._trackers = await asyncio.to_thread(_load_agent, model, self._database, self._make_actions)
        self._locks = agent.lock_store
        self._intents = frozenset(agent.domain.intents if agent.domain else ())
        self._agent = agent
        _spare_the_collector()
        log.info("engine_ready", model=model.name)

    async def stop(self) -> None:
        """See parent class."""
        self._agent = None

    def lock(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """See parent class: Rasa's ticket lock."""
        if self._locks is None:
            raise EngineError("the engine is not ready")
        lock: AbstractAsyncContextManager[None] = self._locks.lock(conversation)
        return lock

    def forget(self, conversation: str) -> None:
        """See parent class: the parsed trackers of late conversations."""
        if self._trackers is not None:
            self._trackers.forget(conversation)

    async def answer(self, turn: Turn) -> TurnResult:
        """See parent class."""
        from rasa.core.channels.channel import UserMessage

        from bot.engine.rasa.output import Collector
        from bot.engine.rasa.tracker_store import OpenTurn, open_turn

        if self._agent is None or self._agent.processor is None:
            raise EngineError("the engine is not ready")
        collector = Collector()
        state = OpenTurn(before=turn.state)
        reset = open_turn.set(state)
        try:
            # The caller holds the conversation's lock, so the processor is called and not the agent.
            await self._agent.processor.handle_message(
                UserMessage(
                    spoken_text(turn.text, self._intents),
                    collector,
                    turn.conversation,
                    input_channel=turn.channel,
                    metadata={"municipality": turn.municipality},
                )
            )
        finally:
            open_turn.reset(reset)
        if state.tracker is None:
            raise EngineError("Rasa did not save the tracker")
        chosen = _set_in_last_turn(state.tracker, "municipality")
        service = _set_in_last_turn(state.tracker, "service")
        return TurnResult(
            replies=tuple(_reply(message) for message in collector.messages if not _is_order(message)),
            nlu=_nlu(state.tracker.latest_message.parse_data, service),
            state=state.encoded,
            municipality=chosen if chosen != turn.municipality else None,
            handoff=next((ask for message in collector.messages if (ask := _handoff_of(message))), None),
            erase=any(_custom_of(message).get("erase") for message in collector.messages),
        )


def _spare_the_collector() -> None:
    """Let the garbage collector look no more at what stays for good.

    TensorFlow and Rasa bring half a million objects. A full collection walked them all for a third of a second in which
    nobody was answered; now it takes none (docs/benchmarks.md).
    """
    gc.collect()
    gc.freeze()


def _load_agent(model: Path, database: Database, make_actions: ActionFactory) -> tuple[Agent, DatabaseTrackerStore]:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    try:
        from rasa.core import processor
        from rasa.core.agent import Agent
        from rasa.core.lock_store import InMemoryLockStore
        from rasa.core.policies import rule_policy
        from rasa.core.policies.rule_policy import RulePolicy
        from rasa_sdk.executor import ActionExecutor

        from bot.engine.rasa.action_endpoint import InProcessActions, remember_event_types, trust_own_actions
        from bot.engine.rasa.debug_values import log_uncopied
        from bot.engine.rasa.graph_runner import PlainGraphRunner
        from bot.engine.rasa.replay import replay_once
        from bot.engine.rasa.rules import narrow_rules
        from bot.engine.rasa.tracker_store import DatabaseTrackerStore

        trust_own_actions()
        remember_event_types()
        narrow_rules(RulePolicy)
        replay_once(RulePolicy)
        log_uncopied(processor, rule_policy)
        executor = ActionExecutor()
        for action in make_actions():
            executor.register_action(action)
        trackers = DatabaseTrackerStore(database=database)
        agent = Agent.load(
            model,
            tracker_store=trackers,
            lock_store=InMemoryLockStore(),
            action_endpoint=InProcessActions(executor),
        )
        agent.processor.graph_runner = PlainGraphRunner(agent.processor.graph_runner)
    except Exception as error:
        raise EngineError(f"Rasa could not load {model.name}: {error}") from error
    return agent, trackers


def _set_in_last_turn(tracker: DialogueStateTracker, slot: str) -> str | None:
    """Return what a slot was filled with in the last turn: a municipality that was named, a service that was found."""
    from rasa.shared.core.events import SlotSet, UserUttered

    for event in reversed(tracker.events):
        if isinstance(event, SlotSet) and event.key == slot and event.value:
            return str(event.value)
        if isinstance(event, UserUttered):
            break
    return None


def _nlu(parsed: Mapping[str, Any], service: str | None) -> Nlu:
    read = {key: parsed[key] for key in ("intent", "entities", "intent_ranking") if key in parsed}
    return read if service is None else {**read, "service": service}


def _handoff_of(message: Mapping[str, Any]) -> HandoffAsk | None:
    """Return what an action asks for with `{"handoff": {"reason", "topic"?, "department"?}}` instead of words."""
    asked = _custom_of(message).get("handoff")
    if not asked:
        return None
    return HandoffAsk(HandoffReason(asked["reason"]), asked.get("topic"), asked.get("department"))


def _is_order(message: Mapping[str, Any]) -> bool:
    """Tell whether an action says nothing to the resident with it but orders something of the caller."""
    custom = _custom_of(message)
    return bool(custom.get("handoff") or custom.get("erase"))


def _custom_of(message: Mapping[str, Any]) -> Mapping[str, Any]:
    custom: Mapping[str, Any] = message.get("custom") or {}
    return custom


def _reply(message: Mapping[str, Any]) -> Reply:
    custom = _custom_of(message)
    return Reply(
        text=message.get("text") or "",
        buttons=tuple(Button(button["title"], button["payload"]) for button in message.get("buttons") or ()),
        card=msgspec.convert(custom["card"], Card) if "card" in custom else None,
        image=message.get("image"),
        lang=custom.get("lang"),
        is_copy=bool(custom.get("copy")),
        asks=Asks(custom["asks"]) if custom.get("asks") else None,
    )
