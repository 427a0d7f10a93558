"""The table of ownership transitions."""

from __future__ import annotations

import itertools

import pytest

from bot.core.conversation import LEGAL_TRANSITIONS, Owner, check_transition
from bot.errors import IllegalTransitionError, LangelisError

# design.md: bot → queued → operator → bot | closed, bot → closed, closed → bot; and of the console: back to the queue,
# to a colleague, and out of the queue.
LEGAL = {
    ("bot", "queued"),
    ("queued", "operator"),
    ("queued", "bot"),
    ("queued", "closed"),
    ("operator", "bot"),
    ("operator", "closed"),
    ("operator", "queued"),
    ("operator", "operator"),
    ("bot", "closed"),
    ("closed", "bot"),
}


@pytest.mark.parametrize(("before", "after"), itertools.product(Owner, Owner))
def test_exactly_the_steps_of_the_design_are_legal(before: Owner, after: Owner) -> None:
    if (before.value, after.value) in LEGAL:
        check_transition(before, after)
    else:
        with pytest.raises(IllegalTransitionError, match=f"from {before.value} to {after.value}"):
            check_transition(before, after)


def test_a_closed_conversation_and_every_other_can_come_back_to_the_bot() -> None:
    reachable = {Owner.BOT}
    while True:
        further = {before for before, after in LEGAL_TRANSITIONS if after in reachable} | reachable
        if further == reachable:
            break
        reachable = further
    assert reachable == set(Owner)


def test_an_illegal_step_is_one_of_our_own_errors_and_names_both_ends() -> None:
    with pytest.raises(LangelisError) as caught:
        check_transition(Owner.CLOSED, Owner.QUEUED)
    assert isinstance(caught.value, IllegalTransitionError)
    assert (caught.value.before, caught.value.after) == ("closed", "queued")
