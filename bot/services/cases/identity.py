"""Confirms a resident's e-mail address by the secret link that was sent to it."""

from __future__ import annotations

from bot.core.case import RESIDENT, CaseEvent, EventKind
from bot.core.case_rules import applied
from bot.core.clock import Clock
from bot.services.cases.desk import hashed
from bot.storage import cases, confirmations
from bot.storage.database import Database


class CaseIdentity:
    """Knows whose e-mail address was confirmed."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def confirm(self, token: str) -> bool:
        """Note that the address is the resident's own; False for a token that is unknown or was used before."""
        async with self._database.write() as session:
            number = await confirmations.number_of(session, hashed(token))
            case = None if number is None else await cases.by_number(session, number)
            if case is None:
                return False
            event = CaseEvent(
                seq=len(case.history) + 1, kind=EventKind.IDENTIFIED, at=self._clock.now(), actor=RESIDENT
            )
            await cases.append_events(session, case.id, [event])
            await cases.set_standing(session, applied(case, event))
            await confirmations.use(session, case.number)
        return True
