"""Small labelled and judged messages for the tests of this package."""

from __future__ import annotations

from bot.evaluation.examples import Example
from bot.evaluation.judging import Judged
from bot.nlu.resolver import Match
from bot.services.understanding import Understanding


def judged(
    example: Example,
    intent: str | None = "greet",
    *,
    confidence: float = 1.0,
    services: dict[str, float] | None = None,
    action: str = "other",
    language: str = "lt",
) -> Judged:
    """The example, understood so."""
    found = Understanding(
        text=example.text,
        intent=intent,
        confidence=confidence,
        language=language,
        services=tuple(Match(name, score) for name, score in (services or {}).items()),
        action=action,
    )
    return Judged(example, found)


def example(
    text: str = "labas",
    *,
    intent: str = "",
    service: str = "",
    action: str = "",
    style: str = "",
    base: str = "",
    language: str = "",
    source: str = "klausimai.tsv",
) -> Example:
    """An example whose labels are written as in a table, with | between acceptable ones."""
    return Example(
        text=text,
        source=source,
        intents=tuple(filter(None, intent.split("|"))),
        services=tuple(filter(None, service.split("|"))),
        actions=tuple(filter(None, action.split("|"))),
        style=style,
        base=base,
        language=language,
    )
