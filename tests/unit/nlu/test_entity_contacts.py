"""E-mail addresses, telephone numbers and registration numbers in messages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.nlu.entities.entity import Kind
from bot.nlu.entities.extract import extract

TODAY = date(2026, 11, 21)
MOBILE = "+37061234567"
FIXED = "+37052855603"


def found(text: str, kind: Kind) -> list[tuple[str, str]]:
    """Return the values of one kind with what was typed."""
    return [(entity.value, entity.text) for entity in extract(text, TODAY) if entity.kind is kind]


@pytest.mark.parametrize(
    ("text", "value", "typed"),
    [
        ("mano paštas jonas@pastas.lt", "jonas@pastas.lt", "jonas@pastas.lt"),
        ("Rašykite Jonas.Petraitis@Gmail.com.", "Jonas.Petraitis@gmail.com", "Jonas.Petraitis@Gmail.com"),
        ("JONAS@PASTAS.LT", "JONAS@pastas.lt", "JONAS@PASTAS.LT"),
        ("(ona_k+1@paslaugos.trakai.lt)", "ona_k+1@paslaugos.trakai.lt", "ona_k+1@paslaugos.trakai.lt"),
        ("ona@pastas.lt.Laukiu atsakymo", "ona@pastas.lt", "ona@pastas.lt"),
        ("žmogus@įstaiga.lt", "žmogus@įstaiga.lt", "žmogus@įstaiga.lt"),
        ("el.paštas:ona@pastas.lt,ačiū", "ona@pastas.lt", "ona@pastas.lt"),
    ],
)
def test_an_address_keeps_its_name_and_its_domain_is_lower_case(text: str, value: str, typed: str) -> None:
    assert found(text, Kind.EMAIL) == [(value, typed)]


@pytest.mark.parametrize("text", ["jonas@", "@savivaldybe", "a@b", "a@b@c.lt", ".jonas@pastas.lt", "5 vnt @ 3.50", "@"])
def test_an_at_sign_alone_makes_no_address(text: str) -> None:
    assert found(text, Kind.EMAIL) == []


@pytest.mark.parametrize(
    "written",
    [
        *("+370 612 34567", "+37061234567", "370 612 34567", "00370 612 34567", "+370 (612) 34567", "+370-612-34-567"),
        *(
            "8 612 34567",
            "861234567",
            "8-612-34567",
            "(8 612) 34567",
            "8 (612) 34567",
            "8 612 345 67",
            "8\u00a0612\u00a034567",
        ),
        *("0 612 34567", "061234567", "(0 612) 34567"),
        *("61234567", "612 34567", "612 34 567", "612 345 67", "612-34567"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "tel. {}", "tel.{}", "Skambinkite {}, ačiū", "{} iki 17 val."])
def test_a_mobile_number_is_one_number_however_it_is_written(written: str, around: str) -> None:
    assert found(around.format(written), Kind.PHONE) == [(MOBILE, written)]


@pytest.mark.parametrize("written", ["+370 528 55603", "8 528 55603", "(8 528) 55603", "(8-528) 55603", "0 528 55603"])
def test_a_fixed_number_needs_its_prefix(written: str) -> None:
    assert found(f"seniūnija {written}", Kind.PHONE) == [(FIXED, written)]
    assert found("kodas 52855603", Kind.PHONE) == []


def test_numbers_of_other_countries_and_several_numbers_are_read() -> None:
    assert found("+371 2123 4567 arba +48 600 123 456", Kind.PHONE) == [
        ("+37121234567", "+371 2123 4567"),
        ("+48600123456", "+48 600 123 456"),
    ]
    assert [value for value, _ in found("+370 612 34567, 8 528 55603", Kind.PHONE)] == [MOBILE, FIXED]


@pytest.mark.parametrize(
    "text",
    [
        "112",
        "skambinau 1808",
        "įmonės kodas 181626536",
        "kaina 61234567890",
        "2026-11-21 10:00",
        "8 val. 30 min.",
        "8.00–17.00, 8.00–15.45",
        "TR-2026-000123",
        "LT-21106 Trakai",
        "8 999 99999",
        "unikalus Nr. 4400-1234-5678",
        "A61234567",
    ],
)
def test_other_numbers_are_no_telephone(text: str) -> None:
    assert found(text, Kind.PHONE) == []


@given(
    st.integers(min_value=61_000_000, max_value=69_999_999), st.sampled_from(["+370", "8", "0", "370", "8 ", "+370 "])
)
def test_the_way_of_writing_never_changes_the_number(number: int, prefix: str) -> None:
    values = {
        value for text in (f"{prefix}{number}", f"tel: {prefix}{number}.") for value, _ in found(text, Kind.PHONE)
    }
    assert values <= {f"+370{number}"}


@pytest.mark.parametrize(
    "written",
    [
        *(
            "TR-2026-000123",
            "tr-2026-000123",
            "Tr-2026-123",
            "TR–2026–000123",
            "TR—2026—000123",
            "tr\u20112026\u2011000123",
        ),
        *(
            "tr 2026 000123",
            "TR - 2026 - 000123",
            "TR – 2026 – 123",
            "TR2026-000123",
            "tr2026000123",
            "TR 2026-000123",
            "TR 2026 123",
        ),
    ],
)
@pytest.mark.parametrize("around", ["{}", "mano skundo nr. {}", "Nr. {}, kokia būsena?", "({})."])
def test_a_registration_number_has_one_form(written: str, around: str) -> None:
    assert found(around.format(written), Kind.REGISTRATION_NUMBER) == [("TR-2026-000123", written)]


@pytest.mark.parametrize("prefix", ["S", "ŠA", "VAR", "ALYR", "ALYTR"])
def test_a_prefix_has_one_to_five_letters(prefix: str) -> None:
    assert found(f"{prefix.lower()}-2026-000001", Kind.REGISTRATION_NUMBER)[0][0] == f"{prefix}-2026-000001"
    assert found("SAVIVA-2026-000001", Kind.REGISTRATION_NUMBER) == []


@pytest.mark.parametrize(
    "text",
    [
        "iki 2026 100000",
        "nr 2026-000123",
        "S-2026-11-21",
        "iki 2026-11-21",
        "mokslo metai 2026-2027",
        "2026-000123",
        "nuo-2026-12",
        "kovas 2026 1234",
        "tr 2026 12",
        "TR-1026-000123",
        "covid-19",
        "kaina 2026 123456",
        "TR-2026-000123-5",
    ],
)
def test_years_and_dates_are_no_registration_number(text: str) -> None:
    assert found(text, Kind.REGISTRATION_NUMBER) == []


@given(st.from_regex(r"\A[A-Z]{1,5}\Z"), st.integers(2000, 2099), st.integers(0, 999_999))
def test_what_is_issued_is_recognised(prefix: str, year: int, number: int) -> None:
    issued = f"{prefix}-{year}-{number:06d}"
    assume(prefix not in {"NR", "NO", "NUO", "IKI"})
    assert [value for value, _ in found(f"dėl {issued.lower()} rašau", Kind.REGISTRATION_NUMBER)] == [issued]
