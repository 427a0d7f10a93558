"""Drafts and messages for the tests of taking down a complaint, over the pack of Trakai."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

from bot.services.filing.dialogue import Heard, Scene, Taken, take
from bot.services.filing.draft import Draft, Place, ReplyTo, Step, When
from tests.packs import shipped

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)
TODAY = date(2026, 11, 21)
HIDDEN = "kontaktas paslėptas"
SCENE = Scene(shipped("trakai"), TODAY, HIDDEN)
PRINCIPLES = SCENE.loaded.catalogue.municipality.charter.principles
STORY = "Auklėtoja šaukė ant mano vaiko."


def draft(**given: object) -> Draft:
    """Return an empty draft; `given` replaces its fields."""
    return replace(Draft(touched_at=NOW), **given)  # type: ignore[arg-type]


def full(**given: object) -> Draft:
    """Return a draft in which everything was answered."""
    answered = draft(
        story=STORY,
        place=Place(id="lentvario-seniunija"),
        when=When(day=TODAY),
        outcome="",
        reply=ReplyTo(email="ona@example.lt"),
    )
    return replace(answered, **given)  # type: ignore[arg-type]


def heard(text: str, intent: str = "inform", *, offers_choice: bool = False) -> Heard:
    """Return a typed message."""
    return Heard(text=text, intent=intent, offers_choice=offers_choice)


def press(step: Step, value: str) -> Heard:
    """Return a pressed button of a step."""
    return Heard(text="/case_answer{…}", intent="case_answer", field=step.value, value=value)


def say(step: Step, text: str | Heard, before: Draft | None = None) -> Taken:
    """Return what an answer to a step does; to a full draft in which that step is edited, unless told otherwise."""
    before = before or full().edit(step)
    return take(step, before, text if isinstance(text, Heard) else heard(text), SCENE)
