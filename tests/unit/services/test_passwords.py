"""Hashing passwords: what is stored, what is checked, what is told once."""

from __future__ import annotations

import re

import pytest
from argon2.exceptions import VerifyMismatchError

from bot.services.people.passwords import PasswordCost, Passwords, one_time_password
from tests.conftest import CHEAP


async def test_a_hash_is_argon2id_with_its_parameters_and_a_salt_of_its_own() -> None:
    passwords = Passwords(CHEAP)
    first, second = await passwords.hash("žalias arklys"), await passwords.hash("žalias arklys")
    assert first.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert first != second
    assert await passwords.right("žalias arklys", first)
    assert not await passwords.right("žalias arkliai", first)


async def test_nobodys_hash_is_checked_by_the_same_work_and_never_right() -> None:
    passwords = Passwords(CHEAP)
    stored = await passwords.hash("žalias arklys")
    shape = r"(\$argon2id\$v=19\$m=8,t=1,p=1\$)([\w+/]+)\$([\w+/]+)"
    real, nobodys = re.fullmatch(shape, stored), re.fullmatch(shape, passwords._nobodys)
    assert real is not None
    assert nobodys is not None
    assert [len(part) for part in real.groups()] == [len(part) for part in nobodys.groups()]
    # A hash of a wrong form would be told at once, without the work, as another error.
    with pytest.raises(VerifyMismatchError):
        passwords._hasher.verify(passwords._nobodys, "žalias arklys")
    assert not await passwords.right("žalias arklys", None)
    assert not await passwords.right("", None)


async def test_what_is_no_hash_is_never_right() -> None:
    passwords = Passwords(CHEAP)
    for stored in ("x", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$x$x"):
        assert not await passwords.right("žalias arklys", stored)


async def test_smaller_parameters_are_outgrown() -> None:
    stored = await Passwords(CHEAP).hash("žalias arklys")
    assert not Passwords(CHEAP).outgrown(stored)
    for grown in (PasswordCost(2, 8, 1), PasswordCost(1, 16, 1), PasswordCost(1, 16, 2)):
        assert Passwords(grown).outgrown(stored)


def test_the_products_parameters_are_those_of_the_standard() -> None:
    # RFC 9106, 4: the second recommended option.
    assert PasswordCost() == PasswordCost(passes=3, memory_kib=65536, lanes=4)


def test_a_one_time_password_has_no_letters_that_look_alike() -> None:
    found = {one_time_password() for _ in range(200)}
    assert len(found) == 200
    for password in found:
        assert re.fullmatch(r"(?:[a-z0-9]{4}-){3}[a-z0-9]{4}", password)
        assert not set(password) & set("01oil")
