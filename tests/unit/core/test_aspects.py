"""What the catalogue holds for each aspect of a service."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.aspects import Aspect, Part, blocks, dated_years, held_aspects, is_national, lines
from bot.core.catalogue import (
    Benefit,
    Catalogue,
    ChannelType,
    Charter,
    Cost,
    Duration,
    Institution,
    Municipality,
    Provider,
    ReportChannels,
    Service,
    ServiceChannel,
    Source,
)

SOURCE = (Source("https://example.lt"),)
OFFICE = Institution(
    id="skyrius",
    name="Socialinės paramos skyrius",
    kind="skyrius",
    sources=SOURCE,
    address="Vytauto g. 12, Varėna",
    phone="+370 310 00000",
    phone_note="priimamasis",
    email="info@example.lt",
)
BARE = Service(
    id="pasalpa",
    title="Laidojimo pašalpa",
    description="Pašalpa mirus žmogui.",
    life_event="netektis",
    audience="laidojantis žmogus",
    provider=Provider(text="seniūnija"),
    scope="varena",
    checked=date(2026, 11, 21),
    sources=SOURCE,
)
FULL = replace(
    BARE,
    provider=Provider(institution="skyrius"),
    responsible="skyriaus darbuotojas",
    steps=("Užpildyti prašymą.", "Laukti sprendimo."),
    documents=("prašymas", "asmens dokumentas"),
    eligibility=("Mirusysis gyveno rajone.",),
    criteria=("eilė pagal datą",),
    result="Paskirta pašalpa.",
    channels=(
        ServiceChannel(type=ChannelType.ONLINE, where="SPIS", url="https://www.spis.lt"),
        ServiceChannel(type=ChannelType.IN_PERSON, where="seniūnija", note="pirmadieniais"),
        ServiceChannel(type=ChannelType.POST, where="seniūnija"),
    ),
    deadlines=("Kreiptis per 12 mėnesių.",),
    legal_basis=("Paramos mirties atveju įstatymas",),
    cost=Cost("nemokamai", 0),
    duration=Duration("10 darbo dienų", 10),
    benefit=Benefit("440 Eur nuo 2024-01-01", 440),
    notes=("Išmokama grynaisiais.",),
)
CATALOGUE = Catalogue(
    municipality=Municipality(
        id="varena",
        name="Varėnos rajono savivaldybė",
        website="https://varena.lt",
        charter=Charter(
            principles=(),
            requests_to_residents=(),
            commitments=(),
            report_channels=ReportChannels(),
            sources=SOURCE,
        ),
    ),
    institutions=(OFFICE,),
    services=(FULL, BARE),
)


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        (Aspect.GENERAL, ("Pašalpa mirus žmogui.", "Išmokama grynaisiais.")),
        (Aspect.DOCUMENTS, ("prašymas", "asmens dokumentas")),
        (Aspect.DURATION, ("10 darbo dienų",)),
        (Aspect.COST, ("nemokamai", "440 Eur nuo 2024-01-01")),
        (
            Aspect.HOW,
            (
                "Užpildyti prašymą.",
                "Laukti sprendimo.",
                "SPIS: https://www.spis.lt",
                "seniūnija (pirmadieniais)",
                "seniūnija",
            ),
        ),
        (
            Aspect.WHERE,
            ("seniūnija (pirmadieniais)", "Socialinės paramos skyrius, Vytauto g. 12, Varėna"),
        ),
        (
            Aspect.WHO,
            (
                "Socialinės paramos skyrius",
                "skyriaus darbuotojas",
                "+370 310 00000 (priimamasis)",
                "info@example.lt",
                "Vytauto g. 12, Varėna",
            ),
        ),
        (
            Aspect.ELIGIBILITY,
            ("laidojantis žmogus", "Mirusysis gyveno rajone.", "eilė pagal datą"),
        ),
        (Aspect.RESULT, ("Paskirta pašalpa.",)),
        (Aspect.DEADLINE, ("Kreiptis per 12 mėnesių.",)),
        (Aspect.LEGAL_BASIS, ("Paramos mirties atveju įstatymas",)),
        (Aspect.FORM, ("SPIS: https://www.spis.lt", "prašymas", "Užpildyti prašymą.")),
    ],
)
def test_an_aspect_is_told_in_the_catalogue_s_own_words(aspect: Aspect, expected: tuple[str, ...]) -> None:
    assert lines(FULL, aspect, CATALOGUE).lines == expected


def test_a_full_service_holds_every_aspect() -> None:
    assert held_aspects(FULL, CATALOGUE) == tuple(Aspect)


def test_a_bare_service_holds_only_what_every_service_has() -> None:
    assert held_aspects(BARE, CATALOGUE) == (Aspect.GENERAL, Aspect.WHO, Aspect.ELIGIBILITY)


def test_the_provider_s_address_counts_only_with_the_catalogue() -> None:
    service = replace(FULL, channels=())
    assert Aspect.WHERE in held_aspects(service, CATALOGUE)
    assert Aspect.WHERE not in held_aspects(service)


def test_an_aspect_not_held_has_no_lines() -> None:
    assert lines(BARE, Aspect.DURATION, CATALOGUE).lines == ()


def test_a_provider_in_words_is_named_in_those_words() -> None:
    assert lines(BARE, Aspect.WHO, CATALOGUE).lines == ("seniūnija",)


def test_steps_alone_are_numbered_and_with_channels_are_not() -> None:
    assert lines(replace(FULL, channels=()), Aspect.HOW, CATALOGUE).style == "steps"
    assert lines(FULL, Aspect.HOW, CATALOGUE).style == "list"


def test_blocks_keep_the_benefit_apart_from_the_cost() -> None:
    assert [block.part for block in blocks(FULL, Aspect.COST, CATALOGUE)] == [Part.COST, Part.BENEFIT]


def test_equal_lines_of_a_block_are_told_once() -> None:
    twice = ServiceChannel(type=ChannelType.POST, where="seniūnija")
    service = replace(FULL, steps=(), channels=(twice, twice))
    assert lines(service, Aspect.HOW, CATALOGUE).lines == ("seniūnija",)


def test_a_settlement_stands_in_for_an_address_that_is_not_known() -> None:
    village = replace(OFFICE, address=None, settlement="Merkinė")
    catalogue = replace(CATALOGUE, institutions=(village,))
    assert lines(FULL, Aspect.WHERE, catalogue).lines[-1] == "Socialinės paramos skyrius, Merkinė"


def test_a_page_to_read_is_no_form() -> None:
    page = ServiceChannel(type=ChannelType.ONLINE, where="Aprašymas", url="https://example.lt/muziejus")
    museum = replace(BARE, title="Muziejus", description="Lankoma sodyba.", channels=(page,))
    assert Aspect.FORM not in held_aspects(museum, CATALOGUE)


def test_national_facts_are_told_apart() -> None:
    assert is_national(replace(BARE, scope="national"))
    assert not is_national(BARE)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2018 m. duomenimis – 38 Eur", (2018,)),
        ("140 Eur vienam mokiniui (2025 m.)", (2025,)),
        ("nuo 2022-09-01: lopšelyje 2,50 Eur", (2022,)),
        ("2018–2020 m. projektas", (2018, 2020)),
        ("2022 metams buvo numatyta", (2022,)),
        ("kontaktai (2018)", (2018,)),
        ("2023 m. sezonas, 2021 m. skelbime", (2021, 2023)),
        ("iki 2000 Eur", ()),
        ("+370 310 32001", ()),
        ("tarybos 2020-04-09 sprendimas Nr. S1E-61", ()),
        ("tarybos 2020-04-09 sprendimas Nr. S1E-61, galioja nuo 2021-09-01", (2021,)),
        ("1998 m.", ()),
    ],
)
def test_years_are_those_that_date_a_figure(text: str, years: tuple[int, ...]) -> None:
    assert dated_years([text]) == years


def test_years_of_several_lines_come_sorted_and_once() -> None:
    assert dated_years(["2024 m. ir 2022 m.", "2024 m."]) == (2022, 2024)
