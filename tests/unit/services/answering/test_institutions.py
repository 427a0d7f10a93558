"""Contacts and hours: by inflected name and settlement, for now, a weekday, a date or a feast."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.catalogue import ReportChannels
from tests.packs import (
    CHARTER,
    INSTITUTION,
    MONDAY,
    MUNICIPALITIES,
    MUNICIPALITY,
    NOON,
    TEXTS,
    ask,
    buttons_of,
    card_of,
    press,
    said,
    shipped,
    small,
)

NOT_FOUND = TEXTS.render("institution.not_found")
UNKNOWN_HOURS = TEXTS.render("institution.hours.unknown", phone=None, website=None)
WEEK = "I–IV 8.00–17.00, V 8.00–15.45, pietų pertrauka 12.00–12.45"
OFFICE = replace(INSTITUTION, hours=WEEK, phone="+370 310 00000")
GIRIA = small(institutions=(OFFICE,))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """Return a moment of 2026 in Vilnius; 2026-11-23 is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Vilnius"))


@pytest.mark.parametrize(
    ("municipality", "text", "institution"),
    [
        ("alytus-r", "kur yra kulturos centras", "alytaus-r-kulturos-centras"),
        ("alytus-r", "Koks Daugų seniūnijos telefonas?", "daugu-seniunija"),
        ("varena", "Merkinės seniūnijos adresas", "merkines-seniunija"),
        ("varena", "kaip paskambinti į merkines seniunija", "merkines-seniunija"),
        ("trakai", "Trakų meno mokyklos el. paštas", "traku-meno-mokykla"),
    ],
)
def test_an_institution_is_known_by_an_inflected_name(municipality: str, text: str, institution: str) -> None:
    answer = ask(municipality, "ask_contacts", text)
    found = shipped(municipality).catalogue.institution(institution)
    assert found is not None
    assert answer.institution == institution
    assert card_of(answer).title == found.name
    assert all(value in said(answer) for value in (found.address, found.phone, found.email) if value)


def test_several_of_one_settlement_are_offered() -> None:
    answer = ask("trakai", "ask_contacts", "Lentvario darželio telefonas")
    assert said(answer) == TEXTS.render("institution.choose")
    offered = {button.title for button in buttons_of(answer)}
    assert offered == {"Lentvario lopšelis-darželis „Šilas“", "Lentvario lopšelis-darželis „Svajonėlė“"}
    assert answer.institution is None


@pytest.mark.parametrize("intent", ["ask_contacts", "ask_hours"])
def test_an_offered_institution_can_be_pressed(intent: str) -> None:
    for button in buttons_of(ask("trakai", intent, "Lentvario darželis")):
        assert button.payload.startswith(f"/{intent}{{")
    assert press("trakai", intent, institution="ld-silas").institution == "ld-silas"


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_institution_is_shown_with_its_source_and_found_by_its_whole_name(municipality: str) -> None:
    for institution in shipped(municipality).catalogue.institutions:
        card = card_of(press(municipality, "ask_contacts", institution=institution.id))
        assert card.title == institution.name
        assert {source.url for source in institution.sources[:3]} <= {link.url for link in card.links}
        found = ask(municipality, "ask_contacts", f"{institution.name} telefonas")
        names = {card.title} | {button.title for button in buttons_of(found)}
        assert institution.name in names


def test_a_missing_phone_number_is_said_and_a_note_stands_beside_a_number() -> None:
    without = small(institutions=(INSTITUTION,))
    assert TEXTS.render("institution.no_phone", of=None) in said(
        press(without, "ask_contacts", institution=INSTITUTION.id)
    )
    noted = small(institutions=(replace(OFFICE, phone_note="Tik pašalpų klausimais (2018 m.)."),))
    assert "Telefonas: +370 310 00000 – tik pašalpų klausimais (2018 m.)\n" in said(
        press(noted, "ask_contacts", institution=OFFICE.id)
    )


def test_what_is_nowhere_in_the_catalogue_is_not_found_and_the_municipality_is_given() -> None:
    for intent in ("ask_contacts", "ask_hours"):
        answer = ask("trakai", intent, "kada dirba zoologijos sodas")
        assert answer.replies[0].text == NOT_FOUND
        assert card_of(answer).title == "Trakų rajono savivaldybė"
        assert buttons_of(answer)


@pytest.mark.parametrize("text", ["koks jūsų telefonas", "kaip su jumis susisiekti", "kur jūs esate", "kontaktai"])
def test_whoever_names_nobody_gets_the_municipality(text: str) -> None:
    answer = ask("varena", "ask_contacts", text)
    assert card_of(answer).title == "Varėnos rajono savivaldybė"
    assert "+370 310 32001" in said(answer)
    assert NOT_FOUND not in said(answer)


@pytest.mark.parametrize("institution", ["", "nera-tokios"])
def test_the_button_of_contacts_gives_the_municipality(institution: str) -> None:
    answer = (
        press("varena", "ask_contacts", institution=institution) if institution else press("varena", "ask_contacts")
    )
    assert card_of(answer).title == "Varėnos rajono savivaldybė"


def test_contacts_of_the_charter_are_never_passed_off_as_the_municipalitys_own() -> None:
    # Trakai: the sources name no general number, only that of the education quality desk.
    lines = card_of(press("trakai", "ask_contacts")).sections[0].lines
    assert "Telefonas paslaugų kokybės klausimais: +370 528 55603, +370 528 55604" in lines
    assert not [line for line in lines if line.startswith(("Telefonas:", "El. paštas:"))]


def test_a_municipality_with_its_own_number_shows_that_alone() -> None:
    channels = ReportChannels(phones=("+370 1",), email="kokybe@example.lt")
    own = replace(
        MUNICIPALITY, phone="+370 2", email="info@example.lt", charter=replace(CHARTER, report_channels=channels)
    )
    lines = card_of(press(small(municipality=own), "ask_contacts")).sections[0].lines
    assert lines == ("Telefonas: +370 2", "El. paštas: info@example.lt")


@pytest.mark.parametrize("text", ["o koks el. paštas?", "o telefonas?", "adresas"])
def test_a_follow_up_about_contacts_keeps_the_institution(text: str) -> None:
    assert ask("varena", "ask_contacts", text, institution="merkines-seniunija").institution == "merkines-seniunija"


@pytest.mark.parametrize(
    "text", ["o šeštadienį?", "ar dabar dirba?", "o per Kalėdas?", "o gruodžio 24 d.?", "iki kelių dirba"]
)
def test_a_follow_up_about_hours_keeps_the_institution(text: str) -> None:
    assert ask("trakai", "ask_hours", text, institution="traku-seniunija").institution == "traku-seniunija"


def test_who_asks_of_the_municipality_does_not_get_the_former_institution() -> None:
    answer = ask("trakai", "ask_hours", "o kada dirba savivaldybė?", institution="ld-silas")
    assert card_of(answer).title == "Trakų rajono savivaldybė"


def test_the_provider_of_a_named_service_is_given() -> None:
    answer = ask("trakai", "ask_contacts", "kam skambinti dėl mokesčio už mokslą meno mokykloje")
    assert answer.institution == "traku-meno-mokykla"


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("ar dabar dirba?", MONDAY, "Dabar dirba."),
        ("ar dabar dirba?", at(23, 7, 59), "Dabar nedirba. Vėl dirbs pirmadienį (2026-11-23) nuo 8.00."),
        ("ar dabar dirba?", at(23, 12, 30), "Dabar nedirba. Vėl dirbs pirmadienį (2026-11-23) nuo 12.45."),
        ("ar dabar dirba?", at(23, 17, 0), "Dabar nedirba. Vėl dirbs antradienį (2026-11-24) nuo 8.00."),
        ("ar dabar dirba?", NOON, "Dabar nedirba. Vėl dirbs pirmadienį (2026-11-23) nuo 8.00."),
        ("ar dabar dirba?", at(25, 10, month=12), "Dabar nedirba. Vėl dirbs pirmadienį (2026-12-28) nuo 8.00."),
        ("kada dirbate?", MONDAY, "Dabar dirba."),
        ("ar dirba šeštadienį", NOON, "Šeštadienį (2026-11-21) nedirba."),
        ("iki kelių dirba penktadienį", NOON, "Penktadienį (2026-11-27) dirba 8.00–12.00, 12.45–15.45."),
        ("ar rytoj dirbsite", at(23, 20), "Antradienį (2026-11-24) dirba 8.00–12.00, 12.45–17.00."),
        ("ar dirba vasario 16", NOON, "Antradienį (2027-02-16) – Lietuvos valstybės atkūrimo diena."),
        ("ar dirbate gruodžio 24 d.", NOON, "Ketvirtadienį (2026-12-24) – Kūčių diena."),
        ("ar dirbate per Kalėdas", NOON, "Penktadienį (2026-12-25) – Šv. Kalėdų pirma diena."),
        ("ar dirbate per Velykas", NOON, "Sekmadienį (2027-03-28) – Šv. Velykos."),
    ],
)
def test_opening_is_told_for_the_moment_or_day_that_is_asked(text: str, now: datetime, expected: str) -> None:
    answer = ask(GIRIA, "ask_hours", text, now=now, institution=OFFICE.id)
    first, *_, week = card_of(answer).sections[0].lines
    assert first.startswith(expected)
    assert week == f"Visas darbo laikas: {WEEK}"
    assert card_of(answer).sections[0].asked


def test_a_holiday_is_named_and_nothing_is_promised_for_it() -> None:
    answer = ask(GIRIA, "ask_hours", "ar dirba vasario 16?", institution=OFFICE.id)
    line = card_of(answer).sections[0].lines[0]
    assert "pasitikslinkite" in line
    assert "8.00" not in line


def test_a_weekend_is_two_days() -> None:
    lines = card_of(ask(GIRIA, "ask_hours", "ar dirbate savaitgaliais", institution=OFFICE.id)).sections[0].lines
    assert lines[:2] == ("Šeštadienį (2026-11-21) nedirba.", "Sekmadienį (2026-11-22) nedirba.")


def test_hours_that_are_not_known_are_said_to_be_unknown() -> None:
    silent = small(institutions=(INSTITUTION,))
    answer = ask(silent, "ask_hours", "kada dirba Girios seniūnija")
    assert card_of(answer).sections[0].lines == (UNKNOWN_HOURS,)
    assert UNKNOWN_HOURS in said(ask("varena", "ask_hours", "kada dirba savivaldybė"))


@pytest.mark.parametrize(
    ("phone", "website", "how"),
    [
        ("+370 310 00000", "https://giria.example.lt", " Pasitikslinkite telefonu ar svetainėje."),
        ("+370 310 00000", None, " Pasitikslinkite telefonu."),
        (None, "https://giria.example.lt", " Pasitikslinkite svetainėje."),
        (None, None, ""),
    ],
)
def test_unknown_hours_are_asked_for_only_where_the_catalogue_tells_how(
    phone: str | None, website: str | None, how: str
) -> None:
    silent = small(institutions=(replace(INSTITUTION, phone=phone, website=website),))
    answer = ask(silent, "ask_hours", "kada dirba Girios seniūnija")
    assert card_of(answer).sections[0].lines == (f"{UNKNOWN_HOURS}{how}",)


def test_hours_that_cannot_be_read_are_shown_as_they_are_written() -> None:
    odd = small(institutions=(replace(OFFICE, hours="pagal susitarimą"),))
    assert card_of(ask(odd, "ask_hours", "ar dirba dabar", institution=OFFICE.id)).sections[0].lines == (
        "pagal susitarimą",
    )


def test_contacts_show_the_hours_without_judging_the_moment() -> None:
    card = card_of(press(GIRIA, "ask_contacts", institution=OFFICE.id))
    assert card.sections[0].lines == (WEEK,)
    assert not card.sections[0].asked


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_all_hours_of_the_packs_can_be_read_or_shown(municipality: str) -> None:
    for institution in shipped(municipality).catalogue.institutions:
        if institution.hours:
            answer = press(municipality, "ask_hours", institution=institution.id)
            assert institution.hours in said(answer)


def test_an_institution_named_in_full_is_the_only_one() -> None:
    answer = ask("alytus-r", "ask_contacts", "Butrimonių biblioteka telefonas")
    assert answer.institution == "biblioteka-butrimoniu-b"


@pytest.mark.parametrize("intent", ["ask_service", "ask_service_who", "ask_contacts", "out_of_scope"])
def test_the_head_of_an_eldership_is_asked_by_its_settlement(intent: str) -> None:
    answer = ask("alytus-r", intent, "kas seniūnas Dauguose?")
    assert card_of(answer).title == "Daugų seniūnija"
    assert card_of(answer).sections[0].lines == (TEXTS.render("institution.no_head"),)
    assert "+370 315 69100" in said(answer)


def test_a_head_that_the_catalogue_names_is_told() -> None:
    led = replace(OFFICE, other_contacts=(("seniūnas", "Jonas Jonaitis"),))
    answer = ask(small(institutions=(led,)), "ask_service_who", "kas seniūnas Girioje?")
    assert card_of(answer).sections[0].lines == ("seniūnas: Jonas Jonaitis",)


def test_the_head_of_a_named_institution_and_of_the_one_spoken_of() -> None:
    assert ask("trakai", "ask_service", "kas Trakų meno mokyklos direktorė?").institution == "traku-meno-mokykla"
    assert ask("trakai", "ask_service", "o kas direktorius?", institution="ld-silas").institution == "ld-silas"


def test_elderships_are_offered_where_no_place_is_named() -> None:
    answer = ask("alytus-r", "ask_service_who", "kas seniūnas?")
    assert all(button.title.endswith("seniūnija") for button in buttons_of(answer))


def test_what_an_elder_does_is_a_question_about_a_service() -> None:
    assert ask("varena", "ask_service_who", "ar seniūnas atlieka notarinius veiksmus").service is not None


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_the_municipalitys_own_contacts_name_their_sources(municipality: str) -> None:
    links = {link.url for link in card_of(ask(municipality, "ask_contacts", "kontaktai")).links}
    assert {source.url for source in shipped(municipality).catalogue.municipality.sources[:3]} <= links


def test_who_asks_for_the_mayor_gets_the_municipalitys_contacts() -> None:
    answer = ask("alytus-r", "ask_service_who", "kas meras?")
    assert answer.replies[0].text == TEXTS.render("institution.no_head")
    assert card_of(answer).title == "Alytaus rajono savivaldybė"


def test_beside_an_institution_without_telephone_the_municipalitys_stands_as_such() -> None:
    answer = ask("alytus-r", "ask_contacts", "Simno seniūnijos telefonas")
    assert "Telefono numerio kataloge nėra. Savivaldybės telefonas – +370" in said(answer)


def test_what_else_is_in_a_place_is_not_told_for_a_kind_that_is_not_there() -> None:
    answer = ask("alytus-r", "ask_hours", "biblioteka Simne kada dirba")
    assert answer.institution is None
    assert all("bibliotek" in button.title.casefold() for button in buttons_of(answer))


def test_who_heads_a_department_is_asked_with_the_verb_too() -> None:
    answer = ask("varena", "ask_service_who", "kas vadovauja Socialinės paramos skyriui?")
    assert card_of(answer).title == "Socialinės paramos skyrius"
