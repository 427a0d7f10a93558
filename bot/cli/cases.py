"""`langelis cases`: the register of cases, and what officials do with a case."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.case_acting import add_acting
from bot.cli.case_arguments import case_number, day
from bot.cli.case_text import counting, counting_data, table, whole_case
from bot.cli.desk import open_desk
from bot.core.case import CaseKind, CaseState
from bot.core.contact_mask import masked
from bot.errors import SettingsError
from bot.services.case_calendar import CaseCalendar
from bot.services.cases.desk import Entry
from bot.services.cases.export import NO_CONTACT, as_csv, as_json, history, record, register
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the commands."""
    command = commands.add_parser("cases", help="complaints and other cases: list, show, act, export")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_list(actions)
    _add_show(actions)
    add_acting(actions)
    _add_export(actions)


def _add_list(actions: Subparsers) -> None:
    listing = actions.add_parser("list", help="the register: overdue first, then by due date, then what is over")
    listing.add_argument("--municipality", metavar="M", help="municipality id, e.g. trakai")
    listing.add_argument("--state", choices=[state.value for state in CaseState], metavar="S", help="%(choices)s")
    listing.add_argument("--kind", choices=[kind.value for kind in CaseKind], metavar="K", help="%(choices)s")
    listing.add_argument("--overdue", action="store_true", help="only cases of which a clock has run out")
    listing.add_argument("--json", action="store_true", help="JSON array instead of a table; without contacts")
    listing.set_defaults(run=run_list)


def _add_show(actions: Subparsers) -> None:
    showing = actions.add_parser("show", help="one case with its history")
    showing.add_argument("number", type=case_number, metavar="NUMBER", help="registration number, e.g. TR-2026-000123")
    showing.add_argument("--explain", action="store_true", help="count both clocks day by day, holidays named")
    showing.add_argument("--json", action="store_true", help="one JSON object, the counting included")
    showing.add_argument("--with-contact", action="store_true", help="show the contact in full, not masked")
    showing.set_defaults(run=run_show)


def _add_export(actions: Subparsers) -> None:
    exporting = actions.add_parser(
        "export",
        help="the register for a document-management system",
        description="CSV as RFC 4180 has it, UTF-8, with a header; or a JSON array with each case's history. Contacts "
        "are left out unless --with-contact is given.",
    )
    exporting.add_argument("--format", choices=["csv", "json"], required=True)
    exporting.add_argument("--municipality", metavar="M", help="municipality id, e.g. trakai")
    exporting.add_argument("--from", dest="first", type=day, metavar="DATE", help="first day of receipt, YYYY-MM-DD")
    exporting.add_argument("--until", dest="last", type=day, metavar="DATE", help="last day of receipt, included")
    exporting.add_argument("--with-contact", action="store_true", help="include names, e-mails and telephones")
    exporting.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there, readable to the owner only")
    exporting.set_defaults(run=run_export)


def run_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the register."""
    entries = asyncio.run(_list(arguments, settings))
    if arguments.json:
        _print(as_json(record(entry) for entry in entries))
    elif entries:
        _print(table(entries) + "\n")
    else:
        _print("no cases\n")
    return 0


async def _list(arguments: argparse.Namespace, settings: Settings) -> tuple[Entry, ...]:
    async with open_desk(settings) as opened:
        if arguments.municipality is not None:
            opened.catalogues.get(arguments.municipality)
        entries = await opened.desk.register(
            municipality=arguments.municipality,
            states=None if arguments.state is None else frozenset({CaseState(arguments.state)}),
            kinds=None if arguments.kind is None else frozenset({CaseKind(arguments.kind)}),
        )
    return tuple(entry for entry in entries if entry.terms.overdue or not arguments.overdue)


def run_show(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one case."""
    entry, calendar = asyncio.run(_get(arguments.number, settings))
    contact = entry.case.filing.contact
    shown = contact if arguments.with_contact else masked(contact)
    if arguments.json:
        whole = {
            **record(entry, shown),
            "history": history(entry.case),
            "counting": counting_data(entry.case, calendar),
        }
        _print(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
        return 0
    _print(whole_case(entry, shown) + "\n")
    if arguments.explain:
        _print(counting(entry.case, calendar) + "\n")
    return 0


async def _get(number: str, settings: Settings) -> tuple[Entry, CaseCalendar]:
    async with open_desk(settings) as opened:
        entry = await opened.desk.get(number)
        return entry, opened.desk.calendar(entry.case.filing.municipality)


def run_export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the register."""
    entries = asyncio.run(_export(arguments, settings))
    records = [record(entry, entry.case.filing.contact if arguments.with_contact else NO_CONTACT) for entry in entries]
    if arguments.format == "csv":
        text = as_csv(records)
    else:
        text = as_json(
            {**values, "history": history(entry.case)} for values, entry in zip(records, entries, strict=True)
        )
    if arguments.output is None:
        _print(text)
    else:
        _write(arguments.output, text)
        print(f"{arguments.output}: {len(records)} {'case' if len(records) == 1 else 'cases'}", file=sys.stderr)
    return 0


async def _export(arguments: argparse.Namespace, settings: Settings) -> tuple[Entry, ...]:
    async with open_desk(settings) as opened:
        if arguments.municipality is not None:
            opened.catalogues.get(arguments.municipality)
        return await register(
            opened.database,
            opened.desk,
            municipality=arguments.municipality,
            first=arguments.first,
            last=arguments.last,
        )


def _print(text: str) -> None:
    """Write UTF-8 whatever the locale says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(text)
    sys.stdout.flush()


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner may read: it holds what residents wrote."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text.encode())
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
