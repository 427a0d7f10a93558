"""The citizens' charter: the whole of it, or the part that is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.packs import CHARTER, MUNICIPALITIES, MUNICIPALITY, TEXTS, ask, card_of, said, shipped, small

INTENT = "ask_charter"


def parts(municipality: str, text: str) -> list[str | None]:
    """Return the headings of the answer."""
    return [section.heading for section in card_of(ask(municipality, INTENT, text)).sections]


def heading(part: str) -> str:
    """Return the heading of a part of the charter."""
    return TEXTS.render(f"charter.section.{part}")


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_the_whole_charter_is_told_with_its_sources(municipality: str) -> None:
    answer = ask(municipality, INTENT, "papasakok apie piliečių chartiją")
    charter = shipped(municipality).catalogue.municipality.charter
    for line in (*charter.principles, *charter.requests_to_residents, *charter.commitments, *charter.preparation):
        assert line in said(answer)
    assert all(phone in said(answer) for phone in charter.report_channels.phones)
    assert card_of(answer).links
    assert parts(municipality, "chartija")[:5] == [
        heading(part) for part in ("principles", "requests", "commitments", "report", "term")
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("kokie chartijos principai", "principles"),
        ("kokiomis vertybėmis vadovaujatės", "principles"),
        ("ko chartija prašo gyventojų", "requests"),
        ("ka savivaldybe pazada chartijoje", "commitments"),
        ("kokie įsipareigojimai", "commitments"),
        ("kur pranešti, jei nesilaikoma chartijos", "report"),
        ("kam rašyti apie chartijos pažeidimą", "report"),
        ("per kiek dienų atsakoma", "term"),
        ("per kiek laiko išnagrinės pranešimą apie chartiją", "term"),
    ],
)
def test_an_asked_part_is_told_and_marked(text: str, part: str) -> None:
    for municipality in MUNICIPALITIES:
        sections = card_of(ask(municipality, INTENT, text)).sections
        assert heading(part) in [section.heading for section in sections]
        assert heading("preparation") not in [section.heading for section in sections]
        assert all(section.asked for section in sections)


def test_the_term_is_given_in_working_days() -> None:
    assert "ne vėliau kaip per 5 darbo dienas." in said(ask("trakai", INTENT, "per kiek dienų atsakys"))


@pytest.mark.parametrize(("days", "words"), [(1, "1 darbo dieną"), (10, "10 darbo dienų"), (22, "22 darbo dienas")])
def test_the_number_of_days_takes_the_right_form(days: int, words: str) -> None:
    municipality = replace(MUNICIPALITY, charter=replace(CHARTER, response_working_days=days))
    assert words in said(ask(small(municipality=municipality), INTENT, "per kiek dienų"))


@pytest.mark.parametrize("municipality", ["varena", "alytus-r"])
def test_a_term_that_the_catalogue_does_not_hold_is_not_made_up(municipality: str) -> None:
    assert TEXTS.render("charter.no_term") in said(ask(municipality, INTENT, "per kiek dienų atsakys"))


def test_what_is_asked_of_residents_is_said_to_be_unknown_where_it_is() -> None:
    assert TEXTS.render("charter.no_requests") in said(ask("alytus-r", INTENT, "ko prašoma gyventojų"))


def test_a_charter_that_was_only_planned_is_marked_as_such() -> None:
    for text in ("chartija", "chartijos principai"):
        warnings = card_of(ask("alytus-r", INTENT, text)).warnings
        assert any("ne patvirtinti chartijos punktai" in warning for warning in warnings)


def test_who_approved_it_and_when_is_told() -> None:
    assert "Patvirtino Varėnos rajono savivaldybės taryba, 2019-06-25." in said(ask("varena", INTENT, "chartija"))
    assert "2021-10-11 įsakymas Nr. P2E-998" in said(ask("trakai", INTENT, "chartija"))


def test_the_purpose_reads_as_a_sentence() -> None:
    assert (card_of(ask("trakai", INTENT, "chartija")).lead or "").startswith("Tikslas – išgirsti")


def test_a_charter_without_anything_still_answers() -> None:
    answer = ask(small(), INTENT, "kur pranešti apie chartijos pažeidimą")
    assert card_of(answer).title == TEXTS.render("charter.title")
    assert said(answer)
