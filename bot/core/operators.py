"""Who works in the console, and who may do what: one table and one pure function that every route and command asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

MAX_LOGIN_CHARACTERS = 100
MAX_NAME_CHARACTERS = 80
# Lower-case Latin letters only: logins that look alike in other alphabets cannot be told apart in a log.
_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._+-]*[a-z0-9])?(?:@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,24})?")


class Role(Enum):
    """What an operator is; each may do what those before it may."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Permission(Enum):
    """What a route or a command of the socket needs; one of them is named by each."""

    OWN_ACCOUNT = "own_account"
    READ_CONVERSATIONS = "read_conversations"
    REPLY = "reply"
    MANAGE_TASKS = "manage_tasks"
    READ_CASES = "read_cases"
    MANAGE_CASES = "manage_cases"
    USE_CANNED = "use_canned"
    DECIDE_CASES = "decide_cases"
    EXPORT = "export"
    READ_AUDIT = "read_audit"
    MANAGE_CANNED = "manage_canned"
    MANAGE_OPERATORS = "manage_operators"
    CHANGE_SETTINGS = "change_settings"


_OPERATOR = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.READ_CONVERSATIONS,
        Permission.REPLY,
        Permission.MANAGE_TASKS,
        Permission.READ_CASES,
        Permission.MANAGE_CASES,
        Permission.USE_CANNED,
    }
)
_SUPERVISOR = _OPERATOR | {
    Permission.DECIDE_CASES,
    Permission.EXPORT,
    Permission.READ_AUDIT,
    Permission.MANAGE_CANNED,
}
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OPERATOR: _OPERATOR,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMINISTRATOR: _SUPERVISOR | {Permission.MANAGE_OPERATORS, Permission.CHANGE_SETTINGS},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A person with an account.

    `municipalities` is empty for administrators, who see all; nobody else sees a municipality that is not in it.
    `departments` is empty for whoever sees all departments of these municipalities. `totp` = a code is asked too.
    """

    id: str
    login: str
    display_name: str
    role: Role
    municipalities: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    disabled: bool = False
    totp: bool = False

    def covers(self, municipality: str) -> bool:
        """Tell whether the municipality lies in this person's scope."""
        return self.role is Role.ADMINISTRATOR or municipality in self.municipalities


def may(operator: Operator, permission: Permission, municipality: str | None, *, department: str | None = None) -> bool:
    """Tell whether an operator may do something with what belongs to a municipality and a department.

    `municipality` None = with something that belongs to none, or in general: whoever lists things must still leave out
    those of foreign municipalities. `department` None = given to no department yet, so it is everybody's.
    """
    if operator.disabled or permission not in PERMISSIONS[operator.role]:
        return False
    if municipality is not None and not operator.covers(municipality):
        return False
    return department is None or not operator.departments or department in operator.departments


def read_login(typed: str) -> str | None:
    """Return a login in its one written form: an e-mail address or a short name; None when it is neither."""
    login = unicodedata.normalize("NFKC", typed).strip().lower()
    if not 2 <= len(login) <= MAX_LOGIN_CHARACTERS or ".." in login:
        return None
    return login if _LOGIN.fullmatch(login) else None


def read_display_name(typed: str) -> str | None:
    """Return the name that residents and colleagues see, with single spaces; None when there is none to show."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    shown = name.isprintable() and any(character.isalpha() for character in name)
    return name if shown and len(name) <= MAX_NAME_CHARACTERS else None
