"""Rules chosen by the latest intent and action: the same that a look at all of them finds."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.rasa.rules import narrow_rules

_names = st.sampled_from(("greet", "help", "cancel"))
_asked = st.one_of(st.none(), _names, st.just("should_not_be_set"))
State = dict[str, Any]


def state(intent: str | None, action: str | None) -> State:
    """A dialogue state as Rasa writes it, with what is not None."""
    made: State = {}
    if intent is not None:
        made["user"] = {"intent": intent}
    if action is not None:
        made["prev_action"] = {"action_name": action}
    return made


def fits(rule: State, told: State) -> bool:
    """Whether a rule's state fits one of a conversation, as Rasa's policy decides it."""
    for kind, values in rule.items():
        for key, wanted in values.items():
            found = told.get(kind, {}).get(key)
            if found is not None if wanted == "should_not_be_set" else found != wanted:
                return False
    return True


class Policy:
    """Chooses as Rasa's policy does, noting how many rules it looked at."""

    looked_at = 0

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        self.looked_at = len(lookup)
        latest = states[::-1]
        return {
            key
            for key in lookup
            if all(fits(rule, told) for rule, told in zip(reversed(json.loads(key)), latest, strict=False))
        }


class Narrowed(Policy):
    """The same over the index."""


narrow_rules(Narrowed)


@given(
    rules=st.lists(st.lists(st.builds(state, _asked, _asked), min_size=1, max_size=3), max_size=12),
    states=st.lists(st.builds(state, _names, _names), max_size=4),
)
def test_no_fitting_rule_is_passed_over(rules: list[list[State]], states: list[State]) -> None:
    lookup = {json.dumps(rule): "action_listen" for rule in rules}
    assert Narrowed()._get_possible_keys(lookup, states) == Policy()._get_possible_keys(lookup, states)


def test_rules_of_other_intents_are_not_looked_at() -> None:
    lookup = {json.dumps([state(intent, "action_listen")]): intent for intent in ("greet", "help", "cancel")}
    policy = Narrowed()
    assert policy._get_possible_keys(lookup, [state("help", "action_listen")]) == {
        json.dumps([state("help", "action_listen")])
    }
    assert policy.looked_at == 1


def test_another_set_of_rules_has_an_index_of_its_own() -> None:
    policy = Narrowed()
    for intent in ("greet", "help"):
        lookup = {json.dumps([state(intent, None)]): intent}
        assert policy._get_possible_keys(lookup, [state(intent, None)]) == set(lookup)
