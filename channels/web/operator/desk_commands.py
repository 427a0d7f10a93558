"""What a console's commands do and what is answered to them."""

from __future__ import annotations

from bot.core.handoff import HandoffRefusedError, PresenceState
from bot.services.handoff.desk import Handoff
from bot.services.handoff.talk import Said
from bot.services.people.sessions import SignedIn
from channels.web.operator.desk_frames import (
    Claim,
    Close,
    Frame,
    Note,
    Ping,
    Presence,
    Read,
    Reply,
    Return,
    Transfer,
    Typing,
)
from channels.web.operator.desk_json import Json, note_json


class Commands:
    """Does them for whoever is signed in; the services check every right once more."""

    def __init__(self, handoff: Handoff) -> None:
        self._handoff = handoff

    async def do(self, who: SignedIn, frame: Frame) -> Json:
        """Do a command and return its answer. Raises `LangelisError` for what is refused."""
        if isinstance(frame, Ping):
            return {"type": "pong", "id": frame.id}
        return {"type": "done", "id": frame.id, **await self._done(who, frame)}

    async def _done(self, who: SignedIn, frame: Frame) -> Json:
        operator = who.operator
        if isinstance(frame, Claim):
            await self._handoff.claims.claim(operator, frame.conversation)
        elif isinstance(frame, Reply):
            said = await self._reply(who, frame)
            return {"seq": said.seq, "repeated": said.repeated}
        elif isinstance(frame, Note):
            note = await self._handoff.talk.note(operator, frame.conversation, frame.text, frame.id)
            return {"note": note_json(note)}
        elif isinstance(frame, Typing):
            await self._handoff.talk.operator_types(operator, frame.conversation, on=frame.on)
        elif isinstance(frame, Read):
            await self._handoff.talk.read(operator, frame.conversation, frame.seq)
        elif isinstance(frame, Presence):
            if frame.state is PresenceState.AWAY:
                raise HandoffRefusedError("bad_frame")
            await self._handoff.presence.seen(operator, frame.state)
        else:
            await self._end(who, frame)
        return {}

    async def _end(self, who: SignedIn, frame: Frame) -> None:
        operator = who.operator
        if isinstance(frame, Transfer):
            target = frame.to.target()
            await self._handoff.transfers.transfer(operator, who.actor, frame.conversation, target, frame.note)
        elif isinstance(frame, Close):
            await self._handoff.closing.close(operator, frame.conversation, frame.reason, frame.topic, frame.comment)
        elif isinstance(frame, Return):
            await self._handoff.closing.give_back(operator, frame.conversation, frame.note)
        else:
            raise HandoffRefusedError("bad_frame")

    async def _reply(self, who: SignedIn, frame: Reply) -> Said:
        says = frame.text is not None or bool(frame.attachments)
        if says == (frame.service is not None):
            raise HandoffRefusedError("bad_frame")
        if frame.service is not None:
            return await self._handoff.talk.send_card(who.operator, frame.conversation, frame.service, frame.id)
        return await self._handoff.talk.reply(
            who.operator, frame.conversation, frame.text or "", frame.id, frame.attachments
        )
