"""Personal codes, bank accounts and card numbers are masked before anything is stored or logged.

A personal code is recognised by its check digit and date (reference/standards.md, 1.6) or by being called so, an
IBAN by ISO 13616, a card number by the Luhn check, so that phone numbers and registration numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from stdnum import iban, luhn
from stdnum.lt import asmens

from bot.services.texts import Texts


class Secret(Enum):
    """What was found and masked."""

    IBAN = "iban"
    CARD = "card"
    PERSONAL_CODE = "personal_code"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without secrets, and which kinds it had."""

    text: str
    found: frozenset[Secret]


_GAPS = r" \t\u00a0\u2007\u202f.\-\u2010-\u2015/"
_SEPARATOR = re.compile(f"[{_GAPS}]")
_SHORTEST_IBAN = 15
# So many separators may stand between two characters (" - "); the bounds keep the scan linear.
_GAP = f"[{_GAPS}]{{0,3}}"
_CANDIDATES: tuple[tuple[Secret, re.Pattern[str]], ...] = (
    (Secret.IBAN, re.compile(rf"[A-Za-z]{{2}}(?:{_GAP}\d){{2}}(?:{_GAP}[A-Za-z0-9]){{11,30}}")),
    (Secret.CARD, re.compile(rf"(?<![\d+])[2-6](?:{_GAP}\d){{11,18}}(?!\d)")),
    (Secret.PERSONAL_CODE, re.compile(rf"(?<![\d+])[1-6](?:{_GAP}\d){{10}}(?!\d)")),
)
# Called a personal code, a number is hidden whatever its check digit: people mistype.
_CALLED_CODE = re.compile(
    rf"(?i)\b(?:asmens\s{{1,3}}kod\w{{0,4}}|a\.?\s?k\.?)\s{{0,3}}(?:(?:yra|nr\.?)\s{{0,3}})?[:–-]?\s{{0,3}}"
    rf"(?P<code>\d(?:{_GAP}\d){{10}})(?!\d)"
)
# First digits and lengths by issuer; without them every second pair of dates would do as a card.
_CARD = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}"  # American Express, Diners Club, JCB
    r"|(?:5[0678]\d{2}|6(?:011|[2357]\d{2}|4[4-9]\d))(?:\d{12}|\d{14}|\d{15})"  # Maestro, Discover, UnionPay
)


class Masker:
    """Replaces secrets by words that say what stood there."""

    def __init__(self, texts: Texts) -> None:
        self._words = {secret: texts.render(f"conversation.masked.{secret.value}") for secret in Secret}

    def mask(self, text: str) -> Masked:
        """Return the text with every recognised secret replaced."""
        found: set[Secret] = set()
        for secret, pattern in _CANDIDATES:
            text = self._without(secret, pattern, text, found)
        if _CALLED_CODE.search(text):
            found.add(Secret.PERSONAL_CODE)
            words = self._words[Secret.PERSONAL_CODE]
            text = _CALLED_CODE.sub(lambda called: called.group().removesuffix(called["code"]) + words, text)
        return Masked(text, frozenset(found))

    def _without(self, secret: Secret, pattern: re.Pattern[str], text: str, found: set[Secret]) -> str:
        parts: list[str] = []
        kept, start = 0, 0
        while match := pattern.search(text, start):
            length = _LENGTHS[secret](match.group())
            if length == 0:
                # A secret may begin within what looked like one: "be 2 LT12 …", "1 4111 …".
                start = match.start() + 1
                continue
            found.add(secret)
            parts += text[kept : match.start()], self._words[secret]
            kept = start = match.start() + length
        return "".join((*parts, text[kept:]))


def _iban_length(candidate: str) -> int:
    # Words after the number may have been taken along ("LT12 … mano sąskaita").
    for end in _ends(candidate):
        compact = _SEPARATOR.sub("", candidate[:end])
        if len(compact) < _SHORTEST_IBAN:
            break
        if iban.is_valid(compact, check_country=False):
            return end
    return 0


def _card_length(candidate: str) -> int:
    # The expiry date or the security code may have been taken along ("4111 … 12/27").
    for end in _ends(candidate):
        compact = _SEPARATOR.sub("", candidate[:end])
        if not candidate[end : end + 1].isdigit() and _CARD.fullmatch(compact) and luhn.is_valid(compact):
            return end
    return 0


def _ends(candidate: str) -> Iterator[int]:
    """Yield the places behind each letter or digit, the last first."""
    return (end for end in range(len(candidate), 0, -1) if candidate[end - 1].isalnum())


def _personal_code_length(candidate: str) -> int:
    return len(candidate) if asmens.is_valid(_SEPARATOR.sub("", candidate)) else 0


_LENGTHS: dict[Secret, Callable[[str], int]] = {
    Secret.IBAN: _iban_length,
    Secret.CARD: _card_length,
    Secret.PERSONAL_CODE: _personal_code_length,
}
