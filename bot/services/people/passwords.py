"""Hashes and checks passwords with argon2id, beside the loop: one check takes tens of milliseconds on purpose."""

from __future__ import annotations

import asyncio
import base64
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.core.passwords import LONGEST, normal_password, password_problem
from bot.errors import AccountRuleError

_AT_ONCE = 2
"""So many checks run at once: each takes `memory_kib` of memory, and guests must not take it all."""
# Without letters and digits that look alike: it is copied from a screen by hand.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """What one check costs: RFC 9106, 4, second recommended option (64 MiB, three passes)."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


class Passwords:
    """Hashes passwords; hashes of smaller parameters than these are told to be renewed."""

    def __init__(self, cost: PasswordCost) -> None:
        self._hasher = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        self._slots = asyncio.Semaphore(_AT_ONCE)
        # Nobody's hash: random bytes in the form of one, so that checking it is the same work and never succeeds.
        parameters = f"m={cost.memory_kib},t={cost.passes},p={cost.lanes}"
        self._nobodys = f"$argon2id$v=19${parameters}${_random_base64(16)}${_random_base64(32)}"

    async def hash(self, password: str) -> str:
        """Return the hash to be stored, parameters and salt in it."""
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, normal_password(password))

    async def right(self, password: str, stored: str | None) -> bool:
        """Tell whether a password is the stored one; None = there is none, found out by the same work."""
        return await self._verify(password, stored or self._nobodys)

    def outgrown(self, stored: str) -> bool:
        """Tell whether a hash was made with parameters other than today's."""
        return self._hasher.check_needs_rehash(stored)

    async def _verify(self, password: str, stored: str) -> bool:
        # One character more than any that is taken is as wrong as a million, and cheaper.
        given = normal_password(password[: 4 * LONGEST]).encode(errors="replace")
        async with self._slots:
            return await asyncio.to_thread(self._check, stored, given)

    def _check(self, stored: str, given: bytes) -> bool:
        try:
            return self._hasher.verify(stored, given)
        except (VerificationError, InvalidHashError):
            return False


def _random_base64(size: int) -> str:
    return base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")


def refuse_bad_password(password: str, login: str) -> None:
    """Raise `AccountRuleError` with the reason when a password must not be taken."""
    problem = password_problem(password, login)
    if problem is not None:
        raise AccountRuleError(problem.value, f"password refused: {problem.value}")


def one_time_password() -> str:
    """Return a random password of some 79 bits, to be told once and changed at the first sign-in."""
    letters = (secrets.choice(_ALPHABET) for _ in range(_GROUPS * _GROUP))
    return "-".join("".join(next(letters) for _ in range(_GROUP)) for _ in range(_GROUPS))
