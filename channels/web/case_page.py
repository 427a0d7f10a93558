"""The page of a case: its state by number and code, withdrawing it, and the link that confirms an address.

Number and code come in the body of a POST and leave in no address and no log. Every page works without JavaScript.
"""

from __future__ import annotations

from math import ceil

from aiohttp import web

from bot.core.case import Case
from bot.core.clock import local
from bot.errors import CaseRuleError
from channels.web.case_form import Sent, Step, read
from channels.web.case_terms import case_terms
from channels.web.case_view import CaseView, case_view
from channels.web.headers import FORM_HEADERS
from channels.web.keys import CORE, LIMITS
from channels.web.origins import from_own_page
from channels.web.pages import html

_FOREIGN, _NOT_FOUND, _TOO_MANY = 403, 404, 429


async def form(request: web.Request) -> web.Response:
    """Ask for number and code."""
    return _form(request)


async def show(request: web.Request) -> web.Response:
    """Show the case, ask whether it is to be withdrawn, or withdraw it."""
    refused = _refused(request)
    if refused is not None:
        return refused
    core, sent = request.app[CORE], await read(request)
    access = await core.case_access.open(sent.number, sent.code)
    if access.wait_seconds:
        return _wait(request, "case.page.locked", ceil(access.wait_seconds / 60), access.wait_seconds)
    if access.case is None:
        return _form(request, _NOT_FOUND, core.texts.render("case.page.not_found"))
    if sent.step is Step.ASK:
        return _ask_to_withdraw(request, access.case, sent)
    if sent.step is Step.WITHDRAW:
        return await _withdraw(request, access.case, sent)
    return _case(request, access.case, sent)


async def ask_to_confirm(request: web.Request) -> web.Response:
    """Offer to confirm the address: programs that scan mails follow links, but press no buttons."""
    return html(request, "case_confirm.html.j2", headers=FORM_HEADERS, message=None, confirmed=False)


async def confirm(request: web.Request) -> web.Response:
    """Confirm the address to which the link was sent."""
    refused = _refused(request)
    if refused is not None:
        return refused
    core = request.app[CORE]
    confirmed = await core.case_identity.confirm(request.match_info["token"])
    message = core.texts.render("case.page.confirmed" if confirmed else "case.page.not_confirmed")
    return html(
        request,
        "case_confirm.html.j2",
        headers=FORM_HEADERS,
        status=200 if confirmed else _NOT_FOUND,
        message=message,
        confirmed=confirmed,
    )


def _ask_to_withdraw(request: web.Request, case: Case, sent: Sent) -> web.Response:
    view = _view(request, case)
    if not view.can_withdraw:
        return _case(request, case, sent, trouble=request.app[CORE].texts.render("case.page.cannot_withdraw"))
    return html(request, "case_withdraw.html.j2", headers=FORM_HEADERS, case=view, sent=sent)


async def _withdraw(request: web.Request, case: Case, sent: Sent) -> web.Response:
    core = request.app[CORE]
    try:
        withdrawn = await core.desk.withdraw(case.number)
    except CaseRuleError:
        return _case(request, case, sent, trouble=core.texts.render("case.page.cannot_withdraw"))
    return _case(request, withdrawn, sent, done=core.texts.render("case.page.withdrawn"))


def _case(
    request: web.Request, case: Case, sent: Sent, *, done: str | None = None, trouble: str | None = None
) -> web.Response:
    return html(
        request,
        "case.html.j2",
        headers=FORM_HEADERS,
        case=_view(request, case),
        sent=sent,
        done=done,
        trouble=trouble,
        status=409 if trouble else 200,
    )


def _refused(request: web.Request) -> web.Response | None:
    """Return the refusal of a form that another site sent, or of one too many from the same address."""
    core = request.app[CORE]
    if not from_own_page(request):
        return _form(request, _FOREIGN, core.texts.render("case.page.foreign"))
    wait = request.app[LIMITS].take_address(request)
    return _wait(request, "case.page.rate_limited", wait, wait) if wait else None


def _wait(request: web.Request, phrase: str, count: int, seconds: int) -> web.Response:
    refused = _form(request, _TOO_MANY, request.app[CORE].texts.render(phrase, count=count))
    refused.headers["Retry-After"] = str(seconds)
    return refused


def _form(request: web.Request, status: int = 200, trouble: str | None = None) -> web.Response:
    # What was typed is not repeated: all wrong pairs get the very same page.
    return html(
        request,
        "case_form.html.j2",
        headers=FORM_HEADERS,
        status=status,
        trouble=trouble,
        wrong=status == _NOT_FOUND,
    )


def _view(request: web.Request, case: Case) -> CaseView:
    core = request.app[CORE]
    found = core.catalogues.get(case.filing.municipality).catalogue.municipality
    clocks = case_terms(
        case,
        core.desk.terms(case),
        core.desk.calendar(case.filing.municipality),
        today=local(core.clock.now()).date(),
        texts=core.texts,
    )
    return case_view(case, found, clocks, core.texts)
