"""All that concerns conversations with people, built in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.services.cases.desk import CaseDesk
from bot.services.handoff.availability import Availability
from bot.services.handoff.canned import Canned
from bot.services.handoff.claim import Claims
from bot.services.handoff.closing import Closing
from bot.services.handoff.feed import Feed
from bot.services.handoff.presence import PresenceDesk
from bot.services.handoff.queue import Queue
from bot.services.handoff.search import Search
from bot.services.handoff.talk import Talk
from bot.services.handoff.tasks import Tasks
from bot.services.handoff.tools import Tools
from bot.services.handoff.transfer import Transfers
from bot.services.handoff.views import Views
from bot.services.people.audit import Audit
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """The queue and what follows it."""

    queue: Queue
    claims: Claims
    talk: Talk
    transfers: Transfers
    closing: Closing
    presence: PresenceDesk
    availability: Availability
    tasks: Tasks
    canned: Canned
    views: Views
    search: Search
    feed: Feed


def build_handoff(tools: Tools, *, queue: Queue, desk: CaseDesk, audit: Audit, settings: Settings) -> Handoff:
    """Build the parts; the queue is there already, for the bot's turns use it too."""
    availability, views = Availability(tools), Views(tools, desk)
    return Handoff(
        queue=queue,
        claims=Claims(tools),
        talk=Talk(tools),
        transfers=Transfers(tools, audit),
        closing=Closing(tools),
        presence=PresenceDesk(
            tools,
            queue,
            availability,
            away_after=timedelta(seconds=settings.operator_away_seconds),
            idle_after=timedelta(minutes=settings.resident_idle_minutes),
        ),
        availability=availability,
        tasks=Tasks(tools, availability),
        canned=Canned(tools),
        views=views,
        search=Search(tools, views),
        feed=Feed(tools, views, desk),
    )
