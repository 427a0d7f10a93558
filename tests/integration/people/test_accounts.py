"""Accounts over a real database: who is added, what is changed, and that somebody can always manage them."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.core.audit import COMMAND_LINE
from bot.core.operators import Role
from bot.errors import AccountRuleError
from bot.services.people import throttle
from bot.services.people.accounts import Change, NewOperator
from bot.services.people.own_account import TooManyTriesError
from bot.services.people.people import People
from bot.storage.sessions import Stage
from tests.fakes import FakeClock
from tests.people import OFFICE, PASSWORD, actions_of, code_of, hired, log_of, signed_in, token_of, with_totp

NEW = NewOperator(
    login="Rima@Trakai.lt",
    display_name="  Rima   Petraitė ",
    role=Role.OPERATOR,
    municipalities=frozenset({"trakai"}),
    departments=frozenset({"svietimas"}),
)
ADMINISTRATOR = NewOperator(login="vyr", display_name="Vyr", role=Role.ADMINISTRATOR)


async def refused(people: People, **different: object) -> str:
    """Return why an account is not added."""
    values = {name: getattr(NEW, name) for name in NEW.__slots__} | different
    with pytest.raises(AccountRuleError) as error:
        await people.accounts.add(COMMAND_LINE, NewOperator(**values))
    return error.value.code


class TestAdding:
    """A new account."""

    async def test_an_account_holds_what_was_told_in_its_one_form(self, people: People) -> None:
        added = (await people.accounts.add(COMMAND_LINE, NEW)).operator
        assert (added.login, added.display_name) == ("rima@trakai.lt", "Rima Petraitė")
        assert [account.operator for account in await people.accounts.every()] == [added]
        assert (added.municipalities, added.departments) == (frozenset({"trakai"}), frozenset({"svietimas"}))

    async def test_every_one_time_password_is_another(self, people: People) -> None:
        made = await people.accounts.add(COMMAND_LINE, NEW)
        passwords = {(await people.accounts.reset_password(COMMAND_LINE, made.operator.id)).password for _ in range(9)}
        assert len(passwords | {made.password}) == 10
        assert {len(password) for password in passwords} == {19}

    @pytest.mark.parametrize(
        ("different", "code"),
        [
            ({"login": "a b"}, "login_invalid"),
            ({"display_name": "\u202e"}, "name_invalid"),
            ({"municipalities": frozenset()}, "municipality_required"),
            ({"municipalities": frozenset({"trakai", "kaunas"})}, "municipality_unknown"),
            ({"role": Role.ADMINISTRATOR}, "scope_of_administrator"),
            ({"departments": frozenset({""})}, "department_invalid"),
            ({"departments": frozenset(map(str, range(51)))}, "department_invalid"),
        ],
    )
    async def test_what_cannot_be_is_refused_by_name(
        self, people: People, different: dict[str, object], code: str
    ) -> None:
        assert await refused(people, **different) == code
        assert await people.accounts.every() == ()

    async def test_a_login_is_taken_once_whatever_its_case(self, people: People) -> None:
        await people.accounts.add(COMMAND_LINE, NEW)
        assert await refused(people, login="RIMA@trakai.LT") == "login_taken"

    async def test_of_parallel_first_accounts_one_is_made(self, people: People) -> None:
        made = await asyncio.gather(*(people.accounts.add_first(COMMAND_LINE, ADMINISTRATOR) for _ in range(5)))
        assert sum(one is not None for one in made) == 1
        assert len(await people.accounts.every()) == 1


class TestChanging:
    """Name, role, scope."""

    async def test_a_change_is_told_in_full_in_the_audit_log(self, people: People) -> None:
        rima = await hired(people)
        change = Change(role=Role.SUPERVISOR, municipalities=frozenset({"trakai", "varena"}))
        after = await people.accounts.change(COMMAND_LINE, rima.id, change)
        assert after == await people.accounts.get(rima.id)
        assert (await log_of(people))[-1].data == {
            "login": "rima",
            "changes": {
                "role": {"from": "operator", "to": "supervisor"},
                "municipalities": {"from": ["trakai"], "to": ["trakai", "varena"]},
            },
        }

    async def test_a_change_of_nothing_is_none(self, people: People) -> None:
        rima = await hired(people)
        before = await actions_of(people)
        await people.accounts.change(COMMAND_LINE, rima.id, Change(role=Role.OPERATOR))
        assert await actions_of(people) == before

    async def test_an_administrator_made_of_an_operator_has_all_municipalities(self, people: People) -> None:
        rima = await hired(people)
        after = await people.accounts.change(COMMAND_LINE, rima.id, Change(role=Role.ADMINISTRATOR))
        assert after.municipalities == frozenset()

    async def test_an_operator_made_of_an_administrator_needs_a_municipality(self, people: People) -> None:
        await hired(people, "vyr", Role.ADMINISTRATOR)
        other = await hired(people, "kita", Role.ADMINISTRATOR)
        with pytest.raises(AccountRuleError) as error:
            await people.accounts.change(COMMAND_LINE, other.id, Change(role=Role.OPERATOR))
        assert error.value.code == "municipality_required"

    async def test_nobody_can_be_changed_who_does_not_exist(self, people: People) -> None:
        for act in (people.accounts.disable, people.accounts.enable, people.accounts.reset_password):
            with pytest.raises(AccountRuleError) as error:
                await act(COMMAND_LINE, "nobody")
            assert error.value.code == "unknown_operator"
        with pytest.raises(AccountRuleError):
            await people.accounts.by_login("nobody")


class TestLastAdministrator:
    """Somebody must be left who can manage accounts."""

    async def test_the_last_one_can_be_neither_disabled_nor_demoted(self, people: People) -> None:
        last = await hired(people, "vyr", Role.ADMINISTRATOR)
        await hired(people)
        demotion = Change(role=Role.SUPERVISOR, municipalities=frozenset({"trakai"}))
        for refused_act in (
            people.accounts.disable(COMMAND_LINE, last.id),
            people.accounts.change(COMMAND_LINE, last.id, demotion),
        ):
            with pytest.raises(AccountRuleError) as error:
                await refused_act
            assert error.value.code == "last_administrator"
        assert await people.accounts.get(last.id) == last

    async def test_a_disabled_administrator_does_not_count(self, people: People) -> None:
        first = await hired(people, "vyr", Role.ADMINISTRATOR)
        second = await hired(people, "kita", Role.ADMINISTRATOR)
        await people.accounts.disable(COMMAND_LINE, second.id)
        with pytest.raises(AccountRuleError):
            await people.accounts.disable(COMMAND_LINE, first.id)
        await people.accounts.enable(COMMAND_LINE, second.id)
        assert (await people.accounts.disable(COMMAND_LINE, first.id)).disabled

    async def test_of_two_who_disable_each_other_at_once_one_is_left(self, people: People) -> None:
        pair = [await hired(people, login, Role.ADMINISTRATOR) for login in ("vyr", "kita")]
        outcomes = await asyncio.gather(
            *(people.accounts.disable(COMMAND_LINE, one.id) for one in pair), return_exceptions=True
        )
        assert sum(isinstance(outcome, AccountRuleError) for outcome in outcomes) == 1

    async def test_the_last_one_can_be_renamed(self, people: People) -> None:
        last = await hired(people, "vyr", Role.ADMINISTRATOR)
        assert (await people.accounts.change(COMMAND_LINE, last.id, Change(display_name="Ona"))).display_name == "Ona"


class TestOwnAccount:
    """What people do with their own account."""

    async def test_a_wrong_present_password_is_refused_and_slowed_down(self, people: People) -> None:
        await hired(people)
        who = await signed_in(people)
        for _ in range(throttle.BY_ACCOUNT.free):
            with pytest.raises(AccountRuleError) as error:
                await people.own_account.change_password(who, "ne tas slaptažodis", "visai kitas slaptažodis")
            assert error.value.code == "password_wrong"
        with pytest.raises(TooManyTriesError) as waits:
            await people.own_account.change_password(who, PASSWORD, "visai kitas slaptažodis")
        assert waits.value.wait_seconds == 30

    @pytest.mark.parametrize(("new", "code"), [("trumpas", "password_too_short"), (PASSWORD, "password_same")])
    async def test_a_bad_new_password_is_refused(self, people: People, new: str, code: str) -> None:
        await hired(people)
        with pytest.raises(AccountRuleError) as error:
            await people.own_account.change_password(await signed_in(people), PASSWORD, new)
        assert error.value.code == code

    async def test_codes_are_asked_only_once_the_first_was_right(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        who = await signed_in(people)
        secret = await people.own_account.begin_totp(who, PASSWORD)
        assert await people.own_account.pending_totp(who) == secret
        with pytest.raises(AccountRuleError) as error:
            await people.own_account.confirm_totp(who, "000000x")
        assert error.value.code == "totp_wrong"
        await token_of(people)
        await people.own_account.confirm_totp(who, code_of(secret, clock))
        assert await people.own_account.pending_totp(who) is None
        assert (await people.sign_in.with_password("rima", PASSWORD, OFFICE)).stage is Stage.CODE

    async def test_the_code_that_confirmed_is_used_up(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        who = await signed_in(people)
        secret = await people.own_account.begin_totp(who, PASSWORD)
        code = code_of(secret, clock)
        await people.own_account.confirm_totp(who, code)
        step = await people.sign_in.with_password("rima", PASSWORD, OFFICE)
        assert step.token is not None
        assert (await people.sign_in.with_code(step.token, code, OFFICE)).stage is Stage.CODE

    async def test_codes_need_the_password_to_be_switched_on_and_off(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        who = await signed_in(people)
        for act in (people.own_account.begin_totp, people.own_account.remove_totp):
            with pytest.raises(AccountRuleError) as error:
                await act(who, "ne tas slaptažodis")
            assert error.value.code == "password_wrong"
        await with_totp(people, clock)
        with pytest.raises(AccountRuleError) as error:
            await people.own_account.begin_totp(who, PASSWORD)
        assert error.value.code == "totp_on"
        await people.own_account.remove_totp(who, PASSWORD)
        await token_of(people)

    async def test_nothing_to_confirm_is_said(self, people: People) -> None:
        await hired(people)
        with pytest.raises(AccountRuleError) as error:
            await people.own_account.confirm_totp(await signed_in(people), "123456")
        assert error.value.code == "totp_not_begun"

    async def test_an_administrator_helps_whoever_lost_the_telephone(self, people: People, clock: FakeClock) -> None:
        rima = await hired(people)
        await with_totp(people, clock)
        assert (await people.accounts.get(rima.id)).totp
        await people.accounts.remove_totp(COMMAND_LINE, rima.id)
        await token_of(people)
        assert "totp_removed" in await actions_of(people)


async def test_nothing_secret_is_logged(people: People, clock: FakeClock) -> None:
    with capture_logs() as lines:
        await hired(people)
        secret = await with_totp(people, clock)
        for _ in range(7):
            await people.sign_in.with_password("rima", "slaptas bandymas", OFFICE)
    assert [line["event"] for line in lines] == ["sign_in_throttled"] * 2
    for word in ("slaptas", PASSWORD, secret):
        assert word not in repr((lines, await log_of(people)))
