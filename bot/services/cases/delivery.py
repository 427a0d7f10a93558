"""The delivery of decisions: when the mail of one has left, the case is notified (VAĮ 13 str. 1 d.)."""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from bot.core.case import SYSTEM, CaseEvent, CaseState, EventKind, events_of
from bot.core.case_rules import applied
from bot.core.clock import Clock
from bot.services.outbox import Sender
from bot.storage import cases as storage
from bot.storage.database import Database
from bot.storage.outbox import Parcel

log = structlog.get_logger(__name__)

_DECIDED = "decided"


def decision_marks(event: CaseEvent) -> Mapping[str, object]:
    """Return what the outbox row of a decision's mail holds beside the mail and the case's number: of what it tells."""
    return {"notice": _DECIDED, "event": event.seq}


class DecisionDelivered:
    """Wraps the sender of mails: after a decision's mail was sent, its case is recorded as notified."""

    def __init__(self, sender: Sender, *, database: Database, clock: Clock) -> None:
        self._sender = sender
        self._database = database
        self._clock = clock

    async def __call__(self, parcel: Parcel) -> None:
        """Send a parcel; raises as the sender does, and when the database fails.

        In the latter case the outbox tries again: the second copy has the same Message-ID, an unrecorded delivery
        would have nobody to mend it.
        """
        await self._sender(parcel)
        number, event = parcel.body.get("case"), parcel.body.get("event")
        if parcel.body.get("notice") == _DECIDED and isinstance(number, str) and isinstance(event, int):
            await self.delivered(number, event)

    async def delivered(self, number: str, decided: int) -> None:
        """Record that the mail of a decision has left, once; `decided` is the decision's place in the history."""
        async with self._database.write() as session:
            case = await storage.by_number(session, number)
            if case is None:
                log.warning("delivered_unknown_case", case=number)
            elif case.state is CaseState.DECIDED and events_of(case.history, EventKind.DECIDED)[-1].seq == decided:
                event = CaseEvent(
                    seq=len(case.history) + 1,
                    kind=EventKind.NOTIFIED,
                    at=self._clock.now(),
                    actor=SYSTEM,
                    data={"how": "email"},
                )
                await storage.append_events(session, case.id, [event])
                await storage.set_standing(session, applied(case, event))
