"""Who may see a case: whoever knows its number and its access code.

Guessing is slowed down for each number, whether it exists or not, so that nothing tells the two apart.
"""

from __future__ import annotations

import hmac
import math
import re
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.core.case import Case
from bot.core.clock import Clock
from bot.services.cases.desk import hashed_code
from bot.storage import cases, guesses
from bot.storage.database import Database

log = structlog.get_logger(__name__)

FREE_TRIES = 5
"""So many wrong codes cost nothing; from then on each doubles the wait."""
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(days=1)
_NOBODY = "0" * 64
# Numbers, and the stand-ins for what could not be read as one (channels.web.case_form); no words.
_NUMBER = re.compile("[!-~]{1,32}")


@dataclass(frozen=True, slots=True)
class Access:
    """The case, or why it is not shown: `wait_seconds` > 0 = too many wrong tries, else number or code is wrong."""

    case: Case | None = None
    wait_seconds: int = 0


class CaseAccess:
    """Opens a case by number and code."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(self, number: str, code: str) -> Access:
        """Return the case when the code is its own; a wrong try is counted and may lock the number for a while.

        What cannot be a number is neither counted nor logged: it may hold anything that somebody typed.
        """
        if _NUMBER.fullmatch(number) is None:
            return Access()
        now = self._clock.now()
        given = hashed_code(number, code)
        async with self._database.write() as session:
            tried = await guesses.of_number(session, number)
            if tried is not None and now - tried.updated_at > _FORGOTTEN_AFTER:
                tried = None
            if tried is not None and tried.locked_until is not None and tried.locked_until > now:
                return Access(wait_seconds=math.ceil((tried.locked_until - now).total_seconds()))
            # The same work is done for a number that does not exist.
            known = await cases.code_hash(session, number)
            right = hmac.compare_digest(given, known or _NOBODY)
            if right and known is not None:
                await guesses.forget(session, number)
                return Access(case=await cases.by_number(session, number))
            failures = 1 if tried is None else tried.failures + 1
            wait = lock_time(failures)
            await guesses.count(session, number, failures, None if wait is None else now + wait, now)
        if wait is not None:
            # The alarm: an administrator sees that somebody is guessing. The number is no secret, the code is.
            log.warning("access_code_guessed", number=number, failures=failures, locked_seconds=wait.total_seconds())
        return Access()


def lock_time(failures: int) -> timedelta | None:
    """Return for how long a number is locked after so many wrong codes in a row; None = not yet."""
    if failures < FREE_TRIES:
        return None
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(failures - FREE_TRIES, 10)))
