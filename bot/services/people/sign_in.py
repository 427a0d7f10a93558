"""Signing in: password, then a code where one is asked, then a new password where the old one was for one time.

A wrong password, an unknown login and a disabled account get the same answer after the same work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.audit import Actor, AuditAction, AuditObject, AuditRecord
from bot.core.clock import Clock
from bot.core.operators import read_login
from bot.errors import AccountRuleError
from bot.services.people import throttle
from bot.services.people.audit import Audit
from bot.services.people.passwords import Passwords, refuse_bad_password
from bot.services.people.sessions import Sessions, Visitor, open_session
from bot.services.people.totp import matching_step, read_code
from bot.services.people.watch import SessionWatch
from bot.storage import operators
from bot.storage import sessions as storage
from bot.storage.database import Database
from bot.storage.operators import Account
from bot.storage.sessions import Stage

log = structlog.get_logger(__name__)

_NOBODY = "–"


@dataclass(frozen=True, slots=True)
class Step:
    """What a step of signing in brought.

    With a new token `stage` says what comes next. Without one it failed and begins anew; with the same one it failed
    and may be tried again. `wait_seconds` > 0 = too many tries.
    """

    token: str | None = None
    stage: Stage | None = None
    wait_seconds: int = 0


class SignIn:
    """Lets operators in."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        sessions: Sessions,
        audit: Audit,
        watch: SessionWatch,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._sessions = sessions
        self._audit = audit
        self._watch = watch

    async def with_password(self, typed: str, password: str, visitor: Visitor) -> Step:
        """Begin with login and password."""
        login = read_login(typed)
        by_account, by_address = throttle.account_key(login or typed), throttle.address_key(visitor.address)
        rules = {by_account: throttle.BY_ACCOUNT, by_address: throttle.BY_ADDRESS}
        async with self._database.write() as session:
            wait = await throttle.count_try(session, rules, self._clock.now())
            account = await operators.by_login(session, login or "")
        if wait:
            return self._locked(wait, account)
        right = await self._passwords.right(password, None if account is None else account.password_hash)
        stronger = await self._stronger(account, password) if account is not None and right else None
        async with self._database.write() as session:
            # Between the look and now an administrator may have closed the account or changed the password.
            current = await operators.by_id(session, "" if account is None else account.operator.id)
            failure = _failure(account, current, right=right)
            if current is None or failure is not None:
                await self._record(session, account, AuditAction.SIGN_IN_FAILED, visitor, reason=failure)
                return Step()
            if stronger is not None:
                await operators.strengthen_password(session, current.operator.id, stronger)
            await throttle.forget(session, by_account)
            await throttle.take_back(session, by_address)
            stage = Stage.CODE if current.totp_secret is not None else _after_code(current)
            return await self._enter(session, current, stage, visitor)

    async def with_code(self, token: str, typed: str, visitor: Visitor) -> Step:
        """Go on with the code of the authenticator app; a token that awaits none begins anew."""
        found = await self._sessions.find(token)
        if found is None:
            return Step()
        pending, account = found
        if pending.stage is not Stage.CODE or account.totp_secret is None:
            return Step()
        now, key = self._clock.now(), throttle.code_key(account.operator.id)
        code = read_code(typed)
        step = None if code is None else matching_step(account.totp_secret, code, now)
        async with self._database.write() as session:
            wait = await throttle.count_try(session, {key: throttle.BY_CODE}, now)
            if wait:
                return replace(self._locked(wait, account), token=token, stage=Stage.CODE)
            if step is None or not await operators.use_step(session, account.operator.id, step):
                await self._record(session, account, AuditAction.SIGN_IN_FAILED, visitor, reason="code")
                return Step(token, Stage.CODE)
            # Of two requests with the same token one opens a session.
            if not await storage.revoke(session, account.operator.id, pending.id, now):
                return Step()
            await throttle.forget(session, key)
            return await self._enter(session, account, _after_code(account), visitor)

    async def with_new_password(self, token: str, password: str, visitor: Visitor) -> Step:
        """End with a password of one's own. Raises `AccountRuleError` when it must not be taken."""
        found = await self._sessions.find(token)
        if found is None or found[0].stage is not Stage.NEW_PASSWORD:
            return Step()
        pending, account = found
        refuse_bad_password(password, account.operator.login)
        if await self._passwords.right(password, account.password_hash):
            raise AccountRuleError("password_same", "the new password is the one-time password")
        hashed = await self._passwords.hash(password)
        now = self._clock.now()
        async with self._database.write() as session:
            if not await storage.revoke(session, account.operator.id, pending.id, now):
                return Step()
            await operators.set_password(session, account.operator.id, hashed, one_time=False)
            ended = await storage.revoke_all(session, account.operator.id, now)
            await self._record(session, account, AuditAction.PASSWORD_CHANGED, visitor)
            entered = await self._enter(session, account, Stage.OPEN, visitor)
        self._watch.cut(ended)
        return entered

    async def _enter(self, session: AsyncSession, account: Account, stage: Stage, visitor: Visitor) -> Step:
        token = await open_session(session, account.operator, stage, visitor, self._clock.now())
        if stage is Stage.OPEN:
            await self._record(session, account, AuditAction.SIGNED_IN, visitor, code=account.totp_secret is not None)
        return Step(token, stage)

    async def _record(
        self, session: AsyncSession, account: Account | None, action: AuditAction, visitor: Visitor, **data: object
    ) -> None:
        operator = None if account is None else account.operator
        record = AuditRecord(
            action=action,
            object_type=AuditObject.OPERATOR,
            object_id=None if operator is None else operator.id,
            data=data,
        )
        # What was typed as a login is not told: it may be somebody's password.
        actor = Actor(
            operator_id=None if operator is None else operator.id,
            name=_NOBODY if operator is None else operator.display_name,
            address=visitor.address,
        )
        await self._audit.record(session, actor, record)

    def _locked(self, wait: int, account: Account | None) -> Step:
        # The alarm: an administrator sees that somebody is guessing.
        operator = None if account is None else account.operator.id
        log.warning("sign_in_throttled", operator=operator, wait_seconds=wait)
        return Step(wait_seconds=wait)

    async def _stronger(self, account: Account, password: str) -> str | None:
        return await self._passwords.hash(password) if self._passwords.outgrown(account.password_hash) else None


def _failure(account: Account | None, current: Account | None, *, right: bool) -> str | None:
    """Return why nobody is let in, for the audit log alone; None when somebody is."""
    if account is None or current is None:
        return "unknown"
    if not right or current.password_hash != account.password_hash:
        return "password"
    return "disabled" if current.operator.disabled else None


def _after_code(account: Account) -> Stage:
    return Stage.NEW_PASSWORD if account.must_change_password else Stage.OPEN
