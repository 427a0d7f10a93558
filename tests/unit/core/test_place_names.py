"""Inflected Lithuanian place names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.place_names import fold, inflected_forms, matches_inflected

FORMS = {
    "Liškiava": "Liškiava Liškiavos Liškiavai Liškiavą Liškiavoje Liškiavoj Liškiavon liskiavos liskiava",
    "Druckūnai": "Druckūnai Druckūnų Druckūnams Druckūnus Druckūnais Druckūnuose Druckūnuos",
    "Voriškės": "Voriškių Voriškėms Voriškes Voriškėse voriskiu voriskese",
    "Kuršiai": "Kuršių Kuršiams Kuršius Kuršiais Kuršiuose kursiuose",
    "Pirčiupiai": "Pirčiupių Pirčiupius Pirčiupiuose pirciupiu",
    "Rūdiškės": "Rūdiškių Rūdiškes Rūdiškėse Rūdiškėsna rudiskese",
    "Merkinė": "Merkinės Merkinei Merkinę Merkinėje Merkinėj Merkinėn merkineje",
    "Onuškis": "Onuškio Onuškiui Onuškį Onuškyje Onušky onuskio",
    "Aukštadvaris": "Aukštadvario Aukštadvarį Aukštadvaryje aukstadvary",
    "Lentvaris": "Lentvario Lentvariui Lentvarį Lentvaryje lentvaryje",
    "Nemunaitis": "Nemunaičio Nemunaičiui Nemunaitį Nemunaityje nemunaicio",
    "Daugai": "Daugų Daugams Daugus Dauguose Dauguosna daugu",
    "Trakai": "Trakų Trakus Trakuose Trakuosna Trakuos TRAKUOSE",
    "Butrimonys": "Butrimonių Butrimonyse Butrimonis Butrimonims butrimonyse",
    "Marcinkonys": "Marcinkonių Marcinkonyse marcinkonyse",
    "Paluknys": "Paluknio Paluknį Paluknyje",
    "Alovė": "Alovės Alovėje Alovę aloveje",
    "Simnas": "Simno Simnui Simną Simne",
    "Miroslavas": "Miroslavo Miroslave",
    "Alytus": "Alytaus Alytui Alytų Alytuje",
    "Matuizos": "Matuizų Matuizas Matuizose",
    "Punia": "Punios Puniai Punią Punioje",
    "Gudakiemis": "Gudakiemio Gudakiemyje",
    "Senieji Trakai": "Senųjų_Trakų Senuosiuose_Trakuose Senuosius_Trakus seniesiems_trakams",
    "Senoji Varėna": "Senosios_Varėnos Senojoje_Varėnoje Senąją_Varėną",
}
KNOWN = [(base, form.replace("_", " ")) for base, forms in FORMS.items() for form in forms.split()]


@pytest.mark.parametrize(("base", "form"), KNOWN)
def test_a_place_is_known_in_every_case(base: str, form: str) -> None:
    assert matches_inflected(base, form)


@pytest.mark.parametrize(
    ("base", "word"),
    [
        ("Trakai", "trakas"),
        ("Trakai", "traktorius"),
        ("Trakai", "trakiškis"),
        ("Daugai", "dauguma"),
        ("Daugai", "daug"),
        ("Daugai", "daugiau"),
        ("Daugai", "pasakos"),
        ("Druckūnai", "drucknuose"),
        ("Liškiava", "Liškava"),
        ("Merkinė", "merkti"),
        ("Alovė", "alus"),
        ("Simnas", "simnai"),
        ("Varėna", "Senoji Varėna"),
        ("Senoji Varėna", "Varėnoje"),
        ("Alytus", ""),
        ("", "Alytus"),
    ],
)
def test_another_word_is_not_taken_for_a_place(base: str, word: str) -> None:
    assert not matches_inflected(base, word)


def test_no_place_of_the_table_is_mistaken_for_another() -> None:
    for base, form in KNOWN:
        assert [other for other in FORMS if other != base and matches_inflected(other, form)] == []


NAMES = st.text(alphabet="aąbcčdeęėfghiįyjklmnoprsštuųūvzž", min_size=1, max_size=14)


@given(NAMES)
def test_a_name_matches_itself_and_its_folded_form(name: str) -> None:
    assert matches_inflected(name, name)
    assert matches_inflected(name, fold(name))
    assert matches_inflected(name.title(), name.upper())


@given(NAMES, NAMES)
def test_diacritics_never_change_the_verdict(name: str, token: str) -> None:
    assert matches_inflected(name, token) == matches_inflected(fold(name), fold(token))


@given(NAMES, NAMES)
def test_what_matches_begins_alike(name: str, token: str) -> None:
    if matches_inflected(name, token):
        assert fold(token)[0] == fold(name)[0]


@given(st.sampled_from(sorted(FORMS)))
def test_the_forms_of_a_name_are_those_that_match_it(base: str) -> None:
    forms = inflected_forms(base)
    assert {fold(form) for name, form in KNOWN if name == base} <= forms
    assert all(matches_inflected(base, form) for form in forms)


def test_nothing_has_no_forms() -> None:
    assert inflected_forms("") == frozenset()
