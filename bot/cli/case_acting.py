"""`langelis cases assign|classify|…`: the steps that an official takes; what the rules forbid changes nothing."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.cli.case_arguments import case_number, email, official, words
from bot.cli.case_decision import add_deciding
from bot.cli.case_text import standing
from bot.cli.desk import open_desk
from bot.core.case import Actor, Assignee, CaseKind
from bot.core.case_rules import (
    Assign,
    Classify,
    Close,
    Command,
    Extend,
    Forward,
    Investigate,
    Notify,
    PauseCase,
    Reopen,
    Resume,
    Withdraw,
)
from bot.services.cases.desk import Entry
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.types import Subparsers

_Make = Callable[[argparse.Namespace], Command]


def add_acting(actions: Subparsers) -> None:
    """Describe the commands."""
    _add_assigning(actions)
    _add_reasoned(actions)
    _add_noted(actions)
    add_deciding(actions)


def _add_assigning(actions: Subparsers) -> None:
    assign = _acting(
        actions,
        "assign",
        "give a case to a unit, never to whom it is complained about (VAĮ 23 str. 2 d.)",
        lambda given: Assign(assignee=Assignee(unit=given.unit, person=given.person, email=given.email)),
    )
    assign.add_argument("--unit", required=True, type=words, metavar="U", help="unit of the municipality")
    assign.add_argument("--person", type=words, metavar="P", help="official of the unit")
    assign.add_argument("--email", type=email, metavar="E", help="where the unit is told")


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
    classify.add_argument("--about", type=words, metavar="WHO", help="the unit or official complained about")
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
    forward.add_argument("--to", required=True, type=words, metavar="BODY", help="the competent body")
    pause = _acting(
        actions, "pause", "suspend the procedure (VAĮ 25 str.)", lambda given: PauseCase(reason=given.reason)
    )
    close = _acting(actions, "close", "end the work on a case", lambda given: Close(reason=given.reason))
    reopen = _acting(
        actions, "reopen", "take up a closed, withdrawn or forwarded case", lambda given: Reopen(reason=given.reason)
    )
    for command in (classify, extend, forward, pause, close, reopen):
        command.add_argument("--reason", required=True, type=words, metavar="R", help="kept in the history")


def _add_noted(actions: Subparsers) -> None:
    investigate = _acting(
        actions, "investigate", "begin the procedure (VAĮ 23 str. 1 d.)", lambda given: Investigate(note=given.note)
    )
    resume = _acting(actions, "resume", "go on with a suspended procedure", lambda given: Resume(note=given.note))
    for command in (investigate, resume):
        command.add_argument("--note", type=words, metavar="N", help="kept in the history")
    notify = _acting(
        actions,
        "notify",
        "record that the decision was delivered (VAĮ 13 str. 1 d.)",
        lambda given: Notify(how=given.how),
    )
    notify.add_argument("--how", required=True, type=words, metavar="H", help="by e-mail, by post, in person")
    _acting(actions, "withdraw", "record that the resident takes the case back", lambda _given: Withdraw())


def _acting(actions: Subparsers, name: str, meaning: str, make: _Make) -> argparse.ArgumentParser:
    command = actions.add_parser(name, help=meaning)
    command.add_argument("number", type=case_number, metavar="NUMBER", help="registration number, e.g. TR-2026-000123")
    command.add_argument(
        "--by", required=True, type=official, metavar="OFFICIAL", help="who acts: 'Vardas Pavardė, pareigos'"
    )
    command.set_defaults(run=run, make=make)
    return command


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one step with a case and print how it stands now."""
    make: _Make = arguments.make
    print(standing(asyncio.run(_act(arguments.number, make(arguments), arguments.by, settings))))
    return 0


async def _act(number: str, command: Command, actor: Actor, settings: Settings) -> Entry:
    async with open_desk(settings) as opened:
        case = await opened.desk.act(number, command, actor)
        return Entry(case, opened.desk.terms(case))
