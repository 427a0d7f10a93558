"""Conversations, notes, tasks and events as the console gets them."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from bot.core.conversation import Author, Nlu, Signature
from bot.core.handoff import CannedReply, Note, Task
from bot.services.handoff.feed import Event
from bot.services.handoff.talk import own_client_id
from bot.services.handoff.views import Colleague, Line
from bot.storage.messages import ReadRow
from channels.web.protocol import log_row, moment, write_frame

Json = dict[str, object]


def summary_json(line: Line) -> Json:
    """Return a conversation as a list shows it."""
    summary = line.summary
    closed = summary.closed
    return {
        "id": summary.id,
        "channel": summary.channel,
        "municipality": summary.municipality,
        "owner": summary.owner.value,
        "operator": _signature(summary.operator),
        "department": summary.department,
        "topic": summary.topic,
        "queued_at": None if summary.queued_at is None else moment(summary.queued_at),
        "claimed_at": None if summary.claimed_at is None else moment(summary.claimed_at),
        "last_seq": summary.last_seq,
        "last_text": summary.last_text,
        "last_author": summary.last_author.value,
        "last_at": moment(summary.last_at),
        "unread": summary.unread,
        "resident_read": summary.resident_read,
        "closed": None if closed is None else {"reason": closed.reason, "topic": closed.topic, "at": moment(closed.at)},
        "rating": summary.rating,
        "cases": list(line.cases),
        "due": None if line.due is None else line.due.isoformat(),
        "unreachable": summary.unreachable,
    }


def row_json(row: ReadRow) -> Json:
    """Return a row of the log: the widget's frame, with the bot's guess and the operator's name."""
    message = row.message
    frame = log_row(message)
    own = own_client_id(message)
    if own is not None:
        frame["client_id"] = own
    frame["author"] = message.author.value
    return {
        **frame,
        "nlu": _nlu(row.nlu) if message.author is Author.BOT else None,
        "operator": _signature(message.operator),
        **({} if message.reply_to is None else {"reply_to": message.reply_to}),
    }


def note_json(note: Note) -> Json:
    """Return a private note."""
    return {
        "id": note.id,
        "conversation": note.conversation,
        "after_seq": note.after_seq,
        "operator": {"id": note.operator_id, "name": note.operator_name},
        "text": note.text,
        "at": moment(note.at),
    }


def task_json(task: Task) -> Json:
    """Return a call-back or message."""
    holder = None if task.operator_id is None else {"id": task.operator_id, "name": task.operator_name}
    return {
        "id": task.id,
        "kind": task.kind.value,
        "municipality": task.municipality,
        "conversation": task.conversation,
        "name": task.name,
        "contact": task.contact,
        "best_time": task.best_time,
        "text": task.text,
        "due": task.due.isoformat(),
        "state": task.state.value,
        "operator": holder,
        "created_at": moment(task.created_at),
    }


def canned_json(reply: CannedReply) -> Json:
    """Return a prepared reply."""
    found: Json = msgspec.to_builtins(reply)
    return found


def colleague_json(colleague: Colleague) -> Json:
    """Return where a colleague is and what for."""
    operator = colleague.operator
    return {
        "id": operator.id,
        "name": operator.display_name,
        "presence": colleague.presence.value,
        "municipalities": sorted(operator.municipalities),
        "departments": sorted(operator.departments),
    }


@lru_cache(maxsize=4096)
def event_text(event: Event) -> str:
    """Return the frame of an event for whoever may see all of it; made once for all consoles."""
    return write_frame(event_json(event))


def event_json(event: Event) -> Json:
    """Return an event for whoever may see all of it."""
    frame = gone_json(event)
    if event.line is not None:
        frame["summary"] = summary_json(event.line)
    if event.row is not None:
        frame["row"] = row_json(event.row)
    if event.note is not None:
        frame["note"] = note_json(event.note)
    if event.task is not None:
        frame["task"] = task_json(event.task)
    if event.colleague is not None:
        frame["presence"] = colleague_json(event.colleague)
    if event.canned_id is not None:
        removed = {"id": event.canned_id, "removed": True}
        frame["canned"] = removed if event.canned is None else canned_json(event.canned)
    return frame


def gone_json(event: Event) -> Json:
    """Return an event for whoever may no longer see the conversation: that something happened, and nothing more."""
    frame: Json = {"type": "event", "seq": event.seq, "kind": event.kind.value}
    if event.conversation is not None:
        frame["conversation"] = event.conversation
    return frame


def _signature(operator: Signature | None) -> Json | None:
    return None if operator is None else {"id": operator.id, "name": operator.name}


def _nlu(nlu: Nlu | None) -> Json | None:
    intent = None if nlu is None else nlu.get("intent")
    if not isinstance(intent, dict):
        return None
    found: Json = {"intent": intent.get("name"), "confidence": intent.get("confidence")}
    service = None if nlu is None else nlu.get("service_title")
    return found if service is None else {**found, "service": service}
