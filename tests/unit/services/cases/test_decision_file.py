"""A decision is read from the file that an official wrote."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from bot.cli.case_decision import TEMPLATE
from bot.core.decision import Decision, missing_items
from bot.services.cases.decision_file import DecisionFileError, read_decision

TODAY = date(2026, 11, 23)
WRITTEN = """\
institution: Trakų rajono savivaldybės administracija
decided_on: 2026-11-20
number: S-15
ruling: |
  Skundas pagrįstas.
  Darželis atsiprašo.
grounds: VAĮ 3 str. 5 d.
motives: Pokalbį girdėjo du liudytojai.
appeal: Lietuvos administracinių ginčų komisijai per vieną mėnesį.
official: Jonas Jonaitis, skyriaus vedėjas
"""


def read(text: str) -> Decision:
    """Read a file on a Monday in Trakai."""
    return read_decision(text.encode(), institution="Trakų rajono savivaldybė", number="TR-2026-000001", today=TODAY)


def test_all_eight_items_are_read_as_written() -> None:
    assert read(WRITTEN) == Decision(
        institution="Trakų rajono savivaldybės administracija",
        decided_on=date(2026, 11, 20),
        number="S-15",
        ruling="Skundas pagrįstas.\nDarželis atsiprašo.",
        grounds="VAĮ 3 str. 5 d.",
        motives="Pokalbį girdėjo du liudytojai.",
        appeal="Lietuvos administracinių ginčų komisijai per vieną mėnesį.",
        official="Jonas Jonaitis, skyriaus vedėjas",
    )


@pytest.mark.parametrize("text", ["", "# tik pastaba\n", TEMPLATE, 'institution: ""\ndecided_on: ""\nnumber: "  "\n'])
def test_institution_date_and_number_are_filled_in_and_nothing_else(text: str) -> None:
    decision = read(text)
    assert (decision.institution, decision.decided_on, decision.number) == (
        "Trakų rajono savivaldybė",
        TODAY,
        "TR-2026-000001",
    )
    assert len(missing_items(decision)) == 5


def test_the_template_has_every_item_in_the_order_of_the_law() -> None:
    named = [line.removesuffix(":") for line in TEMPLATE.splitlines() if line and not line.startswith("#")]
    assert named == [item.name for item in fields(Decision)]


def test_a_bare_number_is_a_registration_number() -> None:
    assert read("number: 15").number == "15"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rulling: x", "unknown item 'rulling'; there are: institution, decided_on, number, ruling"),
        ("- ruling", "expected the items"),
        ("tekstas", "expected the items"),
        ("ruling: [", "line 2"),
        ("ruling: a\nruling: b", "stands twice"),
        ("ruling: [a, b]", "ruling: expected a text"),
        ("ruling: true", "ruling: expected a text"),
        ("decided_on: rytoj", "decided_on: expected a date"),
        ("decided_on: 2026-02-30", "decided_on: expected a date"),
        ("decided_on: 2026-11-24", "decided_on: 2026-11-24 is yet to come"),
    ],
)
def test_what_is_no_decision_is_named(text: str, said: str) -> None:
    with pytest.raises(DecisionFileError, match=said):
        read(text)


def test_a_file_in_another_encoding_is_named() -> None:
    with pytest.raises(DecisionFileError, match="not UTF-8"):
        read_decision("ruling: ąčę".encode("cp1257"), institution="x", number="1", today=TODAY)
