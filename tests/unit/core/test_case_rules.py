"""What may be done with a case: every state, every command, every actor, and the checks that the law asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.case import (
    BOT,
    RESIDENT,
    SYSTEM,
    Actor,
    ActorKind,
    Assignee,
    CaseKind,
    CaseState,
    Contact,
    EventKind,
    Filing,
    Identity,
    events_of,
)
from bot.core.case_rules import (
    Assign,
    Classify,
    Close,
    Command,
    Decide,
    Extend,
    Forward,
    Investigate,
    Notify,
    PauseCase,
    Reopen,
    Resume,
    Withdraw,
    applied,
    happen,
)
from bot.core.decision import Decision, missing_items
from bot.errors import CaseRuleError
from tests.filing import OFFICIAL
from tests.unit.core.case_making import (
    COMMANDS,
    DECISION,
    NOW,
    UNIT,
    after,
    confirmed,
    filing,
    in_state,
    received,
    replayed,
)

# Written out here on purpose: which command each state allows, beside what it leads to.
R, A, I, P, F, D, N, W, C = (state.value for state in CaseState)  # noqa: E741
LEGAL: dict[str, dict[str, str]] = {
    R: {"assigned": A, "classified": R, "extended": R, "paused": P, "forwarded": F, "withdrawn": W},
    A: {"assigned": A, "classified": A, "investigated": I, "extended": A, "paused": P, "forwarded": F}
    | {"decided": D, "withdrawn": W},
    I: {"assigned": A, "classified": I, "extended": I, "paused": P, "forwarded": F, "decided": D, "withdrawn": W},
    P: {"classified": P, "resumed": A, "withdrawn": W},
    F: {"closed": C, "reopened": R},
    D: {"notified": N},
    N: {"closed": C},
    W: {"closed": C, "reopened": R},
    C: {"reopened": A},
}
# The state would allow it, the case's being a complaint that awaits its answer does not.
UNTIL_ANSWERED = {(R, "closed"): "undecided", (A, "closed"): "undecided", (I, "closed"): "undecided"} | {
    (D, "closed"): "not_notified"
}


def refusal(case_state: CaseState, command: Command, actor: Actor = OFFICIAL, filed: Filing | None = None) -> str:
    """Return the code with which a command is refused, "" when it is not."""
    try:
        happen(in_state(case_state, filed), command, actor, NOW)
    except CaseRuleError as error:
        return error.code
    return ""


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.value)
@pytest.mark.parametrize("state", CaseState, ids=lambda state: state.value)
def test_every_state_takes_exactly_its_commands(state: CaseState, kind: EventKind) -> None:
    case, command = in_state(state), COMMANDS[kind]
    leads_to = LEGAL[state.value].get(kind.value)
    if leads_to is None:
        expected = UNTIL_ANSWERED.get((state.value, kind.value), "state")
        assert refusal(state, command) == expected
        return
    event = happen(case, command, OFFICIAL, NOW)
    assert (event.kind, event.seq, event.at, event.actor) == (kind, len(case.history) + 1, NOW, OFFICIAL)
    assert applied(case, event).state.value == leads_to
    assert applied(case, event).history == (*case.history, event)


def test_a_refusal_says_what_and_where() -> None:
    with pytest.raises(CaseRuleError, match="a case that is closed cannot be decided"):
        happen(in_state(CaseState.CLOSED), Decide(decision=DECISION), OFFICIAL, NOW)


@pytest.mark.parametrize("actor", [RESIDENT, BOT, SYSTEM], ids=lambda actor: actor.kind.value)
@pytest.mark.parametrize("kind", [kind for kind in COMMANDS if kind is not EventKind.WITHDRAWN])
def test_only_an_official_works_on_a_case(kind: EventKind, actor: Actor) -> None:
    for state in CaseState:
        if kind.value in LEGAL[state.value]:
            assert refusal(state, COMMANDS[kind], actor) == "actor"
            assert refusal(state, COMMANDS[kind], OFFICIAL) == ""


@pytest.mark.parametrize(
    ("actor", "expected"),
    [(RESIDENT, ""), (OFFICIAL, ""), (BOT, "actor"), (SYSTEM, "actor")],
    ids=lambda value: value.kind.value if isinstance(value, Actor) else "",
)
def test_a_case_is_taken_back_by_a_person(actor: Actor, expected: str) -> None:
    for state in (CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.INVESTIGATED, CaseState.PAUSED):
        assert refusal(state, Withdraw(), actor) == expected


BLANK = " \t"
WITHOUT_WORDS: list[tuple[CaseState, Command]] = [
    (CaseState.RECEIVED, Assign(assignee=Assignee(unit=BLANK))),
    (CaseState.RECEIVED, Classify(kind=CaseKind.REQUEST, reason=BLANK)),
    (CaseState.RECEIVED, Extend(days=5, reason=BLANK)),
    (CaseState.RECEIVED, PauseCase(reason="")),
    (CaseState.RECEIVED, Forward(to=BLANK, reason="Ne mūsų.")),
    (CaseState.RECEIVED, Forward(to="Policija", reason=BLANK)),
    (CaseState.DECIDED, Notify(how="")),
    (CaseState.NOTIFIED, Close(reason=BLANK)),
    (CaseState.CLOSED, Reopen(reason="")),
]


@pytest.mark.parametrize(("state", "command"), WITHOUT_WORDS, ids=lambda value: type(value).__name__)
def test_what_must_be_said_is_said(state: CaseState, command: Command) -> None:
    assert refusal(state, command) == "reason"


# VAĮ 10 str. 4 d.: once, at most ten working days, with reasons.
@pytest.mark.parametrize(("days", "expected"), [(-1, "too_long"), (0, "too_long"), (1, ""), (10, ""), (11, "too_long")])
def test_an_extension_is_at_most_ten_working_days(days: int, expected: str) -> None:
    assert refusal(CaseState.ASSIGNED, Extend(days=days, reason="Laukiama išvados.")) == expected


def test_a_term_is_extended_once_even_when_days_are_left() -> None:
    case = after(in_state(CaseState.ASSIGNED), Extend(days=3, reason="Laukiama išvados."))
    with pytest.raises(CaseRuleError, match="once") as refused:
        happen(case, Extend(days=7, reason="Vis dar laukiama."), OFFICIAL, NOW)
    assert refused.value.code == "again"


def test_a_reopened_case_is_not_extended_again() -> None:
    case = after(received(), Extend(days=3, reason="Laukiama."), Withdraw(), Reopen(reason="Persigalvojo."))
    with pytest.raises(CaseRuleError) as refused:
        happen(case, Extend(days=3, reason="Laukiama."), OFFICIAL, NOW)
    assert refused.value.code == "again"


# VAĮ 10 str. 5 d.: eight items.
ITEMS = [item.name for item in fields(Decision)]


def test_a_decision_has_the_eight_items_of_the_law() -> None:
    assert len(ITEMS) == 8
    assert missing_items(DECISION) == ()
    assert len(missing_items(Decision())) == 8
    assert len(set(missing_items(Decision()))) == 8


def _blanked(item: str) -> Decision:
    return replace(DECISION, **{item: " \n"})  # type: ignore[arg-type]


@pytest.mark.parametrize("item", ITEMS)
def test_a_decision_that_lacks_an_item_is_refused_and_names_it(item: str) -> None:
    lacking = replace(DECISION, decided_on=None) if item == "decided_on" else _blanked(item)
    (named,) = missing_items(lacking)
    with pytest.raises(CaseRuleError) as refused:
        happen(in_state(CaseState.ASSIGNED), Decide(decision=lacking), OFFICIAL, NOW)
    assert refused.value.code == "decision"
    assert f"lacks {named} (" in str(refused.value)


def test_a_decision_stands_in_the_history_item_by_item() -> None:
    decided = happen(in_state(CaseState.INVESTIGATED), Decide(decision=DECISION), OFFICIAL, NOW)
    assert set(decided.data) == set(ITEMS)
    assert decided.data["decided_on"] == "2026-11-27"
    assert decided.data["official"] == "Jonas Jonaitis, skyriaus vedėjas"


# VAĮ 23 str. 2 d.: who is complained about must not examine.
COMPLAINED_ABOUT: list[tuple[str, Assignee]] = [
    ("Švietimo skyrius", UNIT),
    ("ŠVIETIMO SKYRIUS", UNIT),
    ("svietimo skyrius ", UNIT),
    ("Švietimo  skyrius", UNIT),
    ("„Švietimo skyrius“", UNIT),
    ("Švietimo skyrius.", UNIT),
    ("Švietimo skyrius, Jonas Jonaitis", UNIT),
    ("Švietimo skyrius", Assignee(unit="Administracijos Švietimo skyrius")),
    ("Jonas Jonaitis", replace(UNIT, unit="Teisės skyrius", person="Jonas Jonaitis")),
    ("jonas jonaitis", replace(UNIT, unit="Teisės skyrius", person="Jonas Jonaitis, vedėjas")),
    ("Vedėjas Jonas Jonaitis", replace(UNIT, unit="Teisės skyrius", person="Jonas Jonaitis")),
]


@pytest.mark.parametrize(("about", "assignee"), COMPLAINED_ABOUT)
def test_a_case_never_goes_to_whom_it_complains_about(about: str, assignee: Assignee) -> None:
    assert refusal(CaseState.RECEIVED, Assign(assignee=assignee), filed=filing(complained_about=about)) == (
        "complained_about"
    )


@pytest.mark.parametrize(
    ("about", "assignee"),
    [
        (None, UNIT),
        ("", UNIT),
        ("„“", UNIT),
        ("Trakų rajono savivaldybės administracija", Assignee(unit="Trakų rajono savivaldybės Teisės skyrius")),
        ("Sveikatos skyrius", UNIT),
        ("Jonas Jonaitis", replace(UNIT, person="Jonas Jonaitaitis")),
        ("Skyrius", Assignee(unit="Skyriuspatarėjas")),
    ],
)
def test_a_case_goes_to_anybody_else(about: str | None, assignee: Assignee) -> None:
    assert refusal(CaseState.RECEIVED, Assign(assignee=assignee), filed=filing(complained_about=about)) == ""


@pytest.mark.parametrize(("about", "assignee"), COMPLAINED_ABOUT)
def test_who_has_a_case_is_not_named_in_it_later(about: str, assignee: Assignee) -> None:
    case = after(received(), Assign(assignee=assignee))
    with pytest.raises(CaseRuleError, match="assign it to another unit first") as refused:
        happen(case, Classify(complained_about=about, reason="Patikslinta."), OFFICIAL, NOW)
    assert refused.value.code == "complained_about"


@pytest.mark.parametrize("command", [Investigate(), Extend(days=5, reason="Laukiama."), Decide(decision=DECISION)])
@pytest.mark.parametrize("about", ["Direktorė Janina Janonė", "janina janone"])
def test_nobody_examines_a_complaint_about_themselves(about: str, command: Command) -> None:
    themselves = Actor(ActorKind.OFFICIAL, "Janina Janonė, direktorė")
    filed = filing(complained_about=about)
    assert refusal(CaseState.ASSIGNED, command, themselves, filed) == "complained_about"
    assert refusal(CaseState.ASSIGNED, command, OFFICIAL, filed) == ""


def test_a_case_is_given_away_before_its_unit_is_named_in_it() -> None:
    case = after(
        in_state(CaseState.ASSIGNED),
        Assign(assignee=Assignee(unit="Teisės skyrius")),
        Classify(complained_about="Švietimo skyrius", reason="Patikslinta."),
    )
    assert case.complained_about == "Švietimo skyrius"
    assert case.filing.complained_about is None
    with pytest.raises(CaseRuleError):
        happen(case, Assign(assignee=UNIT), OFFICIAL, NOW)


def test_a_wrongly_named_unit_is_cleared_by_an_official_with_a_reason() -> None:
    case = after(
        received(filing(complained_about="Švietimo skyrius")),
        Classify(complained_about="", reason="Skundžiamasi darželiu, ne skyriumi."),
        Assign(assignee=UNIT),
    )
    assert case.assignee == UNIT


def test_a_classification_says_something() -> None:
    assert refusal(CaseState.RECEIVED, Classify(reason="Šiaip.")) == "nothing"


def test_a_classification_leaves_what_it_does_not_name() -> None:
    case = received(filing(complained_about="Darželis"))
    kind_only = after(case, Classify(kind=CaseKind.REQUEST, reason="Prašoma."))
    about_only = after(case, Classify(complained_about="Mokykla", reason="Patikslinta."))
    assert (kind_only.kind, kind_only.complained_about) == (CaseKind.REQUEST, "Darželis")
    assert (about_only.kind, about_only.complained_about) == (CaseKind.COMPLAINT, "Mokykla")
    assert kind_only.filing.kind is CaseKind.COMPLAINT


# VAĮ 10 str. 4 d., 13 str. 1 d.: what must be answered is decided and told before it ends.
@pytest.mark.parametrize(
    ("kind", "wants_reply", "expected"),
    [
        (CaseKind.COMPLAINT, False, "undecided"),
        (CaseKind.REQUEST, False, "undecided"),
        (CaseKind.CHARTER_NOTICE, True, "undecided"),
        (CaseKind.CHARTER_NOTICE, False, ""),
        (CaseKind.SUGGESTION, True, "undecided"),
        (CaseKind.SUGGESTION, False, ""),
        (CaseKind.PRAISE, False, ""),
    ],
)
def test_what_awaits_an_answer_is_decided_before_it_is_closed(kind: CaseKind, wants_reply: bool, expected: str) -> None:
    filed = filing(kind=kind, wants_reply=wants_reply)
    for state in (CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.INVESTIGATED):
        assert refusal(state, Close(reason="Baigta."), filed=filed) == expected


def test_a_notice_that_is_a_complaint_in_law_is_answered_though_no_answer_was_wished() -> None:
    notice = received(filing(kind=CaseKind.CHARTER_NOTICE, wants_reply=False))
    assert not notice.must_reply
    complaint = after(notice, Classify(kind=CaseKind.COMPLAINT, reason="Pažeistos teisės."))
    assert complaint.must_reply
    with pytest.raises(CaseRuleError, match=r"VAĮ 10 str\. 4 d\."):
        happen(complaint, Close(reason="Baigta."), OFFICIAL, NOW)


@pytest.mark.parametrize(
    ("contact", "kind", "wants_reply", "expected"),
    [
        (Contact(email="ona@example.lt"), CaseKind.COMPLAINT, False, "not_notified"),
        (Contact(phone="+37061234567"), CaseKind.COMPLAINT, False, "not_notified"),
        (Contact(name="Ona"), CaseKind.COMPLAINT, False, ""),
        (Contact(), CaseKind.REQUEST, False, ""),
        (Contact(email="ona@example.lt"), CaseKind.CHARTER_NOTICE, False, ""),
        (Contact(email="ona@example.lt"), CaseKind.CHARTER_NOTICE, True, "not_notified"),
    ],
)
def test_a_decision_is_told_to_whoever_can_be_reached(
    contact: Contact, kind: CaseKind, wants_reply: bool, expected: str
) -> None:
    filed = filing(contact=contact, kind=kind, wants_reply=wants_reply)
    assert refusal(CaseState.DECIDED, Close(reason="Baigta."), filed=filed) == expected


def test_how_far_a_resident_is_known() -> None:
    assert received(filing(contact=Contact(name="Ona"))).identity is Identity.NONE
    assert received().identity is Identity.CONTACT
    assert confirmed(received()).identity is Identity.EMAIL_CONFIRMED


def test_a_whole_life_is_folded_from_its_history() -> None:
    case = after(
        received(filing(kind=CaseKind.CHARTER_NOTICE, complained_about="Darželis")),
        Classify(kind=CaseKind.COMPLAINT, complained_about="Darželio vedėja", reason="Pažeistos teisės."),
        Assign(assignee=UNIT),
        Investigate(note="Įsakymas Nr. 5"),
        Extend(days=4, reason="Laukiama išvados."),
        PauseCase(reason="Kviečiami tretieji asmenys."),
        Resume(note="Gautas atsakymas."),
        Assign(assignee=Assignee(unit="Teisės skyrius", person="Asta Astaitė", email="asta@example.lt")),
        Decide(decision=DECISION),
        Notify(how="el. paštu"),
        Close(reason="Atsakyta."),
    )
    assert [event.seq for event in case.history] == list(range(1, 13))
    assert (case.state, case.kind, case.complained_about) == (
        CaseState.CLOSED,
        CaseKind.COMPLAINT,
        "Darželio vedėja",
    )
    assert case.assignee == Assignee(unit="Teisės skyrius", person="Asta Astaitė", email="asta@example.lt")
    assert case.closed_at == case.history[-1].at
    assert replayed(case) == case
    assert len(events_of(case.history, EventKind.ASSIGNED)) == 2


def test_an_assignment_to_a_unit_forgets_the_person_before() -> None:
    case = after(
        received(),
        Assign(assignee=Assignee(unit="Teisės skyrius", person="Asta Astaitė", email="asta@example.lt")),
        Assign(assignee=UNIT),
    )
    assert case.assignee == UNIT


@pytest.mark.parametrize("ended", [CaseState.CLOSED, CaseState.WITHDRAWN])
def test_what_is_taken_up_again_has_not_ended(ended: CaseState) -> None:
    case = in_state(ended)
    assert case.closed_at == case.history[-1].at
    assert after(case, Reopen(reason="Nauji duomenys.")).closed_at is None


def test_events_hold_plain_values_and_nothing_that_was_not_said() -> None:
    event = happen(received(), Assign(assignee=UNIT), OFFICIAL, NOW)
    assert event.data == {"unit": "Švietimo skyrius"}
    assert happen(in_state(CaseState.ASSIGNED), Investigate(), OFFICIAL, NOW).data == {}


_WORDS = st.sampled_from(["", "Paaiškėjo.", "Švietimo skyrius", "Jonas Jonaitis"])
_ASSIGNEES = st.builds(Assignee, unit=_WORDS, person=st.none() | _WORDS, email=st.just("jonas@example.lt"))
_COMMAND = st.one_of(
    st.builds(Assign, assignee=_ASSIGNEES),
    st.builds(Classify, kind=st.none() | st.sampled_from(CaseKind), complained_about=st.none() | _WORDS, reason=_WORDS),
    st.builds(Investigate, note=st.none() | _WORDS),
    st.builds(Extend, days=st.integers(-1, 12), reason=_WORDS),
    st.builds(PauseCase, reason=_WORDS),
    st.builds(Resume, note=st.none() | _WORDS),
    st.builds(Forward, to=_WORDS, reason=_WORDS),
    st.builds(Decide, decision=st.sampled_from([DECISION, replace(DECISION, motives="")])),
    st.builds(Notify, how=_WORDS),
    st.just(Withdraw()),
    st.builds(Close, reason=_WORDS),
    st.builds(Reopen, reason=_WORDS),
)
# Mostly officials with words to say: a story that goes on.
_ACTORS = st.sampled_from([OFFICIAL, OFFICIAL, OFFICIAL, OFFICIAL, RESIDENT, BOT, SYSTEM])
_GOOD = st.sampled_from(list(COMMANDS.values()))


@given(
    filed=st.builds(
        filing,
        kind=st.sampled_from(CaseKind),
        complained_about=st.none() | _WORDS,
        wants_reply=st.booleans(),
        contact=st.sampled_from([Contact(), Contact(phone="+37061234567")]),
    ),
    steps=st.lists(st.tuples(_COMMAND | _GOOD, _ACTORS), max_size=25),
)
def test_any_commands_are_refused_or_leave_a_history_that_tells_the_whole_case(
    filed: Filing, steps: Sequence[tuple[Command, Actor]]
) -> None:
    case = received(filed)
    for number, (command, actor) in enumerate(steps):
        before = case
        try:
            case = applied(case, happen(case, command, actor, NOW + timedelta(minutes=number)))
        except CaseRuleError:
            assert case == before
            continue
        assert case.history[: len(before.history)] == before.history
    assert [event.seq for event in case.history] == list(range(1, len(case.history) + 1))
    assert replayed(case) == case
    assert len(events_of(case.history, EventKind.EXTENDED)) <= 1
    deciders = {event.actor.kind for event in events_of(case.history, EventKind.DECIDED)}
    assert deciders <= {ActorKind.OFFICIAL}
    if case.assignee is not None and case.complained_about:
        assert case.complained_about not in {case.assignee.unit, case.assignee.person}
