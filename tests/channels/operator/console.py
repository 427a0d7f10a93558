"""A console as a browser has it: a cookie, and the second secret that changes need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse

from bot.app import Core
from bot.core.operators import Operator, Role
from bot.services.people.sessions import csrf_token
from channels.web.operator.cookies import COOKIE
from channels.web.operator.guard import CSRF_HEADER
from tests.conftest import WebClient
from tests.people import hired, token_of

SIGN_IN = "/operator/sign-in"
API = "/operator/api"


@dataclass(frozen=True)
class Console:
    """Somebody who is signed in."""

    client: WebClient
    operator: Operator
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What a browser and the console's script send."""
        return {"Cookie": f"{COOKIE}={self.token}", CSRF_HEADER: csrf_token(self.token)}

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> ClientResponse:
        """Call the programming interface."""
        sent: dict[str, Any] = {} if body is None else {"json": body}
        return await self.client.request(
            method,
            path if path.startswith("/") else f"{API}/{path}",
            headers=self.headers | (headers or {}),
            params=query,
            allow_redirects=False,
            **sent,
        )

    async def get(self, path: str, status: int = 200, **query: str) -> dict[str, Any]:
        """Return what is answered, with the status that is expected."""
        return await answer(await self.ask("GET", path, query=query), status)

    async def send(self, method: str, path: str, body: object = None, status: int = 200) -> dict[str, Any]:
        """Change something and return the answer, with the status that is expected."""
        return await answer(await self.ask(method, path, body), status)


async def answer(response: ClientResponse, status: int) -> dict[str, Any]:
    """Return the JSON of an answer with an expected status."""
    assert response.status == status, await response.text()
    found: dict[str, Any] = await response.json()
    return found


async def refused(response: ClientResponse) -> tuple[int, str]:
    """Return status and code of a refusal, which has a sentence too."""
    error = (await response.json())["error"]
    assert error["message"].endswith(".")
    return response.status, error["code"]


async def console(
    client: WebClient,
    core: Core,
    login: str = "rima",
    role: Role = Role.OPERATOR,
    municipalities: tuple[str, ...] = ("trakai",),
) -> Console:
    """Give somebody an account and sign in."""
    operator = await hired(core.people, login, role, municipalities)
    return Console(client, operator, await token_of(core.people, login))


async def again(found: Console, core: Core) -> Console:
    """Sign in once more, elsewhere."""
    return Console(found.client, found.operator, await token_of(core.people, found.operator.login))


def heading(html: str) -> str:
    """Return a page's main heading."""
    found = re.search(r"<h1>(.*?)</h1>", html)
    assert found is not None, html
    return found[1]
