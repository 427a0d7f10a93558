"""The case register for officials: the list, one case, every step of the procedure, and the print view."""

from __future__ import annotations

from datetime import date

import msgspec
from aiohttp import web

from bot.core.audit import AuditAction, AuditObject, AuditRecord
from bot.core.case import Actor, ActorKind, Assignee, CaseKind, CaseState
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
)
from bot.core.clock import local
from bot.core.decision import Decision
from bot.core.operators import Operator, Permission, may
from bot.errors import CaseRuleError
from bot.services.bus import Signal
from bot.services.cases.desk import Entry
from channels.web.case_terms import case_terms
from channels.web.keys import CORE
from channels.web.operator.access import Handler
from channels.web.operator.asked import value_of
from channels.web.operator.bodies import read_body
from channels.web.operator.case_json import actor_words, case_detail, case_line, event_words
from channels.web.operator.desk_refusals import DeskFailure, refusing, refusing_page
from channels.web.operator.guard import operator_of, permit, signed_in_of
from channels.web.operator.refusals import json_answer
from channels.web.pages import html

_DECISION_ITEMS = ("institution", "decided_on", "number", "ruling", "grounds", "motives", "appeal", "official")
_PRINTED = "%Y-%m-%d %H:%M"


class AssignBody(msgspec.Struct):
    """Who is to examine the case."""

    unit: str
    person: str | None = None
    email: str | None = None

    def command(self) -> Command:
        """Return it as a command."""
        return Assign(assignee=Assignee(unit=self.unit, person=self.person or None, email=self.email or None))


class ClassifyBody(msgspec.Struct):
    """What the case is in law, and who is complained about."""

    reason: str
    kind: CaseKind | None = None
    complained_about: str | None = None

    def command(self) -> Command:
        """Return it as a command."""
        return Classify(kind=self.kind, complained_about=self.complained_about or None, reason=self.reason)


class NoteBody(msgspec.Struct):
    """A note that may be left out."""

    note: str | None = None

    def command(self) -> Command:
        """Return it as the beginning of the procedure."""
        return Investigate(note=self.note)


class ResumeBody(NoteBody):
    """A note on going on."""

    def command(self) -> Command:
        """Return it as a command."""
        return Resume(note=self.note)


class ExtendBody(msgspec.Struct):
    """By how many working days, and why."""

    days: int
    reason: str

    def command(self) -> Command:
        """Return it as a command."""
        return Extend(days=self.days, reason=self.reason)


class PauseBody(msgspec.Struct):
    """Why the procedure is suspended."""

    reason: str

    def command(self) -> Command:
        """Return it as a command."""
        return PauseCase(reason=self.reason)


class CloseBody(PauseBody):
    """Why the work ends."""

    def command(self) -> Command:
        """Return it as a command."""
        return Close(reason=self.reason)


class ReopenBody(PauseBody):
    """Why the work goes on."""

    def command(self) -> Command:
        """Return it as a command."""
        return Reopen(reason=self.reason)


class ForwardBody(msgspec.Struct):
    """Whose competence it is, and why."""

    to: str
    reason: str

    def command(self) -> Command:
        """Return it as a command."""
        return Forward(to=self.to, reason=self.reason)


class DecideBody(msgspec.Struct):
    """The eight items of a decision (VAĮ 10 str. 5 d.); a blank one is missing."""

    institution: str = ""
    decided_on: date | None = None
    number: str = ""
    ruling: str = ""
    grounds: str = ""
    motives: str = ""
    appeal: str = ""
    official: str = ""

    def command(self) -> Command:
        """Return it as a command."""
        given = {name: getattr(self, name) for name in _DECISION_ITEMS}
        return Decide(decision=Decision(**given))


class NotifyBody(msgspec.Struct):
    """How the decision was delivered."""

    how: str

    def command(self) -> Command:
        """Return it as a command."""
        return Notify(how=self.how)


Body = AssignBody | ClassifyBody | NoteBody | ExtendBody | PauseBody | ForwardBody | DecideBody | NotifyBody
BODIES: dict[str, type[Body]] = {
    "assign": AssignBody,
    "classify": ClassifyBody,
    "investigate": NoteBody,
    "extend": ExtendBody,
    "pause": PauseBody,
    "resume": ResumeBody,
    "forward": ForwardBody,
    "decide": DecideBody,
    "notify": NotifyBody,
    "close": CloseBody,
    "reopen": ReopenBody,
}
"""The body of each command's request."""


@refusing
async def register(request: web.Request) -> web.Response:
    """Return the register: overdue first, then by due date; `state` by name, `overdue=1` only those."""
    core, operator = request.app[CORE], operator_of(request)
    state = value_of(request, "state")
    known = {one.value for one in CaseState}
    states = None if state is None else frozenset(CaseState(one) for one in state.split(",") if one in known)
    found = await core.desk.register(municipality=value_of(request, "municipality"), states=states)
    only_overdue = value_of(request, "overdue") in {"1", "true"}
    return json_answer(
        [
            case_line(entry, core.texts)
            for entry in found
            if may(operator, Permission.READ_CASES, entry.case.filing.municipality)
            and (entry.terms.overdue or not only_overdue)
        ]
    )


@refusing
async def one(request: web.Request) -> web.Response:
    """Return a case; the reading is written down."""
    return json_answer(await _detail(request, await _read(request)))


@refusing_page
async def printed(request: web.Request) -> web.Response:
    """Send a case to be printed; the reading is written down."""
    entry, core = await _read(request), request.app[CORE]
    texts, case = core.texts, entry.case
    calendar, today = core.desk.calendar(case.filing.municipality), local(core.clock.now()).date()
    return html(
        request,
        "operator/case_print.html.j2",
        line=case_line(entry, texts),
        detail=case_detail(entry, calendar, texts, today=today, can_decide=False, files=await core.desk.files(case)),
        municipality=core.catalogues.get(case.filing.municipality).catalogue.municipality,
        terms=case_terms(case, entry.terms, calendar, today=today, texts=texts),
        history=[
            {
                "at": local(event.at).strftime(_PRINTED),
                "words": event_words(case, event, texts),
                "actor": actor_words(event, texts),
                "reason": event.data.get("reason") or event.data.get("note"),
            }
            for event in case.history
        ],
        printed=local(core.clock.now()).strftime(_PRINTED),
    )


def acting(name: str) -> Handler:
    """Return the handler of a command."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return await _act(name, request)

    return refusing(handler)


async def _act(name: str, request: web.Request) -> web.Response:
    who, core = signed_in_of(request), request.app[CORE]
    body = await read_body(request, BODIES[name])
    number = request.match_info["number"]
    entry = await core.desk.get(number)
    needs = Permission.DECIDE_CASES if name == "decide" else Permission.MANAGE_CASES
    permit(request, needs, entry.case.filing.municipality)
    actor = Actor(ActorKind.OFFICIAL, who.operator.display_name)
    try:
        await core.desk.act(number, body.command(), actor)
    except CaseRuleError as error:
        if error.code != "decision" or not isinstance(body, DecideBody):
            raise
        refused = DeskFailure("case_rule", core.texts.render("desk.case_rule.decision", items=_missing(request, body)))
        return json_answer({"error": refused.body()}, status=refused.status)
    await _note(request, AuditAction.CASE_CHANGED, entry, command=name)
    core.bus.publish("", Signal.LOG_GREW)
    return json_answer(await _detail(request, await core.desk.get(number)))


async def _read(request: web.Request) -> Entry:
    entry = await request.app[CORE].desk.get(request.match_info["number"])
    permit(request, Permission.READ_CASES, entry.case.filing.municipality)
    await _note(request, AuditAction.CASE_READ, entry)
    return entry


async def _note(request: web.Request, action: AuditAction, entry: Entry, **data: object) -> None:
    record = AuditRecord(
        action=action,
        object_type=AuditObject.CASE,
        object_id=entry.case.number,
        municipality=entry.case.filing.municipality,
        data=data,
    )
    await request.app[CORE].people.audit.note(signed_in_of(request).actor, record)


async def _detail(request: web.Request, entry: Entry) -> dict[str, object]:
    core, operator = request.app[CORE], operator_of(request)
    municipality = entry.case.filing.municipality
    return case_detail(
        entry,
        core.desk.calendar(municipality),
        core.texts,
        today=local(core.clock.now()).date(),
        can_decide=_can_decide(operator, municipality),
        files=await core.desk.files(entry.case),
    )


def _can_decide(operator: Operator, municipality: str) -> bool:
    return may(operator, Permission.DECIDE_CASES, municipality)


def _missing(request: web.Request, body: DecideBody) -> str:
    render = request.app[CORE].texts.render
    blank = [name for name in _DECISION_ITEMS if not str(getattr(body, name) or "").strip()]
    return ", ".join(render(f"case.decision.{name}").lower() for name in blank)
