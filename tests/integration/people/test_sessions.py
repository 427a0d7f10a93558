"""Open sessions: how long they live, who ends them, and how open sockets learn of it."""

from __future__ import annotations

import pytest
from sqlalchemy import text as sql

from bot.core.audit import COMMAND_LINE
from bot.core.operators import Role
from bot.errors import AccountRuleError
from bot.services.people.accounts import Change
from bot.services.people.people import People, build_people
from bot.services.people.sessions import SignedIn, Visitor, csrf_token
from bot.services.people.watch import CutReason, OperatorCut
from bot.storage.database import Database
from tests.conftest import CHEAP
from tests.fakes import FakeClock
from tests.people import ADDRESS, MUNICIPALITIES, OFFICE, PASSWORD, actions_of, hired, log_of, signed_in, token_of

SIGNED_OUT, RIGHTS_CHANGED = CutReason.SIGNED_OUT, CutReason.RIGHTS_CHANGED


def watched(people: People, who: SignedIn) -> list[OperatorCut]:
    """Return the list that fills with what an open socket of the session hears."""
    heard: list[OperatorCut] = []
    people.watch.subscribe(who.session.id, who.rights_of, heard.append)
    return heard


@pytest.fixture
def elsewhere(database: Database, clock: FakeClock) -> People:
    """The same people in another process: over the same database, with nothing in common but that."""
    return build_people(database=database, clock=clock, municipalities=lambda: MUNICIPALITIES, cost=CHEAP)


class TestLife:
    """When a token opens something."""

    async def test_a_session_ends_twelve_hours_after_sign_in_however_busy_it_is(
        self, people: People, clock: FakeClock
    ) -> None:
        await hired(people)
        token = await token_of(people)
        for _ in range(11):
            clock.move(hours=1)
            assert await people.sessions.signed_in(token, ADDRESS) is not None
        clock.move(minutes=59, seconds=59)
        assert await people.sessions.signed_in(token, ADDRESS) is not None
        clock.move(seconds=1)
        assert await people.sessions.signed_in(token, ADDRESS) is None

    @pytest.mark.parametrize("token", ["", "x", "\ud800", "0" * 10_000])
    async def test_a_made_up_token_opens_nothing(self, people: People, token: str) -> None:
        await hired(people)
        await token_of(people)
        assert await people.sessions.signed_in(token, ADDRESS) is None

    async def test_neither_the_stored_hash_nor_the_id_opens_anything(self, people: People, database: Database) -> None:
        await hired(people)
        who = await signed_in(people)
        async with database.read() as session:
            hashes = (await session.execute(sql("SELECT token_hash FROM operator_sessions"))).scalars().all()
        for found in (*hashes, who.session.id):
            assert await people.sessions.signed_in(found, ADDRESS) is None

    async def test_two_tokens_are_never_alike_and_neither_are_their_second_secrets(self, people: People) -> None:
        await hired(people)
        tokens = {await token_of(people) for _ in range(10)}
        assert len(tokens) == 10
        assert len({csrf_token(token) for token in tokens} | tokens) == 20
        assert {len(token) for token in tokens} == {43}

    async def test_use_is_noted_once_a_minute(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        token = await token_of(people)
        began = clock.now()
        clock.move(seconds=59)
        await people.sessions.signed_in(token, ADDRESS)
        (stored,) = await people.sessions.of((await people.accounts.by_login("rima")).id)
        assert stored.last_seen_at == began
        clock.move(seconds=1)
        await people.sessions.signed_in(token, ADDRESS)
        (stored,) = await people.sessions.of(stored.operator_id)
        assert stored.last_seen_at == clock.now()

    async def test_a_list_shows_where_each_session_came_from_last_seen_first(
        self, people: People, clock: FakeClock
    ) -> None:
        rima = await hired(people)
        await token_of(people)
        clock.move(minutes=5)
        await token_of(people, visitor=Visitor.of("2001:db8::1", "Telefonas" * 100))
        first, second = await people.sessions.of(rima.id)
        assert (first.address, second.address) == ("2001:db8::1", ADDRESS)
        assert len(first.user_agent) == 200

    async def test_sessions_that_ended_long_ago_are_removed(
        self, people: People, clock: FakeClock, database: Database
    ) -> None:
        await hired(people)
        await token_of(people)
        await people.sign_in.with_password("rima", "ne tas slaptažodis", OFFICE)
        clock.move(days=31)
        await people.sessions.tidy()
        async with database.read() as session:
            for table in ("operator_sessions", "sign_in_failures"):
                left = (await session.execute(sql(f"SELECT count(*) FROM {table}"))).scalar_one()  # noqa: S608
                assert left == 0


class TestEnding:
    """Who ends a session."""

    async def test_signing_out_ends_this_session_alone_and_cuts_its_socket(self, people: People) -> None:
        await hired(people)
        token, other = await token_of(people), await signed_in(people)
        who = await people.sessions.signed_in(token, ADDRESS)
        assert who is not None
        heard, heard_by_other = watched(people, who), watched(people, other)
        await people.sessions.sign_out(token, ADDRESS)
        assert heard == [OperatorCut(who.session.id, SIGNED_OUT)]
        assert heard_by_other == []
        assert await people.sessions.signed_in(token, ADDRESS) is None
        await people.sessions.sign_out(token, ADDRESS)
        assert (await actions_of(people))[-1] == "signed_out"

    async def test_one_of_ones_own_sessions_can_be_revoked(self, people: People) -> None:
        await hired(people)
        lost, here = await signed_in(people), await signed_in(people)
        heard = watched(people, lost)
        await people.sessions.revoke(here, lost.session.id)
        assert heard == [OperatorCut(lost.session.id, SIGNED_OUT)]
        assert [stored.id for stored in await people.sessions.of(here.operator.id)] == [here.session.id]

    async def test_a_colleagues_session_cannot_be_revoked(self, people: People) -> None:
        await hired(people)
        await hired(people, "ona")
        rima, ona = await signed_in(people), await signed_in(people, "ona")
        with pytest.raises(AccountRuleError) as refused:
            await people.sessions.revoke(rima, ona.session.id)
        assert refused.value.code == "unknown_session"
        assert len(await people.sessions.of(ona.operator.id)) == 1

    async def test_all_others_can_be_revoked_at_once(self, people: People) -> None:
        await hired(people)
        others = [await signed_in(people) for _ in range(3)]
        here = await signed_in(people)
        heard = [watched(people, other) for other in others]
        assert await people.sessions.revoke_others(here) == 3
        assert [len(cuts) for cuts in heard] == [1, 1, 1]
        assert [stored.id for stored in await people.sessions.of(here.operator.id)] == [here.session.id]

    async def test_disabling_cuts_every_open_socket_at_once(self, people: People) -> None:
        rima = await hired(people)
        token = await token_of(people)
        heard = [watched(people, await signed_in(people)) for _ in range(2)]
        await people.accounts.disable(COMMAND_LINE, rima.id)
        assert [cut.reason for cuts in heard for cut in cuts] == [SIGNED_OUT, SIGNED_OUT]
        assert await people.sessions.signed_in(token, ADDRESS) is None
        await people.accounts.enable(COMMAND_LINE, rima.id)
        assert await people.sessions.signed_in(token, ADDRESS) is None
        await token_of(people)

    async def test_a_new_password_of_the_administrator_cuts_every_socket(self, people: People) -> None:
        rima = await hired(people)
        who = await signed_in(people)
        heard = watched(people, who)
        await people.accounts.reset_password(COMMAND_LINE, rima.id)
        assert heard == [OperatorCut(who.session.id, SIGNED_OUT)]

    async def test_a_new_password_of_ones_own_ends_all_other_sessions(self, people: People) -> None:
        await hired(people)
        lost, here = await signed_in(people), await signed_in(people)
        heard, heard_here = watched(people, lost), watched(people, here)
        await people.own_account.change_password(here, PASSWORD, "visai kitas slaptažodis")
        assert (len(heard), len(heard_here)) == (1, 0)
        await token_of(people, password="visai kitas slaptažodis")

    async def test_other_rights_make_sockets_open_again(self, people: People) -> None:
        rima = await hired(people)
        token = await token_of(people)
        who = await signed_in(people)
        heard = watched(people, who)
        await people.accounts.change(COMMAND_LINE, rima.id, Change(role=Role.SUPERVISOR))
        assert heard == [OperatorCut(who.session.id, RIGHTS_CHANGED)]
        still = await people.sessions.signed_in(token, ADDRESS)
        assert still is not None
        assert still.operator.role is Role.SUPERVISOR


class TestSweep:
    """What another process did."""

    async def test_a_session_that_another_process_ended_is_cut(self, people: People, elsewhere: People) -> None:
        rima = await hired(people)
        who = await signed_in(people)
        heard = watched(people, who)
        await people.watch.sweep()
        assert heard == []
        await elsewhere.accounts.disable(COMMAND_LINE, rima.id)
        assert heard == []
        await people.watch.sweep()
        assert heard == [OperatorCut(who.session.id, SIGNED_OUT)]

    async def test_a_session_that_expired_is_cut(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        heard = watched(people, await signed_in(people))
        clock.move(hours=12)
        await people.watch.sweep()
        assert [cut.reason for cut in heard] == [SIGNED_OUT]

    async def test_rights_that_another_process_changed_are_noticed(
        self, people: People, elsewhere: People, clock: FakeClock
    ) -> None:
        rima = await hired(people)
        heard = watched(people, await signed_in(people))
        clock.move(seconds=1)
        await elsewhere.accounts.change(COMMAND_LINE, rima.id, Change(municipalities=frozenset({"varena"})))
        await people.watch.sweep()
        assert [cut.reason for cut in heard] == [RIGHTS_CHANGED]

    async def test_whoever_no_longer_listens_hears_nothing(self, people: People) -> None:
        rima = await hired(people)
        who = await signed_in(people)
        heard: list[OperatorCut] = []
        unsubscribe = people.watch.subscribe(who.session.id, who.rights_of, heard.append)
        unsubscribe()
        unsubscribe()
        await people.accounts.disable(COMMAND_LINE, rima.id)
        await people.watch.sweep()
        assert heard == []

    async def test_without_open_sockets_the_database_is_not_asked(
        self, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(people.watch, "_database", None)
        await people.watch.sweep()


async def test_who_signs_out_stands_in_the_audit_log(people: People) -> None:
    rima = await hired(people)
    await people.sessions.sign_out(await token_of(people), "192.0.2.99")
    last = (await log_of(people))[-1]
    assert (last.action, last.operator_id, last.address) == ("signed_out", rima.id, "192.0.2.99")
