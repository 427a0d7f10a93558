"""The link in a mail confirms the address once."""

from __future__ import annotations

import pytest

from bot.app import Core
from bot.core.case import ActorKind, EventKind, Identity, events_of
from tests.channels.filed import CODE, filing


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    """The secret that the next filed case's mail will hold."""
    monkeypatch.setattr("bot.services.cases.desk.secrets.token_urlsafe", lambda _size: "slaptas-zodis")
    return "slaptas-zodis"


async def test_the_link_confirms_the_address_and_the_history_says_so(core: Core, token: str) -> None:
    number = (await core.desk.file(filing(), CODE)).case.number
    assert (await core.desk.get(number)).case.identity is Identity.CONTACT
    assert await core.case_identity.confirm(token)
    case = (await core.desk.get(number)).case
    assert case.identity is Identity.EMAIL_CONFIRMED
    (event,) = events_of(case.history, EventKind.IDENTIFIED)
    assert (event.seq, event.actor.kind, event.at) == (3, ActorKind.RESIDENT, core.clock.now())


async def test_the_link_works_once(core: Core, token: str) -> None:
    number = (await core.desk.file(filing(), CODE)).case.number
    assert [await core.case_identity.confirm(token) for _ in range(3)] == [True, False, False]
    assert len((await core.desk.get(number)).case.history) == 3


@pytest.mark.parametrize("unknown", ["", "x", "slaptas-zodi", "SLAPTAS-ZODIS", "\udcff", "a" * 10_000])
async def test_another_token_confirms_nothing(core: Core, token: str, unknown: str) -> None:
    number = (await core.desk.file(filing(), CODE)).case.number
    assert not await core.case_identity.confirm(unknown)
    assert len((await core.desk.get(number)).case.history) == 2
    assert await core.case_identity.confirm(token)


async def test_the_state_and_the_assignee_stay_as_they_were(core: Core, token: str) -> None:
    number = (await core.desk.file(filing(), CODE)).case.number
    await core.desk.withdraw(number)
    before = (await core.desk.get(number)).case
    assert await core.case_identity.confirm(token)
    after = (await core.desk.get(number)).case
    assert (after.state, after.closed_at, after.kind) == (before.state, before.closed_at, before.kind)
