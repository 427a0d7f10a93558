"""How an action asks for a person."""

from __future__ import annotations

import pytest

from bot.core.handoff import HandoffAsk, HandoffReason
from bot.engine.rasa.engine import _handoff_of


def test_a_custom_message_asks_for_a_person() -> None:
    asked = {"custom": {"handoff": {"reason": "asked", "topic": "Darželiai", "department": "Švietimo skyrius"}}}
    assert _handoff_of(asked) == HandoffAsk(HandoffReason.ASKED, "Darželiai", "Švietimo skyrius")
    assert _handoff_of({"custom": {"handoff": {"reason": "misunderstood"}}}) == HandoffAsk(HandoffReason.MISUNDERSTOOD)


@pytest.mark.parametrize("message", [{}, {"text": "labas"}, {"custom": None}, {"custom": {"card": {}}}])
def test_any_other_message_asks_for_nobody(message: dict[str, object]) -> None:
    assert _handoff_of(message) is None


def test_a_reason_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="nuotaika"):
        _handoff_of({"custom": {"handoff": {"reason": "nuotaika"}}})
