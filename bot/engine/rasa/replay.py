"""Replays only the newest events of a conversation, where Rasa replays all of them.

Rasa 3.6 does so three times a turn; all but the newest events are the same as the time before.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Mapping, Sequence
from typing import Any

_EXECUTED = "action"
"""The name that Rasa gives to the event of an executed action."""
_REPLAY = "_langelis_replay"
_LONGEST = "_langelis_longest_rule"


class Replay:
    """The states that a conversation went through, as `DialogueStateTracker.past_states` gives them."""

    def __init__(self, tracker: Any) -> None:  # noqa: ANN401 - Rasa's class
        self._events: list[object] = []
        self._states: list[dict[str, Any]] = []
        self._tracker = tracker.init_copy()

    def goes_on_with(self, events: Sequence[object]) -> bool:
        """Tell whether these events are the ones that were replayed, or those and newer ones."""
        return len(events) >= len(self._events) and all(map(operator.is_, events, self._events))

    def states(self, events: Sequence[object], domain: Any, count: int) -> list[dict[str, Any]]:  # noqa: ANN401 - Rasa's class
        """Replay what is new and return the newest states; the caller may change them."""
        for event in events[len(self._events) :]:
            if getattr(event, "type_name", None) == _EXECUTED:
                self._states.append(domain.get_active_state(self._tracker))
            self._tracker.update(event)
            self._events.append(event)
        newest = [*self._states[-count:], domain.get_active_state(self._tracker)][-count:]
        return [{kind: dict(values) for kind, values in state.items()} for state in newest]


def replay_once(policy: Any) -> None:  # noqa: ANN401 - Rasa's class, imported only where Rasa is
    """Let Rasa's class `RulePolicy` replay only what is new, and look back as far as its longest rule does."""

    def prediction_states(
        self: Any,  # noqa: ANN401 - Rasa's class
        tracker: Any,  # noqa: ANN401 - Rasa's class
        domain: Any,  # noqa: ANN401 - Rasa's class
        use_text_for_last_user_input: bool = False,
        rule_only_data: object = None,
    ) -> list[dict[str, Any]]:
        events = tracker.applied_events()
        replay: Replay | None = tracker.__dict__.get(_REPLAY)
        if replay is None or not replay.goes_on_with(events):
            replay = tracker.__dict__[_REPLAY] = Replay(tracker)
        states = replay.states(events, domain, _look_back_of(self))
        self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)  # noqa: SLF001 - Rasa 3.6 offers no other way
        return states

    policy._prediction_states = prediction_states  # noqa: SLF001 - Rasa 3.6 offers no other way


def longest_rule(lookup: Mapping[str, Any]) -> int:
    """Return the number of states of the longest of a policy's rules, at least one."""
    groups = (rules for rules in lookup.values() if isinstance(rules, Mapping))
    return max((len(json.loads(key)) for rules in groups for key in rules), default=1)


def _look_back_of(policy: Any) -> int:  # noqa: ANN401 - Rasa's class
    known: tuple[object, int] | None = policy.__dict__.get(_LONGEST)
    if known is None or known[0] is not policy.lookup:
        known = policy.__dict__[_LONGEST] = (policy.lookup, longest_rule(policy.lookup))
    return known[1]
