"""Which texts are accepted from residents."""

from __future__ import annotations

import unicodedata

from bot.errors import RefusedMessageError

MAX_CHARACTERS = 2000
MAX_CLIENT_ID_CHARACTERS = 64

_ALLOWED_CONTROLS = frozenset("\n\t")


def accepted_text(text: str, most: int = MAX_CHARACTERS) -> str:
    """Return the text as it is stored: NFC, `\\n` line ends, no blank edges, at most so many characters.

    Raises `RefusedMessageError` with `text_empty`, `text_too_long` or `text_invalid_characters`
    (control characters other than line feed and tab, unpaired surrogates).
    """
    if len(text) > 4 * most:
        raise RefusedMessageError("text_too_long")
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(_is_forbidden(character) for character in unified):
        raise RefusedMessageError("text_invalid_characters")
    stored = unicodedata.normalize("NFC", unified).strip()
    if len(stored) > most:
        raise RefusedMessageError("text_too_long")
    if not any(_is_visible(character) for character in stored):
        raise RefusedMessageError("text_empty")
    return stored


def accepted_client_id(client_id: str) -> bool:
    """Tell whether a client may name its message so."""
    return 0 < len(client_id) <= MAX_CLIENT_ID_CHARACTERS and client_id.isprintable()


def _is_forbidden(character: str) -> bool:
    return character not in _ALLOWED_CONTROLS and unicodedata.category(character) in {"Cc", "Cs"}


def _is_visible(character: str) -> bool:
    # Format characters (zero-width space and its like) and spaces alone say nothing.
    return unicodedata.category(character)[0] not in {"Z", "C"}
