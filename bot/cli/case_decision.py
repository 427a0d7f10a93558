"""`langelis cases decide`: a decision is read from a file, of which an empty one is printed on demand."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.cli.case_arguments import case_number, official
from bot.cli.case_text import standing
from bot.cli.desk import open_desk
from bot.core.case import Actor
from bot.core.case_rules import Decide
from bot.core.clock import local
from bot.errors import SettingsError
from bot.services.cases.decision_file import DecisionFileError, read_decision
from bot.services.cases.desk import Entry
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.types import Subparsers

TEMPLATE = """\
# A decision on a case: eight items (VAĮ 10 str. 5 d.). Write the texts in Lithuanian, as the person will read them.
# A longer text goes on indented lines below "ruling: |".

# 1. The institution. Left empty: the municipality's name.
institution:
# 2. The date, YYYY-MM-DD. Left empty: today.
decided_on:
# 3. The registration number of the decision. Left empty: the number of the case.
number:
# 4. What was done or decided: the act, the rights, the duties.
ruling:
# 5. The legal and factual grounds: the circumstances, and each provision by act and article.
grounds:
# 6. The motives: why these grounds lead to this ruling.
motives:
# 7. How to appeal: to which body, within which term, by which act.
appeal:
# 8. Name, surname and position of the official who signs.
official:
"""


def add_deciding(actions: Subparsers) -> None:
    decide = actions.add_parser(
        "decide",
        help="decide a case (VAĮ 10 str. 5 d.)",
        description="Reads the decision from a YAML file. `langelis cases decide --template > decision.yml` writes an "
        "empty one.",
    )
    decide.add_argument("number", type=case_number, metavar="NUMBER", nargs="?", help="registration number")
    decide.add_argument("--file", type=Path, metavar="FILE", help="the decision, YAML")
    decide.add_argument("--by", type=official, metavar="OFFICIAL", help="who acts: 'Vardas Pavardė, pareigos'")
    decide.add_argument("--template", action="store_true", help="print an empty decision and do nothing else")
    decide.set_defaults(run=run_decide, refuse=decide.error)


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
    print(standing(entry))
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
        case = await opened.desk.act(number, Decide(decision=decision), actor)
        return Entry(case, opened.desk.terms(case))
