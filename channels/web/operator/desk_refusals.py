"""What the desk refuses: stable codes, Lithuanian sentences, HTTP statuses; the same for routes and the socket."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps

from aiohttp import web

from bot.core.handoff import HandoffRefusedError
from bot.errors import (
    CaseRuleError,
    IllegalTransitionError,
    LangelisError,
    RefusedMessageError,
    UnknownCaseError,
    UnknownMunicipalityError,
)
from bot.services.texts import Texts
from channels.web.failures import STATUS as WEB_STATUS
from channels.web.keys import CORE
from channels.web.operator.access import Handler
from channels.web.operator.refusals import json_answer
from channels.web.pages import html

_STATUS = {
    "forbidden": 403,
    "not_owner": 409,
    "already_claimed": 409,
    "closed": 409,
    "illegal_transition": 409,
    "shortcut_taken": 409,
    "case_rule": 409,
}


@dataclass(frozen=True, slots=True)
class DeskFailure:
    """Why something was refused; `operator` says who has it already."""

    code: str
    message: str
    operator: str | None = None

    @property
    def status(self) -> int:
        """The HTTP status."""
        return _STATUS.get(self.code, 404 if self.code.startswith("unknown_") else WEB_STATUS.get(self.code, 400))

    def body(self) -> dict[str, object]:
        """Return it as clients get it."""
        body: dict[str, object] = {"code": self.code, "message": self.message}
        return body if self.operator is None else {**body, "operator": self.operator}


def desk_failure(error: LangelisError, texts: Texts) -> DeskFailure | None:
    """Return the refusal that a domain error is for operators, None for one that is no refusal."""
    operator = error.operator if isinstance(error, HandoffRefusedError) else None
    if isinstance(error, CaseRuleError):
        return DeskFailure("case_rule", texts.render(f"desk.case_rule.{error.code}", items="—"))
    code = _code(error)
    return None if code is None else failure(code, texts, operator)


def failure(code: str, texts: Texts, operator: str | None = None) -> DeskFailure:
    """Return a refusal by its code."""
    key = f"desk.error.{code}"
    # Of files residents and operators are told the same.
    message = texts.render(key, operator=operator or "—") if texts.has(key) else texts.render(f"error.{code}")
    return DeskFailure(code, message, operator)


def refusing(handler: Handler) -> Handler:
    """Let a handler answer with refusals as JSON."""

    @wraps(handler)
    async def wrapped(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except LangelisError as error:
            refused = desk_failure(error, request.app[CORE].texts)
            if refused is None:
                raise
            return json_answer({"error": refused.body()}, status=refused.status)

    return wrapped


def refusing_page(handler: Handler) -> Handler:
    """Let the handler of a page answer with refusals as a page: a person looks at it, not a program."""

    @wraps(handler)
    async def wrapped(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except LangelisError as error:
            refused = desk_failure(error, request.app[CORE].texts)
            if refused is None:
                raise
            status = refused.status
            return html(request, "error.html.j2", status=status, title=str(status), message=refused.message)

    return wrapped


def _code(error: LangelisError) -> str | None:
    if isinstance(error, HandoffRefusedError | RefusedMessageError):
        return error.code
    if isinstance(error, IllegalTransitionError):
        return "illegal_transition"
    if isinstance(error, UnknownCaseError):
        return "unknown_case"
    return "unknown_municipality" if isinstance(error, UnknownMunicipalityError) else None
