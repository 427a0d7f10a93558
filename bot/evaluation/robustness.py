"""What a way of writing costs: each style against the clean text of the same message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.judging import Judged
from bot.evaluation.metrics import Share

CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Cost:
    """A measure over the messages that exist in the style and clean."""

    clean: Share
    styled: Share

    @property
    def points_lost(self) -> float | None:
        """Percentage points by which the style is worse than the clean text; None without any message."""
        if self.clean.value is None or self.styled.value is None:
            return None
        return 100 * (self.clean.value - self.styled.value)


@dataclass(frozen=True, slots=True)
class StyleCost:
    """What one style costs in intents and in services put first."""

    style: str
    intent: Cost
    service: Cost


def style_costs(judged: Sequence[Judged]) -> tuple[StyleCost, ...]:
    """Compare every style with the clean text, in the order in which the styles come."""
    clean = {each.example.base: each for each in judged if each.example.style == CLEAN}
    styles = dict.fromkeys(each.example.style for each in judged if each.example.style != CLEAN)
    return tuple(
        _style_cost(
            style,
            [
                (clean[each.example.base], each)
                for each in judged
                if each.example.style == style and each.example.base in clean
            ],
        )
        for style in styles
    )


def _style_cost(style: str, pairs: Sequence[tuple[Judged, Judged]]) -> StyleCost:
    with_intent = [pair for pair in pairs if pair[0].example.intents]
    with_service = [pair for pair in pairs if pair[0].example.services]
    return StyleCost(
        style,
        Cost(
            Share.among(_right_intent(clean) for clean, _ in with_intent),
            Share.among(_right_intent(styled) for _, styled in with_intent),
        ),
        Cost(
            Share.among(clean.rank == 1 for clean, _ in with_service),
            Share.among(styled.rank == 1 for _, styled in with_service),
        ),
    )


def _right_intent(judged: Judged) -> bool:
    wanted, found = judged.intent
    return found in wanted
