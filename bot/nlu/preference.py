"""The asked aspect as evidence: who asks for documents more likely means a service that has some."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.nlu.resolver import Match

_WITHOUT_ASPECT = 0.4
"""How much less likely a service without the asked aspect is meant than one that has it."""


def prefer(matches: Sequence[Match], holding: Collection[str]) -> tuple[Match, ...]:
    """Return the matches weighed by whether they hold the asked aspect (their ids in `holding`), best first.

    The chances of all together stay the same: the aspect tells services apart, not whether any is meant.
    """
    weighed = [match.score * (1.0 if match.id in holding else _WITHOUT_ASPECT) for match in matches]
    total = sum(weighed)
    if total == 0:
        return tuple(matches)
    scale = sum(match.score for match in matches) / total
    scored = [Match(match.id, min(1.0, score * scale)) for match, score in zip(matches, weighed, strict=True)]
    return tuple(sorted(scored, key=lambda match: -match.score))
