"""The table of roles and permissions, and the one function that reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.operators import PERMISSIONS, Operator, Permission, Role, may, read_display_name, read_login

RIMA = Operator(
    id="1", login="rima", display_name="Rima", role=Role.OPERATOR, municipalities=frozenset({"trakai", "varena"})
)
ADMINISTRATOR = replace(RIMA, role=Role.ADMINISTRATOR, municipalities=frozenset())
SUPERVISORS_TOO = {Permission.DECIDE_CASES, Permission.EXPORT, Permission.READ_AUDIT, Permission.MANAGE_CANNED}
ADMINISTRATORS_ONLY = {Permission.MANAGE_OPERATORS, Permission.CHANGE_SETTINGS}


def test_every_role_may_what_those_below_it_may() -> None:
    assert PERMISSIONS[Role.OPERATOR] < PERMISSIONS[Role.SUPERVISOR] < PERMISSIONS[Role.ADMINISTRATOR]


def test_the_table_knows_every_role_and_administrators_may_everything() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert PERMISSIONS[Role.ADMINISTRATOR] == set(Permission)


@pytest.mark.parametrize("permission", list(Permission))
def test_who_may_what_in_their_own_municipality(permission: Permission) -> None:
    assert may(RIMA, permission, "trakai") == (permission not in SUPERVISORS_TOO | ADMINISTRATORS_ONLY)
    assert may(replace(RIMA, role=Role.SUPERVISOR), permission, "trakai") == (permission not in ADMINISTRATORS_ONLY)
    assert may(ADMINISTRATOR, permission, "trakai")


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR])
def test_nobody_but_administrators_may_anything_in_a_foreign_municipality(role: Role, permission: Permission) -> None:
    assert not may(replace(RIMA, role=role), permission, "alytus-r")
    assert may(ADMINISTRATOR, permission, "alytus-r")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR])
def test_without_municipalities_nobody_but_administrators_sees_any(role: Role) -> None:
    nobody = replace(RIMA, role=role, municipalities=frozenset())
    assert not may(nobody, Permission.READ_CONVERSATIONS, "trakai")
    assert may(nobody, Permission.OWN_ACCOUNT, None)


@given(
    role=st.sampled_from(Role),
    permission=st.sampled_from(Permission),
    municipality=st.sampled_from([None, "trakai", "varena", "alytus-r"]),
)
def test_the_disabled_may_nothing(role: Role, permission: Permission, municipality: str | None) -> None:
    assert not may(replace(RIMA, role=role, disabled=True), permission, municipality)


@given(
    role=st.sampled_from(Role),
    permission=st.sampled_from(Permission),
    municipality=st.sampled_from(["trakai", "varena", "alytus-r"]),
)
def test_what_one_may_in_a_municipality_one_may_in_general(
    role: Role, permission: Permission, municipality: str
) -> None:
    operator = replace(RIMA, role=role)
    assert may(operator, permission, None) or not may(operator, permission, municipality)


def test_departments_bound_those_who_have_some() -> None:
    bound = replace(RIMA, departments=frozenset({"svietimas"}))
    assert may(bound, Permission.REPLY, "trakai", department="svietimas")
    assert not may(bound, Permission.REPLY, "trakai", department="kultura")
    assert may(bound, Permission.REPLY, "trakai")
    assert may(RIMA, Permission.REPLY, "trakai", department="kultura")


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("rima", "rima"),
        (" Rima ", "rima"),
        ("Rima.Petraite@Trakai.LT", "rima.petraite@trakai.lt"),
        ("r2", "r2"),
        ("ｒｉｍａ", "rima"),
    ],
)
def test_a_login_has_one_written_form(typed: str, login: str) -> None:
    assert read_login(typed) == login


@pytest.mark.parametrize(
    "typed", ["", "r", "ri ma", "rima@", "@trakai.lt", "rima@trakai", "ri..ma", "rimа", "a" * 101, "rima\n2", "-rima"]
)
def test_what_is_no_login_is_refused(typed: str) -> None:
    assert read_login(typed) is None


@pytest.mark.parametrize(("typed", "name"), [(" Rima   Petraitė ", "Rima Petraitė"), ("Jūratė", "Jūratė")])
def test_a_display_name_has_single_spaces(typed: str, name: str) -> None:
    assert read_display_name(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "123", "a" * 81, "Rima\u202egnp", "Rima\u0000"])
def test_a_name_that_cannot_be_shown_is_refused(typed: str) -> None:
    assert read_display_name(typed) is None
