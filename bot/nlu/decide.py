"""What the bot does as a first turn, from the intent, its confidence and what the catalogue holds."""

from __future__ import annotations

from enum import Enum

from bot.nlu.intents import ASK_SERVICE, FALLBACK, OUT_OF_SCOPE
from bot.nlu.resolver import Outcome, Verdict

SURE_INTENT = 0.35
LIKELY_MATCH = 0.5
STRONG_MATCH = 0.8
_PICK = "choose_option"


class Action(Enum):
    """First turns, as `langelis predict` names them."""

    ANSWER = "answer"
    CHOOSE = "choose"
    FALLBACK = "fallback"
    COMPLAINT = "complaint"
    PROBLEM = "problem"
    HUMAN = "human"
    STATUS = "status"
    OTHER = "other"


_BY_INTENT = {
    "file_complaint": Action.COMPLAINT,
    "report_problem": Action.PROBLEM,
    "request_human": Action.HUMAN,
    "request_callback": Action.HUMAN,
    "complaint_status": Action.STATUS,
    "withdraw_case": Action.STATUS,
    "resume_case": Action.COMPLAINT,
    "problem_status": Action.STATUS,
}
_BY_VERDICT = {
    Verdict.ANSWER: Action.ANSWER,
    Verdict.CHOOSE: Action.CHOOSE,
    Verdict.NOTHING: Action.FALLBACK,
}


def decide(intent: str | None, confidence: float, outcome: Outcome, *, threshold: float = SURE_INTENT) -> Action:
    """The first turn for a message: an unsure intent is answered on a likely match, a foreign one on a very strong one.

    `intent` is None for a message without anything known; `confidence` is 0..1.
    """
    if intent is None or intent == FALLBACK or confidence < threshold:
        return _only_on_match(outcome, LIKELY_MATCH)
    if intent == _PICK:
        # As a first turn there is nothing to pick from.
        return Action.FALLBACK
    if intent == OUT_OF_SCOPE:
        return _only_on_match(outcome, STRONG_MATCH)
    if intent.startswith(ASK_SERVICE):
        return _BY_VERDICT[outcome.verdict]
    return _BY_INTENT.get(intent, Action.OTHER)


def _only_on_match(outcome: Outcome, needed: float) -> Action:
    """What the catalogue says when the chance that one of its matches is meant is at least `needed`."""
    chance = sum(match.score for match in outcome.matches)
    return _BY_VERDICT[outcome.verdict] if chance >= needed else Action.FALLBACK
