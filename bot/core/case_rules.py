"""What may be done with a case: the table of states, and the checks that the law asks for.

`happen` turns a command into the event that it causes, or raises `CaseRuleError` naming the rule that forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.case import (
    LEGAL_KINDS,
    OPEN_STATES,
    RUNNING_STATES,
    Actor,
    ActorKind,
    Assignee,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    EventKind,
    Identity,
    events_of,
)
from bot.core.deadlines import MAX_EXTENSION
from bot.core.decision import Decision, missing_items
from bot.core.place_names import fold
from bot.errors import CaseRuleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """Give the case to a unit, and there to a person."""

    assignee: Assignee


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify:
    """Say what the case is in law, and who is complained about; None leaves that as it was."""

    kind: CaseKind | None = None
    complained_about: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigate:
    """Begin the procedure (VAĮ 23 str. 1 d.)."""

    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Extend the legal term, once (VAĮ 10 str. 4 d.); `days` are working days."""

    days: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCase:
    """Suspend the procedure (VAĮ 25 str.)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Go on with a suspended procedure."""

    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Hand the case to the body whose competence it is (VAĮ 11 str. 4 d.)."""

    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Decide the case (VAĮ 10 str. 5 d.)."""

    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Record that the decision was delivered (VAĮ 13 str. 1 d.)."""

    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """The resident takes the case back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """End the work on the case."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Take up a closed case again."""

    reason: str


Command = (
    Assign
    | Classify
    | Investigate
    | Extend
    | PauseCase
    | Resume
    | Forward
    | Decide
    | Notify
    | Withdraw
    | Close
    | Reopen
)

_WORD = re.compile(r"\w+")
_FINISHED = frozenset({CaseState.DECIDED, CaseState.NOTIFIED, CaseState.FORWARDED, CaseState.WITHDRAWN})
_EXAMINING = frozenset({EventKind.INVESTIGATED, EventKind.EXTENDED, EventKind.PAUSED, EventKind.DECIDED})
_ALLOWED: Mapping[EventKind, frozenset[CaseState]] = {
    EventKind.CLASSIFIED: RUNNING_STATES,
    EventKind.ASSIGNED: OPEN_STATES,
    EventKind.INVESTIGATED: frozenset({CaseState.ASSIGNED}),
    EventKind.EXTENDED: OPEN_STATES,
    EventKind.PAUSED: OPEN_STATES,
    EventKind.RESUMED: frozenset({CaseState.PAUSED}),
    EventKind.FORWARDED: OPEN_STATES,
    EventKind.DECIDED: frozenset({CaseState.ASSIGNED, CaseState.INVESTIGATED}),
    EventKind.NOTIFIED: frozenset({CaseState.DECIDED}),
    EventKind.WITHDRAWN: RUNNING_STATES,
    EventKind.CLOSED: OPEN_STATES | _FINISHED,
    EventKind.REOPENED: frozenset({CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.FORWARDED}),
}
_STATE_AFTER: Mapping[EventKind, CaseState] = {
    EventKind.ASSIGNED: CaseState.ASSIGNED,
    EventKind.INVESTIGATED: CaseState.INVESTIGATED,
    EventKind.PAUSED: CaseState.PAUSED,
    EventKind.FORWARDED: CaseState.FORWARDED,
    EventKind.DECIDED: CaseState.DECIDED,
    EventKind.NOTIFIED: CaseState.NOTIFIED,
    EventKind.WITHDRAWN: CaseState.WITHDRAWN,
    EventKind.CLOSED: CaseState.CLOSED,
}


def state_after(case: Case, kind: EventKind) -> CaseState:
    """Return the state of a case once an event of this kind has happened to it."""
    if kind in {EventKind.RESUMED, EventKind.REOPENED}:
        return CaseState.RECEIVED if case.assignee is None else CaseState.ASSIGNED
    return _STATE_AFTER.get(kind, case.state)


def allowed_events(state: CaseState) -> frozenset[EventKind]:
    """Return what the table of states lets happen to a case; the law may still forbid it."""
    return frozenset(kind for kind, states in _ALLOWED.items() if state in states)


def happen(case: Case, command: Command, actor: Actor, now: datetime) -> CaseEvent:
    """Return the event that the command causes. Raises `CaseRuleError`."""
    kind, check, data = _HANDLERS[type(command)](command)
    if case.state not in _ALLOWED[kind]:
        raise CaseRuleError("state", f"a case that is {case.state.value} cannot be {kind.value}")
    # The bot informs, collects and routes; a person decides (VAĮ 10 str. 5 d., GDPR 22 str.).
    if actor.kind is not ActorKind.OFFICIAL and (actor.kind, kind) != (ActorKind.RESIDENT, EventKind.WITHDRAWN):
        raise CaseRuleError("actor", f"only an official may do this, not the {actor.kind.value}")
    if kind in _EXAMINING and _is_own_case(actor, case):
        raise CaseRuleError(
            "complained_about", f"{actor.name} is complained about and must not do this (VAĮ 23 str. 2 d.)"
        )
    check(case)
    return CaseEvent(seq=len(case.history) + 1, kind=kind, at=now, actor=actor, data=data)


def applied(case: Case, event: CaseEvent) -> Case:
    """Return the case as it stands after the event, which becomes part of its history."""
    data = event.data
    changed = replace(case, state=state_after(case, event.kind), history=(*case.history, event))
    if event.kind is EventKind.ASSIGNED:
        person, email = data.get("person"), data.get("email")
        assignee = Assignee(
            unit=str(data["unit"]),
            person=None if person is None else str(person),
            email=None if email is None else str(email),
        )
        return replace(changed, assignee=assignee)
    if event.kind is EventKind.CLASSIFIED:
        return replace(
            changed,
            kind=CaseKind(data.get("to", case.kind.value)),
            complained_about=str(data["complained_about"]) if "complained_about" in data else case.complained_about,
        )
    if event.kind is EventKind.IDENTIFIED:
        return replace(changed, identity=Identity.EMAIL_CONFIRMED)
    if event.kind in {EventKind.CLOSED, EventKind.WITHDRAWN}:
        return replace(changed, closed_at=event.at)
    return replace(changed, closed_at=None) if event.kind is EventKind.REOPENED else changed


Check = Callable[[Case], None]
_Handled = tuple[EventKind, Check, Mapping[str, object]]


def _free(_case: Case) -> None:
    """Nothing more is asked."""


def _needs(name: str, text: str) -> Check:
    def check(_case: Case) -> None:
        if not text.strip():
            raise CaseRuleError("reason", f"{name} is missing")

    return check


def _is_complained_about(assignee: Assignee, about: str) -> bool:
    """Whether these words name the assignee; rather once too often, since an official can set them right.

    Residents name a unit with its head, officials a person with the position; of a unit's own name only the end
    counts, because a whole institution may be complained about and another of its units examine that.
    """
    named, unit, person = _spoken(about), _spoken(assignee.unit), _spoken(assignee.person or "")
    if not named.strip():
        return False
    return any(part.strip() and part in named for part in (unit, person)) or named in person or unit.endswith(named)


def _is_own_case(actor: Actor, case: Case) -> bool:
    """Whether the official, "name surname, position", is named among those complained about."""
    own = set(_spoken((actor.name or "").partition(",")[0]).split())
    return bool(own) and own <= set(_spoken(case.complained_about or "").split())


def _spoken(text: str) -> str:
    """Return the folded words, each between blanks."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _assign(command: Assign) -> _Handled:
    assignee = command.assignee

    def check(case: Case) -> None:
        _needs("the unit", assignee.unit)(case)
        # VAĮ 23 str. 2 d.: never to the official or unit complained about.
        if _is_complained_about(assignee, case.complained_about or ""):
            raise CaseRuleError(
                "complained_about",
                f"{case.complained_about} is complained about and must not examine the case (VAĮ 23 str. 2 d.)",
            )

    return EventKind.ASSIGNED, check, _without_none(unit=assignee.unit, person=assignee.person, email=assignee.email)


def _classify(command: Classify) -> _Handled:
    def check(case: Case) -> None:
        _needs("the reason", command.reason)(case)
        if command.kind is None and command.complained_about is None:
            raise CaseRuleError("nothing", "neither a kind nor who is complained about was given")
        if case.assignee is not None and _is_complained_about(case.assignee, command.complained_about or ""):
            raise CaseRuleError(
                "complained_about",
                f"the case is with {command.complained_about}: assign it to another unit first (VAĮ 23 str. 2 d.)",
            )

    data = _without_none(
        to=None if command.kind is None else command.kind.value,
        complained_about=command.complained_about,
        reason=command.reason,
    )
    return EventKind.CLASSIFIED, check, data


def _investigate(command: Investigate) -> _Handled:
    return EventKind.INVESTIGATED, _free, _without_none(note=command.note)


def _extend(command: Extend) -> _Handled:
    def check(case: Case) -> None:
        _needs("the reason", command.reason)(case)
        if not 1 <= command.days <= MAX_EXTENSION:
            raise CaseRuleError(
                "too_long", f"an extension is 1 to {MAX_EXTENSION} working days, not {command.days} (VAĮ 10 str. 4 d.)"
            )
        if events_of(case.history, EventKind.EXTENDED):
            raise CaseRuleError("again", "the term was extended before; that may be done once (VAĮ 10 str. 4 d.)")

    return EventKind.EXTENDED, check, {"days": command.days, "reason": command.reason}


def _pause(command: PauseCase) -> _Handled:
    return EventKind.PAUSED, _needs("the reason", command.reason), {"reason": command.reason}


def _resume(command: Resume) -> _Handled:
    return EventKind.RESUMED, _free, _without_none(note=command.note)


def _forward(command: Forward) -> _Handled:
    def check(case: Case) -> None:
        _needs("the body to forward to", command.to)(case)
        _needs("the reason", command.reason)(case)

    return EventKind.FORWARDED, check, {"to": command.to, "reason": command.reason}


def _decide(command: Decide) -> _Handled:
    def check(_case: Case) -> None:
        missing = missing_items(command.decision)
        if missing:
            raise CaseRuleError("decision", f"the decision lacks {', '.join(missing)} (VAĮ 10 str. 5 d.)")

    return EventKind.DECIDED, check, command.decision.as_data()


def _notify(command: Notify) -> _Handled:
    return EventKind.NOTIFIED, _needs("how it was delivered", command.how), {"how": command.how}


def _withdraw(_command: Withdraw) -> _Handled:
    return EventKind.WITHDRAWN, _free, {}


def _close(command: Close) -> _Handled:
    def check(case: Case) -> None:
        _needs("the reason", command.reason)(case)
        if case.state in OPEN_STATES and case.must_reply:
            law = " (VAĮ 10 str. 4 d.)" if case.kind in LEGAL_KINDS else ""
            raise CaseRuleError("undecided", f"a {case.kind.value} that awaits an answer must be decided first{law}")
        if case.state is CaseState.DECIDED and case.must_reply and case.filing.contact.reachable:
            raise CaseRuleError("not_notified", "the person was not told of the decision yet (VAĮ 13 str. 1 d.)")

    return EventKind.CLOSED, check, {"reason": command.reason}


def _reopen(command: Reopen) -> _Handled:
    return EventKind.REOPENED, _needs("the reason", command.reason), {"reason": command.reason}


def _without_none(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


_HANDLERS: Mapping[type, Callable[..., _Handled]] = {
    Assign: _assign,
    Classify: _classify,
    Investigate: _investigate,
    Extend: _extend,
    PauseCase: _pause,
    Resume: _resume,
    Forward: _forward,
    Decide: _decide,
    Notify: _notify,
    Withdraw: _withdraw,
    Close: _close,
    Reopen: _reopen,
}
