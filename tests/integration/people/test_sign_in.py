"""Signing in over a real database: who is let in, who waits, and what nobody learns."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.audit import COMMAND_LINE
from bot.core.operators import Role
from bot.errors import AccountRuleError
from bot.services.people import throttle
from bot.services.people.accounts import NewOperator
from bot.services.people.passwords import PasswordCost, Passwords
from bot.services.people.people import People, build_people
from bot.services.people.sessions import Visitor
from bot.services.people.sign_in import Step
from bot.storage import operators
from bot.storage.database import Database
from bot.storage.sessions import Stage
from tests.fakes import FakeClock
from tests.people import ADDRESS, MUNICIPALITIES, OFFICE, PASSWORD, actions_of, code_of, hired, log_of, with_totp

WRONG = "ne tas slaptažodis"
FREE, FREE_OF_ADDRESS = throttle.BY_ACCOUNT.free, throttle.BY_ADDRESS.free


async def try_in_vain(people: People, login: str = "rima", times: int = 1, visitor: Visitor = OFFICE) -> list[Step]:
    """Try wrong passwords one after another."""
    return [await people.sign_in.with_password(login, WRONG, visitor) for _ in range(times)]


class TestPassword:
    """The first step."""

    async def test_the_right_password_opens_a_session(self, people: People) -> None:
        await hired(people)
        step = await people.sign_in.with_password("rima", PASSWORD, OFFICE)
        assert step.stage is Stage.OPEN
        assert step.token is not None
        who = await people.sessions.signed_in(step.token, ADDRESS)
        assert who is not None
        assert who.operator.login == "rima"

    async def test_the_login_is_read_whatever_its_case(self, people: People) -> None:
        await hired(people)
        assert (await people.sign_in.with_password(" RIMA ", PASSWORD, OFFICE)).stage is Stage.OPEN

    async def test_letters_composed_otherwise_are_the_same_password(self, people: People) -> None:
        await hired(people)
        decomposed = PASSWORD.replace("ž", "z\u030c").replace("ė", "e\u0307")
        assert decomposed != PASSWORD
        assert (await people.sign_in.with_password("rima", decomposed, OFFICE)).stage is Stage.OPEN

    @pytest.mark.parametrize(
        ("login", "password"),
        [
            ("rima", WRONG),
            ("rima", ""),
            ("rima", "a" * 100_000),
            ("rima", "\ud800" * 12),
            ("nera", PASSWORD),
            ("", ""),
            ("' OR 1=1 --", PASSWORD),
            ("ona", PASSWORD),
        ],
    )
    async def test_every_wrong_pair_gets_the_same_answer(self, people: People, login: str, password: str) -> None:
        await hired(people)
        await hired(people, "ona")
        await people.accounts.disable(COMMAND_LINE, (await people.accounts.by_login("ona")).id)
        assert await people.sign_in.with_password(login, password, OFFICE) == Step()

    async def test_every_wrong_pair_costs_the_same_work(self, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
        await hired(people)
        await hired(people, "ona")
        await people.accounts.disable(COMMAND_LINE, (await people.accounts.by_login("ona")).id)
        steps: list[str] = []
        verify, append = Passwords._check, people.audit.record

        def counted_verify(self: Passwords, stored: str, given: bytes) -> bool:
            steps.append("verify")
            return verify(self, stored, given)

        async def counted_append(*given: object) -> None:
            steps.append("audit")
            await append(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(Passwords, "_check", counted_verify)
        monkeypatch.setattr(people.audit, "record", counted_append)
        for login, password in (("rima", WRONG), ("nera", PASSWORD), ("ona", PASSWORD), ("ona", WRONG), ("", "")):
            steps.clear()
            await people.sign_in.with_password(login, password, OFFICE)
            assert steps == ["verify", "audit"], login

    async def test_success_and_failure_stand_in_the_audit_log_without_what_was_typed(self, people: People) -> None:
        rima = await hired(people)
        before = len(await log_of(people))
        await try_in_vain(people)
        await try_in_vain(people, "slapukas-vietoj-vardo")
        await people.sign_in.with_password("rima", PASSWORD, OFFICE)
        failed, unknown, entered = (await log_of(people))[before:]
        assert [failed.action, unknown.action, entered.action] == ["sign_in_failed", "sign_in_failed", "signed_in"]
        assert (failed.object_id, failed.data) == (rima.id, {"reason": "password"})
        assert (unknown.operator_id, unknown.object_id, unknown.data) == (None, None, {"reason": "unknown"})
        assert (entered.operator_id, entered.operator_name, entered.address) == (rima.id, "Rima", ADDRESS)
        assert "slapukas" not in repr(unknown)
        assert WRONG not in repr((failed, unknown, entered))

    async def test_a_hash_of_smaller_parameters_is_renewed(self, database: Database, clock: FakeClock) -> None:
        async def stored() -> str:
            async with database.read() as session:
                account = await operators.by_login(session, "rima")
            assert account is not None
            return account.password_hash

        def with_cost(passes: int) -> People:
            cost = PasswordCost(passes=passes, memory_kib=8, lanes=1)
            return build_people(database=database, clock=clock, municipalities=lambda: MUNICIPALITIES, cost=cost)

        await hired(with_cost(1))
        assert "$argon2id$v=19$m=8,t=1,p=1$" in await stored()
        stronger = with_cost(2)
        await try_in_vain(stronger)
        assert "t=1" in await stored()
        assert (await stronger.sign_in.with_password("rima", PASSWORD, OFFICE)).stage is Stage.OPEN
        assert "t=2" in await stored()
        assert (await stronger.sign_in.with_password("rima", PASSWORD, OFFICE)).stage is Stage.OPEN

    async def test_passwords_and_tokens_are_stored_as_hashes_only(self, people: People, database: Database) -> None:
        await hired(people)
        token = (await people.sign_in.with_password("rima", PASSWORD, OFFICE)).token
        assert token is not None
        await database.close()
        content = b"".join(path.read_bytes() for path in database.path.parent.iterdir())
        assert token.encode() not in content
        assert PASSWORD.encode() not in content


class TestThrottle:
    """Waits after wrong tries."""

    @pytest.mark.parametrize("login", ["rima", "nera", "' OR 1=1 --"])
    async def test_waits_double_for_known_and_unknown_logins_alike(
        self, people: People, clock: FakeClock, login: str
    ) -> None:
        await hired(people)
        assert await try_in_vain(people, login, FREE) == [Step()] * FREE
        for seconds in (30, 60, 120):
            assert await try_in_vain(people, login) == [Step(wait_seconds=seconds)]
            clock.move(seconds=seconds + 1)
            assert await try_in_vain(people, login) == [Step()]

    async def test_the_right_password_waits_too(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        await try_in_vain(people, times=FREE)
        assert (await people.sign_in.with_password("rima", PASSWORD, OFFICE)).wait_seconds == 30
        clock.move(seconds=31)
        assert (await people.sign_in.with_password("rima", PASSWORD, OFFICE)).stage is Stage.OPEN

    async def test_a_success_forgives_the_account(self, people: People) -> None:
        await hired(people)
        for _ in range(3):
            await try_in_vain(people, times=FREE - 1)
            assert (await people.sign_in.with_password("rima", PASSWORD, OFFICE)).stage is Stage.OPEN

    async def test_a_hundred_parallel_tries_are_judged_no_more_often_than_is_free(self, people: People) -> None:
        await hired(people)
        steps = await asyncio.gather(*(people.sign_in.with_password("rima", WRONG, OFFICE) for _ in range(100)))
        assert sum(step == Step() for step in steps) == FREE
        assert sum(step.wait_seconds > 0 for step in steps) == 100 - FREE

    async def test_one_address_cannot_try_many_logins(self, people: People) -> None:
        await hired(people)
        for number in range(FREE_OF_ADDRESS):
            assert await try_in_vain(people, f"vardas{number}") == [Step()]
        assert (await people.sign_in.with_password("rima", PASSWORD, OFFICE)).wait_seconds == 30
        elsewhere = Visitor.of("198.51.100.1", "")
        assert (await people.sign_in.with_password("rima", PASSWORD, elsewhere)).stage is Stage.OPEN

    async def test_the_addresses_of_one_ipv6_network_are_one(self, people: People) -> None:
        for number in range(FREE_OF_ADDRESS):
            visitor = Visitor.of(f"2001:db8:1:2::{number:x}", "")
            assert await try_in_vain(people, f"vardas{number}", visitor=visitor) == [Step()]
        assert (await try_in_vain(people, "kitas", visitor=Visitor.of("2001:db8:1:2:ffff::1", "")))[0].wait_seconds
        assert not (await try_in_vain(people, "kitas", visitor=Visitor.of("2001:db8:1:3::1", "")))[0].wait_seconds

    async def test_colleagues_who_sign_in_do_not_lock_the_address_they_share(self, people: People) -> None:
        await hired(people)
        for _ in range(FREE_OF_ADDRESS + 5):
            assert (await people.sign_in.with_password("rima", PASSWORD, OFFICE)).stage is Stage.OPEN

    async def test_old_failures_are_forgotten(self, people: People, clock: FakeClock) -> None:
        await try_in_vain(people, times=FREE)
        clock.move(days=1, seconds=1)
        assert await try_in_vain(people, times=FREE) == [Step()] * FREE

    async def test_a_new_password_of_the_administrator_ends_the_wait(self, people: People) -> None:
        rima = await hired(people)
        await try_in_vain(people, times=FREE)
        made = await people.accounts.reset_password(COMMAND_LINE, rima.id)
        step = await people.sign_in.with_password("rima", made.password, OFFICE)
        assert step.stage is Stage.NEW_PASSWORD


class TestOneTimePassword:
    """The password that an administrator told."""

    NEW = NewOperator(login="jonas", display_name="Jonas", role=Role.OPERATOR, municipalities=frozenset({"varena"}))

    async def pending(self, people: People) -> tuple[str, str]:
        """Return the one-time password and the token that it brings."""
        made = await people.accounts.add(COMMAND_LINE, self.NEW)
        step = await people.sign_in.with_password("jonas", made.password, OFFICE)
        assert step.stage is Stage.NEW_PASSWORD
        assert step.token is not None
        return made.password, step.token

    async def test_it_opens_nothing_before_it_is_changed(self, people: People) -> None:
        _, token = await self.pending(people)
        assert await people.sessions.signed_in(token, ADDRESS) is None
        assert "signed_in" not in await actions_of(people)

    async def test_a_new_password_opens_a_session_with_another_token(self, people: People) -> None:
        _, token = await self.pending(people)
        step = await people.sign_in.with_new_password(token, PASSWORD, OFFICE)
        assert step.stage is Stage.OPEN
        assert step.token not in {None, token}
        assert await people.sign_in.with_new_password(token, "visai kitas slaptažodis", OFFICE) == Step()
        assert (await actions_of(people))[-2:] == ["password_changed", "signed_in"]

    async def test_it_cannot_be_kept(self, people: People) -> None:
        password, token = await self.pending(people)
        with pytest.raises(AccountRuleError) as refused:
            await people.sign_in.with_new_password(token, password, OFFICE)
        assert refused.value.code == "password_same"

    async def test_a_bad_password_is_refused_and_may_be_bettered(self, people: People) -> None:
        _, token = await self.pending(people)
        with pytest.raises(AccountRuleError) as refused:
            await people.sign_in.with_new_password(token, "jonas1234567", OFFICE)
        assert refused.value.code == "password_like_login"
        assert (await people.sign_in.with_new_password(token, PASSWORD, OFFICE)).stage is Stage.OPEN

    async def test_ten_minutes_are_given_for_it(self, people: People, clock: FakeClock) -> None:
        _, token = await self.pending(people)
        clock.move(minutes=10)
        assert await people.sign_in.with_new_password(token, PASSWORD, OFFICE) == Step()

    async def test_of_two_at_once_one_wins(self, people: People) -> None:
        _, token = await self.pending(people)
        steps = await asyncio.gather(*(people.sign_in.with_new_password(token, PASSWORD, OFFICE) for _ in range(2)))
        assert sorted(step.stage is Stage.OPEN for step in steps) == [False, True]


class TestCode:
    """The second step, where it is switched on."""

    async def begun(self, people: People) -> str:
        """Give the password and return the token that awaits a code."""
        step = await people.sign_in.with_password("rima", PASSWORD, OFFICE)
        assert step.stage is Stage.CODE
        assert step.token is not None
        return step.token

    async def test_the_password_alone_does_not_let_in(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        await with_totp(people, clock)
        token = await self.begun(people)
        assert await people.sessions.signed_in(token, ADDRESS) is None

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    async def test_a_code_of_a_neighbouring_step_lets_in(self, people: People, clock: FakeClock, steps: int) -> None:
        await hired(people)
        secret = await with_totp(people, clock)
        step = await people.sign_in.with_code(await self.begun(people), code_of(secret, clock, steps=steps), OFFICE)
        assert step.stage is Stage.OPEN

    async def test_a_code_works_once(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        secret = await with_totp(people, clock)
        code = code_of(secret, clock)
        assert (await people.sign_in.with_code(await self.begun(people), code, OFFICE)).stage is Stage.OPEN
        assert (await people.sign_in.with_code(await self.begun(people), code, OFFICE)).stage is Stage.CODE
        earlier = code_of(secret, clock, steps=-1)
        assert (await people.sign_in.with_code(await self.begun(people), earlier, OFFICE)).stage is Stage.CODE

    @pytest.mark.parametrize(
        "code", ["", "000000x", "12345", "١٢٣٤٥٦", "0" * 5000], ids=["none", "letter", "short", "arabic", "long"]
    )
    async def test_a_wrong_code_may_be_typed_again(self, people: People, clock: FakeClock, code: str) -> None:
        await hired(people)
        secret = await with_totp(people, clock)
        token = await self.begun(people)
        assert await people.sign_in.with_code(token, code, OFFICE) == Step(token, Stage.CODE)
        spaced = " ".join(code_of(secret, clock))
        assert (await people.sign_in.with_code(token, spaced, OFFICE)).stage is Stage.OPEN

    async def test_a_right_password_does_not_forgive_wrong_codes(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        secret = await with_totp(people, clock)
        for _ in range(throttle.BY_CODE.free):
            assert not (await people.sign_in.with_code(await self.begun(people), "x", OFFICE)).wait_seconds
        step = await people.sign_in.with_code(await self.begun(people), code_of(secret, clock), OFFICE)
        assert step.wait_seconds == 30

    async def test_a_token_awaits_a_code_for_ten_minutes(self, people: People, clock: FakeClock) -> None:
        await hired(people)
        secret = await with_totp(people, clock)
        token = await self.begun(people)
        clock.move(minutes=10)
        assert await people.sign_in.with_code(token, code_of(secret, clock), OFFICE) == Step()

    async def test_a_made_up_token_begins_anew(self, people: People) -> None:
        assert await people.sign_in.with_code("made up", "123456", OFFICE) == Step()
        assert await people.sign_in.with_new_password("made up", PASSWORD, OFFICE) == Step()

    async def test_after_a_reset_a_code_is_asked_before_the_new_password(
        self, people: People, clock: FakeClock
    ) -> None:
        rima = await hired(people)
        secret = await with_totp(people, clock)
        made = await people.accounts.reset_password(COMMAND_LINE, rima.id)
        step = await people.sign_in.with_password("rima", made.password, OFFICE)
        assert step.stage is Stage.CODE
        assert step.token is not None
        step = await people.sign_in.with_code(step.token, code_of(secret, clock), OFFICE)
        assert step.stage is Stage.NEW_PASSWORD
