"""`langelis cases assign|classify|…`: the steps that an official takes; what the rules forbid changes nothing."""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.cli.case_text import overdue
from bot.cli.desk import OpenDesk, open_desk
from bot.core.case import Actor, ActorKind, Assignee, Case, CaseKind
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
)
from bot.core.clock import local
from bot.errors import SettingsError
from bot.services.cases.decision_file import TEMPLATE, DecisionFileError, read_decision
from bot.services.cases.desk import Entry
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.types import Subparsers

_Make = Callable[[argparse.Namespace], Command]
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def add_acting(actions: Subparsers) -> None:
    """Describe the commands."""
    _add_assigning(actions)
    _add_reasoned(actions)
    _add_noted(actions)
    _add_deciding(actions)


def _add_assigning(actions: Subparsers) -> None:
    assign = _acting(
        actions,
        "assign",
        "give a case to a unit, never to whom it is complained about (VAĮ 23 str. 2 d.)",
        lambda given: Assign(assignee=Assignee(unit=given.unit, person=given.person, email=given.email)),
    )
    assign.add_argument("--unit", required=True, metavar="U", help="unit of the municipality")
    assign.add_argument("--person", metavar="P", help="official of the unit")
    assign.add_argument("--email", type=_email, metavar="E", help="where the unit is told")


def _add_reasoned(actions: Subparsers) -> None:
    classify = _acting(
        actions,
        "classify",
        "say what a case is in law, or who is complained about",
        lambda given: Classify(
            kind=None if given.kind is None else CaseKind(given.kind), complained_about=given.about, reason=given.reason
        ),
    )
    classify.add_argument("--kind", choices=[kind.value for kind in CaseKind], metavar="K", help="%(choices)s")
    classify.add_argument("--about", metavar="WHO", help="the unit or official complained about")
    extend = _acting(
        actions,
        "extend",
        "extend the legal term once, by at most 10 working days (VAĮ 10 str. 4 d.)",
        lambda given: Extend(days=given.days, reason=given.reason),
    )
    extend.add_argument("--days", type=int, required=True, metavar="N", help="working days")
    forward = _acting(
        actions,
        "forward",
        "hand a case to the body that is competent (VAĮ 11 str. 4 d.)",
        lambda given: Forward(to=given.to, reason=given.reason),
    )
    forward.add_argument("--to", required=True, metavar="BODY", help="the competent body")
    pause = _acting(
        actions, "pause", "suspend the procedure (VAĮ 25 str.)", lambda given: PauseCase(reason=given.reason)
    )
    close = _acting(actions, "close", "end the work on a case", lambda given: Close(reason=given.reason))
    reopen = _acting(
        actions, "reopen", "take up a closed, withdrawn or forwarded case", lambda given: Reopen(reason=given.reason)
    )
    for command in (classify, extend, forward, pause, close, reopen):
        command.add_argument("--reason", required=True, metavar="R", help="kept in the history")


def _add_noted(actions: Subparsers) -> None:
    investigate = _acting(
        actions, "investigate", "begin the procedure (VAĮ 23 str. 1 d.)", lambda given: Investigate(note=given.note)
    )
    resume = _acting(actions, "resume", "go on with a suspended procedure", lambda given: Resume(note=given.note))
    for command in (investigate, resume):
        command.add_argument("--note", metavar="N", help="kept in the history")
    notify = _acting(
        actions,
        "notify",
        "record that the decision was delivered (VAĮ 13 str. 1 d.)",
        lambda given: Notify(how=given.how),
    )
    notify.add_argument("--how", required=True, metavar="H", help="by e-mail, by post, in person")
    _acting(actions, "withdraw", "record that the resident takes the case back", lambda _given: Withdraw())


def _add_deciding(actions: Subparsers) -> None:
    decide = actions.add_parser(
        "decide",
        help="decide a case (VAĮ 10 str. 5 d.)",
        description="Reads the decision from a YAML file. `langelis cases decide --template > decision.yml` writes an "
        "empty one.",
    )
    decide.add_argument("number", metavar="NUMBER", nargs="?", help="registration number")
    decide.add_argument("--file", type=Path, metavar="FILE", help="the decision, YAML")
    decide.add_argument("--by", type=_official, metavar="OFFICIAL", help="who acts: 'Vardas Pavardė, pareigos'")
    decide.add_argument("--template", action="store_true", help="print an empty decision and do nothing else")
    decide.set_defaults(run=run_decide, refuse=decide.error)


def _acting(actions: Subparsers, name: str, meaning: str, make: _Make) -> argparse.ArgumentParser:
    command = actions.add_parser(name, help=meaning)
    command.add_argument("number", metavar="NUMBER", help="registration number, e.g. TR-2026-000123")
    command.add_argument(
        "--by", required=True, type=_official, metavar="OFFICIAL", help="who acts: 'Vardas Pavardė, pareigos'"
    )
    command.set_defaults(run=run, make=make)
    return command


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one step with a case and print how it stands now."""
    make: _Make = arguments.make
    print(_standing(asyncio.run(_act(arguments.number, make(arguments), arguments.by, settings))))
    return 0


async def _act(number: str, command: Command, actor: Actor, settings: Settings) -> Entry:
    async with open_desk(settings) as opened:
        return _entry(opened, await opened.desk.act(number, command, actor))


def run_decide(arguments: argparse.Namespace, settings: Settings) -> int:
    """Decide a case, or print an empty decision."""
    if arguments.template:
        print(TEMPLATE, end="")
        return 0
    refuse: Callable[[str], NoReturn] = arguments.refuse
    needed = {"NUMBER": arguments.number, "--file": arguments.file, "--by": arguments.by}
    missing = [name for name, given in needed.items() if given is None]
    if missing:
        refuse(f"the following arguments are required: {', '.join(missing)}")
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{arguments.file}: {error.strerror}") from error
    try:
        entry = asyncio.run(_decide(arguments.number, content, arguments.by, settings))
    except DecisionFileError as error:
        raise SettingsError(f"{arguments.file}: {error}") from error
    print(_standing(entry))
    return 0


async def _decide(number: str, content: bytes, actor: Actor, settings: Settings) -> Entry:
    async with open_desk(settings) as opened:
        case = (await opened.desk.get(number)).case
        decision = read_decision(
            content,
            institution=opened.catalogues.get(case.filing.municipality).catalogue.municipality.name,
            number=case.number,
            today=local(opened.clock.now()).date(),
        )
        return _entry(opened, await opened.desk.act(number, Decide(decision=decision), actor))


def _entry(opened: OpenDesk, case: Case) -> Entry:
    return Entry(case, opened.desk.terms(case))


def _standing(entry: Entry) -> str:
    case, terms = entry.case, entry.terms
    late = "" if overdue(terms) == "-" else f", overdue: {overdue(terms)}"
    return (
        f"{case.number}: {case.history[-1].kind.value}; state {case.state.value}, kind {case.kind.value}, "
        f"charter due {terms.charter or '-'}, legal due {terms.legal or '-'}{late}"
    )


def _official(text: str) -> Actor:
    """The official as the history keeps them: name and surname, a comma, the position."""
    name, comma, position = text.partition(",")
    if not text.isprintable() or not comma or not position.strip() or len(name.split()) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is not 'Vardas Pavardė, pareigos'")
    return Actor(ActorKind.OFFICIAL, f"{' '.join(name.split())}, {' '.join(position.split())}")


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text) or not text.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r} is no e-mail address")
    return text
