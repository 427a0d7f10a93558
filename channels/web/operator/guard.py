"""The one gate of the console: who comes, from where, and whether that is allowed."""

from __future__ import annotations

import hmac

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.core.operators import Operator, Permission, may
from bot.errors import AccountRuleError, RefusedMessageError
from bot.services.people.sessions import SignedIn, csrf_token
from channels.web.failures import failure_of
from channels.web.keys import CORE, LIMITS
from channels.web.operator.access import ROOT, Everyone, OperatorRoute, is_operators, is_page, path_of, route_of
from channels.web.operator.cookies import token_of
from channels.web.operator.refusals import Refused, as_json, as_page, refused_by
from channels.web.pages import html
from channels.web.rest import refusal

CSRF_HEADER = "X-CSRF-Token"
SIGN_IN = f"{ROOT}/sign-in"
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
_OWN_SITES = frozenset({"same-origin", "none"})
_SIGNED_IN: web.RequestKey[SignedIn] = web.RequestKey("signed_in", SignedIn)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in to the console's routes who may; every other route is no business of the guard's."""
    path = path_of(request)
    if not is_operators(path):
        return await handler(request)
    try:
        await _admit(request)
        return await handler(request)
    except AccountRuleError as error:
        refused = refused_by(error)
    except RefusedMessageError as error:
        return refusal(request, failure_of(error))
    except Refused as error:
        refused = error
    if not is_page(path):
        return as_json(request, refused)
    if refused.code == "sign_in_required":
        return _to_sign_in(request)
    return as_page(request, refused)


def signed_in_of(request: web.Request) -> SignedIn:
    """Return who is signed in, with the session. Raises `Refused` where the guard let in nobody."""
    if _SIGNED_IN not in request:
        raise Refused("sign_in_required")
    return request[_SIGNED_IN]


def operator_of(request: web.Request) -> Operator:
    """Return the operator who is signed in.

    Raises `Refused`, which the guard turns into a redirect to the sign-in page, or into 401 for a program.
    """
    return signed_in_of(request).operator


def permit(
    request: web.Request, permission: Permission, municipality: str | None, *, department: str | None = None
) -> Operator:
    """Return the operator who may do this with an object of a municipality. Raises `Refused` when not."""
    operator = operator_of(request)
    if not may(operator, permission, municipality, department=department):
        raise Refused("forbidden")
    return operator


def same_site(request: web.Request) -> bool:
    """Tell whether a page of this server sent the request, or a program that is no browser."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get(hdrs.ORIGIN)
    if site is not None and site not in _OWN_SITES:
        return False
    return origin is None or origin.lower().partition("://")[2] == request.host.lower()


async def _admit(request: web.Request) -> None:
    route = route_of(request)
    if route is None:
        raise Refused("forbidden")
    # Browsers send sockets' openings from any page, cookies too: for them the origin is all there is.
    if (request.method not in _SAFE or hdrs.UPGRADE in request.headers) and not same_site(request):
        raise Refused("foreign")
    if isinstance(route.needs, Everyone):
        return
    token = token_of(request)
    address = request.app[LIMITS].address(request)
    who = await request.app[CORE].people.sessions.signed_in(token, address) if token else None
    if who is None:
        raise Refused("sign_in_required")
    if request.method not in _SAFE and not _has_csrf_token(request, token):
        raise Refused("csrf_refused")
    _check_rights(request, route, route.needs, who.operator)
    request[_SIGNED_IN] = who


def _check_rights(request: web.Request, route: OperatorRoute, permission: Permission, operator: Operator) -> None:
    named: list[str | None] = [*request.query.getall("municipality", []), None]
    if "{municipality}" in route.path:
        named.append(request.match_info["municipality"])
    # An empty field of a form means "all that are mine".
    if not all(may(operator, permission, municipality or None) for municipality in named):
        raise Refused("forbidden")


def _has_csrf_token(request: web.Request, token: str) -> bool:
    given = request.headers.get(CSRF_HEADER, "")
    return hmac.compare_digest(given.encode(errors="replace"), csrf_token(token).encode())


def _to_sign_in(request: web.Request) -> web.StreamResponse:
    # Behind a link in a mail browsers hold back the cookie: the page asks once more, and then it is there.
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method in _SAFE:
        return html(request, "operator/continue.html.j2", target=request.rel_url.raw_path_qs)
    raise web.HTTPSeeOther(SIGN_IN)
