"""A conversation that is replayed once: the same states that Rasa finds by replaying it whole each time."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.featurizers.tracker_featurizers import MaxHistoryTrackerFeaturizer
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.rasa.replay import longest_rule, replay_once

LONGEST = 3


def _domain() -> Domain:
    with warnings.catch_warnings():
        # Rasa warns of its news of 3.0 for every domain.
        warnings.simplefilter("ignore", UserWarning)
        return Domain.from_yaml(_DOMAIN)


_DOMAIN = """
version: "3.1"
intents: [greet, help]
entities: [place]
slots:
  known: {type: bool, influence_conversation: true, mappings: [{type: custom}]}
  town: {type: text, influence_conversation: true, mappings: [{type: custom}]}
  secret: {type: any, mappings: [{type: custom}]}
forms:
  a_form: {required_slots: [town]}
actions: [action_help]
"""
DOMAIN = _domain()


class Replaying:
    """What Rasa's policy needs to read a conversation."""

    featurizer = MaxHistoryTrackerFeaturizer()

    def __init__(self) -> None:
        self.lookup: Any = {"rules": {f"[{','.join(['{}'] * LONGEST)}]": "action_help"}, "rule_only_slots": []}

    _prediction_states: Any


replay_once(Replaying)


def uttered(intent: str) -> UserUttered:
    """A message, with one place in it."""
    return UserUttered(intent, {"name": intent}, [{"entity": "place", "value": "Trakai"}])


EVENTS = st.one_of(
    st.sampled_from(("greet", "help")).map(uttered),
    st.sampled_from(("action_listen", "action_help", "a_form")).map(ActionExecuted),
    st.tuples(st.sampled_from(("known", "town", "secret")), st.sampled_from((None, True, "Trakai"))).map(
        lambda pair: SlotSet(*pair)
    ),
    st.sampled_from((None, "a_form")).map(ActiveLoop),
    st.sampled_from((ActionReverted, UserUtteranceReverted, SessionStarted, Restarted)).map(lambda kind: kind()),
)


def by_rasa(tracker: DialogueStateTracker, *, text: bool) -> list[dict[str, Any]]:
    """Return the newest states as Rasa itself finds them."""
    found = Replaying.featurizer.prediction_states([tracker], DOMAIN, use_text_for_last_user_input=text)[0]
    return [dict(state) for state in found[-LONGEST:]]


@given(st.lists(st.lists(EVENTS, max_size=6), min_size=1, max_size=4), st.booleans())
def test_states_are_those_of_a_whole_replay(turns: list[list[Event]], text: bool) -> None:
    tracker = DialogueStateTracker("a", DOMAIN.slots)
    policy = Replaying()
    for turn in turns:
        for event in turn:
            tracker.update(event)
        assert policy._prediction_states(tracker, DOMAIN, text) == by_rasa(tracker, text=text)
        assert policy._prediction_states(tracker, DOMAIN, not text) == by_rasa(tracker, text=not text)


def test_what_was_replayed_is_not_replayed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = DialogueStateTracker("a", DOMAIN.slots)
    policy = Replaying()
    replayed: list[str] = []
    look = Domain.get_active_state

    def noted(self: Domain, seen: DialogueStateTracker) -> object:
        replayed.append(seen.sender_id)
        return look(self, seen)

    monkeypatch.setattr(Domain, "get_active_state", noted)
    for _ in range(5):
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(uttered("greet"))
    policy._prediction_states(tracker, DOMAIN)
    before = len(replayed)
    tracker.update(ActionExecuted("action_help"))
    policy._prediction_states(tracker, DOMAIN)
    assert len(replayed) - before == 2


@pytest.mark.parametrize(
    ("lookup", "expected"),
    [({}, 1), ({"rules": {"[{}]": "a", "[{}, {}]": "b"}, "unhappy": {"[{}, {}, {}]": "c"}, "slots": ["x"]}, 3)],
)
def test_the_longest_rule_is_found(lookup: dict[str, Any], expected: int) -> None:
    assert longest_rule(lookup) == expected
