"""The one door for residents' messages: store first, then let the owner of the conversation answer."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.attachment import Attachment, wanted_files
from bot.core.clock import Clock
from bot.core.conversation import Author, Conversation, Inbound, Message, Owner, Receipt, check_transition
from bot.core.reply import Reply
from bot.core.text_rules import accepted_client_id, accepted_text
from bot.errors import RefusedMessageError, WrongTokenError
from bot.services import log as conversation_log
from bot.services.bus import Bus, Signal
from bot.services.catalogues import Catalogues
from bot.services.handoff.closing import take_rating
from bot.services.log import say
from bot.services.masking import Masker
from bot.services.own_data.erasure import Erasure
from bot.services.own_data.orders import orders_erasure
from bot.services.texts import Texts
from bot.services.turns import TurnRunner
from bot.storage import attachments, conversations, messages
from bot.storage.database import Database

_PAYLOAD = re.compile(r"/[a-z_]{1,64}(\{[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{0,500}\})?")

Within = Callable[[AsyncSession, int], Awaitable[None]]
"""What else a channel records in the transaction that stores a message, given the number of its row."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation and, when it is new, the secret token that reopens it."""

    conversation: Conversation
    token: str


class Hub:
    """Receives what residents write on any channel and hands back what was said."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        bus: Bus,
        texts: Texts,
        masker: Masker,
        catalogues: Catalogues,
        turns: TurnRunner,
        erasure: Erasure,
    ) -> None:
        self._database = database
        self._clock = clock
        self._bus = bus
        self._texts = texts
        self._masker = masker
        self._catalogues = catalogues
        self._turns = turns
        self._erasure = erasure

    async def open_with_token(self, channel: str, municipality: str, token: str | None) -> Opened:
        """Open the token's conversation, or a new one that begins with the bot's greeting.

        Raises `UnknownMunicipalityError`, and `WrongTokenError` for a token of no conversation of this municipality.
        """
        self._catalogues.get(municipality)
        if token is None:
            return await self._open_new(channel, municipality)
        conversation = await self.by_token(channel, token)
        if conversation.municipality != municipality:
            raise WrongTokenError("the token names no conversation of this municipality")
        return Opened(conversation, token)

    async def by_token(self, channel: str, token: str) -> Conversation:
        """Return the conversation whose token this is. Raises `WrongTokenError`."""
        async with self._database.read() as session:
            conversation = await conversations.by_token_hash(session, _hashed(token))
        if conversation is None or conversation.channel != channel:
            raise WrongTokenError("the token names no conversation")
        return conversation

    async def open_external(self, channel: str, external_id: str, municipality: str | None) -> Conversation:
        """Open the conversation that a channel knows under an id of its own, creating it the first time.

        Raises `UnknownMunicipalityError`. A municipality given later replaces the one before.
        """
        if municipality is not None:
            self._catalogues.get(municipality)
        async with self._database.read() as session:
            conversation = await conversations.by_external_id(session, channel, external_id)
        if conversation is not None and municipality in {None, conversation.municipality}:
            return conversation
        now = self._clock.now()
        async with self._database.write() as session:
            conversation = await conversations.by_external_id(session, channel, external_id)
            if conversation is None:
                conversation = Conversation(uuid.uuid4().hex, channel, municipality, Owner.BOT, 0)
                await conversations.add(session, conversation, now=now, external_id=external_id)
            elif municipality is not None:
                await conversations.set_municipality(session, conversation.id, municipality)
                conversation = replace(conversation, municipality=municipality)
        return conversation

    async def receive(self, conversation: str, inbound: Inbound, *, within: Within | None = None) -> Receipt:
        """Store one message, once for each client id, and set the bot to work on it.

        `within` is called last in the transaction that stores it, with the row's number; not for a message that stores
        nothing: a repeated one, or the order to delete all.

        Raises `RefusedMessageError` for a text that is not accepted, `AttachmentRefusedError` for files that are not
        there.
        """
        if inbound.client_id is not None and not accepted_client_id(inbound.client_id):
            raise RefusedMessageError("bad_frame")
        if orders_erasure(inbound.text, inbound.payload):
            # Whoever has the conversation: an operator need not agree.
            farewell = await self._erasure.erase(conversation)
            return Receipt(farewell.conversation, farewell.seq, repeated=False, for_bot=False, notices=(farewell,))
        return await self._take(conversation, inbound, within)

    async def answers(self, receipt: Receipt, timeout_seconds: float) -> tuple[Message, ...]:
        """Return all that is said to a stored message, waiting for the bot if it is its turn.

        Raises `TimeoutError`: the message is kept and will be answered.
        """
        if not receipt.repeated and not receipt.for_bot:
            return receipt.notices
        if not receipt.repeated:
            spoken = await self._turns.answer_to(receipt.conversation, receipt.seq, timeout_seconds)
            return tuple(sorted({*receipt.notices, *spoken}, key=lambda message: message.seq))
        async with self._database.read() as session:
            waits = await messages.is_in_inbox(session, receipt.conversation, receipt.seq)
        if waits:
            await self._turns.answer_to(receipt.conversation, receipt.seq, timeout_seconds)
        async with self._database.read() as session:
            return await messages.of_turn(session, receipt.conversation, receipt.seq)

    async def log_after(self, conversation: str, seq: int) -> tuple[Message, ...]:
        """Return the rows of the log after number `seq`."""
        async with self._database.read() as session:
            return await messages.after(session, conversation, seq)

    async def hand_over(self, conversation: str, before: Owner, after: Owner, line: str) -> bool:
        """Change the owner if it is still `before`, telling so in the log; of parallel calls one returns True.

        Raises `IllegalTransitionError` for a step that the table of transitions lacks.
        """
        check_transition(before, after)
        now = self._clock.now()
        async with self._database.write() as session:
            if not await conversations.change_owner(session, conversation, before, after):
                return False
            if after is Owner.QUEUED:
                # What waits is a person's to answer now; the bot must not come back to it later.
                await messages.empty_inbox(session, conversation)
            await say(session, conversation, now, author=Author.SYSTEM, reply=Reply(text=line), owner=after)
        self._bus.publish(conversation, Signal.LOG_GREW)
        if after is Owner.BOT:
            self._turns.wake(conversation)
        return True

    async def _take(self, conversation: str, inbound: Inbound, within: Within | None) -> Receipt:
        files = wanted_files(inbound.attachments)
        only_files = bool(files) and not inbound.text.strip()
        masked = self._masker.mask("" if only_files else accepted_text(inbound.text))
        # A made-up payload may hold anything; those of our buttons hold nothing to mask.
        masked_payload = None if inbound.payload is None else self._masker.mask(inbound.payload)
        now = self._clock.now()
        async with self._database.write() as session:
            repeated = await _stored_before(session, conversation, inbound.client_id)
            if repeated is not None:
                return repeated
            taken = await conversations.take_seqs(session, conversation, 1, now)
            if taken is None:
                raise WrongTokenError("no such conversation")
            seq, owner = taken
            given = None if masked_payload is None else masked_payload.text
            text, payload = await _title_and_payload(session, conversation, masked.text, given)
            message = Message(
                conversation=conversation,
                seq=seq,
                author=Author.RESIDENT,
                reply=Reply(text=text, attachments=await self._show(session, conversation, files, seq)),
                at=now,
                client_id=inbound.client_id,
                payload=payload,
                reply_to=inbound.reply_to,
            )
            await conversation_log.append(session, [message])
            found = masked.found or (masked_payload is not None and masked_payload.found)
            notices = await self._say_at_once(session, message, inbound, masked=bool(found))
            for_bot = inbound.asks_bot and await self._hand_on(session, message, owner, notices)
            if within is not None:
                await within(session, seq)
        self._bus.publish(conversation, Signal.LOG_GREW)
        if for_bot:
            self._turns.wake(conversation)
        return Receipt(conversation, seq, repeated=False, for_bot=for_bot, notices=tuple(notices))

    async def _say_at_once(
        self, session: AsyncSession, message: Message, inbound: Inbound, *, masked: bool
    ) -> list[Message]:
        """Say what needs no bot: that something was masked, and what the channel answers itself."""
        notices: list[Message] = []
        if masked and await conversations.tell_of_masking_once(session, message.conversation):
            notices.append(await self._say(session, message, Author.BOT, "conversation.masking_notice"))
        for reply in inbound.said:
            notices.append(await self._answer(session, message, Author.BOT, reply))  # noqa: PERF401 - each takes a number
        return notices

    async def _hand_on(self, session: AsyncSession, message: Message, owner: Owner, notices: list[Message]) -> bool:
        """Let the message wait for whoever is to answer it, adding to the notices; return whether that is the bot."""
        if owner is Owner.CLOSED:
            owner, line = await self._after_the_end(session, message)
            notices.append(line)
        # The bot reads words only: of a file alone it says here all there is to say.
        for_bot = owner is Owner.BOT and bool(message.reply.text)
        if for_bot:
            await messages.put_in_inbox(session, message.conversation, message.seq, message.at)
        notices += await self._of_files_and_queue(session, message, owner)
        return for_bot

    async def _open_new(self, channel: str, municipality: str) -> Opened:
        token = secrets.token_urlsafe(32)
        conversation = Conversation(uuid.uuid4().hex, channel, municipality, Owner.BOT, 0)
        found = self._catalogues.get(municipality).catalogue.municipality
        example = next(iter(found.examples), None)
        greeting = self._texts.render("conversation.greeting", municipality=found, example=example)
        now = self._clock.now()
        async with self._database.write() as session:
            await conversations.add(session, conversation, now=now, token_hash=_hashed(token))
            said = await say(session, conversation.id, now, author=Author.BOT, reply=Reply(text=greeting))
        return Opened(replace(conversation, last_seq=said.seq), token)

    async def _show(
        self, session: AsyncSession, conversation: str, files: Sequence[str], seq: int
    ) -> tuple[Attachment, ...]:
        return await attachments.show(
            session, files, conversation=conversation, seq=seq, author=Author.RESIDENT, operator=None
        )

    async def _say(self, session: AsyncSession, message: Message, author: Author, template: str) -> Message:
        return await self._answer(session, message, author, Reply(text=self._texts.render(template)))

    async def _answer(self, session: AsyncSession, message: Message, author: Author, reply: Reply) -> Message:
        return await say(session, message.conversation, message.at, author=author, reply=reply, turn=message.seq)

    async def _after_the_end(self, session: AsyncSession, message: Message) -> tuple[Owner, Message]:
        """Take what is written in a closed conversation as its rating or as a new question."""
        thanks = await take_rating(session, self._texts, message, message.at)
        return (Owner.BOT, await self._reopen(session, message)) if thanks is None else (Owner.CLOSED, thanks)

    async def _of_files_and_queue(self, session: AsyncSession, message: Message, owner: Owner) -> list[Message]:
        if owner is Owner.BOT and message.reply.attachments:
            return [await self._say(session, message, Author.BOT, "attachment.kept")]
        if owner is Owner.QUEUED and await conversations.tell_of_queue_once(session, message.conversation):
            return [await self._say(session, message, Author.SYSTEM, "conversation.queued_notice")]
        return []

    async def _reopen(self, session: AsyncSession, message: Message) -> Message:
        await conversations.change_owner(session, message.conversation, Owner.CLOSED, Owner.BOT)
        reply = Reply(text=self._texts.render("conversation.reopened"))
        return await say(
            session,
            message.conversation,
            message.at,
            author=Author.SYSTEM,
            reply=reply,
            turn=message.seq,
            owner=Owner.BOT,
        )


async def _stored_before(session: AsyncSession, conversation: str, client_id: str | None) -> Receipt | None:
    if client_id is None:
        return None
    seq = await messages.seq_of_client_id(session, conversation, client_id)
    return None if seq is None else Receipt(conversation, seq, repeated=True, for_bot=True)


async def _title_and_payload(
    session: AsyncSession, conversation: str, text: str, payload: str | None
) -> tuple[str, str | None]:
    """Return the words to show in the log and the payload for the bot.

    A Rasa client sends a button's payload as its text: the log shows the button's title instead.
    """
    if payload is not None:
        if not _PAYLOAD.fullmatch(payload):
            raise RefusedMessageError("bad_frame")
        return text, payload
    if not _PAYLOAD.fullmatch(text):
        return text, None
    return await messages.offered_title(session, conversation, text) or text, text


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
