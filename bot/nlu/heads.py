"""Who heads an institution: "kas seniūnas Dauguose?", "koks direktorės vardas"; what else is said is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.normalise import fold, normalise, tokens

_MOST_WORDS = 8
_FEW_WORDS = 3
_ENDINGS = r"(?:as|o|ui|a|u|e|es|ei|ai|us|ius|iaus|iui|iu|iumi|is|io|ys)?"
_ELDER = re.compile(rf"\bseniun{_ENDINGS}\b")
_HEAD = re.compile(rf"\b(?:(?:direktor|vedej|vadov|virsinink){_ENDINGS}|vadovau(?:ja|s))\b")
_MAYOR = re.compile(r"\bmer(?:as|o|ui|a|e|es|ei|u)\b")
_ASKS_WHO = re.compile(r"\b(?:kas|koks|kokia|kuris|kuri|vardas|pavarde|vadinasi)\b")
# What such a question says besides the head and the institution.
_ASKING = re.compile(
    r"\b(?:o|ir|tai|gal|ar|laba diena|sveiki|kas|koks|kokia|kuris|kuri|yra|dabar|musu|vardas|pavarde|vadinasi|kaip"
    r"|prasau|pasakykit\w*|tel|nr|telefon\w*|numer\w*|kontakt\w*|el|past\w*|kur|rasti|susisiekti|paskambinti|su)\b"
)
ELDERSHIP, MUNICIPALITY = "seniūnija", "savivaldybė"


@dataclass(frozen=True)
class AskedHead:
    """The kind of institution that the head's title names, or None; `rest` is the name or place, folded."""

    kind: str | None
    rest: str


def asked_head(text: str) -> AskedHead | None:
    """Return whose head a short message asks for; None when it asks for none.

    An elder needs no word of asking: "seniūnas Dauguose".
    """
    view = fold(normalise(text))
    said = tokens(view)
    if len(said) > _MOST_WORDS:
        return None
    # "O direktorius?" goes on asking.
    asks = _ASKS_WHO.search(view) is not None or (said[:1] == ["o"] and len(said) <= _FEW_WORDS)
    mayor = _MAYOR.search(view) if asks else None
    elder = _ELDER.search(view)
    found = mayor or elder or (_HEAD.search(view) if asks else None)
    if found is None:
        return None
    rest = _ASKING.sub(" ", f"{view[: found.start()]} {view[found.end() :]}")
    kind = MUNICIPALITY if mayor else ELDERSHIP if elder else None
    return AskedHead(kind, " ".join(tokens(rest)))


def names_head(text: str) -> bool:
    """Tell whether a text of the catalogue speaks of an institution's head."""
    view = fold(text)
    return (_ELDER.search(view) or _HEAD.search(view)) is not None
