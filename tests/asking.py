"""Short ways to ask a running core in tests."""

from __future__ import annotations

import itertools

from bot.app import Core
from bot.core.conversation import Inbound, Message, Owner
from bot.storage.messages import is_in_inbox

PATIENCE_SECONDS = 10.0


async def opened(core: Core, sender: str = "jonas", municipality: str | None = "trakai") -> str:
    """Return the id of a conversation of the REST channel."""
    return (await core.hub.open_external("rest", sender, municipality)).id


async def ask(
    core: Core, conversation: str, text: str, *, client_id: str | None = None, payload: str | None = None
) -> list[str]:
    """Send one message and return the texts of all that is said to it."""
    receipt = await core.hub.receive(conversation, Inbound(text=text, client_id=client_id, payload=payload))
    return [message.reply.text for message in await core.hub.answers(receipt, PATIENCE_SECONDS)]


async def log_of(core: Core, conversation: str) -> tuple[Message, ...]:
    """Return the whole log of a conversation."""
    return await core.hub.log_after(conversation, 0)


async def lines_of(core: Core, conversation: str) -> list[tuple[str, str]]:
    """Return (author, text) of the whole log."""
    return [(message.author.value, message.reply.text) for message in await log_of(core, conversation)]


async def hand_over(core: Core, conversation: str, *owners: Owner) -> None:
    """Hand the conversation on, from each owner to the next."""
    for before, after in itertools.pairwise(owners):
        assert await core.hub.hand_over(conversation, before, after, f"{before.value} → {after.value}")


async def waits(core: Core, conversation: str, seq: int) -> bool:
    """Tell whether a message still waits for the bot."""
    async with core.database.read() as session:
        return await is_in_inbox(session, conversation, seq)
