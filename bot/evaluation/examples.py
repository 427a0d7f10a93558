"""Labelled messages: the project's own test set, or anyone's tab-separated questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.core.text_rules import MAX_CHARACTERS
from bot.errors import LangelisError
from bot.nlu.decide import Action

COLUMNS = ("text", "municipality", "intent", "service", "action", "style", "base", "lang")
_LABELS = frozenset({"intent", "service", "action", "lang"})
_ACTIONS = frozenset(action.value for action in Action)


class EvaluationInputError(LangelisError):
    """A file of labelled messages cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled message; empty labels are not judged, several acceptable ones stand side by side, the best first."""

    text: str
    source: str = ""
    line: int = 0
    """Line of the file, counted from 1; 0 where the file has no such lines."""
    municipality: str | None = None
    intents: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    style: str = ""
    base: str = ""
    """Joins the styles in which one message is written; the style `clean` is the one to compare with."""
    language: str = ""

    @property
    def depends_on_place(self) -> bool:
        """Whether the labels hold for one municipality only."""
        return bool(self.services or self.actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """What is measured: messages for everything, the same messages in styles, messages in languages."""

    messages: tuple[Example, ...]
    styles: tuple[Example, ...]
    languages: tuple[Example, ...]
    own: bool
    """Whether it is the project's own set, to which the project's targets belong."""
    ignored: tuple[str, ...] = ()
    """Columns of the file that mean nothing here."""


def read_table(path: Path) -> tuple[Example, ...]:
    """Read tab-separated messages whose first line names `COLUMNS`; raises `EvaluationInputError` naming the place."""
    lines = _lines(path)
    header = _header(lines)
    _check_header(path, header)
    examples = tuple(_examples(path, header, lines))
    if not examples:
        raise EvaluationInputError(f"{path}: line 2: there is no message below the header")
    return examples


def read_nlu(path: Path) -> tuple[Example, ...]:
    """Read a Rasa file of examples by intent."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Example(text=line.removeprefix("- "), source=path.name, intents=(entry["intent"],))
        for entry in document["nlu"]
        for line in entry["examples"].splitlines()
        if line.startswith("- ")
    )


def own_test_set(folder: Path) -> LabelledSet:
    """Read the project's test set."""
    return LabelledSet(
        messages=(*read_nlu(folder / "nlu.yml"), *read_table(folder / "services.tsv")),
        styles=read_table(folder / "styles.tsv"),
        languages=read_table(folder / "languages.tsv"),
        own=True,
    )


def foreign_test_set(path: Path) -> LabelledSet:
    """Read anyone's own table; what can be measured depends on its columns."""
    examples = read_table(path)
    return LabelledSet(
        messages=tuple(example for example in examples if example.intents or example.depends_on_place),
        styles=tuple(example for example in examples if example.base),
        languages=tuple(example for example in examples if example.language),
        own=False,
        ignored=tuple(name for name in _header(_lines(path)) if name not in COLUMNS),
    )


def placed(tests: LabelledSet, known: Collection[str], municipality: str | None) -> LabelledSet:
    """Return the messages with a municipality each: `municipality` alone when one is given, else what the rows name.

    Raises `EvaluationInputError` for a municipality that is not among the known, or for none where one is needed.
    """
    return replace(
        tests,
        messages=tuple(_placed(tests.messages, known, municipality)),
        styles=tuple(_placed(tests.styles, known, municipality)),
        languages=tuple(_placed(tests.languages, known, municipality)),
    )


def unknown_services(examples: Sequence[Example], known: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Name the places of service labels that the catalogue of the row's municipality does not hold."""
    return tuple(
        f"{example.source}: line {example.line}, column service: {service!r} is not in the catalogue of "
        f"{example.municipality}"
        for example in examples
        for service in example.services
        if example.municipality is not None and service not in known[example.municipality]
    )


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except IsADirectoryError as error:
        raise EvaluationInputError(f"{path}: is a folder, not a file") from error
    except FileNotFoundError as error:
        raise EvaluationInputError(f"{path}: no such file") from error
    except OSError as error:
        raise EvaluationInputError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise EvaluationInputError(f"{path}: line {line}: is not UTF-8") from error
    # Not splitlines(): it would split inside a message at U+2028 and its like.
    return [line.removesuffix("\r") for line in text.split("\n")]


def _header(lines: Sequence[str]) -> list[str]:
    return [name.strip() for name in lines[0].split("\t")]


def _check_header(path: Path, header: Sequence[str]) -> None:
    named = ", ".join(name for name in header if name) or "nothing"
    if "text" not in header:
        raise EvaluationInputError(f"{path}: line 1: column text is missing; the first line names {named}")
    if not _LABELS & set(header):
        labels = ", ".join(name for name in COLUMNS if name in _LABELS)
        raise EvaluationInputError(f"{path}: line 1: there is no column to judge by, one of {labels}; it names {named}")
    for number, name in enumerate(header):
        if name in COLUMNS and name in header[:number]:
            raise EvaluationInputError(f"{path}: line 1: column {name} is named twice")


def _examples(path: Path, header: Sequence[str], lines: Sequence[str]) -> Iterator[Example]:
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > len(header):
            raise EvaluationInputError(f"{path}: line {number}: {len(cells)} cells under {len(header)} columns")
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if not row.get("text"):
            raise EvaluationInputError(f"{path}: line {number}, column text: is empty")
        yield _example(path, number, row)


def _example(path: Path, number: int, row: Mapping[str, str]) -> Example:
    actions = _alternatives(row.get("action"))
    for action in actions:
        if action not in _ACTIONS:
            known = ", ".join(sorted(_ACTIONS))
            raise EvaluationInputError(
                f"{path}: line {number}, column action: unknown action {action!r}; known are {known}"
            )
    return Example(
        text=row["text"][:MAX_CHARACTERS],
        source=path.name,
        line=number,
        municipality=row.get("municipality") or None,
        intents=_alternatives(row.get("intent")),
        services=_alternatives(row.get("service")),
        actions=actions,
        style=row.get("style", ""),
        base=row.get("base", ""),
        language=row.get("lang", ""),
    )


def _alternatives(cell: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in (cell or "").split("|") if part.strip()))


def _placed(examples: Sequence[Example], known: Collection[str], wanted: str | None) -> Iterator[Example]:
    for example in examples:
        where = f"{example.source}: line {example.line}, column municipality"
        if example.municipality is None:
            if wanted is None and example.depends_on_place:
                raise EvaluationInputError(f"{where}: is empty; fill it in or give --municipality")
            yield replace(example, municipality=wanted)
        elif example.municipality not in known:
            raise EvaluationInputError(
                f"{where}: unknown municipality {example.municipality!r}; known are {', '.join(known)}"
            )
        elif wanted in {None, example.municipality}:
            yield example
