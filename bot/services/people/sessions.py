"""Sign-ins that are open: known by a secret that only the browser has, ended at any time, over after twelve hours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.audit import Actor, AuditAction, AuditObject, AuditRecord
from bot.core.clock import Clock
from bot.core.operators import Operator
from bot.errors import AccountRuleError
from bot.services.people.audit import Audit
from bot.services.people.throttle import forget_old
from bot.services.people.watch import SessionWatch
from bot.storage import sessions as storage
from bot.storage.database import Database
from bot.storage.operators import Account
from bot.storage.sessions import Stage, StoredSession

OPEN_FOR = timedelta(hours=12)
PENDING_FOR = timedelta(minutes=10)
"""How long a code or a new password is waited for after the right password."""
_SEEN_EVERY = timedelta(minutes=1)
_KEPT_AFTER_END = timedelta(days=30)
_TOKEN_BYTES = 32
_LONGEST_AGENT, _LONGEST_ADDRESS = 200, 64


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request came from."""

    address: str
    user_agent: str

    @classmethod
    def of(cls, address: str, user_agent: str) -> Visitor:
        """Return a visitor in as many characters as are kept."""
        return cls(address[:_LONGEST_ADDRESS], user_agent[:_LONGEST_AGENT])


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """An operator with an open session; `rights_of` is when the rights changed last, as read now."""

    operator: Operator
    session: StoredSession
    rights_of: datetime
    address: str

    @property
    def actor(self) -> Actor:
        """Who the audit log names."""
        return Actor(operator_id=self.operator.id, name=self.operator.display_name, address=self.address)


class Sessions:
    """Knows whose token it is, lists sessions and ends them."""

    def __init__(self, *, database: Database, clock: Clock, audit: Audit, watch: SessionWatch) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._watch = watch

    async def signed_in(self, token: str, address: str) -> SignedIn | None:
        """Return who has this token; None when it opens nothing (any more, or not yet)."""
        now = self._clock.now()
        found = await self.find(token)
        if found is None or found[0].stage is not Stage.OPEN:
            return None
        stored, account = found
        if now - stored.last_seen_at >= _SEEN_EVERY:
            async with self._database.write() as session:
                await storage.see(session, stored.id, now)
        return SignedIn(
            operator=account.operator, session=stored, rights_of=account.changed_at, address=address[:_LONGEST_ADDRESS]
        )

    async def find(self, token: str) -> tuple[StoredSession, Account] | None:
        """Return the session with a token, at whatever stage, and whose it is."""
        async with self._database.read() as session:
            return await storage.by_token(session, token_hash(token), self._clock.now())

    async def of(self, operator: str) -> tuple[StoredSession, ...]:
        """Return an operator's open sessions, last seen first."""
        async with self._database.read() as session:
            return await storage.of_operator(session, operator, self._clock.now())

    async def sign_out(self, token: str, address: str) -> None:
        """End the session with this token, if it has one."""
        found = await self.find(token)
        if found is None:
            return
        stored, account = found
        actor = Actor(operator_id=account.operator.id, name=account.operator.display_name, address=address)
        async with self._database.write() as session:
            await storage.revoke(session, stored.operator_id, stored.id, self._clock.now())
            if stored.stage is Stage.OPEN:
                await self._audit.record(session, actor, _of(account.operator, AuditAction.SIGNED_OUT))
        self._watch.cut([stored.id])

    async def revoke(self, who: SignedIn, stored: str) -> None:
        """End one of one's own sessions. Raises `AccountRuleError` when there is no such one."""
        async with self._database.write() as session:
            if not await storage.revoke(session, who.operator.id, stored, self._clock.now()):
                raise AccountRuleError("unknown_session", "there is no such session")
            await self._audit.record(session, who.actor, _of(who.operator, AuditAction.SESSION_REVOKED, count=1))
        self._watch.cut([stored])

    async def revoke_others(self, who: SignedIn) -> int:
        """End all of one's own sessions but this one; return how many."""
        return await self.end_all(who.actor, who.operator, but_for=who.session.id)

    async def end_all(self, actor: Actor, operator: Operator, *, but_for: str | None = None) -> int:
        """End all sessions of an operator, but for one; return how many."""
        async with self._database.write() as session:
            ended = await storage.revoke_all(session, operator.id, self._clock.now(), but_for=but_for)
            if ended:
                record = _of(operator, AuditAction.SESSION_REVOKED, count=len(ended))
                await self._audit.record(session, actor, record)
        self._watch.cut(ended)
        return len(ended)

    async def tidy(self) -> None:
        """Remove sessions that ended long ago, and failed tries that no longer count."""
        now = self._clock.now()
        async with self._database.write() as session:
            await storage.remove_ended(session, now - _KEPT_AFTER_END)
            await forget_old(session, now)


async def open_session(session: AsyncSession, operator: Operator, stage: Stage, visitor: Visitor, now: datetime) -> str:
    """Store a new session in the caller's transaction and return its token, which nothing else ever tells."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    stored = StoredSession(
        id=secrets.token_hex(16),
        operator_id=operator.id,
        stage=stage,
        created_at=now,
        last_seen_at=now,
        expires_at=now + (OPEN_FOR if stage is Stage.OPEN else PENDING_FOR),
        user_agent=visitor.user_agent,
        address=visitor.address,
    )
    await storage.add(session, stored, token_hash(token))
    return token


def token_hash(token: str) -> str:
    """Return the hash under which a token is stored; a random secret of 256 bits needs no slow one."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def csrf_token(token: str) -> str:
    """Return the second secret of a session: it follows from the first, which no script of a page can read."""
    return hmac.new(token.encode(errors="replace"), b"langelis csrf", hashlib.sha256).hexdigest()


def _of(operator: Operator, action: AuditAction, **data: object) -> AuditRecord:
    return AuditRecord(action=action, object_type=AuditObject.OPERATOR, object_id=operator.id, data=data)
