"""Stock phrases that name what is asked about a service."""

import pytest

from bot.core.aspects import Aspect
from bot.nlu.aspects import detect_aspect, detect_aspects
from bot.nlu.normalise import fold

ASKED = """
documents	Kokių dokumentų reikia?
documents	Ką atsinešti?
documents	ar reikia pažymos iš darbo
cost	Kiek kainuoja?
cost	o kokia kaina
cost	ar tai nemokama
cost	Koks išmokos dydis?
duration	Kiek laiko trunka?
duration	per kiek dienų atsakys
duration	kada gausiu sprendimą
deadline	Iki kada pateikti prašymą?
deadline	ar ne per vėlu
deadline	nuo kada galima registruotis
where	Kur kreiptis?
where	kur tai yra
how	Kaip deklaruoti gyvenamąją vietą?
how	ką man daryti
who	Kas už tai atsakingas?
who	pas ką eiti
eligibility	Ar man priklauso pašalpa?
eligibility	Kas gali gauti?
eligibility	kokios sąlygos
result	Ką gausiu?
result	kaip sužinosiu sprendimą
legal_basis	Koks įstatymas tai nustato?
legal_basis	kokie teisės aktai
form	Kur rasti prašymo formą?
form	ar yra blankas
""".strip().splitlines()


@pytest.mark.parametrize("line", ASKED)
def test_the_asked_aspect_is_seen_with_and_without_diacritics(line: str) -> None:
    aspect, text = line.split("\t")
    assert detect_aspect(text) is Aspect(aspect)
    assert detect_aspect(fold(text)) is Aspect(aspect)


def test_two_questions_in_one_message_name_two_aspects() -> None:
    assert set(detect_aspects("Kiek kainuoja ir kokių dokumentų reikia?")) == {Aspect.COST, Aspect.DOCUMENTS}


def test_where_and_how_give_way_to_a_more_telling_aspect() -> None:
    assert detect_aspects("Kur sužinoti, kiek kainuoja?") == (Aspect.COST,)


@pytest.mark.parametrize("text", ["šiukšlės", "labas", "", "🙂", "darželis Trakuose"])
def test_a_bare_noun_names_no_aspect(text: str) -> None:
    assert detect_aspect(text) is None
