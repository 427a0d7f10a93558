"""Every route of the console with the permission that it needs."""

from __future__ import annotations

from bot.core.operators import Permission
from channels.web.operator import account_api, audit_api, console, operators_api, sign_in_page
from channels.web.operator.access import API, ROOT, Everyone, OperatorRoute

_OWN, _MANAGE = Permission.OWN_ACCOUNT, Permission.MANAGE_OPERATORS
_ONE = f"{API}/operators/{{id}}"

ROUTES: tuple[OperatorRoute, ...] = (
    OperatorRoute("GET", ROOT, console.page, _OWN),
    OperatorRoute("GET", f"{ROOT}/sign-in", sign_in_page.show, Everyone.MAY),
    OperatorRoute("POST", f"{ROOT}/sign-in", sign_in_page.submit, Everyone.MAY),
    OperatorRoute("POST", f"{ROOT}/sign-out", sign_in_page.sign_out, Everyone.MAY),
    OperatorRoute("GET", f"{API}/me", account_api.me, _OWN),
    OperatorRoute("GET", f"{API}/sessions", account_api.sessions, _OWN),
    OperatorRoute("DELETE", f"{API}/sessions", account_api.revoke_others, _OWN),
    OperatorRoute("DELETE", f"{API}/sessions/{{id}}", account_api.revoke, _OWN),
    OperatorRoute("POST", f"{API}/password", account_api.change_password, _OWN),
    OperatorRoute("POST", f"{API}/totp", account_api.begin_totp, _OWN),
    OperatorRoute("GET", f"{API}/totp/qr.svg", account_api.totp_picture, _OWN),
    OperatorRoute("POST", f"{API}/totp/confirm", account_api.confirm_totp, _OWN),
    OperatorRoute("DELETE", f"{API}/totp", account_api.remove_totp, _OWN),
    OperatorRoute("GET", f"{API}/operators", operators_api.every, _MANAGE),
    OperatorRoute("POST", f"{API}/operators", operators_api.add, _MANAGE),
    OperatorRoute("PATCH", _ONE, operators_api.change, _MANAGE),
    OperatorRoute("POST", f"{_ONE}/reset-password", operators_api.reset_password, _MANAGE),
    OperatorRoute("POST", f"{_ONE}/disable", operators_api.disable, _MANAGE),
    OperatorRoute("POST", f"{_ONE}/enable", operators_api.enable, _MANAGE),
    OperatorRoute("DELETE", f"{_ONE}/totp", operators_api.remove_totp, _MANAGE),
    OperatorRoute("DELETE", f"{_ONE}/sessions", operators_api.end_sessions, _MANAGE),
    OperatorRoute("GET", f"{API}/audit", audit_api.page, Permission.READ_AUDIT),
)
