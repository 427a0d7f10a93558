"""Addresses: what may stand in an envelope, and what others see of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.mail_address import ascii_address, masked, masked_in


@pytest.mark.parametrize("address", ["jonas@pastas.lt", "j.o'neill+x@a-b.lt", "a@localhost", "1@2.lt"])
def test_an_ordinary_address_stays_as_it_is(address: str) -> None:
    assert ascii_address(address) == address


def test_a_lithuanian_domain_is_written_in_ascii() -> None:
    assert ascii_address("info@šilutė.lt") == "info@xn--ilut-yva35b.lt"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jonas",
        "@pastas.lt",
        "jonas@",
        "jonas@@pastas.lt",
        "jonas@pastas..lt",
        "jonas@pastas.lt.",
        "jonas@-pastas.lt",
        "jonas@pas_tas.lt",
        "jonas@[127.0.0.1]",
        ".jonas@pastas.lt",
        "jo..nas@pastas.lt",
        "jo nas@pastas.lt",
        "jonas @pastas.lt",
        "<jonas@pastas.lt>",
        "Jonas <jonas@pastas.lt>",
        "jonas@pastas.lt, ona@pastas.lt",
        '"jonas"@pastas.lt',
        "žilvinas@pastas.lt",
        "jonas@pastas.lt\n",
        "jonas@pastas.lt\r\nBcc: ona@pastas.lt",
        "jonas\u2028@pastas.lt",
        "jonas@\ud800.lt",
        "jonas@pas\x00tas.lt",
        "j" * 65 + "@pastas.lt",
        "jonas@" + ".".join(["a" * 60] * 5),
    ],
)
def test_a_malformed_address_is_none(address: str) -> None:
    assert ascii_address(address) is None


@given(st.text())
def test_nothing_that_passes_can_end_a_line_or_an_envelope(text: str) -> None:
    for candidate in (text, f"{text}@pastas.lt", f"jonas@{text}"):
        passed = ascii_address(candidate)
        assert passed is None or (passed.isascii() and passed.isprintable() and not set(passed) & set(' <>",;:()'))


@pytest.mark.parametrize(
    ("address", "shown"), [("jonas@pastas.lt", "j…@pastas.lt"), ("j@x.lt", "j…@x.lt"), ("+3706", "+…"), ("", "…")]
)
def test_of_a_masked_address_only_the_first_letter_and_the_domain_are_seen(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_addresses_in_a_servers_answer_are_masked() -> None:
    answer = "550 5.1.1 <jonas@pastas.lt>: no such user (ona.onaite@x.lt)"
    assert masked_in(answer) == "550 5.1.1 <j…@pastas.lt>: no such user (o…@x.lt)"
