"""What the console is refused with: a stable code, a Lithuanian sentence and an HTTP status."""

from __future__ import annotations

import json

from aiohttp import web

from bot.errors import AccountRuleError
from bot.services.people.own_account import TooManyTriesError
from channels.web.keys import CORE
from channels.web.pages import html

_STATUS = {
    "sign_in_required": 401,
    "forbidden": 403,
    "csrf_refused": 403,
    "foreign": 403,
    "password_wrong": 403,
    "unknown_operator": 404,
    "unknown_session": 404,
    "login_taken": 409,
    "last_administrator": 409,
    "totp_on": 409,
    "totp_not_begun": 409,
    "too_many_tries": 429,
}
"""HTTP status by code; 400 for the others."""


class Refused(Exception):  # noqa: N818 - an answer rather than an error
    """The request is refused; `code` names the sentence `operator.error.{code}`. `retry_after` in seconds."""

    def __init__(self, code: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        """The HTTP status."""
        return _STATUS.get(self.code, 400)


def refused_by(error: AccountRuleError) -> Refused:
    """Return the refusal that a rule about accounts is on the web."""
    return Refused(error.code, error.wait_seconds if isinstance(error, TooManyTriesError) else None)


def sentence(request: web.Request, refused: Refused) -> str:
    """Return what is said to the operator."""
    return request.app[CORE].texts.render(f"operator.error.{refused.code}", count=refused.retry_after or 0)


def as_json(request: web.Request, refused: Refused) -> web.Response:
    """Return a refusal in the form that all of Langelis' programming interfaces have."""
    body: dict[str, object] = {"code": refused.code, "message": sentence(request, refused)}
    headers: dict[str, str] = {}
    if refused.retry_after is not None:
        body["retry_after"], headers["Retry-After"] = refused.retry_after, str(refused.retry_after)
    return json_answer({"error": body}, status=refused.status, headers=headers)


def as_page(request: web.Request, refused: Refused) -> web.Response:
    """Return a refusal as a page."""
    return html(
        request,
        "error.html.j2",
        status=refused.status,
        title=str(refused.status),
        message=sentence(request, refused),
    )


def json_answer(value: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return a value as JSON, letters as they are."""
    return web.json_response(
        value, status=status, headers=headers, dumps=lambda given: json.dumps(given, ensure_ascii=False)
    )
