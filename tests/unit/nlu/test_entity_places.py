"""Settlements and institutions of a municipality, found by name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalogue import Institution
from bot.nlu.entities.entity import Kind, Reading, without_overlaps
from bot.nlu.entities.places import Places
from bot.nlu.normalise import fold
from tests.packs import INSTITUTION, MUNICIPALITIES, shipped


@cache
def places(municipality: str) -> Places:
    """Return the places of a shipped pack."""
    return shipped(municipality).places


def named(known: Places | str, text: str, kind: Kind) -> list[tuple[str, str]]:
    """Return the values of one kind with what was typed."""
    known = places(known) if isinstance(known, str) else known
    found = without_overlaps(known.find(Reading(text)))
    return [(entity.value, entity.text) for entity in found if entity.kind is kind]


def institution(identifier: str, name: str, *aliases: str, kind: str = "mokykla", place: str = "Giria") -> Institution:
    """Return an institution of a test."""
    return replace(INSTITUTION, id=identifier, name=name, kind=kind, settlement=place, aliases=aliases)


@pytest.mark.parametrize(
    ("municipality", "nominative", "forms"),
    [
        ("trakai", "Lentvaris", "Lentvaris Lentvario Lentvariui Lentvarį Lentvaryje Lentvary"),
        ("trakai", "Rūdiškės", "Rūdiškės Rūdiškių Rūdiškėms Rūdiškes Rūdiškėse Rūdiškėsna"),
        ("trakai", "Aukštadvaris", "Aukštadvario Aukštadvarį Aukštadvaryje"),
        ("trakai", "Onuškis", "Onuškio Onuškyje Onušky"),
        ("trakai", "Paluknys", "Paluknio Paluknį Paluknyje"),
        ("trakai", "Senieji Trakai", "Senųjų_Trakų Senuosiuose_Trakuose Senuosius_Trakus"),
        ("trakai", "Trakai", "Trakų Trakuose Trakus Trakuos"),
        ("varena", "Senoji Varėna", "Senosios_Varėnos Senojoje_Varėnoje Senąją_Varėną"),
        ("varena", "Varėna", "Varėnos Varėnoje Varėną Varėnoj"),
        ("varena", "Perloja", "Perloją Perlojoje Perlojos"),
        ("varena", "Jakėnai", "Jakėnų Jakėnuose"),
        ("varena", "Kaniava", "Kaniavos Kaniavoje"),
        ("varena", "Liškiava", "Liškiavos Liškiavoje Liškiavą"),
        ("alytus-r", "Butrimonys", "Butrimonių Butrimonyse Butrimonis"),
        ("alytus-r", "Nemunaitis", "Nemunaičio Nemunaityje"),
        ("alytus-r", "Daugai", "Daugų Dauguose Daugus"),
        ("alytus-r", "Simnas", "Simno Simne Simną"),
        ("alytus-r", "Raitininkai", "Raitininkų Raitininkuose"),
    ],
)
def test_a_settlement_is_known_in_every_case(municipality: str, nominative: str, forms: str) -> None:
    for form in forms.replace("_", "~").split():
        written = form.replace("~", " ")
        for typed in (written, written.lower(), fold(written), written.upper()):
            assert named(municipality, f"gyvenu čia, {typed}, jau seniai", Kind.SETTLEMENT) == [(nominative, typed)]


@pytest.mark.parametrize(
    ("municipality", "text", "settlement"),
    [
        ("varena", "kada bibliobusas bus Li6kiavoje", ("Liškiava", "Li6kiavoje")),
        ("varena", "kada autobusas į Li6kiav1?", ("Liškiava", "Li6kiav1")),
        ("trakai", "R8di6k4se 12 val.", ("Rūdiškės", "R8di6k4se")),
        ("trakai", "gyvenu r8di6k4se", ("Rūdiškės", "r8di6k4se")),
        ("alytus-r", "renginiai Butrimoni7 kaime", ("Butrimonys", "Butrimoni7")),
    ],
)
def test_a_settlement_typed_with_number_keys_is_known_as_it_was_typed(
    municipality: str, text: str, settlement: tuple[str, str]
) -> None:
    assert named(municipality, text, Kind.SETTLEMENT) == [settlement]


def test_an_institution_typed_with_number_keys_is_known_as_it_was_typed() -> None:
    school = institution("giri", "Girių pagrindinė mokykla", "Girių mokykla")
    assert named(Places(["Giria"], [school]), "direktor4 Giri7 mokykloje", Kind.INSTITUTION) == [
        ("giri", "Giri7 mokykloje")
    ]


@pytest.mark.parametrize("text", ["Trakai-2", "kodas TRAKAI-1", "Daug7@miestas.lt"])
def test_codes_and_addresses_stay_what_they_are(text: str) -> None:
    assert Reading(text).in_letters.text == text


@given(st.text(max_size=60))
def test_letters_of_number_keys_stand_at_the_same_places(text: str) -> None:
    reading = Reading(text)
    assert len(reading.in_letters.text) == len(reading.text)


def test_the_mobile_librarys_stops_and_the_other_names_of_elderships_are_settlements() -> None:
    assert {"Druckūnai", "Kijučiai", "Perloja", "Kaniava", "Naujieji Valkininkai"} <= set(places("varena").settlements)


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_words_that_are_no_name_in_the_nominative_are_no_settlement(municipality: str) -> None:
    known = places(municipality).settlements
    assert [name for name in known if any(mark in name for mark in ",.") or "raj" in name or "kaim" in name] == []


@pytest.mark.parametrize(
    ("municipality", "text"),
    [
        ("trakai", "Trakų rajone"),
        ("trakai", "Trakų r. savivaldybė"),
        ("trakai", "bijūnai žydi"),
        ("trakai", "traktorius važiuoja"),
        ("varena", "kruminiai auga prie kelio"),
        ("varena", "daržininkų bendrija"),
        ("varena", "Kuršių nerija"),
        ("varena", "Varėnos rajono gyventojas"),
        ("alytus-r", "gyvename santaikoje"),
        ("alytus-r", "Santaika yra gerai"),
        ("alytus-r", "daug daugiau, dauguma ir daugelis"),
        ("alytus-r", "alus, simnai, punis"),
    ],
)
def test_ordinary_words_are_no_settlement(municipality: str, text: str) -> None:
    assert named(municipality, text, Kind.SETTLEMENT) == []


@pytest.mark.parametrize(
    ("municipality", "text", "settlement"),
    [
        ("alytus-r", "gyvename Santaikoje", "Santaika"),
        ("alytus-r", "santaikos k.", "Santaika"),
        ("alytus-r", "Santaikos kaime", "Santaika"),
        ("varena", "autobusas į Krūminius", "Krūminiai"),
    ],
)
def test_an_ordinary_word_is_a_settlement_by_its_capital_or_its_kind(
    municipality: str, text: str, settlement: str
) -> None:
    assert [value for value, _ in named(municipality, text, Kind.SETTLEMENT)] == [settlement]


@pytest.mark.parametrize(
    ("municipality", "text", "identifier"),
    [
        ("alytus-r", "Butrimonių kultūros namai", "kc-butrimoniu-skyrius"),
        ("alytus-r", "Butrimonių kultūros namuose", "kc-butrimoniu-skyrius"),
        ("alytus-r", "butrimoniu kulturos namu", "kc-butrimoniu-skyrius"),
        ("alytus-r", "Kultūros namai Butrimonyse", "kc-butrimoniu-skyrius"),
        ("alytus-r", "Nemunaičio kultūros namuose", "nemunaicio-kulturos-namai"),
        ("alytus-r", "santaikos bibliotekoje", "biblioteka-santaikos"),
        ("alytus-r", "Simno seniūnijai", "simno-seniunija"),
        ("trakai", "Lentvario seniūnijoje", "lentvario-seniunija"),
        ("trakai", "seniunija lentvaryje", "lentvario-seniunija"),
        ("trakai", "Trakų rajono savivaldybės administraciją", "trakai-administracija"),
        ("trakai", "Vytauto Didžiojo gimnazijos", "tvdg"),
        ("trakai", "Motiejaus Šimelionio gimnazija Lentvaryje", "simelionio-gimnazija"),
        ("trakai", "Senųjų Trakų Kęstučio progimnazija", "kestucio-progimnazija"),
        ("trakai", "Bijūnų mokykla", "bijunu-mokykla"),
        ("varena", "Merkinės Vinco Krėvės gimnazijoje", "merkines-gimnazija"),
        ("varena", "varenos kulturos centre", "kulturos-centras"),
        ("varena", "Jakėnų seniūnijos", "jakenu-seniunija"),
    ],
)
def test_an_institution_is_known_in_every_case_and_in_either_order(
    municipality: str, text: str, identifier: str
) -> None:
    found = named(municipality, f"kada dirba {text}?", Kind.INSTITUTION)
    assert [value for value, _ in found] == [identifier]
    assert found[0][1] in text


@pytest.mark.parametrize(
    ("municipality", "text"),
    [
        ("trakai", "biblioteka"),
        ("trakai", "darželis Trakuose"),
        ("trakai", "Onuškio kultūros centras"),
        ("trakai", "pasaka apie ežerėlį ir šilą"),
        ("trakai", "tau reikia"),
        ("trakai", "pas Senkevičių"),
        ("trakai", "kas veža šiukšles"),
        ("varena", "baseinas ir stadionas"),
        ("varena", "Marcinkonių gimnazija"),
        ("alytus-r", "gimnazija, Simnas"),
    ],
)
def test_what_one_institution_alone_does_not_bear_is_no_name(municipality: str, text: str) -> None:
    assert named(municipality, text, Kind.INSTITUTION) == []


def test_a_proper_name_of_one_word_needs_its_capital_and_an_abbreviation_all_of_them() -> None:
    assert named("trakai", "vaikas lanko Ežerėlį", Kind.INSTITUTION) == [("ld-ezerelis", "Ežerėlį")]
    assert named("trakai", "darželis „Ežerėlis“", Kind.INSTITUTION)[0][0] == "ld-ezerelis"
    assert named("varena", "ARATC neišvežė", Kind.INSTITUTION) == [("aratc", "ARATC")]
    assert named("varena", "aratc neišvežė", Kind.INSTITUTION) == []
    assert named("trakai", "TAU REIKIA", Kind.INSTITUTION) == []


def test_a_name_that_two_institutions_share_is_neither() -> None:
    first, second = institution("a", "Girios mokykla", place="Giria"), institution("b", "Girios mokykla", place="Kalva")
    known = Places((), (first, second))
    assert named(known, "Girios mokyklos", Kind.INSTITUTION) == []
    assert named(Places((), (first,)), "Girios mokyklos", Kind.INSTITUTION) == [("a", "Girios mokyklos")]


def test_a_topic_among_the_aliases_is_no_name() -> None:
    known = Places((), (institution("a", "Girios mokykla", "kas moko vaikus", "girinė mokykla"),))
    assert named(known, "kas moko vaikus", Kind.INSTITUTION) == []
    assert named(known, "girinės mokyklos", Kind.INSTITUTION) == [("a", "girinės mokyklos")]


def test_a_catalogue_without_places_names_none() -> None:
    assert tuple(Places((), ()).find(Reading("Lentvario seniūnija"))) == ()


def test_every_institutions_own_name_is_found_unless_another_bears_it() -> None:
    for municipality in MUNICIPALITIES:
        institutions = shipped(municipality).catalogue.institutions
        missed = [
            item.name
            for item in institutions
            if item.id not in {value for value, _ in named(municipality, item.name, Kind.INSTITUTION)}
        ]
        assert len(missed) <= len(institutions) / 20, missed


@given(st.text(max_size=120), st.sampled_from(MUNICIPALITIES))
def test_any_text_is_read_without_a_fault(text: str, municipality: str) -> None:
    for entity in places(municipality).find(Reading(text)):
        assert text[entity.start : entity.end] == entity.text
