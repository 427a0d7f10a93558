"""Operators and waiting conversations for tests."""

from __future__ import annotations

from bot.app import Core
from bot.core.conversation import Inbound, Owner
from bot.core.handoff import HandoffReason
from bot.core.operators import Operator
from bot.storage import desk_events, handoff, summaries
from bot.storage.desk_events import DeskEvent
from bot.storage.handoff import Standing
from bot.storage.summaries import Summary
from tests.asking import ask, log_of, opened
from tests.people import hired


async def waiting(
    core: Core, sender: str = "jonas", municipality: str | None = "trakai", *, topic: str | None = None
) -> str:
    """Return a conversation that has asked for a person."""
    conversation = await opened(core, sender, municipality)
    await ask(core, conversation, f"labas, čia {sender}")
    await core.handoff.queue.request(conversation, HandoffReason.ASKED, topic)
    return conversation


async def taken(core: Core, operator: Operator, sender: str = "jonas", municipality: str = "trakai") -> str:
    """Return a conversation that the operator has."""
    conversation = await waiting(core, sender, municipality)
    await core.handoff.claims.claim(operator, conversation)
    return conversation


async def here(core: Core, login: str = "rima", municipalities: tuple[str, ...] = ("trakai",)) -> Operator:
    """Return an operator who is present."""
    operator = await hired(core.people, login, municipalities=municipalities)
    await core.handoff.presence.seen(operator)
    return operator


async def write(core: Core, conversation: str, text: str, client_id: str | None = None) -> int:
    """Let the resident write; return the row's number."""
    return (await core.hub.receive(conversation, Inbound(text=text, client_id=client_id))).seq


async def standing_of(core: Core, conversation: str) -> Standing:
    """Return who has the conversation."""
    async with core.database.read() as session:
        found = await handoff.standing(session, conversation)
    assert found is not None
    return found


async def owner_of(core: Core, conversation: str) -> Owner:
    """Return who answers."""
    return (await standing_of(core, conversation)).owner


async def summary_of(core: Core, conversation: str) -> Summary:
    """Return the line of the list."""
    async with core.database.read() as session:
        return (await summaries.by_ids(session, [conversation]))[conversation]


async def last_line(core: Core, conversation: str) -> str:
    """Return the newest row's text."""
    return (await log_of(core, conversation))[-1].reply.text


async def events_after(core: Core, seq: int = 0) -> tuple[DeskEvent, ...]:
    """Return what was written down for consoles."""
    async with core.database.read() as session:
        return await desk_events.after(session, seq, 10_000)
