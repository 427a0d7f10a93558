"""The first start of a server: a demonstration account on this machine only."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.core.audit import COMMAND_LINE
from bot.core.operators import Role
from bot.services.people.first_run import first_run_lines
from bot.services.people.people import People
from bot.storage.sessions import Stage
from tests.people import OFFICE, hired

URL = "http://127.0.0.1:8080"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
async def test_on_loopback_a_demonstration_administrator_is_made_and_told(people: People, host: str) -> None:
    told = "\n".join(await first_run_lines(people.accounts, host, URL))
    assert "demonstration administrator" in told
    assert f"{URL}/operator" in told
    password = re.search(r"login: demo  one-time password: (\S+)", told)
    assert password is not None
    step = await people.sign_in.with_password("demo", password[1], OFFICE)
    assert step.stage is Stage.NEW_PASSWORD
    assert (await people.accounts.by_login("demo")).role is Role.ADMINISTRATOR


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "langelis.trakai.lt", "127.evil.example", ""])  # noqa: S104 - where nothing is opened
async def test_elsewhere_no_account_is_made_and_the_command_is_told(people: People, host: str) -> None:
    told = "\n".join(await first_run_lines(people.accounts, host, URL))
    assert "langelis operator add LOGIN" in told
    assert "password" not in told
    assert await people.accounts.every() == ()


async def test_with_an_account_nothing_is_told_even_if_it_is_disabled(people: People) -> None:
    await hired(people, "vyr", Role.ADMINISTRATOR)
    await people.accounts.disable(COMMAND_LINE, (await hired(people)).id)
    assert await first_run_lines(people.accounts, "127.0.0.1", URL) == ()


async def test_the_second_start_tells_nothing(people: People) -> None:
    await first_run_lines(people.accounts, "127.0.0.1", URL)
    assert await first_run_lines(people.accounts, "127.0.0.1", URL) == ()


async def test_of_processes_that_start_at_once_one_tells_a_password(people: People) -> None:
    told = await asyncio.gather(*(first_run_lines(people.accounts, "127.0.0.1", URL) for _ in range(4)))
    assert sum(bool(lines) for lines in told) == 1
