"""Answers to the summary of a complaint."""

import pytest

from bot.nlu.complaints.fields import FIELDS, field_named, wants_submit
from bot.nlu.normalise import fold

NAMED = """
pakeiskite datą|when
diena ne ta|when
buvo užvakar, o ne vakar|when
ne tas laikas|when
įstaiga ne ta|institution
skundžiu ne seniūniją|institution
ne mokykla, o darželis|institution
blogas el. paštas|reply
kitas telefono numeris|reply
neteisingai užrašėt vardą|reply
noriu likti anonimas|reply
persigalvojau, atsakymo nereikia|reply
noriu papildyti aprašymą|story
pamiršau parašyti, kad buvo liudininkų|story
kas nutiko, parašyta ne taip|story
tekste yra klaida|story
norimas rezultatas kitoks|outcome
ne to prašiau|outcome
pataisykite, ko noriu|outcome
čia ne skundas, o prašymas|kind
pakeiskite rūšį|kind
tai turėtų būti pranešimas|kind
""".strip().splitlines()

AGREEING = """
taip
Taip, viskas teisinga
pateikti
siųskite
registruokite
viskas gerai, teikiu
gerai, pateikiame
tinka, siuskit
patvirtinu
nieko nereikia keisti, siųskit
ok
""".strip().splitlines()

NOT_AGREEING = """
ne
nesiųskit
dar ne
palaukit
taip, bet pakeiskite datą
gerai, tik el. paštas blogas
atšaukti
kada bus atsakyta
vakar
nepatvirtinu
pataisykite ir siųskite
""".strip().splitlines()


@pytest.mark.parametrize("line", NAMED)
def test_the_line_to_change_is_named(line: str) -> None:
    text, field = line.split("|")
    assert field_named(text) == field
    assert field_named(fold(text)) == field
    assert not wants_submit(text)


@pytest.mark.parametrize("text", ["taip", "pakeisti", "noriu pakeisti", "ne viskas gerai", "", "🙂", "telefonas " * 30])
def test_what_names_no_line_is_none(text: str) -> None:
    assert field_named(text) is None


def test_the_fields_are_the_lines_of_the_summary() -> None:
    assert set(FIELDS) == {"story", "institution", "when", "outcome", "reply", "kind"}


@pytest.mark.parametrize("text", AGREEING)
def test_the_complaint_may_be_sent(text: str) -> None:
    assert wants_submit(text)
    assert wants_submit(fold(text))


@pytest.mark.parametrize("text", [*NOT_AGREEING, "", "🙂", "taip " * 40])
def test_without_a_clear_yes_nothing_is_sent(text: str) -> None:
    assert not wants_submit(text)
    assert not wants_submit(fold(text))
