"""Personal codes, accounts and cards made for tests: right in their check digits, nobody's in truth."""

from __future__ import annotations

from datetime import date

from stdnum import iban, luhn

# Lithuania's check digit is Estonia's.
from stdnum.ee.ik import calc_check_digit


def personal_code(born: date = date(1980, 1, 1), order: int = 1) -> str:
    """Return an 11-digit code of a woman born on that day; `order` tells apart those born then."""
    century = {18: "2", 19: "4", 20: "6"}[born.year // 100]
    digits = f"{century}{born:%y%m%d}{order:03d}"
    return digits + str(calc_check_digit(digits + "0"))


def account(number: int = 1_0000_1110_1001_000) -> str:
    """Return a Lithuanian IBAN of 20 characters without spaces."""
    bban = f"{number:016d}"
    return f"LT{iban.calc_check_digits(f'LT00{bban}')}{bban}"


def card(digits: str = "411111111111111") -> str:
    """Return the digits with their Luhn check digit."""
    return digits + str(luhn.calc_check_digit(digits))


def spaced(number: str, groups: int = 4, gap: str = " ") -> str:
    """Return the number in groups, as people copy it from a card or a statement."""
    return gap.join(number[at : at + groups] for at in range(0, len(number), groups))
