"""What an answer means at each step of taking down a complaint, good and bad, typed and pressed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.case import CaseKind
from bot.services.filing.dialogue import Ending, Heard, button, pressed, take
from bot.services.filing.draft import Draft, Place, ReplyTo, Step, When
from tests.unit.services.filing.scenes import (
    HIDDEN,
    PRINCIPLES,
    SCENE,
    STORY,
    TODAY,
    draft,
    full,
    heard,
    press,
    say,
)


def bare(given: Draft) -> Draft:
    """Return the draft without what differs from one draft to the next."""
    return replace(given, id="", code="")


class TestButtons:
    @pytest.mark.parametrize("value", ["ld-silas", "2026-11-20", 'kabutės " ir }{', "ąžuolas"])
    def test_a_button_says_its_step_and_value(self, value: str) -> None:
        assert pressed(button("case_when", value)) == ("case_when", value)

    @pytest.mark.parametrize(
        "text",
        [
            *("", "labas", "/case_answer", "/case_answer{}", '/case_answer{"field":"a"}', "/case_answer{]}"),
            *('/case_answer{"field":1,"value":"a"}', '/case_answer{"field":"a","value":null}', '/cancel{"field":"a"}'),
        ],
    )
    def test_what_is_no_button_of_the_form_is_none(self, text: str) -> None:
        assert pressed(text) is None

    def test_a_button_of_an_earlier_question_answers_that_one_anew(self) -> None:
        taken = say(Step.OUTCOME, press(Step.WHEN, "2026-11-20"), full(outcome=None))
        assert (taken.draft.when, taken.draft.next_step) == (
            When(day=date(2026, 11, 20), text="2026-11-20"),
            Step.OUTCOME,
        )

    @pytest.mark.parametrize(
        "stale", [press(Step.CONFIRM, "submit"), press(Step.PATH, "problem"), press(Step.ADDRESS, "yes")]
    )
    def test_a_button_that_has_lost_its_question_does_nothing(self, stale: Heard) -> None:
        before = full(outcome=None)
        taken = say(Step.OUTCOME, stale, before)
        assert (taken.wrong, taken.draft, taken.ending) == ("stale_button", before, None)

    def test_a_button_of_an_unknown_field_does_nothing(self) -> None:
        unknown = Heard(text="/case_answer{…}", intent="case_answer", field="case_colour", value="blue")
        assert say(Step.OUTCOME, unknown).wrong == "stale_button"

    def test_a_stale_button_leaves_the_question_about_the_address_open(self) -> None:
        asked = say(Step.REPLY, "ona@gmial.com", full(reply=None)).draft
        taken = take(Step.ADDRESS, asked, press(Step.WHEN, "2026-11-20"), SCENE)
        assert taken.draft.next_step is Step.ADDRESS


class TestStory:
    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("", "story_without_words"),
            ("...", "story_without_words"),
            ("123 456", "story_without_words"),
            ("ne", "story_without_words"),
            ("blogai", "story_too_short"),
            ("labai", "story_too_short"),
        ],
    )
    def test_what_tells_nothing_is_asked_for_again(self, text: str, wrong: str) -> None:
        taken = say(Step.STORY, text, draft())
        assert taken.wrong == wrong
        assert taken.draft.next_step is Step.STORY

    def test_a_story_is_taken_with_all_it_says(self) -> None:
        taken = say(Step.STORY, "Vakar Lentvario seniūnijoje šaukė ant manęs. Rašykite ona@example.lt", draft())
        assert taken.wrong is None
        assert taken.draft.story == "Vakar Lentvario seniūnijoje šaukė ant manęs."
        assert taken.draft.place == Place(id="lentvario-seniunija", found=True)
        assert taken.draft.reply == ReplyTo(email="ona@example.lt")
        assert taken.draft.next_step is Step.OUTCOME

    def test_more_words_are_added_and_change_no_kind(self) -> None:
        before = full(kind=CaseKind.COMPLAINT).edit(Step.STORY, adding=True)
        taken = say(Step.STORY, "Direktorė nemandagiai kalbėjo, skambinau 861234567 daug kartų per visą dieną.", before)
        assert taken.draft.story == (
            f"{STORY}\n\nDirektorė nemandagiai kalbėjo, skambinau [{HIDDEN}] daug kartų per visą dieną."
        )
        assert taken.draft.kind is CaseKind.COMPLAINT
        assert taken.draft.reply == before.reply
        assert (taken.draft.adding, taken.draft.next_step) == (False, Step.CONFIRM)

    def test_what_may_be_a_problem_is_asked_about_once(self) -> None:
        asked = say(Step.STORY, heard("Gatvėje didelė duobė prie namo.", "report_problem"), draft())
        assert asked.draft.next_step is Step.PATH
        again = take(Step.STORY, asked.draft, heard("Gatvėje didelė duobė prie namo.", "report_problem"), SCENE)
        assert again.draft.next_step is not Step.PATH

    def test_a_story_told_anew_is_no_problem_to_be_reported(self) -> None:
        taken = say(Step.STORY, heard("Gatvėje didelė duobė prie namo.", "report_problem"))
        assert taken.draft.next_step is Step.CONFIRM


class TestPath:
    @pytest.mark.parametrize(
        ("said", "ending"),
        [
            (press(Step.PATH, "problem"), Ending.PROBLEM),
            (heard("norėčiau pranešti apie duobę", "report_problem"), Ending.PROBLEM),
            (heard("taip"), Ending.PROBLEM),
            (press(Step.PATH, "complaint"), None),
            (heard("vis dėlto skundą", "file_complaint"), None),
            (heard("ne"), None),
        ],
    )
    def test_the_way_is_chosen(self, said: Heard, ending: Ending | None) -> None:
        taken = say(Step.PATH, said, full(editing=Step.PATH))
        assert (taken.ending, taken.wrong) == (ending, None)
        if ending is None:
            assert taken.draft.next_step is Step.CONFIRM

    def test_what_chooses_neither_is_asked_again(self) -> None:
        assert say(Step.PATH, "nesuprantu").wrong == "choose_path"


class TestInstitution:
    @pytest.mark.parametrize(
        ("said", "place"),
        [
            ("Trakų meno mokykla", Place(id="traku-meno-mokykla")),
            ("meno mokykla", Place(id="traku-meno-mokykla")),
            ("darželis prie ežero", Place(text="darželis prie ežero")),
            ("nežinau", Place()),
            ("ne", Place()),
            (press(Step.INSTITUTION, "ld-silas"), Place(id="ld-silas")),
            (press(Step.INSTITUTION, "unknown"), Place()),
            (press(Step.INSTITUTION, "nebėra-tokios"), Place()),
        ],
    )
    def test_an_institution_is_taken_as_it_was_said(self, said: str | Heard, place: Place) -> None:
        taken = say(Step.INSTITUTION, said)
        assert (taken.draft.place, taken.wrong, taken.draft.next_step) == (place, None, Step.CONFIRM)

    @pytest.mark.parametrize("text", ["?", "7", "..", "/help"])
    def test_what_names_nothing_is_asked_for_again(self, text: str) -> None:
        taken = say(Step.INSTITUTION, text)
        assert (taken.wrong, taken.draft.place) == ("institution_without_words", full().place)

    def test_a_very_long_name_is_cut(self) -> None:
        place = say(Step.INSTITUTION, "įstaiga " * 500).draft.place
        assert place is not None
        assert len(place.text or "") == 500

    def test_a_yes_names_no_institution(self) -> None:
        assert say(Step.INSTITUTION, "taip").wrong is not None


class TestWhen:
    @pytest.mark.parametrize(
        ("said", "when"),
        [
            ("vakar", When(day=date(2026, 11, 20), text="vakar")),
            ("2026-11-10", When(day=date(2026, 11, 10), text="2026-11-10")),
            ("10 d.", When(day=date(2026, 11, 10), text="10 d.")),
            ("šį pirmadienį", When(day=date(2026, 11, 16), text="šį pirmadienį")),
            ("pernai", When(text="pernai")),
            ("gal rugsėjį?", When(text="rugsėjį")),
            ("nuolat", When(text="nuolat")),
            ("nežinau", When()),
            ("neatsimenu", When()),
            (press(Step.WHEN, "unknown"), When()),
            (press(Step.WHEN, "2026-11-20"), When(day=date(2026, 11, 20), text="2026-11-20")),
        ],
    )
    def test_a_day_is_taken_where_one_is_sure_and_the_words_else(self, said: str | Heard, when: When) -> None:
        taken = say(Step.WHEN, said)
        assert (taken.draft.when, taken.wrong, taken.draft.next_step) == (when, None, Step.CONFIRM)

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("rytoj", "when_future"),
            ("2027-01-01", "when_future"),
            ("lapkričio 31 d.", "when_impossible"),
            ("2026-13-01", "when_impossible"),
            ("??", "when_without_words"),
        ],
    )
    def test_a_day_that_cannot_be_is_asked_for_again(self, text: str, wrong: str) -> None:
        taken = say(Step.WHEN, text)
        assert (taken.wrong, taken.draft.when) == (wrong, full().when)
        assert wrong == "when_without_words" or (taken.values or {})["said"]

    def test_a_yes_says_no_day(self) -> None:
        assert say(Step.WHEN, "taip").wrong is not None


class TestOutcome:
    @pytest.mark.parametrize(
        ("said", "outcome"),
        [
            ("noriu atsiprašymo", "noriu atsiprašymo"),
            ("kad grąžintų pinigus", "kad grąžintų pinigus"),
            ("nežinau", ""),
            ("ne", ""),
            (press(Step.OUTCOME, "none"), ""),
        ],
    )
    def test_a_wish_is_taken_as_it_was_said(self, said: str | Heard, outcome: str) -> None:
        taken = say(Step.OUTCOME, said)
        assert (taken.draft.outcome, taken.wrong, taken.draft.next_step) == (outcome, None, Step.CONFIRM)

    @pytest.mark.parametrize("said", ["?", "1", press(Step.OUTCOME, "kitkas")])
    def test_what_wishes_nothing_is_asked_for_again(self, said: str | Heard) -> None:
        assert say(Step.OUTCOME, said).wrong == "outcome_without_words"

    @pytest.mark.parametrize("text", ["taip", "nieko", "nieko konkretaus"])
    def test_a_yes_or_nothing_is_no_wish(self, text: str) -> None:
        assert say(Step.OUTCOME, text).draft.outcome == ""


class TestReply:
    @pytest.mark.parametrize(
        ("said", "reply"),
        [
            ("ona@example.lt", ReplyTo(email="ona@example.lt")),
            ("861234567", ReplyTo(phone="+37061234567")),
            ("Ona Petraitė, +370 612 34567", ReplyTo(name="Ona Petraitė", phone="+37061234567")),
            ("atsakymo nereikia, bet mano tel. 861234567", ReplyTo(phone="+37061234567", wanted=False)),
            ("anonimiškai", ReplyTo(wanted=False)),
            ("nenoriu atsakymo", ReplyTo(wanted=False)),
            ("ne", ReplyTo(wanted=False)),
            (press(Step.REPLY, "anonymous"), ReplyTo(wanted=False)),
        ],
    )
    def test_an_address_is_taken_or_none(self, said: str | Heard, reply: ReplyTo) -> None:
        taken = say(Step.REPLY, said)
        assert (taken.draft.reply, taken.wrong, taken.draft.next_step) == (reply, None, Step.CONFIRM)

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("ona@", "email_without_domain"),
            ("86123", "phone_wrong"),
            ("taip", "reply_without_contact"),
            ("nežinau", "reply_without_contact"),
            ("paštu", "reply_without_contact"),
            ("Ona Petraitė", "reply_without_contact"),
        ],
    )
    def test_an_address_that_does_not_hold_is_asked_for_again(self, text: str, wrong: str) -> None:
        taken = say(Step.REPLY, text)
        assert (taken.wrong, taken.draft.reply) == (wrong, full().reply)

    def test_an_address_that_may_be_mistyped_is_asked_about(self) -> None:
        taken = say(Step.REPLY, "Ona Petraitė, ona@gmial.com, 861234567")
        assert (taken.wrong, taken.draft.next_step, taken.draft.suggested) == (None, Step.ADDRESS, "ona@gmail.com")
        assert taken.draft.reply == ReplyTo(name="Ona Petraitė", phone="+37061234567")


class TestAddress:
    def asked(self, text: str = "Ona Petraitė, ona@gmial.com, 861234567") -> Draft:
        """Return a draft in which the corrected address is asked about."""
        return say(Step.REPLY, text).draft

    @pytest.mark.parametrize("said", [heard("taip"), press(Step.ADDRESS, "yes")])
    def test_the_corrected_address_is_taken_with_the_rest(self, said: Heard) -> None:
        taken = take(Step.ADDRESS, self.asked(), said, SCENE)
        assert taken.draft.reply == ReplyTo(name="Ona Petraitė", email="ona@gmail.com", phone="+37061234567")
        assert (taken.draft.suggested, taken.draft.next_step) == (None, Step.CONFIRM)

    @pytest.mark.parametrize("said", [heard("ne"), press(Step.ADDRESS, "no")])
    def test_who_meant_another_address_is_asked_for_it(self, said: Heard) -> None:
        taken = take(Step.ADDRESS, self.asked(), said, SCENE)
        assert (taken.draft.suggested, taken.draft.next_step) == (None, Step.REPLY)

    def test_another_address_is_taken_at_once(self) -> None:
        taken = take(Step.ADDRESS, self.asked("ona@gmial.com"), heard("ona@example.lt"), SCENE)
        assert (taken.draft.reply, taken.draft.next_step) == (ReplyTo(email="ona@example.lt"), Step.CONFIRM)

    def test_another_mistyped_address_is_asked_about_in_turn(self) -> None:
        taken = take(Step.ADDRESS, self.asked(), heard("petras@gmial.com"), SCENE)
        assert (taken.draft.suggested, taken.draft.next_step) == ("petras@gmail.com", Step.ADDRESS)

    def test_another_address_keeps_name_and_telephone(self) -> None:
        taken = take(Step.ADDRESS, self.asked(), heard("ona@example.lt"), SCENE)
        assert taken.draft.reply == ReplyTo(name="Ona Petraitė", email="ona@example.lt", phone="+37061234567")

    def test_who_wants_no_answer_still_wants_none(self) -> None:
        taken = take(Step.ADDRESS, self.asked("Atsakymo nereikia, ona@gmial.com"), heard("taip"), SCENE)
        assert taken.draft.reply == ReplyTo(email="ona@gmail.com", wanted=False)


class TestKindAndPrinciple:
    @pytest.mark.parametrize("kind", [CaseKind.CHARTER_NOTICE, CaseKind.COMPLAINT, CaseKind.REQUEST])
    def test_a_kind_is_chosen(self, kind: CaseKind) -> None:
        taken = say(Step.KIND, press(Step.KIND, kind.value))
        assert (taken.draft.kind, taken.draft.next_step) == (kind, Step.CONFIRM)

    @pytest.mark.parametrize(("text", "kind"), [("taip", CaseKind.COMPLAINT), ("ne", CaseKind.CHARTER_NOTICE)])
    def test_whether_rights_are_violated_tells_the_kind(self, text: str, kind: CaseKind) -> None:
        assert say(Step.KIND, text).draft.kind is kind

    @pytest.mark.parametrize("said", ["nesuprantu", press(Step.KIND, "pasaka")])
    def test_no_kind_is_guessed(self, said: str | Heard) -> None:
        assert say(Step.KIND, said).wrong == "choose_kind"

    def test_a_typed_kind_is_taken(self) -> None:
        assert say(Step.KIND, "prašymas").draft.kind is CaseKind.REQUEST

    @pytest.mark.parametrize("at", range(len(PRINCIPLES)))
    def test_a_principle_is_chosen(self, at: int) -> None:
        taken = say(Step.PRINCIPLE, press(Step.PRINCIPLE, str(at)))
        assert (taken.draft.principle, taken.draft.next_step) == (PRINCIPLES[at], Step.CONFIRM)

    @pytest.mark.parametrize("said", ["nežinau", "ne", press(Step.PRINCIPLE, "none")])
    def test_no_principle_need_be_named(self, said: str | Heard) -> None:
        before = full(principle=PRINCIPLES[0]).edit(Step.PRINCIPLE)
        assert say(Step.PRINCIPLE, said, before).draft.principle is None

    @pytest.mark.parametrize("said", ["taip", press(Step.PRINCIPLE, str(len(PRINCIPLES))), press(Step.PRINCIPLE, "-1")])
    def test_a_principle_that_is_not_there_is_asked_for_again(self, said: str | Heard) -> None:
        assert say(Step.PRINCIPLE, said).wrong == "choose_principle"

    def test_a_typed_principle_is_taken(self) -> None:
        assert say(Step.PRINCIPLE, PRINCIPLES[0]).draft.principle == PRINCIPLES[0]


class TestConfirm:
    @pytest.mark.parametrize("said", ["taip", "siųskite", "viskas gerai", press(Step.CONFIRM, "submit")])
    def test_what_agrees_submits(self, said: str | Heard) -> None:
        before = full()
        taken = say(Step.CONFIRM, said, before)
        assert (taken.ending, taken.draft) == (Ending.SUBMITTED, before)

    @pytest.mark.parametrize(
        ("said", "step"),
        [
            ("pataisyti datą", Step.WHEN),
            ("keisti įstaigą", Step.INSTITUTION),
            ("el. paštas neteisingas", Step.REPLY),
            ("tai ne skundas", Step.KIND),
            (press(Step.CONFIRM, "story"), Step.STORY),
            (press(Step.CONFIRM, "institution"), Step.INSTITUTION),
            (press(Step.CONFIRM, "when"), Step.WHEN),
            (press(Step.CONFIRM, "outcome"), Step.OUTCOME),
            (press(Step.CONFIRM, "reply"), Step.REPLY),
            (press(Step.CONFIRM, "kind"), Step.KIND),
            (press(Step.CONFIRM, "principle"), Step.PRINCIPLE),
        ],
    )
    def test_a_line_to_be_changed_is_asked_anew(self, said: str | Heard, step: Step) -> None:
        taken = say(Step.CONFIRM, said, full())
        assert (taken.ending, taken.wrong, taken.draft.next_step) == (None, None, step)
        assert bare(taken.draft) == replace(bare(full()), editing=step)

    @pytest.mark.parametrize("said", ["noriu papildyti", "pridėkite dar", press(Step.CONFIRM, "story_more")])
    def test_more_words_are_asked_for(self, said: str | Heard) -> None:
        taken = say(Step.CONFIRM, said, full())
        assert (taken.draft.next_step, taken.draft.adding, taken.draft.story) == (Step.STORY, True, STORY)

    @pytest.mark.parametrize("said", ["ne", "pakeisti", press(Step.CONFIRM, "edit")])
    def test_who_does_not_agree_is_asked_what_to_change(self, said: str | Heard) -> None:
        assert say(Step.CONFIRM, said, full()).wrong == "edit_what"

    @pytest.mark.parametrize("said", ["hm", "nesiųskite", "labas", press(Step.CONFIRM, "pasaka")])
    def test_nothing_is_submitted_without_a_clear_yes(self, said: str | Heard) -> None:
        taken = say(Step.CONFIRM, said, full())
        assert (taken.ending, taken.wrong) == (None, "confirm_how")


def test_the_old_answer_stays_until_a_new_one_is_understood() -> None:
    taken = say(Step.WHEN, "rytoj")
    assert taken.draft.when == When(day=TODAY)
    assert taken.draft.next_step is Step.WHEN


class TestAnswersToAnotherQuestion:
    def test_a_day_is_no_institution_and_is_not_lost(self) -> None:
        taken = say(Step.INSTITUTION, "vakar", draft(story=STORY))
        assert (taken.wrong, taken.draft.place) == ("institution_without_words", None)
        assert taken.draft.when is not None
        assert taken.draft.when.day == TODAY - timedelta(days=1)

    @pytest.mark.parametrize(
        ("step", "text", "wrong"),
        [
            (Step.INSTITUTION, "ona@example.lt", "institution_without_words"),
            (Step.WHEN, "jonas@example.com", "when_without_words"),
            (Step.WHEN, "861234567", "when_without_words"),
            (Step.OUTCOME, "ona@example.lt", "outcome_without_words"),
            (Step.OUTCOME, "taip", "outcome_without_words"),
        ],
    )
    def test_what_answers_another_question_is_not_taken(self, step: Step, text: str, wrong: str) -> None:
        assert say(step, text, full()).wrong == wrong

    @pytest.mark.parametrize("text", ["ne, vakar", "vakar", "o buvo vakar"])
    def test_another_day_at_the_summary_replaces_the_first(self, text: str) -> None:
        taken = say(Step.CONFIRM, text, full(when=When(day=TODAY, text="šiandien")))
        assert (taken.wrong, taken.ending) == (None, None)
        assert taken.draft.when is not None
        assert taken.draft.when.day == TODAY - timedelta(days=1)
