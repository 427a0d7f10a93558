"""What a password must be like: long rather than odd (NIST SP 800-63B, 3.1.1.2), and not one that everybody tries."""

from __future__ import annotations

import unicodedata
from enum import Enum

SHORTEST, LONGEST = 12, 128
_FEWEST_DIFFERENT = 5
# Of at least twelve characters, in the form of `_bare`: what is tried first, here and in Lithuania.
_WORST = frozenset(
    {
        "password",
        "passwordpassword",
        "qwertyuiop",
        "qwertyuiopasdfghjkl",
        "qwerty",
        "administrator",
        "administratorius",
        "slaptazodis",
        "slaptazodisslaptazodis",
        "savivaldybe",
        "savivaldybes",
        "operatorius",
        "lietuva",
        "lietuvalietuva",
        "langelis",
        "vienaslangelis",
        "iloveyou",
        "letmeinletmein",
        "abcdefghijkl",
        "abcdefghijklmnop",
        "",
    }
)


class PasswordProblem(Enum):
    """Why a password is refused."""

    TOO_SHORT = "password_too_short"
    TOO_LONG = "password_too_long"
    UNREADABLE = "password_unreadable"
    LIKE_LOGIN = "password_like_login"
    TOO_COMMON = "password_too_common"


def password_problem(password: str, login: str) -> PasswordProblem | None:
    """Return why a password must not be taken for this login, or None when it may."""
    written = normal_password(password)
    # Control characters and halves of characters; what is newer than Python's table of characters may be typed.
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in written):
        return PasswordProblem.UNREADABLE
    if len(written) < SHORTEST:
        return PasswordProblem.TOO_SHORT
    if len(written) > LONGEST:
        return PasswordProblem.TOO_LONG
    bare = _bare(written)
    # The login with digits and signs around it is the login too.
    if bare in {_bare(login), _bare(login.partition("@")[0])} - {""} or written.casefold() == login.casefold():
        return PasswordProblem.LIKE_LOGIN
    if bare in _WORST or len(set(written)) < _FEWEST_DIFFERENT:
        return PasswordProblem.TOO_COMMON
    return None


def normal_password(password: str) -> str:
    """Return a password in the one form in which it is hashed: keyboards compose letters differently."""
    return unicodedata.normalize("NFKC", password)


def _bare(text: str) -> str:
    """Return the letters alone, small and without diacritics: Slaptažodis2026! is no better than slaptazodis."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalpha())
