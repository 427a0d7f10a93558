"""Which texts with a leading slash are pressed buttons: Rasa reads every such text as an intent."""

from __future__ import annotations

import re
from collections.abc import Collection

# Rasa's own: they rewind or begin anew a dialogue without a word to the resident.
_SILENT_INTENTS = frozenset({"back", "session_start"})
_PAYLOAD = re.compile(r"/([a-z_]+)(?:\{.*\})?", re.DOTALL)


def spoken_text(text: str, intents: Collection[str]) -> str:
    """Return a button's payload as it is, and anything else as words, without the slash that would hide them."""
    if not text.startswith("/"):
        return text
    payload = _PAYLOAD.fullmatch(text)
    if payload is not None and payload.group(1) in intents and payload.group(1) not in _SILENT_INTENTS:
        return text
    return text.lstrip("/ \t\n") or "?"
