"""The register as CSV: RFC 4180, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.cases.export import COLUMNS, as_csv, as_json, defused


def row(**given: object) -> dict[str, object]:
    """Return a record that holds only these."""
    return {**dict.fromkeys(COLUMNS), **given}


def test_an_empty_register_is_a_header_and_nothing_else() -> None:
    assert as_csv([]) == ",".join(COLUMNS) + "\r\n"
    assert as_json([]) == "[]\n"


def test_names_of_columns_are_plain_snake_case_and_unique() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
    for name in COLUMNS:
        assert name.isascii()
        assert name.isidentifier()
        assert name.islower()


@pytest.mark.parametrize(
    "text", ["=1+1", "+37061234567", "-2", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n+1", "＝1", "＠x"]
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "a=b", "Ona", "2026-11-21", "a@b.lt", "'=1", "–", "„Ąžuolas“"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_truth_is_written_in_words_and_nothing_as_an_empty_cell() -> None:
    (values,) = list(csv.DictReader(io.StringIO(as_csv([row(wants_reply=True, must_reply=False, extended_days=7)]))))
    assert (values["wants_reply"], values["must_reply"], values["extended_days"], values["outcome"]) == (
        "true",
        "false",
        "7",
        "",
    )


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_what_a_resident_wrote_comes_back_from_the_file(text: str) -> None:
    written = as_csv([row(number="TR-2026-000001", description=text)])
    first, second = csv.reader(io.StringIO(written, newline=""))
    assert tuple(first) == COLUMNS
    assert second[COLUMNS.index("description")] == defused(text)
    assert second[0] == "TR-2026-000001"
