"""What a resident corrects: "ne, aš apie mokyklą", "ne gimimo, o mirties", "turėjau omeny rinkliavą"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.aspects import detect_aspect
from bot.nlu.lexicon import content_words
from bot.nlu.normalise import fold, normalise, tokens
from bot.nlu.stems import stem

_MOST_WORDS = 14
_LEAD = re.compile(
    r"^(?:(?:ne|nea|nu|na|oi|ai|atsiprasau|suklydau|palauk\w*|cia|tiksliau|as|jus|man|mes|visai|klaidingai|blogai"
    r"|supratot\w*|nesupratot\w*|nesupratai|manes|ne taip)[\s,.!–-]+)*"
)
_ABOUT = r"(?:(?:apie|del) )?"
_BUT = r"(?:,?\s+(?:o|bet|a)\s+|,\s+)(?:(?:man|as|reikia)\s+)*"
_NOT_BUT = re.compile(rf"(?:^|.*?\W)ne {_ABOUT}(?P<wrong>[^,.!?]+?){_BUT}{_ABOUT}(?P<wanted>.+)$")
_BUT_NOT = re.compile(rf"^(?P<wanted>.+?),?\s+(?:o )?ne {_ABOUT}(?P<wrong>.+)$")
_MEANT = re.compile(
    r"(?:turejau (?:omeny\w*|galvoj\w*|mintyje)|norejau (?:pa)?(?:sakyti|rasyti|rasyt|sakyt|klausti|klaust)|kalbu"
    r"|kalbejau|klausiu|klausiau|sakiau|reikia|reik|noriu|noreciau)?\s*(?:(?:apie|del)\s+)?(?P<wanted>.+)$"
)
# "…, o jūs man apie medžius" tells what was wrong in passing.
_REPROACH = re.compile(r",?\s+o (?:jus|tu)\b.*$")
# Words of saying that something was wrong; they name nothing.
_SAYING = re.compile(
    r"\b(?:ne)?(?:klaus\w*|kalb\w*|sakia\w*|suprat\w*|nukreip\w*|paskaityk\w*|atsak\w*|rod\w*|rasyk\w*"
    r"|suklyd\w*|blog\w*|klaid\w*|visai|tik|ten)\b"
)


@dataclass(frozen=True)
class Correction:
    """What is meant, and what it stands in place of where that was said; both folded."""

    wanted: str
    wrong: str | None = None


def correction_of(text: str) -> Correction | None:
    """What the message corrects, or None when it only says that something was wrong."""
    view = _REPROACH.sub("", fold(normalise(text)).strip(" .!?"))
    if len(tokens(view)) > _MOST_WORDS:
        return None
    if both := _NOT_BUT.match(view):
        return _named(_meant(both["wanted"]), both["wrong"])
    rest = _LEAD.sub("", view)
    if both := _BUT_NOT.match(rest):
        return _named(_meant(both["wanted"]), both["wrong"])
    return _named(_meant(rest), None)


def contrasts(text: str) -> bool:
    """Whether a short message sets one thing against another from its first word: "ne darželį, o mokyklą"."""
    view = fold(normalise(text))
    return view.startswith("ne ") and len(tokens(view)) <= _MOST_WORDS // 2 and _NOT_BUT.match(view) is not None


def corrected(question: str, correction: Correction) -> str:
    """The question with the corrected words in place of the wrong ones, else the corrected words alone."""
    wrong = {stem(word) for word in content_words(correction.wrong or "")}
    kept = [word for word in tokens(fold(normalise(question))) if stem(word) not in wrong]
    changed = len(kept) < len(tokens(fold(normalise(question))))
    return f"{' '.join(kept)} {correction.wanted}" if changed else correction.wanted


def _meant(words: str) -> str:
    found = _MEANT.match(_LEAD.sub("", words))
    return found["wanted"] if found else words


def _named(wanted: str, wrong: str | None) -> Correction | None:
    rest = " ".join(tokens(_SAYING.sub(" ", wanted)))
    names = content_words(rest) or detect_aspect(rest) is not None
    return Correction(rest, wrong) if names else None
