"""The place that a resident names as a destination: "į Puvočius", "Puvočiuose"; ordinary words are none."""

from __future__ import annotations

import re

from bot.nlu.normalise import fold

_CAPITAL = "A-ZĄČĘĖĮŠŲŪŽ"
# A place that is two words long has both in capitals: "Senąją Varėną".
_TO_PLACE = re.compile(rf"\b(?:[Įį]|[Ii]|[Pp]as|[Ii]ki)\s+((?:[{_CAPITAL}][\w-]*\s+(?=[{_CAPITAL}]))?[^\W\d_][\w-]*)")
# A name in the locative, not at the beginning of the text, where every word has a capital.
_IN_PLACE = re.compile(rf"(?<=\w\s)([{_CAPITAL}][\w-]*(?:[uoėy]se|[oėyu]je))\b")
_COMES = re.compile(r"\b(?:atvaziuo|atvyk|buna|bus|sustoj|uzsuk|atvez|kada|koki|kuri)")
# Folded words, or their beginnings, that stand after a preposition and are no place.
_NO_PLACE = re.compile(
    r"(?:kaim|vietov|gyvenviet|miest|mus|mano|muso|bibliotek|bibliobus|autobus|nam[ou]|savait|rajon|seniun|centr|mokykl"
    r"|kada|kel(?:i|int)|kok|kur(?:i|$)|kiek|vis[uaio]|kit[uao]|sav[oe]|jus|jum|tas?$|toki|artimiaus|tolim|mazus|mazas"
    r"|svec|senel|pensinink|neigal|zmon|gyventoj|piet|vakar|ryt|siand|dien|menes|pabaig|galo"
    r"|pirmadien|antradien|treciadien|ketvirtadien|penktadien|sestadien|sekmadien)"
)


def destination(text: str) -> str | None:
    """Return the place that a text asks a visit to, as it was typed; None when it asks of none."""
    if not _COMES.search(fold(text)):
        return None
    for match in (*_TO_PLACE.finditer(text), *_IN_PLACE.finditer(text)):
        if not _NO_PLACE.match(fold(match.group(1))):
            return match.group(1)
    return None
