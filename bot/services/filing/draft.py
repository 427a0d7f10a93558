"""A half-filled complaint, as it is kept with the dialogue between two messages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import msgspec

from bot.core.case import CaseKind, Contact, Filing, Subject
from bot.nlu.complaints.code import new_code

KEPT = timedelta(days=1)
"""A draft that nobody touched for longer is dropped."""

FILES_BEFORE = timedelta(minutes=15)


class Step(Enum):
    """What is asked; the values are the slots that the form requests."""

    STORY = "case_story"
    PATH = "case_path"
    """Whether it is a complaint at all, or a problem to be reported."""
    INSTITUTION = "case_institution"
    WHEN = "case_when"
    OUTCOME = "case_outcome"
    REPLY = "case_reply"
    ADDRESS = "case_address"
    """Whether a mistyped e-mail address was meant as suggested."""
    KIND = "case_kind"
    PRINCIPLE = "case_principle"
    CONFIRM = "case_confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The institution complained about: its id, or the resident's words; neither when it is not known."""

    id: str | None = None
    text: str | None = None
    found: bool = False
    """It was found in the story and is only proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When it happened: a day, or words where no day is sure; neither when it is not known."""

    day: date | None = None
    text: str | None = None
    found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTo:
    """Whether and where to answer."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a complaint so far; None = not asked yet."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    code: str = field(default_factory=new_code)
    kind: CaseKind = CaseKind.COMPLAINT
    touched_at: datetime
    begun_at: datetime | None = None
    story: str | None = None
    place: Place | None = None
    when: When | None = None
    outcome: str | None = None
    """Empty when the resident wishes nothing in particular."""
    reply: ReplyTo | None = None
    suggested: str | None = None
    """The e-mail address that was probably meant."""
    principle: str | None = None
    path_offered: bool = False
    editing: Step | None = None
    adding: bool = False
    """The next words are added to the story instead of replacing it."""

    @property
    def is_short(self) -> bool:
        """Whether a story and an address are all that is asked: a suggestion or a word of praise."""
        return self.kind in {CaseKind.SUGGESTION, CaseKind.PRAISE}

    @property
    def next_step(self) -> Step:
        """What is to be asked now."""
        if self.editing is not None:
            return self.editing
        asked = (
            (Step.STORY, self.story),
            (Step.INSTITUTION, self.place if not self.is_short else ""),
            (Step.WHEN, self.when if not self.is_short else ""),
            (Step.OUTCOME, self.outcome if not self.is_short else ""),
            (Step.REPLY, self.reply),
        )
        return next((step for step, known in asked if known is None), Step.CONFIRM)

    @property
    def files_since(self) -> datetime:
        """From when on files of the conversation belong to the complaint: a photo often comes before the words."""
        return (self.begun_at or self.touched_at - KEPT) - FILES_BEFORE

    def is_old(self, now: datetime) -> bool:
        """Tell whether the draft is to be dropped."""
        return now - self.touched_at > KEPT

    def edit(self, step: Step, *, adding: bool = False) -> Draft:
        """Return the draft with one answer to be given anew; the old one stays until then."""
        return replace(self, editing=step, adding=adding)


def stored(draft: Draft) -> dict[str, Any]:
    """Return the draft as plain JSON values."""
    values: dict[str, Any] = msgspec.to_builtins(draft)
    return values


def restored(values: object) -> Draft | None:
    """Return the draft that was stored; None when there is none, or one of an older shape."""
    if not values:
        return None
    try:
        draft: Draft = msgspec.convert(values, Draft)
    except msgspec.ValidationError:
        return None
    return draft


def filing_of(
    draft: Draft, *, municipality: str, place_name: str | None, consent: str, channel: str, conversation: str
) -> Filing:
    """Return what is handed in; `place_name` is the name of the institution with the draft's id."""
    place, when, reply = draft.place or Place(), draft.when or When(), draft.reply or ReplyTo(wanted=False)
    contact = Contact(name=reply.name, email=reply.email, phone=reply.phone)
    return Filing(
        draft=draft.id,
        municipality=municipality,
        kind=draft.kind,
        description=draft.story or "",
        subject=Subject(
            institution=place.id,
            institution_text=None if place.id else place.text,
            principle=draft.principle if draft.kind is CaseKind.CHARTER_NOTICE else None,
        ),
        complained_about=None if draft.is_short else place_name or place.text,
        outcome=draft.outcome or None,
        happened_on=when.day,
        happened_text=when.text,
        contact=contact,
        wants_reply=reply.wanted and contact.reachable,
        consent=consent,
        channel=channel,
        conversation=conversation,
        files_since=draft.files_since,
    )
