"""Time is passed in: UTC in storage, Europe/Vilnius at the edge."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Protocol
from zoneinfo import ZoneInfo

VILNIUS = ZoneInfo("Europe/Vilnius")


class Clock(Protocol):
    """Tells the present moment, aware, in UTC."""

    def now(self) -> datetime:
        """Return the present moment."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """See the protocol."""
        return datetime.now(timezone.utc)


def local(moment: datetime) -> datetime:
    """Return the moment as clocks in Lithuania show it."""
    return moment.astimezone(VILNIUS)
