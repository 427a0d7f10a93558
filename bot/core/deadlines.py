"""By when a case must be dealt with: the charter's clock and the law's clock, never mixed.

All terms are in working days.  The law's clock stands still while the procedure is suspended (VAĮ 25 str.) and
may be extended once; the charter's clock knows neither.  VAĮ is the Law on Public Administration.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.working_days import Pause, RestDays, add_working_days, nth_working_day

# The charter of Trakai; another charter's own term is `charter.response_working_days` of its pack.
CHARTER = 5
# Decision on a request or complaint, from the day of receipt: VAĮ 10 str. 4 d.
LEGAL = 20
# Extension for objective reasons, once, at most: VAĮ 10 str. 4 d.
MAX_EXTENSION = 10
# Written notice of the extension, from the day of its decision: VAĮ 10 str. 4 d.
EXTENSION_NOTICE = 5
# Forwarding to the competent institution and telling the person, from the day of receipt: VAĮ 11 str. 4 d.
FORWARD = 5
# Notice of the decision, from the day of the decision: VAĮ 13 str. 1 d.
DECISION_NOTICE = 3
# Order that starts the administrative procedure, from the day of receipt: VAĮ 23 str. 1 d.
PROCEDURE_START = 3
# Notice that the procedure is suspended or resumed: VAĮ 25 str. 3 ir 4 d.
PAUSE_NOTICE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The last days on which something is still in time.

    `charter` is None where the charter names no term, `legal` while the law's clock is paused.
    """

    receipt: date
    charter: date | None
    legal: date | None
    forward: date
    procedure: date


def deadlines(
    receipt: date,
    *,
    charter_days: int | None,
    extension_days: int = 0,
    pauses: Sequence[Pause] = (),
    rest: RestDays,
) -> Deadlines:
    """The due days of a case received on this day (a day that `working_days.receipt_day` gave).

    An extension counts its working days after the unextended legal due day.  Raises `ValueError` for an extension
    below 0 or above `MAX_EXTENSION`, and as `working_days.nth_working_day`.
    """
    if not 0 <= extension_days <= MAX_EXTENSION:
        raise ValueError(f"an extension is 0 to {MAX_EXTENSION} working days, not {extension_days}")
    return Deadlines(
        receipt=receipt,
        charter=None if charter_days is None else nth_working_day(receipt, charter_days, rest),
        legal=add_working_days(receipt, LEGAL + extension_days, rest, pauses),
        forward=nth_working_day(receipt, FORWARD, rest),
        procedure=nth_working_day(receipt, PROCEDURE_START, rest),
    )


def is_overdue(due: date | None, today: date) -> bool:
    """Whether the due day has passed; what is due today is not late, nor is what has no due day."""
    return due is not None and today > due
