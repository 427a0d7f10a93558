"""A resident who comes back after hours: what is carried over, what is offered again, what is forgotten."""

from __future__ import annotations

from datetime import timedelta

from actions.session import ActionSessionStart
from bot.services.filing.draft import Draft, stored
from tests.actions.trackers import run, services, tracker, user

SERVICES = services()
NOW = SERVICES.clock.now()
TOLD = Draft(touched_at=NOW - timedelta(hours=5), story="Darbuotoja nemandagiai bendravo")


async def started(slots: dict[str, object]) -> tuple[dict[str, object], str]:
    """Return the slots of the new session and what is said at its beginning."""
    ran = await run(ActionSessionStart(SERVICES), tracker(user("labas", "greet"), slots=slots))
    return ran.slots, ran.text


async def test_what_the_conversation_was_about_is_carried_over() -> None:
    slots, said = await started({"municipality": "trakai", "service": "mok-vieta", "institution": None})
    assert slots == {"municipality": "trakai", "service": "mok-vieta"}
    assert said == ""


async def test_a_half_filled_complaint_is_offered_again() -> None:
    slots, said = await started({"municipality": "trakai", "case_draft": stored(TOLD)})
    assert slots["case_draft"] == stored(TOLD)
    assert "Darbuotoja nemandagiai bendravo" in said
    assert "Ar tęsti" in said


async def test_after_a_day_it_is_dropped_without_a_word() -> None:
    old = stored(Draft(touched_at=NOW - timedelta(hours=25), story="Darbuotoja nemandagiai bendravo"))
    slots, said = await started({"municipality": "trakai", "case_draft": old})
    assert slots == {"municipality": "trakai"}
    assert said == ""


async def test_a_complaint_that_tells_nothing_yet_is_not_offered() -> None:
    slots, said = await started({"case_draft": stored(Draft(touched_at=NOW))})
    assert slots == {}
    assert said == ""


async def test_a_case_that_was_opened_by_its_code_is_closed() -> None:
    slots, _ = await started({"status_case": "TR-2026-000001", "status_code": "x", "status_purpose": "withdraw"})
    assert slots == {}
