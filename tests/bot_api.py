"""A server that speaks Telegram's Bot API: what residents do goes in, what the bot sends is kept.

It keeps Telegram's rules: updates come until the next request confirms them, callback data has at most 64 bytes, a
message 4,096 UTF-16 units, markup must be well-formed, and a bot that is too fast or blocked is told so.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from time import monotonic
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from tests.waiting import until_true

Json = dict[str, Any]
TOKEN = "4242:testinis"
USERNAME = "langelis_bot"
BOT_ID = 4242
_TAGS = frozenset({"b", "i", "a"})
_COMMAND = re.compile(r"^/[a-z0-9_]+(@\w+)?", re.IGNORECASE)
_MENTION = re.compile(r"@\w+")


@dataclass(frozen=True)
class Call:
    """A request of the bot's: its method, what it held, and when it came."""

    method: str
    given: Json
    at: float

    @property
    def chat(self) -> int:
        """The chat that it is about."""
        return int(self.given["chat_id"])

    @property
    def text(self) -> str:
        """The words, with their markup."""
        return str(self.given.get("text", ""))

    @property
    def buttons(self) -> list[Json]:
        """The buttons under the message, in order."""
        return [key for row in self.given.get("reply_markup", {}).get("inline_keyboard", []) for key in row]


@dataclass
class Trouble:
    """What goes wrong with requests of a method, and how often."""

    status: int
    description: str = "trouble"
    parameters: Json = field(default_factory=dict)
    hang: bool = False


class _Markup(HTMLParser):
    """Reads Telegram's HTML; `problem` is set when it would be refused."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.problem = False
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """See parent class."""
        self.problem |= tag not in _TAGS
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See parent class."""
        self.problem |= not self._open or self._open.pop() != tag

    def handle_data(self, data: str) -> None:
        """See parent class."""
        self.words += data


def seen(text: str) -> str:
    """Return the words that a resident sees of a message with markup."""
    markup = _Markup()
    markup.feed(text)
    markup.close()
    return markup.words


class BotApi:
    """The server; `calls` holds all that the bot has asked for, in order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.tokens: dict[str, tuple[int, str]] = {TOKEN: (BOT_ID, USERNAME)}
        self.trouble: dict[str, deque[Trouble]] = defaultdict(deque)
        self.blocked: set[int] = set()
        self.files: dict[str, bytes] = {}
        self.webhooks: dict[str, Json] = {}
        self.confirmed: dict[str, int] = defaultdict(int)
        self.served = asyncio.Event()
        self._updates: dict[str, list[Json]] = defaultdict(list)
        self._news = asyncio.Event()
        self._closing = asyncio.Event()
        self._update_id = 1000
        self._message_id = 0
        self._server: TestServer | None = None
        self.url = ""

    async def start(self) -> None:
        """Serve on a free port; `url` is the base address then."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self._server = TestServer(app)
        await self._server.start_server()
        self.url = str(self._server.make_url("")).rstrip("/")

    async def close(self) -> None:
        """Let waiting requests end and stop."""
        self._closing.set()
        self._news.set()
        if self._server is not None:
            await self._server.close()

    # What residents do.

    def number(self) -> int:
        """Return the next message's number."""
        self._message_id += 1
        return self._message_id

    def message(self, chat: int = 1, text: str | None = None, **more: Any) -> Json:  # noqa: ANN401 - any JSON
        """Return a message of a resident; commands and names are marked as Telegram marks them."""
        kind = {"id": chat, "type": "private", "first_name": "Ona"} if chat > 0 else {"id": chat, "type": "supergroup"}
        found: Json = {
            "message_id": self.number(),
            "date": 1795255200,
            "chat": kind,
            "from": {"id": abs(chat), "is_bot": False, "first_name": "Ona"},
        }
        if text is not None:
            found["text"] = text
            found["entities"] = _entities(text)
        return {**found, **more}

    def push(self, update: Json, *, token: str = TOKEN, update_id: int | None = None) -> int:
        """Let an update wait for the bot and return its number."""
        if update_id is None:
            self._update_id += 1
            update_id = self._update_id
        self._updates[token].append({"update_id": update_id, **update})
        self._news.set()
        return update_id

    def write(self, text: str, chat: int = 1, **more: Any) -> Json:  # noqa: ANN401 - any JSON
        """Write a message and return it."""
        message = self.message(chat, text, **more)
        self.push({"message": message})
        return message

    def press(self, call: Call, title: str, query: str | None = None) -> None:
        """Press the button with this title under a message of the bot's."""
        data = next(key["callback_data"] for key in call.buttons if key["text"] == title)
        self.press_data(call, data, query)

    def press_data(self, call: Call, data: str, query: str | None = None) -> None:
        """Press a button that has this data."""
        shown = {"reply_markup": call.given["reply_markup"]} if call.buttons else {}
        message = self.message(call.chat, call.text, message_id=call.given["message_id"], **shown)
        message["from"] = {"id": BOT_ID, "is_bot": True, "first_name": "Langelis"}
        user = {"id": abs(call.chat), "is_bot": False, "first_name": "Ona"}
        pressed = {"id": query or f"q{self.number()}", "from": user, "chat_instance": "1", "data": data}
        self.push({"callback_query": {**pressed, "message": message}})

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not taken yet."""
        return sum(len(waiting) for waiting in self._updates.values())

    # What the bot did.

    def sent(self, chat: int | None = None, method: str = "sendMessage") -> list[Call]:
        """Return the messages that the bot sent, to one chat or to all."""
        return [call for call in self.calls if call.method == method and chat in {None, call.chat}]

    async def until_sent(self, count: int, chat: int | None = None, seconds: float = 10) -> list[Call]:
        """Wait until the bot has sent so many messages and return them."""
        try:
            await until_true(lambda: len(self.sent(chat)) >= count, seconds)
        except asyncio.TimeoutError:
            shown = [call.text[:80] for call in self.sent(chat)]
            raise AssertionError(f"{len(shown)} of {count} messages came: {shown}") from None
        return self.sent(chat)

    async def until_called(self, method: str, count: int = 1, seconds: float = 10) -> list[Call]:
        """Wait until the bot has called a method so often."""
        await until_true(lambda: len([call for call in self.calls if call.method == method]) >= count, seconds)
        return [call for call in self.calls if call.method == method]

    async def until_hung_up(self, seconds: float = 10) -> None:
        """Wait until all that a killed bot had asked for is done and its connections are closed."""
        assert self._server is not None
        assert self._server.handler is not None
        handler = self._server.handler
        await until_true(lambda: not handler.connections, seconds)

    async def deliver(self, url: str, update: Json, secret: str | None) -> int:
        """Send an update to a webhook, as Telegram does, and return the status of the answer."""
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with ClientSession() as session, session.post(url, json=update, headers=headers) as response:
            return response.status

    # The Bot API itself.

    async def _answer(self, request: web.Request) -> web.Response:
        token, method = request.match_info["token"], request.match_info["method"]
        given = await _given(request)
        if token not in self.tokens:
            return _error(401, "Unauthorized")
        if method == "getUpdates":
            return await self._get_updates(token, given)
        call = Call(method, given, monotonic())
        if self.trouble[method]:
            return await self._make_trouble(self.trouble[method].popleft(), call)
        handler: Callable[[str, Call], Awaitable[web.Response]] = getattr(self, f"_{method.lower()}", self._done)
        return await handler(token, call)

    async def _make_trouble(self, trouble: Trouble, call: Call) -> web.Response:
        self.calls.append(Call(f"refused {call.method}", call.given, call.at))
        if trouble.hang:
            await self._closing.wait()
        return _error(trouble.status, trouble.description, trouble.parameters)

    async def _done(self, _token: str, call: Call) -> web.Response:
        self.calls.append(call)
        return _result(True)

    async def _getme(self, token: str, _call: Call) -> web.Response:
        number, username = self.tokens[token]
        return _result({"id": number, "is_bot": True, "first_name": "Langelis", "username": username})

    async def _setwebhook(self, token: str, call: Call) -> web.Response:
        self.webhooks[token] = call.given
        return await self._done(token, call)

    async def _deletewebhook(self, token: str, call: Call) -> web.Response:
        self.webhooks.pop(token, None)
        return await self._done(token, call)

    async def _get_updates(self, token: str, given: Json) -> web.Response:
        self.served.set()
        if self.trouble["getUpdates"]:
            return await self._make_trouble(self.trouble["getUpdates"].popleft(), Call("getUpdates", given, 0.0))
        offset = int(given.get("offset", 0))
        if offset:
            self.confirmed[token] = max(self.confirmed[token], offset)
            self._updates[token] = [one for one in self._updates[token] if one["update_id"] >= offset]
        deadline = monotonic() + float(given.get("timeout", 0))
        while not self._updates[token] and not self._closing.is_set() and (left := deadline - monotonic()) > 0:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except asyncio.TimeoutError:
                break
        return _result(self._updates[token][:100])

    async def _sendmessage(self, _token: str, call: Call) -> web.Response:
        markup = _Markup()
        markup.feed(call.text)
        markup.close()
        if call.given.get("parse_mode") == "HTML" and (markup.problem or markup._open):
            return _error(400, "Bad Request: can't parse entities")
        if not markup.words.strip():
            return _error(400, "Bad Request: message text is empty")
        if len(markup.words.encode("utf-16-le")) > 2 * 4096:
            return _error(400, "Bad Request: message is too long")
        return self._accept(call)

    async def _sendphoto(self, _token: str, call: Call) -> web.Response:
        return self._accept(call)

    async def _senddocument(self, _token: str, call: Call) -> web.Response:
        return self._accept(call)

    def _accept(self, call: Call) -> web.Response:
        if call.chat in self.blocked:
            return _error(403, "Forbidden: bot was blocked by the user")
        if any(len(key.get("callback_data", "").encode()) > 64 for key in call.buttons):
            return _error(400, "Bad Request: BUTTON_DATA_INVALID")
        number = self.number()
        self.calls.append(Call(call.method, {**call.given, "message_id": number}, call.at))
        chat = {"id": call.chat, "type": "private"}
        return _result({"message_id": number, "date": 1795255200, "chat": chat, "text": call.text})

    async def _editmessagereplymarkup(self, token: str, call: Call) -> web.Response:
        if any(len(key.get("callback_data", "").encode()) > 64 for key in call.buttons):
            return _error(400, "Bad Request: BUTTON_DATA_INVALID")
        return await self._done(token, call)

    async def _getfile(self, _token: str, call: Call) -> web.Response:
        number = str(call.given["file_id"])
        if number not in self.files:
            return _error(400, "Bad Request: wrong file_id")
        size = len(self.files[number])
        return _result({"file_id": number, "file_unique_id": number, "file_size": size, "file_path": f"f/{number}"})

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["path"].removeprefix("f/")])


def _entities(text: str) -> list[Json]:
    found = [("bot_command", match) for match in [_COMMAND.match(text)] if match is not None]
    found += [("mention", match) for match in _MENTION.finditer(text)]
    return [
        {"type": kind, "offset": _units(text[: match.start()]), "length": _units(match.group())}
        for kind, match in found
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def _given(request: web.Request) -> Json:
    """Return the parameters: those that hold JSON are read."""
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    given: Json = {name: _value(value) for name, value in request.query.items()}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = {"name": value.filename, "bytes": value.file.read()}
        else:
            given[name] = _value(str(value))
    return given


def _value(text: str) -> Any:  # noqa: ANN401 - any JSON
    if text[:1] not in {"{", "["} and not re.fullmatch(r"-?\d+|true|false", text):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _result(value: object) -> web.Response:
    return web.json_response({"ok": True, "result": value})


def _error(status: int, description: str, parameters: Mapping[str, object] | None = None) -> web.Response:
    body: Json = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = dict(parameters)
    return web.json_response(body, status=status)
