"""Measures understanding on labelled messages: intents, services, first actions."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import LangelisError
from bot.services.understanding import Understanding

_COLUMNS = frozenset({"text"})
_FALLBACK = "fallback"


class EvaluationInputError(LangelisError):
    """A file of labelled messages cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled message; empty labels are not judged, several acceptable ones stand side by side."""

    text: str
    municipality: str | None = None
    intents: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentScore:
    """Precision, recall and F1 of one intent, each 0..1; `count` examples have it."""

    intent: str
    count: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was measured; a share is None where no example carries the label."""

    examples: int
    intent_accuracy: float | None
    macro_f1: float | None
    intents: tuple[IntentScore, ...]
    service_first: float | None
    service_in_three: float | None
    mean_reciprocal_rank: float | None
    action_accuracy: float | None
    answered_off_catalogue: float | None
    """Share of messages that should fall back but are answered or offered a choice."""
    by_style: tuple[tuple[str, int, float], ...]
    """(style, number, share with the right service first)."""
    mistakes: tuple[tuple[Example, Understanding], ...]


def read_table(path: Path) -> tuple[Example, ...]:
    """Read tab-separated messages; the header names text and any of municipality, intent, service, action, style."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if rows.fieldnames is None or not set(rows.fieldnames) >= _COLUMNS:
            raise EvaluationInputError(f"{path}: the first line must name the columns, text among them")
        return tuple(
            Example(
                text=row["text"],
                municipality=row.get("municipality") or None,
                intents=_alternatives(row.get("intent")),
                services=_alternatives(row.get("service")),
                actions=_alternatives(row.get("action")),
                style=row.get("style") or "",
            )
            for row in rows
            if row.get("text")
        )


def read_nlu(path: Path) -> tuple[Example, ...]:
    """Read a Rasa file of examples by intent."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Example(text=line.removeprefix("- "), intents=frozenset({entry["intent"]}))
        for entry in document["nlu"]
        for line in entry["examples"].splitlines()
        if line.startswith("- ")
    )


def evaluate(examples: Iterable[Example], understand: Callable[[Example], Understanding]) -> Report:
    """Return the report over the examples."""
    judged = [(example, understand(example)) for example in examples]
    with_intent = [(example, found) for example, found in judged if example.intents]
    with_action = [(example, found) for example, found in judged if example.actions]
    off = [found for example, found in with_action if example.actions == {_FALLBACK}]
    ranks = [(example, _rank(example, found)) for example, found in judged if example.services]
    intents = _intent_scores(with_intent)
    return Report(
        examples=len(judged),
        intent_accuracy=_share([found.intent in example.intents for example, found in with_intent]),
        macro_f1=_mean([score.f1 for score in intents if score.count]),
        intents=intents,
        service_first=_share([rank == 1 for _, rank in ranks]),
        service_in_three=_share([0 < rank <= 3 for _, rank in ranks]),
        mean_reciprocal_rank=_mean([1 / rank if rank else 0.0 for _, rank in ranks]),
        action_accuracy=_share([found.action in example.actions for example, found in with_action]),
        answered_off_catalogue=_share([found.action in {"answer", "choose"} for found in off]),
        by_style=_by_style(ranks),
        mistakes=tuple((example, found) for example, found in judged if _mistaken(example, found)),
    )


def _alternatives(cell: str | None) -> frozenset[str]:
    return frozenset(part.strip() for part in (cell or "").split("|") if part.strip())


def _rank(example: Example, found: Understanding) -> int:
    """Return the place of the first acceptable service, counted from 1; 0 when none was found."""
    ids = [match.id for match in found.services]
    return next((place for place, identifier in enumerate(ids, 1) if identifier in example.services), 0)


def _mistaken(example: Example, found: Understanding) -> bool:
    wrong_intent = bool(example.intents) and found.intent not in example.intents
    wrong_action = bool(example.actions) and found.action not in example.actions
    return wrong_intent or wrong_action or (bool(example.services) and _rank(example, found) != 1)


def _intent_scores(judged: Sequence[tuple[Example, Understanding]]) -> tuple[IntentScore, ...]:
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for example, found in judged:
        label = found.intent if found.intent in example.intents else min(example.intents)
        wanted[label] += 1
        given[found.intent or ""] += 1
        right[label] += found.intent == label
    scores = []
    for intent in sorted(wanted | given):
        precision = right[intent] / given[intent] if given[intent] else 0.0
        recall = right[intent] / wanted[intent] if wanted[intent] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        score = IntentScore(intent=intent, count=wanted[intent], precision=precision, recall=recall, f1=f1)
        scores.append(score)
    return tuple(scores)


def _by_style(ranks: Sequence[tuple[Example, int]]) -> tuple[tuple[str, int, float], ...]:
    styles: dict[str, list[bool]] = defaultdict(list)
    for example, rank in ranks:
        styles[example.style or "-"].append(rank == 1)
    return tuple((style, len(found), sum(found) / len(found)) for style, found in sorted(styles.items()))


def _share(found: Sequence[bool]) -> float | None:
    return sum(found) / len(found) if found else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
