"""What a resident wants to come of a complaint, where the story says it: "…, todėl noriu, kad atsiprašytų"."""

from __future__ import annotations

from bot.nlu.complaints.phrasebook import patterns
from bot.nlu.complaints.sentences import Sentence, sentences
from bot.nlu.entities.entity import Reading

_TRIMMED = " ,;:–-\n\t"


def outcome_in(story: str) -> str | None:
    """Return the sentences or clauses of the wish as they were written, without a leading "todėl"; None for none."""
    reading = Reading(story)
    wishes: list[str] = []
    for sentence in sentences(reading.folded):
        start = _wish_begins(sentence)
        if start is None:
            continue
        wishes.append(reading.written(start, _with_marks(reading.folded, sentence.end)).strip(_TRIMMED))
    return _joined(wishes) if wishes else None


def _wish_begins(sentence: Sentence) -> int | None:
    """Where in the folded text the wish of a sentence begins; its first word that does not lead over to it."""
    known = patterns()
    if sentence.asked and not known["asked_wish"].search(sentence.text):
        return None
    for found in known["wish"].finditer(sentence.text):
        # What follows decides: who wants to complain has not said what for.
        if known["no_wish"].match(sentence.text, found.start()):
            continue
        if known["others_wish"].search(sentence.text[max(0, found.start() - 24) : found.start()]):
            continue
        return sentence.start + found.start()
    return None


def _with_marks(folded: str, end: int) -> int:
    """The end of a sentence with the marks that close it; a comma or a colon closes nothing."""
    while end < len(folded) and folded[end] in ".!?":
        end += 1
    return end


def _joined(wishes: list[str]) -> str:
    *before, last = wishes
    return " ".join([*(wish if wish[-1:] in ".!?" else f"{wish}." for wish in before), last])
