"""The console's socket `/operator/ws`: events caught up by number, commands answered one by one."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from bot.core.operators import Operator, Permission, may
from bot.errors import LangelisError, RefusedMessageError
from bot.services.bus import Signal
from bot.services.handoff.feed import Event, shown_to, still_sees
from bot.services.people.sessions import SignedIn
from bot.services.people.watch import CutReason, OperatorCut
from bot.services.rate_limit import RateLimiter
from bot.storage.desk_events import EventKind
from channels.web.keys import CORE, LIMITS
from channels.web.opening import HEARTBEAT_SECONDS, serve_socket
from channels.web.operator.case_json import case_line
from channels.web.operator.cookies import token_of
from channels.web.operator.desk_commands import Commands
from channels.web.operator.desk_frames import Frame, Hello, read_frame
from channels.web.operator.desk_json import event_json, event_text, gone_json
from channels.web.operator.desk_refusals import desk_failure, failure
from channels.web.operator.guard import signed_in_of
from channels.web.protocol import write_frame

log = structlog.get_logger(__name__)

PROTOCOL_VERSION = 1
SIGNED_OUT, RIGHTS_CHANGED = 4401, 4403
"""Close codes: sign in anew; connect again, your rights have changed."""
_HELLO_SECONDS = 10
_MAX_FRAME_BYTES = 64 * 1024
_COMMANDS_PER_MINUTE = 600
_SEEN_EVERY_SECONDS = 10.0
_LOOK_SECONDS = 1.0
"""So often the feed is asked even if nothing was heard: another process may have written."""
_TYPING = {
    Signal.RESIDENT_TYPING: ("resident", True),
    Signal.RESIDENT_STOPPED: ("resident", False),
    Signal.OPERATOR_TYPING: ("operator", True),
    Signal.OPERATOR_STOPPED: ("operator", False),
}


async def handle(request: web.Request) -> web.StreamResponse:
    """Open a socket for whoever is signed in and serve it until it closes."""
    return await serve_socket(request, Connection, max_frame_bytes=_MAX_FRAME_BYTES, failed="operator_socket_failed")


class Connection:
    """One open socket of an operator."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request = request
        self._core = request.app[CORE]
        self._socket = socket
        self._who: SignedIn = signed_in_of(request)
        self._commands = Commands(self._core.handoff)
        self._sent = 0
        self._news = asyncio.Event()
        self._typing: dict[tuple[str, str], bool] = {}
        self._cut: CutReason | None = None
        self._ended = False
        self._limit = RateLimiter(_COMMANDS_PER_MINUTE, time.monotonic, max_keys=1)
        self._seen_at = -_SEEN_EVERY_SECONDS

    async def serve(self) -> None:
        """Greet, then read commands and send events side by side."""
        who = self._who
        ends = [
            self._core.people.watch.subscribe(who.session.id, who.rights_of, self._be_cut),
            self._core.bus.follow(self._hear),
        ]
        sending: asyncio.Task[None] | None = None
        try:
            if await self._greet():
                await self._core.handoff.presence.seen(who.operator)
                sending = asyncio.create_task(self._send_or_close())
                await self._read()
        finally:
            for end in ends:
                end()
            # Asked to end and not cancelled: a query that is cut off costs the pool its connection.
            self._ended = True
            self._news.set()
            if sending is not None:
                await sending
            if not self._socket.closed:
                await self._socket.close(code=self._close_code())

    async def _greet(self) -> bool:
        try:
            hello = read_frame(await self._socket.receive_str(timeout=_HELLO_SECONDS))
        except (asyncio.TimeoutError, TypeError, RefusedMessageError):
            hello = None
        if not isinstance(hello, Hello) or self._cut is not None:
            await self._send({"type": "error", **self._failure("bad_frame")})
            return False
        feed, operator = self._core.handoff.feed, self._who.operator
        last = await feed.last()
        await self._send(
            {
                "type": "welcome",
                "protocol": PROTOCOL_VERSION,
                "operator": {
                    "id": operator.id,
                    "name": operator.display_name,
                    "role": operator.role.value,
                    "municipalities": sorted(operator.municipalities),
                    "departments": sorted(operator.departments),
                },
                "last_event": last,
                "heartbeat_seconds": HEARTBEAT_SECONDS,
            }
        )
        self._sent = last if hello.after is None else hello.after
        if hello.after is not None and (hello.after < 0 or not await feed.kept(hello.after)):
            self._sent = last
            await self._send({"type": "reset", "last_event": last})
        return True

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                await self._send({"type": "error", **self._failure("bad_frame")})
            else:
                await self._take(message.data)
            if self._cut is not None:
                return

    async def _take(self, text: str) -> None:
        given = ""
        try:
            if self._limit.take(""):
                await self._send({"type": "error", **self._failure("rate_limited")})
                return
            frame = read_frame(text)
            given = frame.id
            await self._do(frame)
        except LangelisError as error:
            refused = desk_failure(error, self._core.texts)
            if refused is None:
                raise
            await self._send({"type": "error", "id": given, **refused.body()})
        except ConnectionError:
            raise
        except Exception:
            log.exception("operator_command_failed")
            await self._send({"type": "error", "id": given, **self._failure("internal")})

    async def _do(self, frame: Frame) -> None:
        if isinstance(frame, Hello):
            raise RefusedMessageError("bad_frame")
        # Asked for each command: another process may have ended the session a moment ago.
        address = self._request.app[LIMITS].address(self._request)
        who = await self._core.people.sessions.signed_in(token_of(self._request), address)
        if who is None:
            self._be_cut(OperatorCut(self._who.session.id, CutReason.SIGNED_OUT))
            return
        await self._note_life(who.operator)
        done = await self._commands.do(who, frame)
        await self._send(done)

    async def _note_life(self, operator: Operator) -> None:
        now = time.monotonic()
        if now - self._seen_at >= _SEEN_EVERY_SECONDS:
            self._seen_at = now
            await self._core.handoff.presence.seen(operator)

    async def _send_or_close(self) -> None:
        try:
            await self._send_events()
        except ConnectionError:
            pass  # the console has gone
        except Exception:
            # A socket that shows nothing any more must not look open: closed, the console resumes.
            log.exception("operator_socket_events_failed")
            await self._socket.close(code=WSCloseCode.INTERNAL_ERROR)

    async def _send_events(self) -> None:
        feed = self._core.handoff.feed
        while not self._ended and not self._socket.closed:
            if self._is_over():
                await self._socket.close(code=self._close_code())
                return
            self._news.clear()
            for event in await feed.after(self._sent):
                # Looked at before each one: what is over must tell nothing more.
                if self._is_over():
                    break
                await self._show(event)
                self._sent = event.seq
                self._news.set()
            await self._show_typing()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._news.wait(), _LOOK_SECONDS)

    async def _show(self, event: Event) -> None:
        operator = self._who.operator
        if event.kind is EventKind.ERASED:
            # Frames of what was deleted, made for other consoles before, must not outlive it.
            event_text.cache_clear()
        if not shown_to(operator, event):
            return
        if event.conversation is not None and event.task is None and event.case is None:
            whole = still_sees(operator, event)
        else:
            whole = True
        if not whole:
            await self._send(gone_json(event))
        elif event.case is not None:
            await self._send({**event_json(event), "case": case_line(event.case, self._core.texts)})
        else:
            await self._socket.send_str(event_text(event))

    async def _show_typing(self) -> None:
        waiting, self._typing = ({} if self._is_over() else self._typing), {}
        for (conversation, who), on in waiting.items():
            operator = self._who.operator
            standing = await self._core.handoff.talk.standing(operator, conversation)
            if standing is None or not may(operator, Permission.READ_CONVERSATIONS, standing.municipality):
                continue
            frame: dict[str, object] = {"type": "typing", "conversation": conversation, "who": who, "on": on}
            if who == "operator":
                if standing.operator is None or standing.operator.id == operator.id:
                    continue
                frame["name"] = standing.operator.name
            await self._send(frame)

    def _is_over(self) -> bool:
        return self._cut is not None

    def _hear(self, conversation: str, signal: Signal) -> None:
        if signal in _TYPING:
            who, on = _TYPING[signal]
            self._typing[conversation, who] = on
        elif signal is not Signal.LOG_GREW:
            return
        self._news.set()

    def _be_cut(self, cut: OperatorCut) -> None:
        self._cut = cut.reason
        self._news.set()

    def _close_code(self) -> int:
        if self._cut is None:
            return int(WSCloseCode.OK)
        return RIGHTS_CHANGED if self._cut is CutReason.RIGHTS_CHANGED else SIGNED_OUT

    def _failure(self, code: str) -> dict[str, object]:
        return failure(code, self._core.texts).body()

    async def _send(self, frame: dict[str, object]) -> None:
        await self._socket.send_str(write_frame(frame))
