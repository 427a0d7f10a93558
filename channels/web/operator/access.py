"""Which route needs what. Every route below `/operator` stands in this table; one that does not is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from aiohttp import hdrs, web

from bot.core.operators import Permission

ROOT = "/operator"
API = f"{ROOT}/api"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Everyone(Enum):
    """Instead of a permission: also who is not signed in may come, as the sign-in page must."""

    MAY = "everyone may"


@dataclass(frozen=True, slots=True)
class OperatorRoute:
    """A route of the console and the permission that it needs.

    The municipality that a request names, in its path (`{municipality}`) or its query, must lie in the operator's
    scope: the guard sees to that. A handler that finds out itself whose an object is must call `guard.permit`.
    """

    method: str
    path: str
    handler: Handler
    needs: Permission | Everyone


class OperatorRoutes(dict[tuple[str, str], OperatorRoute]):
    """The routes by method and path as they were added."""


OPERATOR_ROUTES: web.AppKey[OperatorRoutes] = web.AppKey("operator_routes", OperatorRoutes)


def add_operator_routes(app: web.Application, routes: Iterable[OperatorRoute]) -> None:
    """Serve the routes and remember what each needs."""
    for route in routes:
        resource = app.router.add_route(route.method, route.path, route.handler).resource
        path = route.path if resource is None else resource.canonical
        app[OPERATOR_ROUTES][route.method, path] = route
        if route.method == hdrs.METH_GET:
            app.router.add_route(hdrs.METH_HEAD, route.path, route.handler)


def is_operators(path: str) -> bool:
    """Tell whether a path, as a route has it, belongs to the console."""
    return path == ROOT or path.startswith(f"{ROOT}/")


def is_page(path: str) -> bool:
    """Tell whether a person looks at the answer rather than a program."""
    return not path.startswith((f"{API}/", f"{ROOT}/ws"))


def route_of(request: web.Request) -> OperatorRoute | None:
    """Return the route of a request, or None for one that nobody entered here."""
    method = hdrs.METH_GET if request.method == hdrs.METH_HEAD else request.method
    return request.app[OPERATOR_ROUTES].get((method, path_of(request)))


def path_of(request: web.Request) -> str:
    """Return the path of a request's route as it was added, "" for none."""
    resource = request.match_info.route.resource
    return "" if resource is None else resource.canonical
