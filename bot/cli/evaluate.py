"""`langelis evaluate`: how well messages are understood, on the project's test set or on anyone's own."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.predict import prepare
from bot.evaluation.examples import (
    Example,
    LabelledSet,
    foreign_test_set,
    own_test_set,
    placed,
    unknown_services,
)
from bot.evaluation.judging import Judged, judge
from bot.evaluation.output import write
from bot.evaluation.plots import plots
from bot.evaluation.report import JudgedSet, Report, report
from bot.evaluation.report_markdown import as_page, sections
from bot.evaluation.speed import joined, measure_speed
from bot.nlu.intents import OUT_OF_SCOPE
from bot.services.catalogues import Catalogues
from bot.services.understanding import Parser, Understanding, understand
from bot.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from bot.cli.types import Subparsers

_TEST_SET = PROJECT_ROOT / "nlu_data" / "test"
_SHOWN = 20
_STEP = 500


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "evaluate",
        help="measure understanding on labelled messages",
        description="Without --input: the project's own test set (nlu_data/test). A table's first line names its "
        "columns: text, one or more to judge by (intent, service, action, lang), and, if wanted, municipality, style "
        "and base (rows of one base are the same message in several styles; the style clean is the one compared with). "
        "Several right labels stand side by side with | between them.",
    )
    command.add_argument(
        "--municipality", help="judge only this municipality's messages; also for rows that name no municipality"
    )
    command.add_argument("--input", type=Path, metavar="FILE.tsv", help="tab-separated file of labelled messages")
    command.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help="write plots (SVG) into FOLDER, and the tables into FOLDER.md where it has marked places for them, else "
        "into FOLDER/report.md",
    )
    command.add_argument(
        "--compare",
        choices=["stock-rasa"],
        help="train Rasa's default pipeline on the same data and put it beside (minutes; installs it into .bench/)",
    )
    command.add_argument("--mistakes", action="store_true", help="list every mistake, not only the first few")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Evaluate; print the report and write it when asked."""
    tests = own_test_set(_TEST_SET) if arguments.input is None else foreign_test_set(arguments.input)
    if tests.ignored:
        _say(f"columns that mean nothing here: {', '.join(tests.ignored)}")
    _say("loading the catalogues and the model (trained first, if there is none)")
    catalogues, parser = asyncio.run(prepare(settings))
    tests = _placed(tests, catalogues, arguments.municipality)
    found = _report(tests, catalogues, parser)
    bodies = sections(found)
    if arguments.compare:
        bodies["comparison"] = _comparison(tests)
    print(as_page(bodies, {}))
    _print_mistakes(found.mistakes, all_of_them=arguments.mistakes)
    if arguments.output is not None:
        for path in write(arguments.output, bodies, plots(found)):
            _say(f"wrote {path}")
    return 0


def _placed(tests: LabelledSet, catalogues: Catalogues, municipality: str | None) -> LabelledSet:
    if municipality is not None:
        catalogues.get(municipality)
    services = {
        loaded.catalogue.municipality.id: {service.id for service in loaded.catalogue.services}
        for loaded in catalogues.all
    }
    tests = placed(tests, services, municipality)
    unknown = unknown_services((*tests.messages, *tests.styles), services)
    for note in unknown[:_SHOWN]:
        _say(f"note: {note}")
    return tests


def _report(tests: LabelledSet, catalogues: Catalogues, parser: Parser) -> Report:
    _say("measuring speed")  # before the messages are judged: what was read once is read faster
    everything = joined([loaded.catalogue for loaded in catalogues.all])
    speed = measure_speed([example.text for example in tests.messages or tests.languages], parser, everything)
    judged = JudgedSet(
        messages=_judged("messages", tests.messages, catalogues, parser),
        styles=_judged("messages in styles", tests.styles, catalogues, parser),
        languages=_judged("messages in languages", tests.languages, catalogues, parser),
        foreign=_judged("messages out of scope", tuple(_foreign(tests.messages, catalogues)), catalogues, parser),
    )
    return report(judged, own=tests.own, speed=speed)


def _foreign(examples: Iterable[Example], catalogues: Catalogues) -> Iterator[Example]:
    """Yield the messages that no municipality could answer, once for each of those that are meant."""
    for example in examples:
        if example.intents == (OUT_OF_SCOPE,) and not example.depends_on_place:
            every = [loaded.catalogue.municipality.id for loaded in catalogues.all]
            for municipality in [example.municipality] if example.municipality else every:
                yield replace(example, municipality=municipality)


def _judged(what: str, examples: Sequence[Example], catalogues: Catalogues, parser: Parser) -> tuple[Judged, ...]:
    default = catalogues.all[0].catalogue.municipality.id
    done: list[Judged] = []
    for begin in range(0, len(examples), _STEP):
        _say(f"{what}: {begin} of {len(examples)}")
        done += judge(
            examples[begin : begin + _STEP], lambda example: _understand(example, default, catalogues, parser)
        )
    return tuple(done)


def _understand(example: Example, default: str, catalogues: Catalogues, parser: Parser) -> Understanding:
    return understand(example.text, parser, catalogues.get(example.municipality or default))


def _comparison(tests: LabelledSet) -> str:
    from bot.evaluation.stock import compare, comparison_markdown

    return comparison_markdown(compare(tests.messages, _say))


def _print_mistakes(mistakes: Sequence[Judged], *, all_of_them: bool) -> None:
    shown = mistakes if all_of_them else mistakes[:_SHOWN]
    for each in shown:
        example, found = each.example, each.found
        services = ", ".join(f"{match.id} {match.score:.2f}" for match in found.services[:3])
        wanted = ", ".join(
            "|".join(labels) for labels in (example.intents, example.services, example.actions) if labels
        )
        where = f" ({example.source}, line {example.line})" if example.line else ""
        print(f"✗ {example.text}{where}\n    {found.intent} {found.confidence:.2f}, {found.action}; {services}")
        print(f"    wanted {wanted}")
    if len(shown) < len(mistakes):
        print(f"… and {len(mistakes) - len(shown)} more (--mistakes lists all)")


def _say(what: str) -> None:
    print(f"evaluate: {what}", file=sys.stderr, flush=True)
