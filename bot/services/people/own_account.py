"""What operators do with their own account: another password, codes of an authenticator app."""

from __future__ import annotations

from bot.core.audit import AuditAction, AuditObject, AuditRecord
from bot.core.clock import Clock
from bot.errors import AccountRuleError
from bot.services.people import throttle
from bot.services.people.audit import Audit
from bot.services.people.passwords import Passwords, refuse_bad_password
from bot.services.people.sessions import SignedIn
from bot.services.people.totp import matching_step, new_secret, read_code
from bot.services.people.watch import SessionWatch
from bot.storage import operators
from bot.storage import sessions as storage
from bot.storage.database import Database
from bot.storage.operators import Account


class TooManyTriesError(AccountRuleError):
    """The password was wrong too often; `wait_seconds` until it may be tried again."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__("too_many_tries", "too many wrong passwords")
        self.wait_seconds = wait_seconds


class OwnAccount:
    """Changes the account of whoever is signed in; what weakens or moves it asks for the password again."""

    def __init__(
        self, *, database: Database, clock: Clock, passwords: Passwords, audit: Audit, watch: SessionWatch
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._audit = audit
        self._watch = watch

    async def change_password(self, who: SignedIn, current: str, new: str) -> None:
        """Take a new password and end all other sessions. Raises `AccountRuleError`."""
        refuse_bad_password(new, who.operator.login)
        account = await self._confirmed(who, current)
        if await self._passwords.right(new, account.password_hash):
            raise AccountRuleError("password_same", "the new password is the present one")
        hashed = await self._passwords.hash(new)
        async with self._database.write() as session:
            await operators.set_password(session, who.operator.id, hashed, one_time=False)
            ended = await storage.revoke_all(session, who.operator.id, self._clock.now(), but_for=who.session.id)
            await self._audit.record(session, who.actor, _of(who, AuditAction.PASSWORD_CHANGED))
        self._watch.cut(ended)

    async def begin_totp(self, who: SignedIn, password: str) -> str:
        """Return a secret to be shown as a QR code; it counts once `confirm_totp` was given a code of it.

        Raises `AccountRuleError` for a wrong password, and when codes are asked already.
        """
        account = await self._confirmed(who, password)
        if account.totp_secret is not None:
            raise AccountRuleError("totp_on", "codes are asked already")
        secret = new_secret()
        async with self._database.write() as session:
            await operators.set_pending_totp(session, who.operator.id, secret)
        return secret

    async def pending_totp(self, who: SignedIn) -> str | None:
        """Return the secret that waits for its first code."""
        async with self._database.read() as session:
            account = await operators.by_id(session, who.operator.id)
        return None if account is None else account.totp_pending

    async def confirm_totp(self, who: SignedIn, typed: str) -> None:
        """Ask for codes from now on. Raises `AccountRuleError` for a code that is not of the pending secret."""
        now, code = self._clock.now(), read_code(typed)
        async with self._database.write() as session:
            account = await operators.by_id(session, who.operator.id)
            if account is None or account.totp_pending is None:
                raise AccountRuleError("totp_not_begun", "there is no secret to confirm")
            step = None if code is None else matching_step(account.totp_pending, code, now)
            if step is None:
                raise AccountRuleError("totp_wrong", "the code is not of this secret")
            # The code is used up with it.
            await operators.set_totp(session, who.operator.id, account.totp_pending, step)
            await self._audit.record(session, who.actor, _of(who, AuditAction.TOTP_ENABLED))

    async def remove_totp(self, who: SignedIn, password: str) -> None:
        """Ask for no codes any more. Raises `AccountRuleError` for a wrong password."""
        await self._confirmed(who, password)
        async with self._database.write() as session:
            await operators.set_totp(session, who.operator.id, None, None)
            await self._audit.record(session, who.actor, _of(who, AuditAction.TOTP_REMOVED))

    async def _confirmed(self, who: SignedIn, password: str) -> Account:
        """Return the account once the password is right: whoever found an open browser does not know it."""
        key = throttle.account_key(who.operator.login)
        async with self._database.write() as session:
            wait = await throttle.count_try(session, {key: throttle.BY_ACCOUNT}, self._clock.now())
            account = await operators.by_id(session, who.operator.id)
        if wait:
            raise TooManyTriesError(wait)
        if account is None or not await self._passwords.right(password, account.password_hash):
            raise AccountRuleError("password_wrong", "the present password is wrong")
        async with self._database.write() as session:
            await throttle.forget(session, key)
        return account


def _of(who: SignedIn, action: AuditAction) -> AuditRecord:
    return AuditRecord(action=action, object_type=AuditObject.OPERATOR, object_id=who.operator.id)
