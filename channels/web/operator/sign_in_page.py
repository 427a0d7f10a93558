"""Signing in and out by forms that need no JavaScript: password, code, a password of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from aiohttp import web

from bot.errors import AccountRuleError
from bot.services.people.sessions import Visitor
from bot.services.people.sign_in import Step
from bot.storage.sessions import Stage
from channels.web.headers import FORM_HEADERS
from channels.web.keys import CORE, LIMITS
from channels.web.operator.access import ROOT
from channels.web.operator.bodies import read_form
from channels.web.operator.cookies import drop_token, set_token, surely_plain, token_of
from channels.web.operator.guard import SIGN_IN
from channels.web.operator.refusals import refused_by, sentence
from channels.web.pages import html

_BAD, _WRONG, _TOO_MANY = 400, 401, 429
_SIGNED_OUT = "out"


async def show(request: web.Request) -> web.StreamResponse:
    """Show the form that comes next; who is signed in goes to the console."""
    found = await request.app[CORE].people.sessions.find(token_of(request)) if token_of(request) else None
    stage = None if found is None else found[0].stage
    if stage is Stage.OPEN:
        raise web.HTTPSeeOther(ROOT)
    told = request.app[CORE].texts.render("operator.sign_in.signed_out") if _SIGNED_OUT in request.query else None
    return _form(request, stage, "" if found is None else found[1].operator.login, told=told)


async def submit(request: web.Request) -> web.StreamResponse:
    """Take one step."""
    fields = await read_form(request)
    step = fields.get("step")
    if step == "code":
        return await _code(request, fields)
    if step == "new_password":
        return await _new_password(request, fields)
    if step == "cancel":
        return await sign_out(request)
    return await _password(request, fields)


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session and forget its cookie."""
    await request.app[CORE].people.sessions.sign_out(token_of(request), request.app[LIMITS].address(request))
    response = web.HTTPSeeOther(f"{SIGN_IN}?{_SIGNED_OUT}=1")
    drop_token(request, response)
    raise response


async def _password(request: web.Request, fields: Mapping[str, str]) -> web.StreamResponse:
    login = fields.get("login", "")
    step = await request.app[CORE].people.sign_in.with_password(login, fields.get("password", ""), _visitor(request))
    if step.token is not None and step.stage is not None:
        raise _go_on(request, step.token, step.stage)
    return _failed(request, step, None, "operator.sign_in.wrong", login)


async def _code(request: web.Request, fields: Mapping[str, str]) -> web.StreamResponse:
    token = token_of(request)
    step = await request.app[CORE].people.sign_in.with_code(token, fields.get("code", ""), _visitor(request))
    if step.token is None or step.stage is None:
        return _failed(request, step, None, "operator.sign_in.began_anew")
    if step.token == token:
        return _failed(request, step, Stage.CODE, "operator.sign_in.code_wrong")
    raise _go_on(request, step.token, step.stage)


async def _new_password(request: web.Request, fields: Mapping[str, str]) -> web.StreamResponse:
    people, token, texts = request.app[CORE].people, token_of(request), request.app[CORE].texts
    found = await people.sessions.find(token)
    login = "" if found is None else found[1].operator.login
    password = fields.get("password", "")
    if password != fields.get("repeated", ""):
        trouble = texts.render("operator.sign_in.not_the_same")
        return _form(request, Stage.NEW_PASSWORD, login, trouble=trouble, status=_BAD)
    try:
        step = await people.sign_in.with_new_password(token, password, _visitor(request))
    except AccountRuleError as error:
        trouble = sentence(request, refused_by(error))
        return _form(request, Stage.NEW_PASSWORD, login, trouble=trouble, status=_BAD)
    if step.token is None or step.stage is None:
        return _failed(request, step, None, "operator.sign_in.began_anew")
    raise _go_on(request, step.token, step.stage)


def _visitor(request: web.Request) -> Visitor:
    return Visitor.of(request.app[LIMITS].address(request), request.headers.get("User-Agent", ""))


def _go_on(request: web.Request, token: str, stage: Stage) -> web.HTTPSeeOther:
    response = web.HTTPSeeOther(ROOT if stage is Stage.OPEN else SIGN_IN)
    set_token(request, response, token, stage)
    return response


def _failed(request: web.Request, step: Step, stage: Stage | None, phrase: str, login: str = "") -> web.Response:
    texts = request.app[CORE].texts
    if not step.wait_seconds:
        return _form(request, stage, login, trouble=texts.render(phrase), status=_WRONG)
    trouble = texts.render("operator.sign_in.locked", count=ceil(step.wait_seconds / 60))
    response = _form(request, stage, login, trouble=trouble, status=_TOO_MANY)
    response.headers["Retry-After"] = str(step.wait_seconds)
    return response


def _form(
    request: web.Request,
    stage: Stage | None,
    login: str,
    *,
    trouble: str | None = None,
    told: str | None = None,
    status: int = 200,
) -> web.Response:
    template = {Stage.CODE: "code", Stage.NEW_PASSWORD: "new_password"}.get(stage, "password") if stage else "password"
    return html(
        request,
        f"operator/{template}.html.j2",
        headers=FORM_HEADERS,
        status=status,
        login=login,
        trouble=trouble,
        told=told,
        plain=surely_plain(request),
    )
