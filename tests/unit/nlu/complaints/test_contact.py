"""Names, addresses and numbers for the answer; slips in them are told and never repaired silently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.complaints.contact import (
    Contact,
    ContactProblem,
    contact_in,
    does_not_know,
    wants_anonymous,
    wants_no_reply,
)
from bot.nlu.complaints.domains import COMMON, likely_domain
from bot.nlu.normalise import fold

TAKEN = """
Jonas Petraitis, jonas@gmail.com|Jonas Petraitis|jonas@gmail.com|
jonas petraitis 861234567|Jonas Petraitis||+37061234567
ONA KAZLAUSKIENĖ 8-612-34567|Ona Kazlauskienė||+37061234567
mano el. paštas ona@inbox.lt||ona@inbox.lt|
Vardas: Ona, pavardė Kazlauskienė, tel. +37061234567|Ona Kazlauskienė||+37061234567
Mano vardas Marija, rašykit maryte@takas.lt|Marija|maryte@takas.lt|
Prašau atsakyti el. paštu: petras@delfi.lt Petras|Petras|petras@delfi.lt|
J. Petraitis 861234567|J. Petraitis||+37061234567
aš Petras Petraitis|Petras Petraitis||
jonas|Jonas||
ona kazlauskienė|Ona Kazlauskienė||
John Smith|John Smith||
Rūta Petraitė-Jonaitė|Rūta Petraitė-Jonaitė||
mano vardas ona ir gyvenu kaime|Ona||
ona petraitė el p. ona@gmail.com|Ona Petraitė|ona@gmail.com|
el.paštas:ona@one.lt tel:861234567||ona@one.lt|+37061234567
rašykit į ona@gmail.com arba skambinkit 8 612 34567, Ona|Ona|ona@gmail.com|+37061234567
noriu gauti atsakymą telefonu 861234567|||+37061234567
+44 7911 123456|||+447911123456
8 5 255 1234|||+37052551234
52551234|||+37052551234
861234567 arba ona@one.lt||ona@one.lt|+37061234567
Ona, ona@one.lt, numeris TR-2026-000123|Ona|ona@one.lt|
""".strip().splitlines()

NEAR_MISSES = """
jonas@|email_without_domain|jonas@|
jonas@pastas|email_without_domain|jonas@pastas|
jonas@gmail|email_without_domain|jonas@gmail|jonas@gmail.com
ona@one.l|email_without_domain|ona@one.l|ona@one.lt
jonas @ gmail.com|email_spaces|jonas @ gmail.com|jonas@gmail.com
jonas eta gmail taskas com|email_spaces|jonas eta gmail taskas com|jonas@gmail.com
jonas.petraitis eta inbox taskas lt|email_spaces|jonas.petraitis eta inbox taskas lt|jonas.petraitis@inbox.lt
ona taškas kė eta one taškas lt|email_spaces|ona taškas kė eta one taškas lt|ona.ke@one.lt
jonas(at)gmail.com|email_spaces|jonas(at)gmail.com|jonas@gmail.com
ona@gmail,com|email_spaces|ona@gmail,com|ona@gmail.com
ona@ gmial.com|email_spaces|ona@ gmial.com|ona@gmail.com
@gmail.com|email_malformed|@gmail.com|
ona@@gmail.com|email_malformed|ona@@gmail.com|ona@gmail.com
ona.gmail.com|email_malformed|ona.gmail.com|ona@gmail.com
6123456|phone_too_short|6123456|
tel. 8612345|phone_too_short|8612345|
12345|phone_too_short|12345|
86123456789|phone_invalid|86123456789|
+37099999999|phone_invalid|+37099999999|
""".strip().splitlines()

NO_CONTACT = """
taip
nežinau
atsakykit paštu
didelė eilė
aš esu pensininkė
Bloga darbuotoja
Varėnos seniūnija
Vilniaus g. 5, Trakai
nenoriu sakyti vardo
neturiu el. pašto
rugsėjo 5 d.
2026-11-05
TR-2026-000123
noriu likti anonimas
""".strip().splitlines()


@pytest.mark.parametrize("line", TAKEN)
def test_name_address_and_number_are_read(line: str) -> None:
    text, name, email, phone = line.split("|")
    assert contact_in(text) == Contact(name or None, email or None, phone or None)


@pytest.mark.parametrize("line", NEAR_MISSES)
def test_a_near_miss_is_told_and_what_was_likely_meant_is_suggested(line: str) -> None:
    text, problem, rejected, suggested = line.split("|")
    found = contact_in(text)
    assert found is not None
    assert (found.email, found.phone) == (None, None)
    assert (found.problem, found.rejected) == (ContactProblem(problem), rejected)
    assert found.suggested == (suggested or None)


@pytest.mark.parametrize("text", [*NO_CONTACT, "", "🙂"])
def test_what_names_no_contact_is_none(text: str) -> None:
    assert contact_in(text) is None


@pytest.mark.parametrize(
    ("email", "suggested"),
    [
        ("ona@gmial.com", "ona@gmail.com"),
        ("ona@gmail.con", "ona@gmail.com"),
        ("ona@gmail.lt", "ona@gmail.com"),
        ("ona@gmal.com", "ona@gmail.com"),
        ("ona@inbox.ltt", "ona@inbox.lt"),
        ("ona@yaho.com", "ona@yahoo.com"),
        ("žukė@inbox.lt", "zuke@inbox.lt"),
    ],
)
def test_a_slip_in_a_common_domain_is_asked_about_and_not_changed(email: str, suggested: str) -> None:
    assert contact_in(email) == Contact(email=email, suggested=suggested)


@pytest.mark.parametrize("domain", [*COMMON, "varena.lt", "mail.com", "one.lv", "inbox.lv", "ona.lt", "mano-imone.eu"])
def test_a_domain_that_may_well_exist_is_not_questioned(domain: str) -> None:
    assert likely_domain(domain) is None


def test_the_good_part_is_kept_beside_a_bad_one() -> None:
    found = contact_in("Jonas Petraitis, jonas@, tel. 8 612 34567")
    assert found == Contact(
        "Jonas Petraitis", None, "+37061234567", ContactProblem.EMAIL_WITHOUT_DOMAIN, "jonas@", None
    )
    found = contact_in("Jonas, jonas@gmail.com, 12345")
    assert found == Contact("Jonas", "jonas@gmail.com", None, ContactProblem.PHONE_TOO_SHORT, "12345")


@given(st.text(max_size=200))
def test_a_rejected_part_stands_in_the_message(text: str) -> None:
    found = contact_in(text)
    assert found is None or found.rejected is None or found.rejected in text


ANONYMOUS = """
noriu likti anonimas
anonimiškai
nenoriu nurodyti savo vardo
Vardo nesakysiu
be vardo ir pavardės
neprisistatysiu
bijau pasakyti vardą
noriu, kad mano vardas nebūtų viešinamas
""".strip().splitlines()
NO_REPLY = """
atsakymo nereikia
nerašykite
man nesvarbu atsakymas
Atsakymo nelaukiu
nereikia man atsakyti
atsakyti nebūtina
neskambinkit
tik noriu pranešti, be atsakymo
man nesvarbu, ar atsakysite
""".strip().splitlines()
DO_NOT_KNOW = """
nežinau
neatsimenu
nesu tikras
nesu tikra, gal rudenį
Nepamenu tiksliai
sunku pasakyti
pamiršau
""".strip().splitlines()
NONE_OF_THESE = """
ona@one.lt
noriu atsakymo el. paštu
Jonas Petraitis
pasirašysiu savo vardu
neanonimiškai
nenoriu anoniminio skundo
nerašykite mano adreso
žinau tiksliai
taip
""".strip().splitlines()


@pytest.mark.parametrize("text", [*ANONYMOUS, *map(fold, ANONYMOUS)])
def test_who_wants_to_stay_unnamed_is_understood(text: str) -> None:
    assert wants_anonymous(text)
    assert not wants_no_reply(text)


@pytest.mark.parametrize("text", [*NO_REPLY, *map(fold, NO_REPLY)])
def test_who_wants_no_answer_is_understood(text: str) -> None:
    assert wants_no_reply(text)
    assert not wants_anonymous(text)


@pytest.mark.parametrize("text", [*DO_NOT_KNOW, *map(fold, DO_NOT_KNOW)])
def test_who_does_not_know_is_understood(text: str) -> None:
    assert does_not_know(text)


@pytest.mark.parametrize("text", [*NONE_OF_THESE, "", "🙂"])
def test_other_answers_are_none_of_these(text: str) -> None:
    assert not wants_anonymous(text)
    assert not wants_no_reply(text)
    assert not does_not_know(text)


def test_a_story_is_not_an_answer_of_not_knowing() -> None:
    assert not does_not_know("Nežinau, kodėl ji taip rėkė ant manęs, kai aš tik paklausiau dėl malkų seniūnijoje")
