"""A few words that name only a day or a place go on with what was told last."""

from __future__ import annotations

import pytest

from bot.services.answering.follow_up import completed
from bot.services.answering.question import CONTACTS, HOURS, LIBRARY, Question, Subject
from tests.packs import NOON, TEXTS, ask, card_of, press, said, shipped

NURSERY = "priemimas-i-darzeli"


@pytest.mark.parametrize("intent", ["ask_service", "ask_service_deadline", "out_of_scope", "nlu_fallback"])
@pytest.mark.parametrize("text", ["o šeštadienį?", "o sestadieni", "ir šeštadienį", "šeštadienį?"])
def test_a_day_after_hours_asks_for_the_hours_of_that_day(intent: str, text: str) -> None:
    first = ask("trakai", "ask_hours", "kada dirba savivaldybė")
    answer = ask("trakai", intent, text, subject=first.subject, institution="ld-silas")
    assert card_of(answer).title == "Trakų rajono savivaldybė"
    assert "Šeštadienį (2026-11-21) nedirba." in said(answer)


def test_a_day_after_the_contacts_of_an_institution_asks_when_it_works() -> None:
    answer = ask("trakai", "ask_service", "o rytoj?", subject=Subject(CONTACTS, "ld-silas"))
    assert answer.institution == "ld-silas"
    assert answer.subject == Subject(HOURS, "ld-silas")


def test_a_day_after_a_service_asks_for_the_hours_of_its_provider() -> None:
    answer = ask("trakai", "ask_service", "o penktadienį?", service=NURSERY, institution="svietimo-skyrius")
    assert answer.subject == Subject(HOURS, "svietimo-skyrius")


@pytest.mark.parametrize("text", ["o į Barčius?", "o i barcius", "o Barčiuose?", "Barčiai", "o į Bar2ius?", "Bar2iai"])
def test_a_place_after_the_mobile_library_asks_when_it_comes_there(text: str) -> None:
    answer = ask("varena", "ask_service", text, subject=Subject(LIBRARY))
    assert card_of(answer).title == "Mobilioji biblioteka: Barčiai"
    assert answer.subject == Subject(LIBRARY)


def test_a_place_where_the_mobile_library_does_not_come_is_named() -> None:
    assert "„Zervynas“ neradau" in said(ask("varena", "out_of_scope", "o į Zervynas?", subject=Subject(LIBRARY)))


def test_a_day_after_the_mobile_library_asks_where_it_is_then() -> None:
    wednesday = said(ask("varena", "ask_service", "o trečiadienį?", subject=Subject(LIBRARY)))
    assert "Liškiava 9.30–10.30" in wednesday
    assert "Barčiai" not in wednesday
    saturday = said(ask("varena", "ask_service", "o šeštadienį?", subject=Subject(LIBRARY)))
    assert "Šeštadienį biblioteka neatvyksta." in saturday


@pytest.mark.parametrize("text", ["o Daugų?", "o Dauguose?", "o daugu"])
def test_a_place_after_an_institution_asks_for_the_one_of_its_kind_there(text: str) -> None:
    answer = ask("alytus-r", "ask_service", text, subject=Subject(CONTACTS, "butrimoniu-seniunija"))
    assert card_of(answer).title == "Daugų seniūnija"
    assert "+370 315 69100" in said(answer)


def test_an_institution_after_hours_is_asked_for_its_hours() -> None:
    answer = ask("alytus-r", "ask_service", "o Daugų seniūnija?", subject=Subject(HOURS, "butrimoniu-seniunija"))
    assert answer.subject == Subject(HOURS, "daugu-seniunija")


@pytest.mark.parametrize("text", ["o šeštadienį?", "o į Barčius?", "o Daugų?"])
def test_before_anything_was_told_there_is_nothing_to_go_on_with(text: str) -> None:
    assert ask("varena", "out_of_scope", text).replies[0].text == TEXTS.render("fallback.out_of_scope")


@pytest.mark.parametrize("text", ["o kur jus esat", "o kur?", "adresas"])
def test_where_after_hours_tells_the_address(text: str) -> None:
    answer = ask("trakai", "ask_service_where", text, subject=Subject(HOURS), institution="ld-silas")
    assert card_of(answer).title == "Trakų rajono savivaldybė"
    assert answer.subject == Subject(CONTACTS)


@pytest.mark.parametrize("intent", ["inform_municipality", "ask_service", "ask_service_where", "out_of_scope"])
@pytest.mark.parametrize("text", ["o Valkininkuose", "o jei ji gyvena Matuizose?", "o matuizose", "Valkininkuose"])
def test_a_place_after_a_service_tells_where_to_turn_for_that_service(intent: str, text: str) -> None:
    answer = ask("varena", intent, text, service="komunaliniu-atlieku-isvezimas")
    assert answer.service == "komunaliniu-atlieku-isvezimas"
    assert card_of(answer).sections[0].asked


@pytest.mark.parametrize(("text", "goes_on"), [("Trakai", False), ("o Trakuose?", True)])
def test_a_place_alone_may_tell_the_municipality_and_does_not_go_on_with_a_service(text: str, goes_on: bool) -> None:
    asked = Question(text=text, intent="inform_municipality", loaded=shipped("trakai"), local_now=NOON, service=NURSERY)
    assert (completed(asked) != asked) is goes_on


def test_a_message_that_says_more_is_read_by_itself() -> None:
    answer = ask("trakai", "ask_service_cost", "kiek kainuoja meno mokykla šeštadienį", subject=Subject(HOURS))
    assert answer.service == "meno-mokyklos-mokestis"
    assert answer.subject is None


def test_a_pressed_button_is_no_follow_up() -> None:
    assert press("trakai", "ask_service", service=NURSERY).subject is None


def test_what_the_library_does_is_asked_in_few_words() -> None:
    answer = ask("varena", "nlu_fallback", "o spausdina?", subject=Subject(LIBRARY))
    assert "Nemokamos paslaugos" in said(answer)


@pytest.mark.parametrize("text", ["o kokius popierius nest", "o kokius popierius nešti?", "kokius dokumentus atnešti"])
def test_what_is_to_be_brought_names_no_other_service(text: str) -> None:
    answer = ask("varena", "ask_service_documents", text, service="busto-sildymo-kompensacija")
    assert answer.service == "busto-sildymo-kompensacija"
