"""Wake-ups between the parts of one process: something happened in a conversation, look at its log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from enum import Enum

Listener = Callable[["Signal"], None]


class Signal(Enum):
    """What happened; the log itself tells the rest."""

    LOG_GREW = "log grew"
    TYPING_STARTED = "typing started"
    TYPING_STOPPED = "typing stopped"


class Bus:
    """Calls the listeners of a conversation; they must return at once and never raise."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)

    def subscribe(self, conversation: str, listener: Listener) -> Callable[[], None]:
        """Add a listener and return the call that removes it."""
        self._listeners[conversation].add(listener)

        def unsubscribe() -> None:
            self._listeners[conversation].discard(listener)
            if not self._listeners[conversation]:
                del self._listeners[conversation]

        return unsubscribe

    def publish(self, conversation: str, signal: Signal) -> None:
        """Call every listener of the conversation."""
        for listener in tuple(self._listeners.get(conversation, ())):
            listener(signal)
