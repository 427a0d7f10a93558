"""How a message is read: its intent, and the intents of its questions where it holds several."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.nlu.classifier import Prediction, settled
from bot.nlu.intents import ASK_SERVICE, FALLBACK, OUT_OF_SCOPE
from bot.nlu.lexicon import content_words, is_place_name, words
from bot.nlu.normalise import fold, shortened, tokens
from bot.nlu.parts import question_alone, questions

_ANSWERED = frozenset(
    {"list_services", "ask_contacts", "ask_hours", "ask_charter", "ask_mobile_library", "ask_problem_map"}
)
_DOUBTFUL_FOR_A_WORD = frozenset({OUT_OF_SCOPE, "insult", "suggest", "praise", "help"})
_SURE_OF_A_WORD = 0.8
_PLACE_ALONE = "inform_municipality"
_UNKNOWN = frozenset({FALLBACK, OUT_OF_SCOPE})
ASK_HOURS = "ask_hours"
# Folded; a name of a day and nothing else.
_DAY = re.compile(r"(?:pirm|antr|treci|ketvirt|penkt|sest|sekm)adien\w*|savaitgal\w*|siandien|rytoj|poryt")
_MOST_WORDS_OF_A_FOLLOW_UP, _LONGEST_FOLLOW_UP = 4, 60
_NEVER_ASKS_ON = frozenset(
    {
        *("greet", "goodbye", "restart", "affirm", "insult", "praise", "suggest", "rate_service"),
        *("resume_case", "file_complaint", "request_human"),
    }
)
"""Intents for which nobody begins with "o"; so few words hold nothing else that the classifier knows."""

Predict = Callable[[str], Sequence[Prediction]]


@dataclass(frozen=True)
class Part:
    """One question of a message, with its intent.

    Where no other question of the message names anything, `text` is the whole message and `alone` the question's words.
    """

    text: str
    intent: str
    alone: str | None = None


@dataclass(frozen=True)
class Reading:
    """The intent of a message with its chance, the ranking, and its questions when it holds several.

    A single part is the only question of a message that tells a story too: its words alone say it more clearly.
    """

    chosen: Prediction
    ranking: tuple[Prediction, ...]
    parts: tuple[Part, ...] = ()


def read(text: str, predict: Predict, threshold: float) -> Reading:
    """Read a message; one that holds several questions, or a story around one, is also predicted in parts."""
    whole = _of_follow_up(text, _of_bare_word(text, _settled(predict(shortened(text)), threshold)))
    if not _may_be_parted(whole.chosen.intent):
        return whole
    texts = questions(text)
    if len(texts) < 2:
        return _with_question_alone(text, whole, predict, threshold)
    readings = [_settled(predict(shortened(part)), threshold) for part in texts]
    intents = [reading.chosen.intent for reading in readings]
    if not (all(map(_may_be_parted, intents)) and any(map(is_answered, intents))):
        return whole
    known = next(reading for reading in readings if is_answered(reading.chosen.intent))
    best = whole if is_answered(whole.chosen.intent) else known
    return Reading(best.chosen, best.ranking, _with_context(text, texts, intents))


def _of_bare_word(text: str, whole: Reading) -> Reading:
    """A word alone ("medžiai") is asked of the catalogue, unless it is surely something else."""
    if len(words(text)) != 1 or not content_words(text) or not _doubtful_for_a_word(text, whole.chosen):
        return whole
    asked = sum(prediction.confidence for prediction in whole.ranking if prediction.intent.startswith(ASK_SERVICE))
    others = tuple(prediction for prediction in whole.ranking if prediction.intent not in {ASK_SERVICE, FALLBACK})
    chosen = Prediction(ASK_SERVICE, asked)
    return Reading(chosen, (chosen, *others))


def _of_follow_up(text: str, whole: Reading) -> Reading:
    """A few words that begin with "o" ("o direktorius?") ask on; a day alone asks who works then."""
    said = tokens(fold(text)) if len(text) <= _LONGEST_FOLLOW_UP else []
    if len(said) == 1 and _DAY.fullmatch(said[0]):
        return _read_as(ASK_HOURS, whole)
    if said[:1] != ["o"] or len(said) > _MOST_WORDS_OF_A_FOLLOW_UP or whole.chosen.intent not in _NEVER_ASKS_ON:
        return whole
    best = next((each.intent for each in whole.ranking if each.intent.startswith(ASK_SERVICE)), ASK_SERVICE)
    return _read_as(best, whole)


def _read_as(intent: str, whole: Reading) -> Reading:
    """The reading with another intent first, about as sure as the one that it replaces."""
    chosen = Prediction(intent, whole.chosen.confidence)
    return Reading(chosen, (chosen, *(each for each in whole.ranking if each.intent != intent)))


def _doubtful_for_a_word(text: str, chosen: Prediction) -> bool:
    if chosen.intent == _PLACE_ALONE:
        return not any(map(is_place_name, words(text)))
    doubtful = chosen.intent in _DOUBTFUL_FOR_A_WORD and chosen.confidence < _SURE_OF_A_WORD
    # A thing alone asks for no aspect: the words that do ("kaina") are no content.
    return doubtful or chosen.intent == FALLBACK or chosen.intent.startswith(f"{ASK_SERVICE}_")


def _with_question_alone(text: str, whole: Reading, predict: Predict, threshold: float) -> Reading:
    alone = question_alone(text)
    if alone is None or not content_words(alone):
        return whole
    reading = _settled(predict(shortened(alone)), threshold)
    if not reading.chosen.intent.startswith(ASK_SERVICE):
        return whole
    best = whole if is_answered(whole.chosen.intent) else reading
    return Reading(best.chosen, best.ranking, (Part(alone, reading.chosen.intent),))


def _with_context(whole: str, texts: Sequence[str], intents: Sequence[str]) -> tuple[Part, ...]:
    """The questions; where only one of them names anything, the whole message may tell best what it names."""
    naming = [bool(content_words(part)) for part in texts]
    only = sum(naming) == 1
    return tuple(
        Part(whole, intent, alone=part) if only and names else Part(part, intent)
        for part, intent, names in zip(texts, intents, naming, strict=True)
    )


def is_answered(intent: str) -> bool:
    """Whether the intent asks something that is answered from the catalogue."""
    return intent.startswith(ASK_SERVICE) or intent in _ANSWERED


def _may_be_parted(intent: str) -> bool:
    return is_answered(intent) or intent in _UNKNOWN


def _settled(predictions: Sequence[Prediction], threshold: float) -> Reading:
    chosen = settled(predictions, threshold)
    if chosen is None:
        chosen = Prediction(FALLBACK, 1.0 - (predictions[0].confidence if predictions else 0.0))
    others = (prediction for prediction in predictions if prediction.intent != chosen.intent)
    return Reading(chosen, (chosen, *others))
