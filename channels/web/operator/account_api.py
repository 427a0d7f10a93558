"""The programming interface of one's own account: who I am, my sessions, my password, my codes."""

from __future__ import annotations

import msgspec
from aiohttp import web

from bot.core.operators import PERMISSIONS, Role
from bot.services.people.sessions import SignedIn, csrf_token
from bot.services.people.totp import enrolment_uri, qr_svg
from bot.storage.sessions import StoredSession
from channels.web.keys import CORE
from channels.web.operator.access import API
from channels.web.operator.bodies import read_body
from channels.web.operator.cookies import token_of
from channels.web.operator.guard import signed_in_of
from channels.web.operator.refusals import Refused, json_answer


class Passwords(msgspec.Struct):
    """A present and a new password."""

    current: str
    new: str


class Password(msgspec.Struct):
    """The present password."""

    password: str


class Code(msgspec.Struct):
    """A code of the authenticator app."""

    code: str


async def me(request: web.Request) -> web.Response:
    """Tell who is signed in, what they may do and where, and the token that changes need."""
    who, core = signed_in_of(request), request.app[CORE]
    operator = who.operator
    scope = [
        {"id": loaded.catalogue.municipality.id, "name": loaded.catalogue.municipality.name}
        for loaded in core.catalogues.all
        if operator.covers(loaded.catalogue.municipality.id)
    ]
    everywhere = [
        {"id": loaded.catalogue.municipality.id, "name": loaded.catalogue.municipality.name}
        for loaded in core.catalogues.all
    ]
    return json_answer(
        {
            "municipalities": everywhere,
            "operator": {
                "id": operator.id,
                "login": operator.login,
                "display_name": operator.display_name,
                "totp": operator.totp,
            },
            "role": operator.role.value,
            "role_label": core.texts.render(f"operator.role.{operator.role.value}"),
            "permissions": sorted(permission.value for permission in PERMISSIONS[operator.role]),
            "scopes": {
                "all": operator.role is Role.ADMINISTRATOR,
                "municipalities": scope,
                "departments": sorted(operator.departments),
            },
            "session": _session(who, who.session),
            "csrf_token": csrf_token(token_of(request)),
        }
    )


async def sessions(request: web.Request) -> web.Response:
    """List one's own open sessions."""
    who = signed_in_of(request)
    found = await request.app[CORE].people.sessions.of(who.operator.id)
    return json_answer({"sessions": [_session(who, stored) for stored in found]})


async def revoke_others(request: web.Request) -> web.Response:
    """End all of one's own sessions but this one."""
    return json_answer({"revoked": await request.app[CORE].people.sessions.revoke_others(signed_in_of(request))})


async def revoke(request: web.Request) -> web.Response:
    """End one of one's own sessions."""
    await request.app[CORE].people.sessions.revoke(signed_in_of(request), request.match_info["id"])
    return _done()


async def change_password(request: web.Request) -> web.Response:
    """Take a new password; all other sessions end."""
    who, body = signed_in_of(request), await read_body(request, Passwords)
    await request.app[CORE].people.own_account.change_password(who, body.current, body.new)
    return _done()


async def begin_totp(request: web.Request) -> web.Response:
    """Give a secret for an authenticator app, and the address of its QR code."""
    who, body = signed_in_of(request), await read_body(request, Password)
    secret = await request.app[CORE].people.own_account.begin_totp(who, body.password)
    uri = enrolment_uri(secret, who.operator.login)
    return json_answer({"secret": secret, "uri": uri, "qr": f"{API}/totp/qr.svg"})


async def totp_picture(request: web.Request) -> web.Response:
    """Send the QR code of the secret that waits for its first code."""
    who = signed_in_of(request)
    secret = await request.app[CORE].people.own_account.pending_totp(who)
    if secret is None:
        raise Refused("totp_not_begun")
    return web.Response(body=qr_svg(enrolment_uri(secret, who.operator.login)), content_type="image/svg+xml")


async def confirm_totp(request: web.Request) -> web.Response:
    """Ask for codes from now on."""
    who, body = signed_in_of(request), await read_body(request, Code)
    await request.app[CORE].people.own_account.confirm_totp(who, body.code)
    return _done()


async def remove_totp(request: web.Request) -> web.Response:
    """Ask for codes no more."""
    who, body = signed_in_of(request), await read_body(request, Password)
    await request.app[CORE].people.own_account.remove_totp(who, body.password)
    return _done()


def _session(who: SignedIn, stored: StoredSession) -> dict[str, object]:
    return {
        "id": stored.id,
        "current": stored.id == who.session.id,
        "created_at": stored.created_at.isoformat(),
        "last_seen_at": stored.last_seen_at.isoformat(),
        "expires_at": stored.expires_at.isoformat(),
        "address": stored.address,
        "user_agent": stored.user_agent,
    }


def _done() -> web.Response:
    return json_answer({"ok": True})
