"""Slows down whoever tries secrets. A try is counted before it is judged: a hundred at once are still a hundred."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.waiting import Tried, WaitRule
from bot.storage import sessions as storage

BY_ACCOUNT = WaitRule(free=5)
# A town hall's whole staff may share one address.
BY_ADDRESS = WaitRule(free=20)
BY_CODE = WaitRule(free=5)
_HOST_BITS = 64


def account_key(login: str) -> str:
    """Return the key of what was typed as a login, known or not; a hash, for some type their password there."""
    return f"account:{hashlib.sha256(login.encode(errors='replace')).hexdigest()}"


def address_key(address: str) -> str:
    """Return the key of a network address; of IPv6 the network, for one home has as many addresses as it likes."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return f"address:{address[:64]}"
    if isinstance(parsed, IPv6Address):
        return f"address:{ip_network((parsed, _HOST_BITS), strict=False)}"
    return f"address:{parsed}"


def code_key(operator: str) -> str:
    """Return the key of an operator's one-time codes: a right password must not forgive wrong codes."""
    return f"code:{operator}"


async def count_try(session: AsyncSession, rules: Mapping[str, WaitRule], now: datetime) -> int:
    """Count a try under each key; return 0, or the seconds to wait when one is locked, and then count nothing."""
    known = {key: await _current(session, key, rule, now) for key, rule in rules.items()}
    wait = max(tried.seconds_left(now) for tried in known.values())
    if wait:
        return wait
    for key, rule in rules.items():
        failures = known[key].failures + 1
        locked = rule.wait(failures)
        await storage.set_tried(session, key, Tried(failures, None if locked is None else now + locked, now))
    return 0


async def take_back(session: AsyncSession, key: str) -> None:
    """Count one try less: it was right. The others under this key stay counted."""
    tried = await storage.tried(session, key)
    if tried is not None:
        await storage.set_tried(session, key, replace(tried, failures=max(0, tried.failures - 1), locked_until=None))


async def forget(session: AsyncSession, *keys: str) -> None:
    """Begin to count anew."""
    await storage.forget_tries(session, *keys)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Remove what nobody has tried for long."""
    longest: timedelta = max(rule.forgotten_after for rule in (BY_ACCOUNT, BY_ADDRESS, BY_CODE))
    await storage.forget_tries_before(session, now - longest)


async def _current(session: AsyncSession, key: str, rule: WaitRule, now: datetime) -> Tried:
    tried = await storage.tried(session, key)
    if tried is None or now - tried.updated_at > rule.forgotten_after:
        return Tried(0, None, now)
    return tried
