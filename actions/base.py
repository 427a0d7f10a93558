"""What all custom actions share: from Rasa's tracker to a question, from an answer to utterances and slots."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import msgspec
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.core.clock import Clock, local
from bot.core.reply import Asks, Button, Reply
from bot.nlu.intents import FALLBACK, OUT_OF_SCOPE
from bot.nlu.reading import Part
from bot.services.answering.question import Answer, Question, Subject
from bot.services.answering.router import Answering
from bot.services.cases.access import CaseAccess
from bot.services.cases.desk import CaseDesk
from bot.services.catalogues import Catalogues, LoadedCatalogue
from bot.services.filing.prompts import Prompts
from bot.services.filing.summary import Summary
from bot.services.handoff.availability import Availability
from bot.services.handoff.tasks import Tasks
from bot.services.own_data.telling import Telling
from bot.services.texts import Texts

MUNICIPALITY_FORM = "municipality_form"
CHOSEN_ENTITIES = frozenset({"service", "institution", "life_event", "topic", "page"})
_NO_QUESTION = frozenset({FALLBACK, OUT_OF_SCOPE, "choose_option", ""})
# What these do leaves the count of what was not understood as it is; after any other action it begins anew.
_SMALL_TALK = frozenset(
    {
        *("utter_greet", "utter_thanks", "utter_goodbye", "action_help", "utter_bot_challenge", "utter_insult"),
        *("utter_correct", "action_affirm", "action_deny", "action_repeat"),
    }
)
# These write the count themselves.
_COUNTING = frozenset(
    {
        *("action_not_understood", "action_answer_service", "action_resume_question", "action_choose"),
        *("action_correct", "action_institution", "action_mobile_library", "action_list_services"),
        *("action_charter", "action_problem_map", "action_refer"),
    }
)
_FORGIVEN = 0.5
# After the third whole answer, and then after every eighth.
_FIRST_ASKED, _ASKED_EVERY = 3, 8


@dataclass(frozen=True)
class ActionServices:
    """What the core gives to the actions."""

    catalogues: Catalogues
    texts: Texts
    answering: Answering
    clock: Clock
    cases: CaseDesk
    access: CaseAccess
    availability: Availability
    tasks: Tasks
    own_data: Telling
    public_url: str = ""

    @cached_property
    def summary(self) -> Summary:
        """Lays out drafts and cases."""
        return Summary(self.texts, self.public_url)

    @cached_property
    def prompts(self) -> Prompts:
        """Asks what is not known of a complaint yet."""
        return Prompts(self.texts)


@dataclass(frozen=True)
class Heard:
    """What is to be answered: words or a button's payload, the intent, what the button named, the questions in it."""

    text: str
    intent: str
    chosen: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


class LangelisAction(Action, ABC):
    """An action over the core's services.

    rasa-sdk's own action server builds actions without arguments; the services are then opened from the settings.
    """

    def __init__(self, services: ActionServices | None = None) -> None:
        self._given = services

    @cached_property
    def services(self) -> ActionServices:
        """The core's services."""
        if self._given is not None:
            return self._given
        from bot.app import open_action_services

        return open_action_services()

    @abstractmethod
    def name(self) -> str:
        """Return the name under which domain.yml and the rules know the action."""

    @abstractmethod
    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Run the action; see rasa-sdk."""


class AnsweringAction(LangelisAction):
    """Answers the resident's message by its intent, once the municipality is known."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """See parent class."""
        return self.answer(dispatcher, tracker, heard(tracker))

    def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker, said: Heard) -> list[EventType]:
        """Answer something as if it had just been said."""
        loaded = self.services.catalogues.find(municipality_of(tracker))
        if loaded is None:
            asked_before = tracker.get_slot("pending_question") if said.intent in _NO_QUESTION else None
            pending = asked_before or pending_question(said)
            return [SlotSet("pending_question", pending), FollowupAction(MUNICIPALITY_FORM)]
        question = self.question(tracker, said, loaded)
        answer = self.services.answering.answer(question)
        utter(dispatcher, answer.replies)
        events = slots_after(question, answer, counted=float(tracker.get_slot("misunderstood") or 0))
        if tracker.active_loop_name is None and is_whole_answer(answer):
            events.append(self._ask_whether_helped(dispatcher, int(tracker.get_slot("answered") or 0) + 1))
        return events

    def question(self, tracker: Tracker, said: Heard, loaded: LoadedCatalogue) -> Question:
        """Return what was said with what the conversation was about before."""
        return Question(
            text=said.text,
            intent=said.intent,
            loaded=loaded,
            local_now=local(self.services.clock.now()),
            chosen=said.chosen,
            service=tracker.get_slot("service"),
            institution=tracker.get_slot("institution"),
            subject=_subject(tracker),
            candidates=tuple(tracker.get_slot("candidates") or ()),
            misunderstood=misunderstood_lately(tracker),
            parts=said.parts,
        )

    def _ask_whether_helped(self, dispatcher: CollectingDispatcher, answered: int) -> EventType:
        """Ask now and then, never after each answer."""
        if answered % _ASKED_EVERY == _FIRST_ASKED:
            render = self.services.texts.render
            buttons = (
                Button(render("conversation.button.helped"), "/affirm"),
                Button(render("conversation.button.not_helped"), "/deny"),
            )
            utter(dispatcher, (Reply(text=render("conversation.did_it_help"), buttons=buttons, asks=Asks.HELPED),))
        return SlotSet("answered", float(answered))


def _subject(tracker: Tracker) -> Subject | None:
    kept = tracker.get_slot("subject")
    return Subject(kept["intent"], kept["institution"]) if kept else None


def pending_question(said: Heard) -> dict[str, object]:
    """Return what is kept of a question until the municipality is known."""
    kept: dict[str, object] = {"text": said.text, "intent": said.intent}
    return {**kept, "parts": [msgspec.to_builtins(part) for part in said.parts]} if said.parts else kept


def resumed_question(pending: Mapping[str, Any]) -> Heard:
    """Return the question that was kept."""
    return Heard(pending["text"], pending["intent"], parts=_parts(pending))


def asked_for(tracker: Tracker) -> Heard:
    """Return the question that waited for the municipality, else the resident's last message."""
    pending = tracker.get_slot("pending_question")
    return resumed_question(pending) if pending else heard(tracker)


def municipality_first(said: Heard) -> list[EventType]:
    """Keep what was said and ask for the municipality."""
    return [SlotSet("pending_question", pending_question(said)), FollowupAction(MUNICIPALITY_FORM)]


def heard(tracker: Tracker) -> Heard:
    """Return the resident's last message."""
    parts = _parts(tracker.latest_message)
    return Heard(latest_text(tracker), latest_intent(tracker), chosen_entities(tracker), parts)


def _parts(message: Mapping[str, Any]) -> tuple[Part, ...]:
    return tuple(Part(part["text"], part["intent"], part.get("alone")) for part in message.get("parts") or ())


def latest_text(tracker: Tracker) -> str:
    """Return the words of the resident's last message, or the payload of the button pressed."""
    return str(tracker.latest_message.get("text") or "")


def latest_intent(tracker: Tracker) -> str:
    """Return the intent of the resident's last message."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def municipality_of(tracker: Tracker) -> str | None:
    """Return the municipality that the channel names, else the one that the resident named."""
    metadata = tracker.latest_message.get("metadata") or {}
    found = metadata.get("municipality") or tracker.get_slot("municipality")
    return None if found is None else str(found)


def misunderstood_lately(tracker: Tracker) -> float:
    """Return how many messages before this one were not understood; small talk in between changes nothing."""
    done = (event["name"] for event in reversed(tracker.events) if event["event"] == "action")
    last = next((name for name in done if name != "action_listen" and name not in _SMALL_TALK), None)
    return float(tracker.get_slot("misunderstood") or 0) if last in _COUNTING else 0.0


def is_whole_answer(answer: Answer) -> bool:
    """Tell whether a service was answered about with nothing left open, so that it may be asked whether that helped."""
    last = answer.replies[-1]
    # Where something is missing, a person is offered.
    lacking = any(button.payload == "/request_human" for button in last.buttons)
    told = last.card is not None and last.asks is None and not lacking
    return answer.understood and answer.service is not None and told


def chosen_entities(tracker: Tracker) -> dict[str, str]:
    """Return what a pressed button named."""
    if not latest_text(tracker).startswith("/"):
        return {}
    entities = tracker.latest_message.get("entities") or []
    return {str(found["entity"]): str(found["value"]) for found in entities if found["entity"] in CHOSEN_ENTITIES}


def utter(dispatcher: CollectingDispatcher, replies: tuple[Reply, ...]) -> None:
    """Say the replies."""
    for reply in replies:
        dispatcher.utter_message(
            text=reply.text,
            buttons=[msgspec.to_builtins(button) for button in reply.buttons],
            image=reply.image,
            json_message=_custom(reply),
        )


def _custom(reply: Reply) -> dict[str, object] | None:
    """Return what Rasa has no field for; `asks` tells the next turn what a bare yes or number answers."""
    parts = {
        "card": None if reply.card is None else msgspec.to_builtins(reply.card),
        "lang": reply.lang,
        "asks": None if reply.asks is None else reply.asks.value,
        "copy": True if reply.is_copy else None,
    }
    return {name: value for name, value in parts.items() if value is not None} or None


def slots_after(question: Question, answer: Answer, *, counted: float) -> list[EventType]:
    """Return the slots by which the next message is understood; `counted` is the present value of `misunderstood`."""
    events: list[EventType] = []
    if answer.service is not None:
        events.append(SlotSet("service", answer.service))
    if answer.institution is not None:
        events.append(SlotSet("institution", answer.institution))
    if answer.understood and answer.subject != question.subject:
        events.append(SlotSet("subject", None if answer.subject is None else asdict(answer.subject)))
    if answer.candidates != question.candidates:
        events.append(SlotSet("candidates", list(answer.candidates) or None))
    before = question.misunderstood
    misunderstood = max(0.0, before - _FORGIVEN) if answer.understood else before + 1
    if misunderstood != counted:
        events.append(SlotSet("misunderstood", misunderstood))
    return events
