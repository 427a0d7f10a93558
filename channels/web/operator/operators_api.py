"""The programming interface of the administration page: everybody's accounts."""

from __future__ import annotations

import msgspec
from aiohttp import web

from bot.core.operators import Operator, Role
from bot.services.people.accounts import Change, Credentials, NewOperator
from bot.services.people.people import People
from channels.web.keys import CORE
from channels.web.operator.bodies import read_body
from channels.web.operator.guard import signed_in_of
from channels.web.operator.refusals import json_answer

_CREATED = 201


class New(msgspec.Struct):
    """Somebody who is to have an account."""

    login: str
    display_name: str
    role: Role
    municipalities: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()


class Changed(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be different; what is left out stays."""

    display_name: str | None = None
    role: Role | None = None
    municipalities: frozenset[str] | None = None
    departments: frozenset[str] | None = None


async def every(request: web.Request) -> web.Response:
    """List all accounts."""
    found = [
        {
            **_operator(request, account.operator),
            "must_change_password": account.must_change_password,
            "created_at": account.created_at.isoformat(),
        }
        for account in await _people(request).accounts.every()
    ]
    return json_answer({"operators": found})


async def add(request: web.Request) -> web.Response:
    """Add an account; its one-time password is told in this answer and never again."""
    body = await read_body(request, New)
    new = NewOperator(
        login=body.login,
        display_name=body.display_name,
        role=body.role,
        municipalities=body.municipalities,
        departments=body.departments,
    )
    made = await _people(request).accounts.add(signed_in_of(request).actor, new)
    return _credentials(request, made, _CREATED)


async def change(request: web.Request) -> web.Response:
    """Change name, role or scope."""
    body = await read_body(request, Changed)
    wanted = Change(
        display_name=body.display_name,
        role=body.role,
        municipalities=body.municipalities,
        departments=body.departments,
    )
    after = await _people(request).accounts.change(signed_in_of(request).actor, request.match_info["id"], wanted)
    return _answer(request, after)


async def reset_password(request: web.Request) -> web.Response:
    """Give a new one-time password and end all sessions."""
    actor = signed_in_of(request).actor
    made = await _people(request).accounts.reset_password(actor, request.match_info["id"])
    return _credentials(request, made, 200)


async def disable(request: web.Request) -> web.Response:
    """Close an account and cut its open sockets at once."""
    return _answer(
        request, await _people(request).accounts.disable(signed_in_of(request).actor, request.match_info["id"])
    )


async def enable(request: web.Request) -> web.Response:
    """Open a closed account."""
    return _answer(
        request, await _people(request).accounts.enable(signed_in_of(request).actor, request.match_info["id"])
    )


async def remove_totp(request: web.Request) -> web.Response:
    """Ask somebody who lost the telephone for codes no more."""
    return _answer(
        request, await _people(request).accounts.remove_totp(signed_in_of(request).actor, request.match_info["id"])
    )


async def end_sessions(request: web.Request) -> web.Response:
    """End all sessions of somebody."""
    people = _people(request)
    operator = await people.accounts.get(request.match_info["id"])
    return json_answer({"revoked": await people.sessions.end_all(signed_in_of(request).actor, operator)})


def _people(request: web.Request) -> People:
    return request.app[CORE].people


def _answer(request: web.Request, operator: Operator) -> web.Response:
    return json_answer({"operator": _operator(request, operator)})


def _credentials(request: web.Request, made: Credentials, status: int) -> web.Response:
    body = {"operator": _operator(request, made.operator), "one_time_password": made.password}
    return json_answer(body, status=status)


def _operator(request: web.Request, operator: Operator) -> dict[str, object]:
    return {
        "id": operator.id,
        "login": operator.login,
        "display_name": operator.display_name,
        "role": operator.role.value,
        "role_label": request.app[CORE].texts.render(f"operator.role.{operator.role.value}"),
        "municipalities": sorted(operator.municipalities),
        "departments": sorted(operator.departments),
        "disabled": operator.disabled,
        "totp": operator.totp,
    }
