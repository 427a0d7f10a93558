"""Every route of the console × every role × own and foreign municipalities, and whoever is not signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.typedefs import Handler

from bot.app import Core
from bot.core.audit import COMMAND_LINE
from bot.core.operators import Permission, Role
from channels.web.app import create_app
from channels.web.operator.access import OPERATOR_ROUTES, Everyone, OperatorRoute, is_operators, is_page
from channels.web.operator.routes import ROUTES
from tests.channels.operator.console import console, refused
from tests.conftest import WebClient

REACHED = 299
OWN, FOREIGN = "trakai", "varena"
# Written out once more: who is to reach what, whatever the product's own table says.
FROM_SUPERVISORS_ON = {
    Permission.DECIDE_CASES,
    Permission.EXPORT,
    Permission.READ_AUDIT,
    Permission.MANAGE_CANNED,
}
ADMINISTRATORS_ONLY = {Permission.MANAGE_OPERATORS, Permission.CHANGE_SETTINGS}
MINE = {
    "operator": {
        ("GET", "/operator"),
        ("GET", "/operator/api/me"),
        ("GET", "/operator/api/sessions"),
        ("DELETE", "/operator/api/sessions"),
        ("DELETE", "/operator/api/sessions/{id}"),
        ("POST", "/operator/api/password"),
        ("POST", "/operator/api/totp"),
        ("GET", "/operator/api/totp/qr.svg"),
        ("POST", "/operator/api/totp/confirm"),
        ("DELETE", "/operator/api/totp"),
    },
    "supervisor": {("GET", "/operator/api/audit")},
}


@web.middleware
async def stop_at_the_handler(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say that the guard let the request through, and do nothing."""
    del request, handler
    return web.Response(status=REACHED)


async def forgotten(_request: web.Request) -> web.Response:
    """A route that somebody added past the table."""
    return web.Response()


@pytest.fixture
async def gate(core: Core) -> AsyncIterator[WebClient]:
    """The real application with all its routes; behind the guard nothing happens."""
    app = create_app(core)
    app.middlewares.append(stop_at_the_handler)
    app.router.add_get("/operator/api/forgotten", forgotten)
    async with TestClient(TestServer(app)) as opened:
        yield opened


def routes(client: WebClient) -> list[OperatorRoute]:
    """Return every route of the console that the application serves."""
    app = client.app
    assert app is not None
    return list(app[OPERATOR_ROUTES].values())


def path_of(route: OperatorRoute, municipality: str = OWN) -> str:
    """Return an address of a route."""
    path = route.path.replace("{municipality}", municipality)
    return "/".join("x" if part.startswith("{") else part for part in path.split("/"))


def expected(role: Role, route: OperatorRoute, municipality: str | None) -> bool:
    """Tell whether somebody with the role in Trakai is to be let in."""
    if isinstance(route.needs, Everyone):
        return True
    if role is Role.ADMINISTRATOR:
        return True
    named = municipality or (OWN if "{municipality}" in route.path else None)
    if named not in {None, OWN} or route.needs in ADMINISTRATORS_ONLY:
        return False
    return role is Role.SUPERVISOR or route.needs not in FROM_SUPERVISORS_ON


@pytest.mark.parametrize("municipality", [None, OWN, FOREIGN, "nera-tokios"])
@pytest.mark.parametrize("role", list(Role))
async def test_each_role_reaches_what_is_its_own_and_nothing_else(
    gate: WebClient, core: Core, role: Role, municipality: str | None
) -> None:
    who = await console(gate, core, role=role)
    for route in routes(gate):
        path = path_of(route, municipality or OWN)
        query = {} if municipality is None else {"municipality": municipality}
        for asked in (query, {}) if "{municipality}" in route.path else (query,):
            response = await who.ask(route.method, path, query=asked)
            let_in = response.status == REACHED
            assert let_in == expected(role, route, municipality), (route.method, path, asked)
            if not let_in and not is_page(route.path):
                assert await refused(response) == (403, "forbidden")


async def test_a_foreign_municipality_beside_an_own_one_is_still_foreign(gate: WebClient, core: Core) -> None:
    who = await console(gate, core, role=Role.SUPERVISOR)
    for query in ("municipality=trakai&municipality=varena", "municipality=varena&municipality=trakai"):
        assert (await who.ask("GET", f"/operator/api/audit?{query}")).status == 403


@pytest.mark.parametrize("cookie", ["", "langelis_operator=", "langelis_operator=made-up", "kitas=1"])
async def test_whoever_is_not_signed_in_reaches_nothing(gate: WebClient, cookie: str) -> None:
    for route in routes(gate):
        response = await gate.request(
            route.method, path_of(route), headers={"Cookie": cookie} if cookie else {}, allow_redirects=False
        )
        if isinstance(route.needs, Everyone):
            assert response.status == REACHED
        elif is_page(route.path):
            assert (response.status, response.headers["Location"]) == (303, "/operator/sign-in")
        else:
            assert await refused(response) == (401, "sign_in_required")


async def test_a_disabled_operator_reaches_nothing_at_once(gate: WebClient, core: Core) -> None:
    await console(gate, core, "vyr", Role.ADMINISTRATOR)
    who = await console(gate, core, "kita", Role.ADMINISTRATOR)
    await core.people.accounts.disable(COMMAND_LINE, who.operator.id)
    for route in routes(gate):
        if not isinstance(route.needs, Everyone):
            assert (await who.ask(route.method, path_of(route))).status in {303, 401}


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "ąčę"])
async def test_no_change_is_made_without_the_second_secret(gate: WebClient, core: Core, token: str) -> None:
    who = await console(gate, core, role=Role.ADMINISTRATOR)
    for route in routes(gate):
        if route.method == "GET" or isinstance(route.needs, Everyone):
            continue
        response = await who.ask(route.method, path_of(route), headers={"X-CSRF-Token": token})
        assert await refused(response) == (403, "csrf_refused")


async def test_the_second_secret_of_another_session_is_none(gate: WebClient, core: Core) -> None:
    rima, ona = await console(gate, core), await console(gate, core, "ona")
    foreign = {"X-CSRF-Token": ona.headers["X-CSRF-Token"]}
    assert await refused(await rima.ask("DELETE", "sessions", headers=foreign)) == (403, "csrf_refused")
    assert (await rima.ask("DELETE", "sessions")).status == REACHED


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://langelis.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_a_foreign_page_can_send_nothing(gate: WebClient, core: Core, headers: dict[str, str]) -> None:
    who = await console(gate, core, role=Role.ADMINISTRATOR)
    for route in routes(gate):
        response = await who.ask(route.method, path_of(route), headers=headers)
        assert response.status == (REACHED if route.method == "GET" else 403), route
        # A socket is opened by GET, from any page, with the cookie.
        opening = await who.ask("GET", path_of(route), headers=headers | {"Upgrade": "websocket"})
        if route.method == "GET":
            assert opening.status == 403


async def test_an_own_page_may_send(gate: WebClient, core: Core) -> None:
    who = await console(gate, core)
    own = {"Origin": f"http://127.0.0.1:{gate.port}", "Sec-Fetch-Site": "same-origin"}
    assert (await who.ask("DELETE", "sessions", headers=own)).status == REACHED
    assert (await who.ask("GET", "/operator", headers=own | {"Upgrade": "websocket"})).status == REACHED


async def test_a_route_that_nobody_entered_in_the_table_is_refused_to_everybody(gate: WebClient, core: Core) -> None:
    who = await console(gate, core, role=Role.ADMINISTRATOR)
    assert await refused(await who.ask("GET", "forgotten")) == (403, "forbidden")
    assert await refused(await gate.get("/operator/api/forgotten")) == (403, "forbidden")


async def test_every_route_of_the_console_stands_in_the_table(client: WebClient) -> None:
    app = client.app
    assert app is not None
    served = {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None and is_operators(route.resource.canonical) and route.method != "HEAD"
    }
    assert served == {(route.method, route.path) for route in routes(client)}
    assert len(served) >= len(ROUTES)


async def test_the_routes_of_accounts_and_audit_need_what_is_written_here(gate: WebClient, core: Core) -> None:
    for role, more in (("operator", MINE["operator"]), ("supervisor", MINE["operator"] | MINE["supervisor"])):
        who = await console(gate, core, role, Role(role))
        reached = {
            (route.method, route.path)
            for route in ROUTES
            if not isinstance(route.needs, Everyone) and (await who.ask(route.method, path_of(route))).status == REACHED
        }
        assert reached == more


@pytest.mark.parametrize("path", ["/operator/", "/operator/nera", "/operator/api", "/operator/api/nera", "/operators"])
async def test_an_unknown_path_is_not_found_also_by_administrators(client: WebClient, core: Core, path: str) -> None:
    who = await console(client, core, role=Role.ADMINISTRATOR)
    assert (await who.ask("GET", path)).status == 404
