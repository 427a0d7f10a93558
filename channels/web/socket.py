"""The widget socket `/ws`: a resident's conversation, resumed by sequence number."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from bot.core.conversation import Conversation, Inbound
from bot.core.text_rules import accepted_client_id
from bot.errors import LangelisError, WrongTokenError
from bot.services.bus import Signal
from bot.services.rate_limit import RateLimiter
from channels.web.failures import Failure, failure_of
from channels.web.keys import CORE, LIMITS
from channels.web.opening import serve_socket
from channels.web.origins import origin_allowed
from channels.web.protocol import (
    Continue,
    Erase,
    Hello,
    Ping,
    Read,
    Say,
    Typing,
    WantCopy,
    continue_frame,
    log_row,
    read_frame,
    welcome,
    write_frame,
)
from channels.web.rest import refusal

log = structlog.get_logger(__name__)

CHANNEL = "web"
_HELLO_SECONDS = 10
_MAX_FRAME_BYTES = 32 * 1024
_MAX_FAILURES = 50
_TYPINGS_PER_MINUTE = 60
_TYPING = {
    Signal.TYPING_STARTED: True,
    Signal.TYPING_STOPPED: False,
    Signal.OPERATOR_TYPING: True,
    Signal.OPERATOR_STOPPED: False,
}


async def handle(request: web.Request) -> web.StreamResponse:
    """Open a socket for an allowed origin and serve it until it closes."""
    core = request.app[CORE]
    if not origin_allowed(request, core):
        return refusal(request, Failure("origin_refused"))
    return await serve_socket(request, Connection, max_frame_bytes=_MAX_FRAME_BYTES, failed="socket_failed")


class Connection:
    """One open socket: the log is the only thing sent, so that nothing is missed or sent twice."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request = request
        self._core = request.app[CORE]
        self._socket = socket
        self._sent = 0
        self._typing = False
        self._erased = False
        self._ended = False
        self._news = asyncio.Event()
        self._failures = 0
        self._typings = RateLimiter(_TYPINGS_PER_MINUTE, time.monotonic, max_keys=1)

    async def serve(self) -> None:
        """Greet, then read frames and send the log side by side."""
        conversation = await self._opened()
        if conversation is None:
            await self._socket.close()
            return
        unsubscribe = self._core.bus.subscribe(conversation.id, self._hear)
        self._news.set()
        sending = asyncio.create_task(self._send_log_or_close(conversation.id))
        try:
            await self._read(conversation)
        finally:
            unsubscribe()
            # Asked to end and not cancelled: a query that is cut off costs the pool its connection.
            self._ended = True
            self._news.set()
            await sending

    async def _opened(self) -> Conversation | None:
        try:
            text = await self._socket.receive_str(timeout=_HELLO_SECONDS)
        except (asyncio.TimeoutError, TypeError):
            await self._fail(Failure("hello_expected"))
            return None
        try:
            hello = read_frame(text)
            if not isinstance(hello, Hello):
                await self._fail(Failure("hello_expected"))
                return None
            wait = self._request.app[LIMITS].take_address(self._request)
            if wait:
                await self._fail(Failure("rate_limited", wait))
                return None
            opened = await self._core.hub.open_with_token(CHANNEL, hello.municipality, hello.token)
        except LangelisError as error:
            await self._fail(failure_of(error))
            return None
        # A number from the future, from before a backup was restored, must not hide what comes.
        self._sent = min(max(0, hello.after), opened.conversation.last_seq) if hello.token else 0
        municipality = self._core.catalogues.get(hello.municipality).catalogue.municipality
        telegram = self._core.telegram_bots.link(municipality.id) is not None
        frame = welcome(opened.conversation, municipality, opened.token, telegram=telegram)
        await self._socket.send_str(write_frame(frame))
        return opened.conversation

    async def _read(self, conversation: Conversation) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                await self._fail(Failure("bad_json"))
            else:
                await self._take(conversation, message.data)
            if self._failures >= _MAX_FAILURES:
                await self._socket.close()

    async def _take(self, conversation: Conversation, text: str) -> None:
        client_id: str | None = None
        try:
            frame = read_frame(text)
            if isinstance(frame, Ping):
                await self._socket.send_str(write_frame({"type": "pong"}))
            elif isinstance(frame, Typing):
                await self._show_typing(conversation, on=frame.on)
            elif isinstance(frame, Read):
                await self._core.handoff.talk.read_by_resident(conversation.id, frame.seq)
            elif isinstance(frame, Say):
                client_id = frame.client_id if accepted_client_id(frame.client_id) else None
                await self._say(conversation, frame)
            elif isinstance(frame, WantCopy | Erase):
                await self._see_to_own_data(conversation, frame)
            elif isinstance(frame, Continue):
                await self._continue(conversation)
            else:
                await self._fail(Failure("bad_frame"))
        except WrongTokenError:
            # Deleted a moment ago, here or elsewhere.
            self._hear(Signal.ERASED)
        except LangelisError as error:
            await self._fail(failure_of(error), client_id)
        except Exception:
            log.exception("socket_message_failed", conversation=conversation.id)
            await self._fail(Failure("internal"), client_id)

    async def _say(self, conversation: Conversation, frame: Say) -> None:
        wait = self._request.app[LIMITS].take(self._request, conversation.id)
        if wait:
            await self._fail(Failure("rate_limited", wait), frame.client_id)
            return
        inbound = Inbound(
            text=frame.text, client_id=frame.client_id, payload=frame.payload, attachments=frame.attachments
        )
        receipt = await self._core.hub.receive(conversation.id, inbound)
        accepted = {"type": "accepted", "client_id": frame.client_id, "seq": receipt.seq}
        await self._socket.send_str(write_frame(accepted))

    async def _see_to_own_data(self, conversation: Conversation, frame: WantCopy | Erase) -> None:
        wait = self._request.app[LIMITS].take(self._request, conversation.id)
        if wait:
            await self._fail(Failure("rate_limited", wait))
        elif isinstance(frame, Erase):
            await self._core.own_data.erasure.erase(conversation.id)
        else:
            path = await self._core.own_data.copies.offer(conversation.id)
            if path is None:
                raise WrongTokenError("no such conversation")
            await self._socket.send_str(write_frame({"type": "copy", "path": path}))

    async def _continue(self, conversation: Conversation) -> None:
        """Give a code with which the conversation goes on on Telegram."""
        wait = self._request.app[LIMITS].take(self._request, conversation.id)
        if wait:
            await self._fail(Failure("rate_limited", wait))
            return
        if self._core.telegram_bots.link(conversation.municipality) is None:
            await self._fail(Failure("telegram_off"))
            return
        code = await self._core.continuing.code_for(conversation.id)
        link = self._core.telegram_bots.link(conversation.municipality, code.start)
        await self._socket.send_str(write_frame(continue_frame(code, link or "")))

    async def _show_typing(self, conversation: Conversation, *, on: bool) -> None:
        """Let the consoles know; what comes too often is no news."""
        if not self._typings.take(conversation.id):
            await self._core.handoff.talk.resident_types(conversation.id, on=on)

    async def _send_log_or_close(self, conversation: str) -> None:
        try:
            await self._send_log(conversation)
        except ConnectionError:
            pass  # the client has gone
        except Exception:
            # A socket that shows nothing any more must not look open: closed, the client resumes.
            log.exception("socket_log_failed", conversation=conversation)
            await self._socket.close(code=WSCloseCode.INTERNAL_ERROR)

    async def _send_log(self, conversation: str) -> None:
        shown_typing = False
        while not self._ended:
            await self._news.wait()
            self._news.clear()
            if self._socket.closed:
                return
            if self._erased:
                text = self._core.own_data.erasure.farewell(conversation)
                await self._socket.send_str(write_frame({"type": "erased", "text": text}))
                await self._socket.close()
                return
            for message in await self._core.hub.log_after(conversation, self._sent):
                await self._socket.send_str(write_frame(log_row(message)))
                self._sent = message.seq
                self._news.set()
            if shown_typing != self._typing:
                shown_typing = self._typing
                await self._socket.send_str(write_frame({"type": "typing", "on": shown_typing}))

    def _hear(self, signal: Signal) -> None:
        if signal in _TYPING:
            self._typing = _TYPING[signal]
        self._erased = self._erased or signal is Signal.ERASED
        self._news.set()

    async def _fail(self, failure: Failure, client_id: str | None = None) -> None:
        self._failures += 1
        frame = {"type": "error", **failure.body(self._core.texts)}
        if client_id is not None:
            frame["client_id"] = client_id
        with suppress(ConnectionError):
            await self._socket.send_str(write_frame(frame))
