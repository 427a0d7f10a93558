"""Which passwords are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.passwords import LONGEST, SHORTEST, PasswordProblem, normal_password, password_problem

LOGIN = "rima.petraite@trakai.lt"


@pytest.mark.parametrize(
    "password",
    ["žalias arklys bėga", "correct horse battery", "kR7#pQ2!xZ9w", "  tarpai leidžiami  ", "šešios žąsys 🪿"],
)
def test_a_long_password_is_taken(password: str) -> None:
    assert password_problem(password, LOGIN) is None


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", PasswordProblem.TOO_SHORT),
        ("kR7#pQ2!xZ9", PasswordProblem.TOO_SHORT),
        ("kR7#p" * 26, PasswordProblem.TOO_LONG),
        (LOGIN, PasswordProblem.LIKE_LOGIN),
        (LOGIN.upper(), PasswordProblem.LIKE_LOGIN),
        ("rima.petraite1", PasswordProblem.LIKE_LOGIN),
        ("Rima_Petraitė_2026!", PasswordProblem.LIKE_LOGIN),
        ("password1234", PasswordProblem.TOO_COMMON),
        ("Slaptažodis2026!", PasswordProblem.TOO_COMMON),
        ("savivaldybe1234", PasswordProblem.TOO_COMMON),
        ("123456789012", PasswordProblem.TOO_COMMON),
        ("aaaaaaaaaaaaaaaa", PasswordProblem.TOO_COMMON),
        ("abababababab", PasswordProblem.TOO_COMMON),
        ("kR7#pQ2!x\u0000Z9w", PasswordProblem.UNREADABLE),
        ("kR7#pQ2!x\nZ9www", PasswordProblem.UNREADABLE),
        ("kR7#pQ2!x\ud800Z9ww", PasswordProblem.UNREADABLE),
    ],
)
def test_a_bad_password_is_refused_and_the_reason_named(password: str, problem: PasswordProblem) -> None:
    assert password_problem(password, LOGIN) is problem


def test_a_short_logins_letters_forbid_only_themselves() -> None:
    assert password_problem("rima12345678", "rima") is PasswordProblem.LIKE_LOGIN
    assert password_problem("katinas rima", "rima") is None


@given(st.text())
def test_what_is_taken_is_never_too_short_or_too_long_and_can_be_encoded(password: str) -> None:
    if password_problem(password, LOGIN) is None:
        assert SHORTEST <= len(normal_password(password)) <= LONGEST
        normal_password(password).encode()


def test_a_letter_composed_otherwise_is_the_same_letter() -> None:
    assert normal_password("e\u0307") == normal_password("\u0117")
