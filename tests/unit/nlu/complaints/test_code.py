"""Access codes: made, typed in many ways, and found beside registration numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.complaints.code import ALPHABET, LENGTH, code_in, new_code, normalise_code

CODE = "7K3M-Q2XW-90TB"


def test_a_new_code_is_three_groups_of_the_alphabet() -> None:
    for _ in range(200):
        groups = new_code().split("-")
        assert [len(group) for group in groups] == [4, 4, 4]
        assert set("".join(groups)) <= set(ALPHABET)


def test_the_alphabet_has_no_letters_that_are_mistaken() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_new_codes_differ() -> None:
    assert len({new_code() for _ in range(500)}) == 500


@pytest.mark.parametrize("code", [new_code() for _ in range(50)], ids=range(50))
def test_a_new_code_is_found_wherever_it_stands(code: str) -> None:
    assert normalise_code(code) == code
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", "").lower(), code.replace("-", "–")):
        assert code_in(f"mano kodas: {typed}, numeris TR-2026-000123.") == code
        assert code_in(f"TR-2026-000123 {typed}") == code


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-Q2XW-90TB",
        "7k3m-q2xw-90tb",
        "7k3mq2xw90tb",
        "7K3M Q2XW 90TB",
        " 7k3m  q2xw – 9otb ",
        "7K3M_Q2XW_9OTB",
        "7K3M.Q2XW.90TB",
        "７K3M-Q2XW-90TB",
    ],
)
def test_case_spaces_dashes_and_mistaken_letters_do_not_matter(typed: str) -> None:
    assert normalise_code(typed) == CODE


def test_what_is_read_as_one_is_one() -> None:
    assert normalise_code("iL2M-Q2XW-90TB") == "112M-Q2XW-90TB"


@pytest.mark.parametrize(
    "typed",
    ["", "7K3M", "7K3M-Q2XW-90TBX", "savivaldybes", "TR-2026-000123", "370612345678", "7U3M-Q2XW-90TB", "🙂" * 12],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert normalise_code(typed) is None


@pytest.mark.parametrize(
    "text",
    [
        "kokia TR-2026-000123 būsena",
        "TRAK-2026-0001",
        "skambinkit 8612 3456 7890",
        "+370 612 34567",
        "370612345678",
        "2026 kovo mano",
        "apie 5val ryto",
        "APIE 5VAL RYTO BUVO",
        "pilietis2026",
        "vardas123456@gmail.com",
        "mano savivaldybes darbuotojas",
        "kada mano data",
        "2026-11-21",
        "",
    ],
)
def test_words_telephones_and_registration_numbers_are_no_codes(text: str) -> None:
    assert code_in(text) is None


def test_a_spaced_code_is_found_among_words() -> None:
    assert code_in("mano kodas 7k3m q2xw 9otb kas su skundu") == CODE
    assert code_in("mano kodas ABCD EFGH 23JK kas su skundu") == "ABCD-EFGH-23JK"


@given(st.text(alphabet="0123456789abcdefghilou TR-", max_size=60))
def test_whatever_is_found_is_a_code(text: str) -> None:
    found = code_in(text)
    assert found is None or normalise_code(found) == found
    assert found is None or len(found.replace("-", "")) == LENGTH
