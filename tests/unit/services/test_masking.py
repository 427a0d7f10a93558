"""What is masked before a message is stored, and what must stay as it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.lt import asmens

from bot.services.masking import Masked, Masker, Secret
from bot.services.texts import Texts
from tests.cost import within
from tests.numbers import account, card, personal_code, spaced

MASKER = Masker(Texts())
CODE_WORDS = "[asmens kodas paslėptas]"
IBAN_WORDS = "[sąskaitos numeris paslėptas]"
CARD_WORDS = "[kortelės numeris paslėptas]"

BEFORE = (
    "",
    "Mano kodas ",
    "a. k. ",
    "Nr.",
    "2 vaikai, ",
    "vaiko 1 ",
    "as 2 kartus mokejau i ",
    "Žr.\n",
    "is 1 ",
    "a)",
    "ą",
)
AFTER = ("", ".", " mano", " ir sąskaita", ", ačiū", " 2 vaikai", "\nJonas", "?")

around = st.tuples(st.sampled_from(BEFORE), st.sampled_from(AFTER))
personal_codes = st.builds(
    personal_code, st.dates(date(1800, 1, 1), date(2025, 12, 31)), st.integers(min_value=0, max_value=999)
)
accounts = st.builds(account, st.integers(min_value=0, max_value=10**16 - 1))
visa_cards = st.builds(card, st.from_regex(r"4[0-9]{14}", fullmatch=True))


def masked(text: str) -> str:
    """Return the masked text."""
    return MASKER.mask(text).text


@given(personal_codes, around)
def test_a_personal_code_is_masked_wherever_it_stands(code: str, words: tuple[str, str]) -> None:
    before, after = words
    assert MASKER.mask(before + code + after) == Masked(before + CODE_WORDS + after, frozenset({Secret.PERSONAL_CODE}))


@pytest.mark.parametrize("gap", [" ", "-", ".", "\u00a0", " - ", "\u2011", "–", "  ", "/"])
def test_a_personal_code_is_masked_in_groups(gap: str) -> None:
    code = personal_code()
    assert masked(f"kodas {code[0]}{gap}{code[1:7]}{gap}{code[7:]}") == f"kodas {CODE_WORDS}"


@given(personal_codes)
def test_a_code_with_a_wrong_check_digit_is_no_personal_code(code: str) -> None:
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert masked(f"registracijos numeris {wrong}") == f"registracijos numeris {wrong}"


def test_several_codes_of_one_message_are_all_masked() -> None:
    first, second = personal_code(), personal_code(date(2015, 2, 28), 7)
    assert masked(f"{first} {second}\n{first}") == f"{CODE_WORDS} {CODE_WORDS}\n{CODE_WORDS}"


@given(accounts, around)
def test_an_account_is_masked_wherever_it_stands(number: str, words: tuple[str, str]) -> None:
    before, after = words
    assert masked(before + number + after) == before + IBAN_WORDS + after


@given(accounts, around, st.sampled_from([" ", "\u00a0", "-", ".", "  "]))
def test_an_account_is_masked_in_groups(number: str, words: tuple[str, str], gap: str) -> None:
    before, after = words
    assert masked(before + spaced(number, gap=gap) + after) == before + IBAN_WORDS + after


@pytest.mark.parametrize(
    "number",
    [
        "DE89 3704 0044 0532 0130 00",
        "GB29 NWBK 6016 1331 9268 19",
        "lv80bank0000435195001",
        "PL61109010140000071219812874",
    ],
)
def test_an_account_of_another_country_is_masked(number: str) -> None:
    assert masked(f"Sąskaita {number} ačiū") == f"Sąskaita {IBAN_WORDS} ačiū"


def test_an_account_is_masked_where_its_name_is_glued_to_it() -> None:
    assert masked(f"IBAN{account()}") == f"IBAN{IBAN_WORDS}"


def test_an_account_with_a_wrong_check_digit_stays() -> None:
    number = account()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert masked(wrong) == wrong


@given(visa_cards, around)
def test_a_card_number_is_masked_wherever_it_stands(number: str, words: tuple[str, str]) -> None:
    before, after = words
    assert masked(before + number + after) == before + CARD_WORDS + after


@pytest.mark.parametrize("tail", [" 12/27", " 123", " 12/27 123", " 2027-12", "-123"])
def test_a_card_number_is_masked_with_its_expiry_or_code_behind_it(tail: str) -> None:
    assert masked(f"kortelė {spaced(card())}{tail}") == f"kortelė {CARD_WORDS}{tail}"


@pytest.mark.parametrize(
    "digits",
    ["411111111111111", "555555555555444", "222300000000000", "37828224631000", "601111111111111", "3056930902590"],
    ids=["visa", "mastercard", "mastercard 2", "amex", "discover", "diners"],
)
def test_cards_of_every_issuer_are_masked(digits: str) -> None:
    assert masked(f"mokėjau {card(digits)}, ačiū") == f"mokėjau {CARD_WORDS}, ačiū"
    assert masked(f"mokėjau {spaced(card(digits))}, ačiū") == f"mokėjau {CARD_WORDS}, ačiū"


@given(
    st.integers(min_value=10_000_000, max_value=99_999_999),
    st.sampled_from(["+370{}", "370{}", "8{}", "0{}", "+370 {}"]),
)
def test_a_phone_number_stays(number: int, shape: str) -> None:
    digits = str(number)
    # "370" and eight digits may be a personal code as well: better masked than stored.
    assume(not asmens.is_valid(shape.format(digits).strip("+").replace(" ", "")))
    for written in (digits, f"{digits[:3]} {digits[3:]}", f"{digits[0]} {digits[1:4]} {digits[4:]}"):
        text = f"Skambinkite {shape.format(written)} iki 17 val."
        assert masked(text) == text


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)), st.dates(date(1990, 1, 1), date(2035, 12, 31)))
def test_two_dates_side_by_side_stay(first: date, second: date) -> None:
    for text in (f"{first} {second}", f"{first:%Y.%m.%d}-{second:%Y.%m.%d}", f"nuo {first} 10:00 iki {second} 17:00"):
        assert masked(text) == text


@given(st.integers(min_value=2020, max_value=2035), st.integers(min_value=0, max_value=999_999))
def test_a_registration_number_stays(year: int, number: int) -> None:
    for text in (
        f"Nr. S-{year}-{number:05d}",
        f"P2E-{number}",
        f"registracijos nr. {year}/{number}",
        f"TRA-{year}-{number:06d}",
    ):
        assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "+370 528 55603, +370 528 55604",
        "Įmonės kodas 181626536, PVM kodas LT100008668611",
        "Skambinkite 8 528 55603 arba 112",
        "unikalus Nr. 4400-1234-5678",
        "I–IV 8.00–17.00, V 8.00–15.45, pietų pertrauka 12.00–12.45",
        "Vytauto g. 33, LT-21106 Trakai",
        "Kaina 12,50 Eur, 3 vnt., iš viso 37,50 Eur",
    ],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert MASKER.mask(text) == Masked(text, frozenset())


@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)


def test_every_kind_that_was_found_is_told() -> None:
    found = MASKER.mask(f"{personal_code()}, {account()}, {card()}").found
    assert found == {Secret.PERSONAL_CODE, Secret.IBAN, Secret.CARD}


@pytest.mark.parametrize(
    "hostile", ["1 " * 1000, "aa11" * 500, "LT12 " * 400, "4" * 2000, "4 1-" * 500, "1." * 1000, "be1 2 " * 333]
)
def test_hostile_text_of_the_longest_length_is_read_at_once(hostile: str) -> None:
    assert within(lambda: MASKER.mask(hostile), 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "mano asmens kodas 49001010008",
        "a.k. 38812120123, tel. 861234567",
        "ak 488 1212 0126",
        "Asmens kodas: 12345678901",
    ],
)
def test_a_number_called_a_personal_code_is_masked_though_it_is_mistyped(text: str) -> None:
    assert CODE_WORDS in masked(text)
    assert not any(digits in masked(text) for digits in ("49001010008", "38812120123", "0126", "12345678901"))


@pytest.mark.parametrize("text", ["akcija 12345678901", "darželio kodas 12345678901", "sukaktis 2026-11-21 10:00"])
def test_other_long_numbers_stay(text: str) -> None:
    assert masked(text) == text
