"""The frames that a console sends over its socket (docs/operator-socket.md)."""

from __future__ import annotations

import msgspec

from bot.core.handoff import ClosedReason, HandoffRefusedError, PresenceState
from bot.core.text_rules import accepted_client_id
from bot.errors import RefusedMessageError
from bot.services.handoff.transfer import Target, ToDepartment, ToMunicipality, ToOperator
from channels.web.protocol import read_json

_LONGEST_ID = 60


class _Base(msgspec.Struct, tag_field="type", tag=str.lower, kw_only=True):
    """What every command has: the client's name for it."""

    id: str = ""


class Hello(_Base):
    """The first frame: the number of the last event seen, None at the beginning."""

    after: int | None = None


class Ping(_Base):
    """A sign of life."""


class Presence(_Base):
    """Here, or having a break."""

    state: PresenceState


class OfConversation(_Base):
    """What every command about a conversation has."""

    conversation: str


class Claim(OfConversation):
    """Takes a waiting conversation."""


class Reply(OfConversation):
    """Says something to the resident: words, files or both, or a service's card."""

    text: str | None = None
    service: str | None = None
    attachments: tuple[str, ...] = ()


class Note(OfConversation):
    """Writes down what only operators read."""

    text: str


class Typing(OfConversation):
    """The operator is writing, or has stopped."""

    on: bool


class Read(OfConversation):
    """The operator has read up to a number."""

    seq: int


class To(msgspec.Struct):
    """To whom a conversation goes: exactly one of these."""

    operator: str | None = None
    department: str | None = None
    municipality: str | None = None

    def target(self) -> Target:
        """Return it as a target. Raises `HandoffRefusedError`."""
        given = [value for value in (self.operator, self.department, self.municipality) if value is not None]
        if len(given) != 1:
            raise HandoffRefusedError("bad_frame")
        if self.operator is not None:
            return ToOperator(self.operator)
        return ToMunicipality(given[0]) if self.department is None else ToDepartment(given[0])


class Transfer(OfConversation):
    """Hands the conversation on."""

    to: To
    note: str = ""


class Close(OfConversation):
    """Ends the conversation."""

    reason: ClosedReason
    topic: str = ""
    comment: str = ""


class Return(OfConversation):
    """Gives the conversation back to the bot."""

    note: str = ""


Frame = Hello | Ping | Presence | Claim | Reply | Note | Typing | Read | Transfer | Close | Return


def read_frame(text: str) -> Frame:
    """Return the frame. Raises `RefusedMessageError` with `bad_json` or `bad_frame`."""
    try:
        frame: Frame = msgspec.convert(read_json(text), Frame)
    except msgspec.ValidationError as error:
        raise RefusedMessageError("bad_frame") from error
    wants_id = not isinstance(frame, Hello | Ping)
    if len(frame.id) > _LONGEST_ID or (wants_id and not accepted_client_id(frame.id)):
        raise RefusedMessageError("bad_frame")
    return frame
