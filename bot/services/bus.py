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
    """The bot is working on an answer."""
    OPERATOR_TYPING = "operator typing"
    OPERATOR_STOPPED = "operator stopped"
    RESIDENT_TYPING = "resident typing"
    RESIDENT_STOPPED = "resident stopped"
    ERASED = "erased"
    """The conversation was deleted; there is no log to look at any more."""


Follower = Callable[[str, Signal], None]


class Bus:
    """Calls the listeners of a conversation; they must return at once and never raise."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._followers: set[Follower] = set()

    def subscribe(self, conversation: str, listener: Listener) -> Callable[[], None]:
        """Add a listener and return the call that removes it."""
        self._listeners[conversation].add(listener)

        def unsubscribe() -> None:
            self._listeners[conversation].discard(listener)
            if not self._listeners[conversation]:
                del self._listeners[conversation]

        return unsubscribe

    def follow(self, follower: Follower) -> Callable[[], None]:
        """Add one who hears of every conversation, with its id ("" for what belongs to none); return how it ends."""
        self._followers.add(follower)

        def unfollow() -> None:
            self._followers.discard(follower)

        return unfollow

    def publish(self, conversation: str, signal: Signal) -> None:
        """Call every listener of the conversation and every follower."""
        for listener in tuple(self._listeners.get(conversation, ())):
            listener(signal)
        for follower in tuple(self._followers):
            follower(conversation, signal)
