"""`langelis evaluate`: how well messages are understood, on the project's test set or on anyone's own."""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.predict import prepare
from bot.errors import UnknownMunicipalityError
from bot.services.catalogues import Catalogues
from bot.services.evaluation import (
    EvaluationInputError,
    Example,
    Report,
    evaluate,
    read_nlu,
    read_table,
)
from bot.services.understanding import Parser, Understanding, understand
from bot.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from bot.cli.types import Subparsers

_TEST_SET = PROJECT_ROOT / "nlu_data" / "test"
_SHOWN_MISTAKES = 20


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "evaluate",
        help="measure understanding on labelled messages",
        description="Without --input: the project's own test set (nlu_data/test). The table's first line names its "
        "columns: text, and any of municipality, intent, service, action, style; several right labels stand side by "
        "side with | between them.",
    )
    command.add_argument("--municipality", help="judge only this municipality's messages; the default for --input")
    command.add_argument("--input", type=Path, help="tab-separated file of labelled messages")
    command.add_argument("--mistakes", action="store_true", help="list every mistake, not only the first few")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Evaluate and print the report."""
    examples = _examples(arguments.input, arguments.municipality)
    catalogues, parser = asyncio.run(prepare(settings))
    default = arguments.municipality or catalogues.all[0].catalogue.municipality.id
    begun = time.perf_counter()
    report = evaluate(examples, lambda example: _understand(example, default, catalogues, parser))
    seconds = time.perf_counter() - begun
    _print(report, 1000 * seconds / max(1, report.examples), all_mistakes=arguments.mistakes)
    return 0


def _examples(path: Path | None, municipality: str | None) -> tuple[Example, ...]:
    if path is not None:
        if not path.is_file():
            raise EvaluationInputError(f"{path}: no such file")
        return read_table(path)
    labelled = read_table(_TEST_SET / "services.tsv")
    if municipality is not None:
        return tuple(example for example in labelled if example.municipality == municipality)
    return (*read_nlu(_TEST_SET / "nlu.yml"), *labelled)


def _understand(example: Example, default: str, catalogues: Catalogues, parser: Parser) -> Understanding:
    try:
        loaded = catalogues.get(example.municipality or default)
    except UnknownMunicipalityError as error:
        raise EvaluationInputError(f"{example.text!r}: {error}") from error
    return understand(example.text, parser, loaded)


def _print(report: Report, milliseconds: float, *, all_mistakes: bool) -> None:
    print(f"{report.examples} messages, {milliseconds:.2f} ms each")
    for name, share in (
        ("intent accuracy", report.intent_accuracy),
        ("intent macro-F1", report.macro_f1),
        ("right service first", report.service_first),
        ("right service among three", report.service_in_three),
        ("mean reciprocal rank", report.mean_reciprocal_rank),
        ("right first action", report.action_accuracy),
        ("off the catalogue, yet answered", report.answered_off_catalogue),
    ):
        print(f"{name:34}{'-' if share is None else f'{share:.3f}':>8}")
    for style, number, share in report.by_style:
        print(f"  right service first, {style:12}{share:>8.3f}  ({number})")
    for score in sorted(report.intents, key=lambda found: found.f1):
        if score.f1 < 1 and score.count:
            print(f"  {score.intent:26} F1 {score.f1:.2f}  precision {score.precision:.2f}  recall {score.recall:.2f}")
    mistakes = report.mistakes if all_mistakes else report.mistakes[:_SHOWN_MISTAKES]
    for example, found in mistakes:
        services = ", ".join(f"{match.id} {match.score:.2f}" for match in found.services[:3])
        wanted = "|".join(sorted(example.services or example.actions or example.intents))
        print(
            f"✗ {example.text}\n    {found.intent} {found.confidence:.2f}, {found.action}; {services}; wanted {wanted}"
        )
    if len(mistakes) < len(report.mistakes):
        print(f"… and {len(report.mistakes) - len(mistakes)} more (--mistakes lists all)")
