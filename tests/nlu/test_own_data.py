"""Whole conversations about the own data with the real trained model: told, copied, deleted to the last byte."""

from __future__ import annotations

import pytest

from tests.conftest import LiveServer
from tests.nlu.residents import Resident

ERASED = "Pokalbis ištrintas."
SURE = "Ar tikrai ištrinti šį pokalbį?"
HELD = "Apie šį pokalbį saugoma:"
EMAIL, PHONE, NAME = "pelenius8841@pastas.lt", "+37061277513", "Peleniauskaitė"
ABOUT_ME = f"Esu {NAME}, mano paštas {EMAIL}, tel. 0 612 77513, kada dirba Lentvario seniūnija?"
STORY = f"Esu {NAME}, mano paštas {EMAIL}, tel. 0 612 77513. Lentvario seniūnijoje vakar mane apšaukė ir išvarė."


@pytest.fixture
def resident(live: LiveServer) -> Resident:
    """A resident of Trakai."""
    return Resident(live.url, "trakai")


def stands_in(live: LiveServer, *words: str) -> set[str]:
    """Return which of the words stand in the files of the server's database."""
    path = live.database
    files = (path, path.with_name(path.name + "-wal"))
    raw = b"".join(file.read_bytes() for file in files if file.exists())
    return {word for word in words if word.encode() in raw}


@pytest.mark.parametrize(
    "wish", ["ištrinkite mano duomenis", "istrinkit mano duomenis", "Noriu, kad ištrintumėte mano pokalbį"]
)
def test_a_yes_deletes_the_conversation_down_to_the_bytes(live: LiveServer, resident: Resident, wish: str) -> None:
    resident.say(ABOUT_ME)
    assert stands_in(live, EMAIL, PHONE, NAME) == {EMAIL, PHONE, NAME}
    assert SURE in resident.say(wish).text
    assert ERASED in resident.say("taip").text
    assert stands_in(live, EMAIL, PHONE, NAME) == set()
    assert "Aš esu Langelis" in resident.say("labas").text


def test_the_button_deletes_too(live: LiveServer, resident: Resident) -> None:
    resident.say(f"mano paštas {EMAIL}")
    asked = resident.say("ištrinkite mano duomenis")
    assert ERASED in resident.press(asked, "Taip, ištrinti").text
    assert stands_in(live, EMAIL) == set()


@pytest.mark.parametrize("answer", ["ne", "nea", "nereikia", '/delete_my_data{"value":"no"}'])
def test_a_no_deletes_nothing(resident: Resident, answer: str) -> None:
    resident.say("labas")
    resident.say("ištrinkite mano duomenis")
    assert "nieko neištryniau" in resident.say(answer).text
    assert "Apie šį pokalbį saugoma" in resident.say("kokius duomenis apie mane turite").text


def test_a_yes_to_something_else_deletes_nothing(resident: Resident) -> None:
    resident.say("ištrinkite mano duomenis")
    resident.say("kada dirba savivaldybė")
    assert ERASED not in resident.say("taip").text


def test_what_is_held_is_told_with_the_contact_masked(resident: Resident) -> None:
    resident.say("paskambinkite man")
    resident.say("0 612 44413")
    assert "Užsirašiau" in resident.say("rytoj ryte dėl darželio").text
    told = resident.say("kokius duomenis apie mane turite").text
    assert HELD in told
    assert "Prašymas paskambinti" in told
    assert "***13" in told
    assert "44413" not in told
    sure = resident.say("ištrinkite mano duomenis").text
    assert "darbuotojas nebepaskambins" in sure


def test_the_copy_without_an_address_of_the_server_comes_as_text(resident: Resident) -> None:
    resident.say("kada dirba savivaldybė")
    told = resident.say("kokius duomenis apie mane turite")
    copy = resident.press(told, "Pokalbio kopija").text
    assert copy.startswith("POKALBIO KOPIJA – Trakų rajono savivaldybė")
    assert "Jūs:\nkada dirba savivaldybė" in copy
    again = resident.press(told, "Pokalbio kopija").text
    assert again.count("POKALBIO KOPIJA") == 1


def test_in_the_middle_of_a_complaint_the_draft_goes_with_the_rest(live: LiveServer, resident: Resident) -> None:
    resident.say("noriu pasiskųsti")
    resident.say(STORY)
    assert stands_in(live, NAME)
    asked = resident.say("ištrinkite mano duomenis")
    assert SURE in asked.text
    assert ERASED in resident.press(asked, "Taip, ištrinti").text
    assert stands_in(live, EMAIL, PHONE, NAME) == set()
    assert "Nebaigto kreipinio neradau" in resident.say("tęsti skundą").text


@pytest.mark.parametrize("wish", ["ištrinkite mano duomenis", "noriu, kad ištrintumėte mano pokalbį"])
def test_in_the_middle_of_a_complaint_a_plain_yes_deletes(live: LiveServer, resident: Resident, wish: str) -> None:
    resident.say("noriu pasiskųsti")
    resident.say(STORY)
    sure = resident.say(wish).text
    assert SURE in sure
    assert "Tęskime" not in sure
    assert ERASED in resident.say("taip").text
    assert stands_in(live, EMAIL, PHONE, NAME) == set()


def test_in_the_middle_of_a_complaint_a_plain_no_goes_on_with_it(resident: Resident) -> None:
    resident.say("noriu pasiskųsti")
    resident.say(STORY)
    resident.say("ištrinkite mano duomenis")
    went_on = resident.say("ne").text
    assert "nieko neištryniau" in went_on
    assert "Patikrinkite prieš pateikdami" in went_on


def test_without_a_municipality_it_works_as_well(live: LiveServer) -> None:
    resident = Resident(live.url)
    assert SURE in resident.say("ištrinkite mano duomenis").text
    assert ERASED in resident.say("taip, tikrai").text


def test_the_page_about_privacy_leads_to_both(resident: Resident) -> None:
    said = resident.say("kaip saugomi mano duomenys")
    assert HELD in resident.press(said, "Kokie duomenys saugomi?").text
    assert SURE in resident.press(said, "Ištrinti pokalbį").text
