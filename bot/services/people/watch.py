"""Tells open sockets that their session is over: at once in this process, within seconds from any other."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.clock import Clock
from bot.storage import sessions as storage
from bot.storage.database import Database


class CutReason(Enum):
    """Why a socket must be closed."""

    SIGNED_OUT = "signed_out"
    """The session counts no more: signed out, revoked, expired, password reset or account disabled."""
    RIGHTS_CHANGED = "rights_changed"
    """Role or scope changed: the session lives on, the socket opens again with the new rights."""


@dataclass(frozen=True, slots=True)
class OperatorCut:
    """An open socket of this session must be closed."""

    session: str
    reason: CutReason


Listener = Callable[[OperatorCut], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Watcher:
    listener: Listener
    rights_of: datetime


class SessionWatch:
    """Knows which sessions have an open socket; listeners must return at once and never raise."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._watchers: dict[str, set[_Watcher]] = {}

    def subscribe(self, session: str, rights_of: datetime, listener: Listener) -> Callable[[], None]:
        """Call the listener once the session is over or the rights are newer than `rights_of`.

        Return the call that ends it.
        """
        watcher = _Watcher(listener, rights_of)
        self._watchers.setdefault(session, set()).add(watcher)

        def unsubscribe() -> None:
            watching = self._watchers.get(session, set())
            watching.discard(watcher)
            if not watching:
                self._watchers.pop(session, None)

        return unsubscribe

    def cut(self, ended: Collection[str], reason: CutReason = CutReason.SIGNED_OUT) -> None:
        """Tell the sockets of these sessions; called after the commit of what ended them."""
        for session in ended:
            for watcher in tuple(self._watchers.get(session, ())):
                watcher.listener(OperatorCut(session, reason))

    async def sweep(self) -> None:
        """Tell the sockets of sessions that expired, or that another process ended or changed."""
        watched = tuple(self._watchers)
        if not watched:
            return
        async with self._database.read() as session:
            standing = await storage.standing(session, watched, self._clock.now())
        self.cut([one for one in watched if one not in standing])
        for one, changed_at in standing.items():
            for watcher in tuple(self._watchers.get(one, ())):
                if watcher.rights_of < changed_at:
                    watcher.listener(OperatorCut(one, CutReason.RIGHTS_CHANGED))
