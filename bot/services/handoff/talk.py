"""What operators write: replies, cards and private notes; and who is typing, who has read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.aspects import Aspect
from bot.core.attachment import wanted_files
from bot.core.clock import local
from bot.core.conversation import Author, Message, Owner
from bot.core.handoff import MAX_REPLY_CHARACTERS, HandoffRefusedError, Note
from bot.core.operators import Operator, Permission
from bot.core.reply import Reply
from bot.core.text_rules import accepted_text
from bot.services import log
from bot.services.answering.question import card_reply
from bot.services.answering.service_card import service_card
from bot.services.bus import Signal
from bot.services.handoff.tools import Tools, check_ownership, found, signature
from bot.storage import attachments as storage_of_files
from bot.storage import desk_events, messages, notes
from bot.storage import handoff as storage
from bot.storage.desk_events import EventKind
from bot.storage.handoff import Standing

NOTE = "note"
"""In an event's body: the number of the note that it tells of."""
_MARK = "op:"
"""Before an operator's client id in the log, so that no resident's can be the same."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply is in the log under `seq`; `repeated` when it was before."""

    seq: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class _Saying:
    """What is to be said once for its client id, and the ids of the files that go with it."""

    reply: Reply
    client_id: str
    files: Sequence[str] = ()


class Talk:
    """Lets the operator who owns a conversation speak in it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def reply(
        self, operator: Operator, conversation: str, text: str, client_id: str, attachments: Sequence[str] = ()
    ) -> Said:
        """Say something to the resident, once for each client id, with files that this operator sent for it (by id).

        Raises `HandoffRefusedError` with `closed`, `not_owner`, `forbidden` or `unknown_conversation`,
        `RefusedMessageError` for a text that is not accepted, `AttachmentRefusedError` for files that are not there.
        """
        files = wanted_files(attachments)
        words = "" if files and not text.strip() else accepted_text(text, MAX_REPLY_CHARACTERS)
        async with self._tools.database.write() as session:
            standing = await found(session, operator, conversation, Permission.REPLY)
            done = await self._say(session, standing, operator, _Saying(Reply(text=words), client_id, files))
        self._tools.wake(conversation)
        return done

    async def send_card(self, operator: Operator, conversation: str, service: str, client_id: str) -> Said:
        """Show the resident a service of the municipality's catalogue. Raises as `reply`, and `unknown_service`."""
        async with self._tools.database.write() as session:
            standing = await found(session, operator, conversation, Permission.REPLY)
            card = self._card(standing, service)
            done = await self._say(session, standing, operator, _Saying(card, client_id))
        self._tools.wake(conversation)
        return done

    async def note(self, operator: Operator, conversation: str, text: str, client_id: str | None = None) -> Note:
        """Write down what only operators read, once for each client id. Raises as `reply`, but anyone may note."""
        accepted, now = accepted_text(text, MAX_REPLY_CHARACTERS), self._tools.clock.now()
        async with self._tools.database.write() as session:
            standing = await found(session, operator, conversation, Permission.REPLY)
            before = None if client_id is None else await notes.by_client_id(session, operator.id, client_id)
            if before is not None:
                return before
            written = await put_note(session, standing, operator, accepted, now, client_id=client_id)
        self._tools.wake(conversation)
        return written

    async def operator_types(self, operator: Operator, conversation: str, *, on: bool) -> None:
        """Show the resident that the owner is typing. Raises as `reply`."""
        await self.may_send(operator, conversation)
        self._tools.bus.publish(conversation, Signal.OPERATOR_TYPING if on else Signal.OPERATOR_STOPPED)

    async def resident_types(self, conversation: str, *, on: bool) -> None:
        """Show the consoles that the resident is typing, while a person has the conversation."""
        async with self._tools.database.read() as session:
            standing = await storage.standing(session, conversation)
        if standing is not None and standing.owner is Owner.OPERATOR:
            self._tools.bus.publish(conversation, Signal.RESIDENT_TYPING if on else Signal.RESIDENT_STOPPED)

    async def standing(self, operator: Operator, conversation: str) -> Standing | None:
        """Return who has a conversation, None when the operator may not know."""
        async with self._tools.database.read() as session:
            try:
                return await found(session, operator, conversation, Permission.READ_CONVERSATIONS)
            except HandoffRefusedError:
                return None

    async def read(self, operator: Operator, conversation: str, seq: int) -> None:
        """Note how far the owner has read; what others look at leaves no mark."""
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            await found(session, operator, conversation, Permission.READ_CONVERSATIONS)
            if not await storage.mark_read(session, conversation, operator.id, seq):
                return
            await desk_events.add_of_conversation(session, EventKind.STATE, conversation, {}, now)
        self._tools.wake(conversation)

    async def read_by_resident(self, conversation: str, seq: int) -> None:
        """Note how far the resident was shown the log."""
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            if not await storage.mark_read_by_resident(session, conversation, seq):
                return
            await desk_events.add_of_conversation(session, EventKind.STATE, conversation, {}, now)
        self._tools.wake(conversation)

    def _card(self, standing: Standing, wanted: str) -> Reply:
        loaded = self._tools.catalogues.find(standing.municipality)
        service = None if loaded is None else loaded.catalogue.service(wanted)
        if loaded is None or service is None:
            raise HandoffRefusedError("unknown_service")
        year = local(self._tools.clock.now()).year
        card = service_card(self._tools.texts, service, Aspect.GENERAL, loaded.catalogue, year)
        return card_reply(self._tools.texts, card)

    async def may_send(self, operator: Operator, conversation: str) -> None:
        """Check that the operator has the conversation, before a file for it is taken in. Raises as `reply`."""
        async with self._tools.database.read() as session:
            check_ownership(await found(session, operator, conversation, Permission.REPLY), operator)

    async def _say(self, session: AsyncSession, standing: Standing, operator: Operator, saying: _Saying) -> Said:
        client_id = _MARK + saying.client_id
        stored = await messages.seq_of_client_id(session, standing.id, client_id)
        if stored is not None:
            return Said(stored, repeated=True)
        now = self._tools.clock.now()
        seq = await storage.take_seq(session, standing.id, operator.id, now)
        if seq is None:
            check_ownership(standing, operator)
            raise HandoffRefusedError("not_owner")
        shown = await storage_of_files.show(
            session, saying.files, conversation=standing.id, seq=seq, author=Author.OPERATOR, operator=operator.id
        )
        row = Message(
            conversation=standing.id,
            seq=seq,
            author=Author.OPERATOR,
            reply=replace(saying.reply, attachments=shown),
            at=now,
            client_id=client_id,
            operator=signature(operator),
        )
        await log.append(session, [row])
        return Said(seq, repeated=False)


def own_client_id(message: Message) -> str | None:
    """Return the client id that the operator's console gave, None for other rows."""
    if message.client_id is None or message.operator is None:
        return None
    return message.client_id.removeprefix(_MARK)


async def put_note(
    session: AsyncSession,
    standing: Standing,
    operator: Operator,
    text: str,
    now: datetime,
    *,
    client_id: str | None = None,
) -> Note:
    """Store a note and its event in the caller's transaction."""
    written = await notes.add(
        session,
        conversation=standing.id,
        after_seq=standing.last_seq,
        operator=signature(operator),
        text=text,
        at=now,
        client_id=client_id,
    )
    await desk_events.add_of_conversation(session, EventKind.NOTE, standing.id, {NOTE: written.id}, now)
    return written
