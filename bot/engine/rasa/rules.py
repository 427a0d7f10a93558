"""Looks at the few rules that can fit the latest intent and action, where Rasa looks at all of them.

Rasa 3.6 checks every rule three times a turn; most differ from the conversation in its latest intent already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_UNSET = "should_not_be_set"
"""What a rule of Rasa's says of a value that must be absent."""
_Key = tuple[str | None, str | None]
_Rules = dict[str, str]
_INDEX = "_langelis_rules_by_latest"


def narrow_rules(policy: Any) -> None:  # noqa: ANN401 - Rasa's class, imported only where Rasa is
    """Let Rasa's class `RulePolicy` choose by the latest intent and action first; what it predicts stays the same."""
    look = policy._get_possible_keys  # noqa: SLF001 - Rasa 3.6 offers no other way
    if look.__module__ == __name__:
        return

    def possible_keys(self: object, lookup: _Rules, states: list[dict[str, Any]]) -> set[str]:
        found: set[str] = look(self, _candidates(self, lookup, states[-1]) if states else lookup, states)
        return found

    policy._get_possible_keys = possible_keys  # noqa: SLF001 - as above


def latest_of(state: Mapping[str, Any]) -> _Key:
    """Return the intent and the action before it that a state, of a rule or of a conversation, holds or asks for."""
    return _told(state.get("user", {}).get("intent")), _told(state.get("prev_action", {}).get("action_name"))


def rules_by_latest(lookup: Mapping[str, str]) -> dict[_Key, _Rules]:
    """Return the rules grouped by what they ask of the latest state; None stands for "anything"."""
    grouped: dict[_Key, _Rules] = {}
    for key, action in lookup.items():
        grouped.setdefault(latest_of(json.loads(key)[-1]), {})[key] = action
    return grouped


def _told(value: Any) -> str | None:  # noqa: ANN401 - a value of Rasa's states
    return None if not value or value == _UNSET else str(value)


def _candidates(policy: object, lookup: _Rules, state: Mapping[str, Any]) -> _Rules:
    indices: dict[int, tuple[_Rules, dict[_Key, _Rules]]] = policy.__dict__.setdefault(_INDEX, {})
    known = indices.get(id(lookup))
    if known is None or known[0] is not lookup:
        known = indices[id(lookup)] = (lookup, rules_by_latest(lookup))
    intent, action = latest_of(state)
    found: _Rules = {}
    for asked in {(intent, action), (intent, None), (None, action), (None, None)}:
        found |= known[1].get(asked, {})
    return found
