"""What is to be removed, by class and age."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.core.case import EventKind
from bot.core.retention import CaseFile, DataClass, Held, Limits, Periods, Removal, kept_data, limits, plan

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)
PERIODS = Periods(chat_days=30, case_days=1825, case_contact_days=365, draft_hours=24, outbox_days=30)
LIMITS = limits(PERIODS, NOW)


def case_file(
    number: int = 1, *, closed_days_ago: float | None = None, contact: bool = True, chat: str | None = None
) -> CaseFile:
    """Return a case file."""
    closed_at = None if closed_days_ago is None else NOW - timedelta(days=closed_days_ago)
    return CaseFile(
        id=number, number=f"TR-2026-{number:06}", closed_at=closed_at, has_contact=contact, conversation=chat
    )


def planned(**held: object) -> Removal:
    """Return the plan for what the database holds."""
    return plan(Held(**held), LIMITS)  # type: ignore[arg-type]


def test_each_class_has_its_own_limit() -> None:
    assert (
        Limits(
            chat=NOW - timedelta(days=30),
            case_file=NOW - timedelta(days=1825),
            case_contact=NOW - timedelta(days=365),
            draft=NOW - timedelta(hours=24),
            mail=NOW - timedelta(days=30),
            unsent_mail=NOW - timedelta(days=365),
            guess=NOW - timedelta(days=1),
        )
        == LIMITS
    )


def test_no_unsent_mail_outlives_the_file_or_the_contact_of_its_case() -> None:
    short_file = Periods(chat_days=30, case_days=10, case_contact_days=365, draft_hours=24, outbox_days=30)
    assert limits(short_file, NOW).unsent_mail == NOW - timedelta(days=10)


def test_the_longest_periods_that_settings_allow_have_a_date() -> None:
    hundred_years = Periods(
        chat_days=36500, case_days=36500, case_contact_days=36500, draft_hours=36500, outbox_days=36500
    )
    assert limits(hundred_years, NOW).case_file.year == 1926


def test_a_running_case_is_left_alone_however_old_it_is() -> None:
    assert planned(case_files=(case_file(),)) == Removal()


def test_a_case_loses_its_contact_first_and_its_texts_years_later() -> None:
    fresh, year, five = (case_file(days, closed_days_ago=days) for days in (364, 366, 1826))
    found = planned(case_files=(fresh, year, five))
    assert found.case_contacts == (year,)
    assert found.case_files == (five,)


def test_on_the_last_day_of_a_period_nothing_is_removed_yet() -> None:
    assert planned(case_files=(case_file(closed_days_ago=1825, contact=False),)) == Removal()
    assert planned(case_files=(case_file(closed_days_ago=365),)) == Removal()


def test_a_case_without_a_contact_has_none_to_remove() -> None:
    assert planned(case_files=(case_file(closed_days_ago=400, contact=False),)) == Removal()


def test_a_chat_lives_as_long_as_the_case_file_it_led_to() -> None:
    cases = (case_file(1, chat="eina"), case_file(2, closed_days_ago=400, contact=False, chat="baigta"))
    assert planned(case_files=cases, chats=("eina", "baigta", "be bylos")).chats == ("be bylos",)


def test_a_chat_goes_in_the_same_run_as_its_case_file() -> None:
    found = planned(case_files=(case_file(closed_days_ago=2000, chat="sena"),), chats=("sena",))
    assert (len(found.case_files), found.chats) == (1, ("sena",))


def test_a_chat_stays_when_another_of_its_cases_does() -> None:
    cases = (case_file(1, closed_days_ago=2000, chat="bendra"), case_file(2, chat="bendra"))
    assert planned(case_files=cases, chats=("bendra",)).chats == ()


def test_a_draft_is_not_counted_beside_the_chat_it_goes_with() -> None:
    found = planned(chats=("a",), drafts=("a", "b"))
    assert (found.chats, found.drafts) == (("a",), ("b",))


def test_mails_and_guesses_that_are_too_old_go_as_they_were_found() -> None:
    found = planned(mails=(3, 4), unsent_mails=(5,), guesses=("TR-2026-000001",))
    assert found.counts == {
        DataClass.CASE_FILES: 0,
        DataClass.CASE_CONTACTS: 0,
        DataClass.CHATS: 0,
        DataClass.DRAFTS: 0,
        DataClass.SENT_MAILS: 2,
        DataClass.UNSENT_MAILS: 1,
        DataClass.GUESSES: 1,
    }
    assert found.ids[DataClass.SENT_MAILS] == ("3", "4")


def test_cases_go_by_their_number_where_people_read() -> None:
    assert planned(case_files=(case_file(7, closed_days_ago=2000),)).ids[DataClass.CASE_FILES] == ("TR-2026-000007",)


@given(
    st.lists(
        st.tuples(
            st.none() | st.floats(min_value=0, max_value=4000),
            st.booleans(),
            st.none() | st.sampled_from(["a", "b", "c"]),
        ),
        max_size=8,
    )
)
def test_no_plan_touches_a_case_twice_or_a_chat_of_a_case_that_stays(
    drawn: list[tuple[float | None, bool, str | None]],
) -> None:
    cases = tuple(
        case_file(number, closed_days_ago=closed, contact=contact, chat=chat)
        for number, (closed, contact, chat) in enumerate(drawn)
    )
    found = plan(Held(case_files=cases, chats=("a", "b", "c")), LIMITS)
    assert not set(found.case_files) & set(found.case_contacts)
    assert all(case.closed_at is not None for case in (*found.case_files, *found.case_contacts))
    staying = {case.conversation for case in cases if case not in found.case_files}
    assert not staying & set(found.chats)
    assert set(found.chats) | staying >= {"a", "b", "c"}


def test_of_the_history_stays_what_terms_are_counted_from() -> None:
    assert kept_data(EventKind.EXTENDED, {"days": 10, "reason": "Ona serga"}) == {"days": 10}
    assert kept_data(EventKind.CLASSIFIED, {"to": "complaint", "complained_about": "Jonas", "reason": "x"}) == {
        "to": "complaint"
    }
    assert kept_data(EventKind.ERASED, {"scope": "contact"}) == {"scope": "contact"}


def test_of_every_other_event_no_data_stays() -> None:
    counted = {EventKind.EXTENDED, EventKind.CLASSIFIED, EventKind.ERASED}
    for kind in set(EventKind) - counted:
        assert kept_data(kind, {"to": "x", "days": 1, "reason": "x", "scope": "x", "how": "x"}) == {}
