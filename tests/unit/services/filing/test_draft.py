"""A half-filled complaint: what is asked next, how it is kept, when it is dropped, what is handed in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.case import CaseKind, Contact, Filing
from bot.services.filing.draft import Draft, Place, ReplyTo, Step, When, filing_of, restored, stored
from tests.unit.services.filing.scenes import NOW, PRINCIPLES, STORY, TODAY, draft, full


def test_the_questions_come_in_their_order() -> None:
    answers: list[tuple[Step, dict[str, object]]] = [
        (Step.STORY, {"story": STORY}),
        (Step.INSTITUTION, {"place": Place()}),
        (Step.WHEN, {"when": When()}),
        (Step.OUTCOME, {"outcome": ""}),
        (Step.REPLY, {"reply": ReplyTo(wanted=False)}),
    ]
    current = draft()
    for step, answer in answers:
        assert current.next_step is step
        current = replace(current, **answer)  # type: ignore[arg-type]
    assert current.next_step is Step.CONFIRM


@pytest.mark.parametrize("kind", [CaseKind.SUGGESTION, CaseKind.PRAISE])
def test_a_suggestion_and_praise_are_asked_for_their_words_and_an_address(kind: CaseKind) -> None:
    short = draft(kind=kind)
    assert short.is_short
    assert short.next_step is Step.STORY
    assert replace(short, story=STORY).next_step is Step.REPLY
    assert replace(short, story=STORY, reply=ReplyTo()).next_step is Step.CONFIRM


@pytest.mark.parametrize("missing", ["story", "place", "when", "outcome", "reply"])
def test_what_is_known_already_is_not_asked(missing: str) -> None:
    steps = {"story": Step.STORY, "place": Step.INSTITUTION, "when": Step.WHEN, "outcome": Step.OUTCOME}
    assert full(**{missing: None}).next_step is steps.get(missing, Step.REPLY)


@pytest.mark.parametrize("step", Step, ids=lambda step: step.value)
def test_a_line_to_be_changed_is_asked_and_keeps_its_answer_until_then(step: Step) -> None:
    edited = full().edit(step)
    assert edited.next_step is step
    assert replace(edited, editing=None) == replace(full(), id=edited.id, code=edited.code)
    assert not edited.adding
    assert full().edit(Step.STORY, adding=True).adding


def test_each_draft_has_an_id_and_a_code_of_its_own() -> None:
    drafts = [draft() for _ in range(50)]
    assert len({each.id for each in drafts}) == len({each.code for each in drafts}) == 50


def test_a_draft_is_dropped_after_a_day() -> None:
    day = timedelta(days=1)
    assert not draft().is_old(NOW + day)
    assert draft().is_old(NOW + day + timedelta(seconds=1))


DRAFTS = [
    draft(),
    full(),
    full(when=When(text="spalio mėnesį", found=True), place=Place(text="darželis „Žuvytė“")),
    full(kind=CaseKind.CHARTER_NOTICE, principle=PRINCIPLES[0], editing=Step.STORY, adding=True),
    full(reply=ReplyTo(name="Ona Petraitė", phone="+37061234567", wanted=False), suggested="ona@gmail.com"),
    draft(kind=CaseKind.PRAISE, path_offered=True, editing=Step.PATH),
]


@pytest.mark.parametrize("kept", DRAFTS)
def test_a_draft_survives_being_kept_with_the_dialogue(kept: Draft) -> None:
    # The tracker is stored as JSON.
    values = json.loads(json.dumps(stored(kept)))
    assert restored(values) == kept


@pytest.mark.parametrize(
    "values",
    [None, {}, "", "draft", [], 7, {"id": "a"}, {**stored(full()), "kind": "pasaka"}, {**stored(full()), "story": 7}],
)
def test_what_is_no_draft_of_today_s_shape_is_dropped(values: object) -> None:
    assert restored(values) is None


def test_a_field_of_a_later_shape_does_no_harm() -> None:
    assert restored({**stored(full()), "later": 1}) is not None


def handed_in(filled: Draft, place_name: str | None = None) -> Filing:
    """Return the filing of a draft."""
    return filing_of(
        filled, municipality="trakai", place_name=place_name, consent="2026-11", channel="web", conversation="a"
    )


def test_a_complaint_is_handed_in_with_all_its_parts() -> None:
    filled = full(
        outcome="Noriu atsiprašymo.",
        when=When(day=date(2026, 11, 20), text="vakar"),
        reply=ReplyTo(name="Ona", email="ona@example.lt", phone="+37061234567"),
    )
    filing = handed_in(filled, "Lentvario seniūnija")
    assert (filing.draft, filing.kind, filing.description) == (filled.id, CaseKind.COMPLAINT, STORY)
    assert (filing.subject.institution, filing.subject.institution_text) == ("lentvario-seniunija", None)
    assert filing.complained_about == "Lentvario seniūnija"
    assert (filing.happened_on, filing.happened_text) == (date(2026, 11, 20), "vakar")
    assert filing.contact == Contact(name="Ona", email="ona@example.lt", phone="+37061234567")
    assert filing.wants_reply
    assert (filing.consent, filing.channel, filing.conversation) == ("2026-11", "web", "a")


def test_an_institution_in_the_resident_s_words_is_complained_about_in_them() -> None:
    filing = handed_in(full(place=Place(text="ūkininkas Petras")))
    assert (filing.subject.institution, filing.subject.institution_text) == (None, "ūkininkas Petras")
    assert filing.complained_about == "ūkininkas Petras"


def test_who_wishes_nothing_in_particular_wishes_nothing() -> None:
    assert handed_in(full(outcome="")).outcome is None


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [
        (ReplyTo(email="ona@example.lt"), True),
        (ReplyTo(phone="+37061234567"), True),
        (ReplyTo(email="ona@example.lt", wanted=False), False),
        (ReplyTo(name="Ona"), False),
        (ReplyTo(wanted=False), False),
        (None, False),
    ],
)
def test_an_answer_is_wished_by_who_can_be_reached_and_wants_one(reply: ReplyTo | None, wanted: bool) -> None:
    assert handed_in(full(reply=reply)).wants_reply is wanted


def test_only_a_notice_names_a_principle_and_praise_complains_about_nobody() -> None:
    notice = full(kind=CaseKind.CHARTER_NOTICE, principle=PRINCIPLES[0])
    assert handed_in(notice).subject.principle == PRINCIPLES[0]
    assert handed_in(replace(notice, kind=CaseKind.COMPLAINT)).subject.principle is None
    praise = replace(notice, kind=CaseKind.PRAISE, place=Place(text="darželis"))
    assert handed_in(praise).complained_about is None
    assert handed_in(praise).happened_on == TODAY


def test_files_belong_to_the_complaint_from_a_quarter_of_an_hour_before_it_was_begun() -> None:
    begun = draft(begun_at=NOW)
    assert begun.files_since == NOW - timedelta(minutes=15)
    assert replace(begun, touched_at=NOW + timedelta(hours=2)).files_since == begun.files_since
    assert restored(stored(begun)) == begun
    # A draft of an older server does not say when it was begun: a day is as long as one is kept.
    assert draft().files_since == NOW - timedelta(days=1, minutes=15)
    filing = filing_of(full(), municipality="trakai", place_name=None, consent="x", channel="web", conversation="k")
    assert filing.files_since == full().files_since
