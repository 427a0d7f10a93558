"""The widget socket's frames (docs/socket.md): reading what clients send, writing what the server sends."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec

from bot.core.attachment import MAX_BYTES, MAX_FILES, Attachment
from bot.core.catalogue import Municipality
from bot.core.conversation import Conversation, Message
from bot.core.text_rules import MAX_CHARACTERS
from bot.errors import RefusedMessageError
from bot.services.telegram.continuing import KEPT, Code

PROTOCOL_VERSION = 1


class Hello(msgspec.Struct, tag="hello", tag_field="type"):
    """The first frame of a connection."""

    municipality: str
    token: str | None = None
    after: int = 0


class Say(msgspec.Struct, tag="message", tag_field="type"):
    """A resident's message; `client_id` makes a repeat harmless."""

    client_id: str
    text: str
    payload: str | None = None
    attachments: tuple[str, ...] = ()


class Typing(msgspec.Struct, tag="typing", tag_field="type"):
    """The resident is writing, or has stopped."""

    on: bool


class Read(msgspec.Struct, tag="read", tag_field="type"):
    """The resident was shown the log up to a number."""

    seq: int


class WantCopy(msgspec.Struct, tag="copy", tag_field="type"):
    """The resident wants a copy of the conversation."""


class Erase(msgspec.Struct, tag="erase", tag_field="type"):
    """The resident wants the conversation deleted, and was asked whether it is meant."""


class Continue(msgspec.Struct, tag="continue", tag_field="type"):
    """Asks for a one-time code with which the conversation goes on on Telegram."""


class Ping(msgspec.Struct, tag="ping", tag_field="type"):
    """Asks for a pong."""


Frame = Hello | Say | Typing | Read | WantCopy | Erase | Continue | Ping


def read_json(text: str | bytes) -> Any:  # noqa: ANN401 - any JSON
    """Parse JSON. Raises `RefusedMessageError` with `bad_json`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedMessageError("bad_json") from error


def read_frame(text: str) -> Frame:
    """Return the frame. Raises `RefusedMessageError` with `bad_json` or `bad_frame`."""
    try:
        frame: Frame = msgspec.convert(read_json(text), Frame)
    except msgspec.ValidationError as error:
        raise RefusedMessageError("bad_frame") from error
    return frame


def welcome(conversation: Conversation, municipality: Municipality, token: str, *, telegram: bool) -> dict[str, object]:
    """Return the answer to `hello`; with `telegram` the conversation may go on there."""
    frame: dict[str, object] = {
        "type": "welcome",
        "protocol": PROTOCOL_VERSION,
        "token": token,
        "municipality": {"id": municipality.id, "name": municipality.name, "website": municipality.website},
        "owner": conversation.owner.value,
        "last_seq": conversation.last_seq,
        "limits": {"text": MAX_CHARACTERS, "file": MAX_BYTES, "files": MAX_FILES},
    }
    return {**frame, "telegram": True} if telegram else frame


def continue_frame(code: Code, link: str) -> dict[str, object]:
    """Return the answer to `continue`."""
    return {"type": "continue", "code": code.written, "url": link, "expires_in": int(KEPT.total_seconds())}


def log_row(message: Message) -> dict[str, object]:
    """Return a row of the log as a frame."""
    frame: dict[str, object] = {
        "type": "message" if message.owner is None else "owner",
        "seq": message.seq,
        "text": message.reply.text,
        "at": moment(message.at),
    }
    if message.owner is not None:
        return {**frame, "owner": message.owner.value}
    frame["author"] = message.author.value
    if message.operator is not None:
        frame["name"] = message.operator.name
    elif message.client_id is not None:
        frame["client_id"] = message.client_id
    if message.reply.buttons:
        frame["buttons"] = [msgspec.to_builtins(button) for button in message.reply.buttons]
    if message.reply.card is not None:
        frame["card"] = msgspec.to_builtins(message.reply.card)
    if message.reply.attachments:
        frame["attachments"] = [attachment_frame(attachment) for attachment in message.reply.attachments]
    if message.reply.lang is not None:
        frame["lang"] = message.reply.lang
    return frame


def attachment_frame(attachment: Attachment) -> dict[str, object]:
    """Return a file as frames and the answer to its sending have it."""
    found: dict[str, object] = msgspec.to_builtins(attachment)
    return found


def write_frame(frame: dict[str, object]) -> str:
    """Return the frame as text."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def moment(at: datetime) -> str:
    """Return a moment as frames have it: UTC, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
