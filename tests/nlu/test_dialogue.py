"""Whole conversations with the real trained model, over REST."""

from __future__ import annotations

from collections import deque

import pytest

from bot.settings import PROJECT_ROOT
from tests.nlu.residents import Resident, Said
from tests.packs import MUNICIPALITIES, TEXTS, shipped
from tests.yaml_files import read_yaml

ASK = TEXTS.render("municipality.ask")
NOT_UNDERSTOOD = TEXTS.render("fallback.not_understood")
OUT_OF_SCOPE = TEXTS.render("fallback.out_of_scope")
AGAIN = TEXTS.render("fallback.again")
NOT_HELD = TEXTS.render("service.not_held")
NURSERY = "Vaiko priėmimas į darželį"

# (intent, municipality, message, what the answer says)
BY_INTENT: tuple[tuple[str, str, str, str], ...] = (
    ("greet", "trakai", "laba diena", "Aš esu Langelis – robotas"),
    ("goodbye", "trakai", "viso gero", "Viso gero!"),
    ("thanks", "trakai", "ačiū už pagalbą", "Prašom!"),
    ("affirm", "trakai", "taip", "Gerai."),
    ("deny", "trakai", "ne, nereikia", "Supratau."),
    ("bot_challenge", "trakai", "ar tu robotas?", "Aš esu ne žmogus, o robotas"),
    ("help", "trakai", "ką tu moki?", "Galiu padėti:"),
    ("cancel", "trakai", "atšaukti", "atšaukiau"),
    ("restart", "trakai", "pradėkime iš naujo", "pradedame iš naujo"),
    ("repeat", "trakai", "pakartokite", TEXTS.render("conversation.nothing_to_repeat")),
    ("correct", "trakai", "ne to klausiau", "supratau ne taip"),
    ("ask_service", "varena", "noriu deklaruoti gyvenamąją vietą", "Gyvenamosios vietos deklaravimas"),
    ("ask_service_documents", "trakai", "kokiu dokumentu reikia i darzeli", "Reikalingi dokumentai:"),
    ("ask_service_duration", "varena", "per kiek laiko išmoka laidojimo pašalpą", "Laidojimo pašalpa"),
    ("ask_service_cost", "trakai", "kiek kainuoja meno mokykla", "19,80 Eur"),
    ("ask_service_how", "varena", "kaip gauti laidojimo pašalpą", "Ką daryti:"),
    ("ask_service_where", "varena", "kur kreiptis dėl laidojimo pašalpos", "Kur ir kaip kreiptis:"),
    ("ask_service_who", "trakai", "kas atsakingas už priėmimą į darželį", NURSERY),
    ("ask_service_eligibility", "varena", "kam priklauso laidojimo pašalpa", "Laidojimo pašalpa"),
    ("ask_service_result", "trakai", "koks bus priėmimo į darželį rezultatas", NURSERY),
    ("ask_service_deadline", "varena", "iki kada reikia deklaruoti gyvenamąją vietą", "per vieną mėnesį"),
    ("ask_service_legal_basis", "trakai", "koks įstatymas reglamentuoja priėmimą į darželį", NURSERY),
    ("ask_service_form", "trakai", "kur rasti prašymo į darželį formą", NURSERY),
    ("list_services", "varena", "kokias paslaugas teikiate", "Kataloge yra 85 paslaugos."),
    ("ask_contacts", "alytus-r", "koks daugų seniūnijos telefonas", "+370 315 69100"),
    ("ask_hours", "trakai", "kada dirba savivaldybė", "I–IV 8.00–17.00"),
    ("ask_charter", "trakai", "kas yra piliečių chartija", "piliečių chartija dėl švietimo paslaugų"),
    ("file_complaint", "varena", "noriu pasiskųsti", "Papasakokite savais žodžiais, kas nutiko"),
    ("withdraw_case", "varena", "noriu atsiimti skundą", "registracijos numerį"),
    ("resume_case", "varena", "tęsti skundą", "Nebaigto kreipinio neradau"),
    ("case_answer", "varena", '/case_answer{"field":"case_when","value":"2026-11-20"}', "nebegalioja"),
    ("complaint_status", "varena", "kas vyksta su mano skundu", "registracijos numerį"),
    ("report_problem", "varena", "duobė gatvėje", "Kaip pranešti apie problemą"),
    ("problem_status", "varena", "ar jau sutvarkėte duobę, apie kurią pranešiau", "Pranešimo apie problemą eiga"),
    ("ask_problem_map", "varena", "kas yra problemų žemėlapis", "Problemų tipai:"),
    ("suggest", "varena", "turiu pasiūlymą savivaldybei", "Parašykite, ką siūlote"),
    ("praise", "varena", "noriu padėkoti darbuotojai", "už ką dėkojate"),
    ("rate_service", "trakai", "noriu įvertinti aptarnavimą", "Aptarnavimo įvertinimas"),
    ("request_human", "trakai", "noriu kalbėti su darbuotoju", "Šiuo metu darbuotojų nėra"),
    ("request_callback", "trakai", "paskambinkite man", "Kokiu numeriu Jums paskambinti?"),
    ("ask_mobile_library", "varena", "kada atvaziuoja mobili biblioteka i Liskiava", "Trečiadieniais, 9.30–10.30"),
    ("ask_admission_status", "trakai", "kelintas mano vaikas eilėje į darželį", "Vieta eilėje"),
    ("inform_municipality", "trakai", "Trakų rajono savivaldybė", "Trakų rajono savivaldybės paslaugas"),
    ("ask_privacy", "trakai", "kaip saugomi mano duomenys", "Prisistatyti nereikia."),
    ("delete_my_data", "trakai", "ištrinkite mano duomenis", "Ar tikrai ištrinti šį pokalbį?"),
    ("get_my_data", "trakai", "noriu gauti savo duomenų kopiją", "Apie šį pokalbį saugoma:"),
    ("emergency", "trakai", "dega namas, padėkit", "Skambinkite 112"),
    ("insult", "trakai", "tu durnas botas", "Suprantu, kad esate nusivylę"),
    ("out_of_scope", "trakai", "koks rytoj bus oras", OUT_OF_SCOPE),
    ("foreign_language", "varena", "hello", TEXTS.render("foreign.en.intro")),
    ("choose_option", "trakai", "tas antras", NOT_UNDERSTOOD),
)


@pytest.fixture
def resident(live_server: str) -> Resident:
    """A resident of whom the client names no municipality."""
    return Resident(live_server)


def in_(live_server: str, municipality: str) -> Resident:
    """Return a resident on a municipality's page."""
    return Resident(live_server, municipality)


def test_the_table_covers_every_intent_of_the_domain() -> None:
    assert [row[0] for row in BY_INTENT] == list(dict.fromkeys(row[0] for row in BY_INTENT))
    assert {row[0] for row in BY_INTENT} == set(read_yaml(PROJECT_ROOT / "domain.yml")["intents"])


@pytest.mark.parametrize(
    ("intent", "municipality", "message", "expected"), BY_INTENT, ids=[row[0] for row in BY_INTENT]
)
def test_every_intent_has_its_answer(
    live_server: str, intent: str, municipality: str, message: str, expected: str
) -> None:
    assert expected in in_(live_server, municipality).say(message).everything, intent


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_intent_is_answered_in_every_municipality_and_without_one(live_server: str, municipality: str) -> None:
    somebody, nobody = in_(live_server, municipality), Resident(live_server)
    for _, _, message, _ in BY_INTENT:
        somebody.say(message)
        nobody.say(message)


def test_a_greeting_says_that_this_is_a_machine_and_how_to_reach_a_person(resident: Resident) -> None:
    said = resident.say("sveiki")
    assert "robotas" in said.text
    assert "noriu kalbėti su darbuotoju" in said.text


def test_the_first_show_of_the_issue(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    documents = trakai.say("kokiu dokumentu reikia i darzeli")
    assert documents.cards[0]["sections"][0]["asked"]
    assert documents.cards[0]["checked"] == "2026-11-21"
    assert documents.cards[0]["links"]
    price = trakai.say("kiek kainuoja")
    assert price.cards[0]["title"] == documents.cards[0]["title"]
    assert "„Mokestis už darželį“" in price.cards[0]["sections"][0]["lines"][0]
    assert trakai.press(price, "Mokestis už darželį").cards[0]["sections"][0]["heading"] == "Kaina"
    assert "Kalbėti su darbuotoju" in price.buttons
    declared = in_(live_server, "varena").say("noriu deklaruoti gyvenamąją vietą")
    assert declared.cards[0]["title"] == "Gyvenamosios vietos deklaravimas"
    assert TEXTS.render("service.national") in declared.cards[0]["warnings"]
    library = in_(live_server, "varena").say("kada atvaziuoja mobili biblioteka i Liskiava")
    assert "Artimiausias apsilankymas" in library.text
    assert "įsigaliojimo data nenurodyta" in library.text
    assert "Pulko g. 21" in in_(live_server, "alytus-r").say("kur yra kulturos centras").text
    assert NOT_UNDERSTOOD in trakai.say("ar galiu laikyti krokodilą vonioje").text


def test_follow_ups_keep_the_service_until_another_is_named(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    trakai.say("kokių dokumentų reikia į darželį")
    for text in ("o kur?", "o iki kada?", "o kas atsakingas?"):
        assert NURSERY in trakai.say(text).text
    assert "meno mokykloje" in trakai.say("o kiek kainuoja meno mokykla?").text
    assert "meno mokykloje" in trakai.say("o kur?").text


def test_buttons_of_a_card_lead_to_the_other_aspects(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    card = trakai.say("kokių dokumentų reikia į darželį")
    assert "Terminai:" in trakai.press(card, "Terminai").text
    assert NURSERY in trakai.press(card, "Dažni klausimai").text


def test_one_of_several_is_chosen_and_kept(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    choice = trakai.say("Lentvario darželio telefonas")
    assert choice.text == TEXTS.render("institution.choose")
    assert 2 <= len(choice.buttons) <= 4
    name = next(iter(choice.buttons))
    assert name in trakai.press(choice, name).text
    assert name in trakai.say("o koks el. paštas?").text


def test_browsing_goes_from_life_event_to_service(live_server: str) -> None:
    varena = in_(live_server, "varena")
    services = varena.press(varena.say("kokias paslaugas teikiate"), "Vaiko gimimas")
    assert services.text == "Vaiko gimimas. Pasirinkite paslaugą:"
    service = next(iter(services.buttons))
    assert varena.press(services, service).cards[0]["title"] == service


@pytest.mark.parametrize("text", ["ar savivaldybė dirba šeštadienį", "ar dirbate vasario 16", "ar dabar dirbate"])
def test_hours_are_told_for_days_and_now(live_server: str, text: str) -> None:
    assert "Visas darbo laikas: I–IV 8.00–17.00" in in_(live_server, "trakai").say(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kokie chartijos principai", "Principai:"),
        ("ko chartijoje prašoma gyventojų", "Ko prašoma gyventojų:"),
        ("kokie savivaldybės įsipareigojimai chartijoje", "Savivaldybės įsipareigojimai:"),
        ("kur pranešti, kad nesilaikoma chartijos", "svietimas.kokybe@trakai.lt"),
        ("per kiek dienų išnagrinėsite pranešimą apie chartijos pažeidimą", "5 darbo dienas"),
    ],
)
def test_each_part_of_the_charter_is_told(live_server: str, text: str, expected: str) -> None:
    assert expected in in_(live_server, "trakai").say(text).text


def test_the_mobile_library_knows_its_stops_and_what_it_accepts(live_server: str) -> None:
    varena = in_(live_server, "varena")
    missing = varena.say("kada mobilioji biblioteka atvažiuoja į Puvočius").text
    assert "„Puvočius“ neradau" in missing
    assert "Druckūnai 9.30–11.00" in missing
    assert "gyventojų skundai ir pasiūlymai" in varena.say("ką priima mobilioji biblioteka").text


@pytest.mark.parametrize("text", ["kur pasiskųsti?", "duobė kelyje", "noriu įvertinti"])
def test_what_cannot_be_done_here_is_never_a_dead_end(live_server: str, text: str) -> None:
    said = in_(live_server, "varena").say(text)
    assert "+370 310 32001" in said.text
    assert "info@varena.lt" in said.text
    assert said.buttons


def test_the_municipality_is_asked_once_and_remembered(resident: Resident) -> None:
    asked = resident.say("kiek kainuoja meno mokykla?")
    assert asked.text == ASK
    assert set(asked.buttons) == {shipped(name).catalogue.municipality.name for name in MUNICIPALITIES}
    assert "19,80 Eur" in resident.press(asked, "Trakų rajono savivaldybė").text
    assert "Trakų meno mokykl" in resident.say("o kur?").text
    assert ASK not in resident.say("kada dirba savivaldybė").text


@pytest.mark.parametrize("answer", ["Trakai", "gyvenu Lentvaryje", "traku rajono", "Trakų rajono savivaldybė"])
def test_the_municipality_may_be_typed_in_any_way(resident: Resident, answer: str) -> None:
    resident.say("kiek kainuoja meno mokykla?")
    assert "19,80 Eur" in resident.say(answer).text


def test_small_talk_in_between_does_not_lose_the_question(resident: Resident) -> None:
    resident.say("kiek kainuoja meno mokykla?")
    for text in ("asdf qwerty", "ačiū", "Vilnius", "koks rytoj oras"):
        assert resident.say(text).text.count(ASK) == 1
    assert "19,80 Eur" in resident.say("Trakai").text


def test_a_named_municipality_can_be_changed_where_the_client_names_none(resident: Resident) -> None:
    resident.say("Varėnos savivaldybė")
    assert "varena" in resident.say("savivaldybės kontaktai").text
    resident.say("Trakų savivaldybė")
    assert "trakai" in resident.say("savivaldybės kontaktai").text


def test_a_page_stays_with_its_municipality_and_says_so(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    assert "Čia atsakau tik apie Trakų rajono savivaldybės paslaugas" in trakai.say("Varėnos savivaldybė").text
    assert "Trakų rajono savivaldybė" in trakai.say("savivaldybės kontaktai").text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("padėkit, dega namas", "Skambinkite 112"),
        ("kaimynas muša žmoną", "Skambinkite 112"),
        ("i namus dabar laužiasi vagys", "Skambinkite 112"),
        ("nebenoriu gyventi", "Jei gresia pavojus gyvybei, dabar pat skambinkite 112."),
    ],
)
def test_danger_gets_112_first_and_nothing_is_asked_even_in_the_form(resident: Resident, text: str, first: str) -> None:
    resident.say("kiek kainuoja darželis")
    said = resident.say(text)
    assert said.text.startswith(first)
    assert ASK not in said.text
    assert said.text == resident.say(text).text


def test_whoever_speaks_of_suicide_gets_the_support_line(live_server: str) -> None:
    assert "116 123" in in_(live_server, "trakai").say("noriu nusižudyti").text


@pytest.mark.parametrize(("text", "expected"), [("atšaukti", "atšaukiau"), ("pradėti iš naujo", "pradedame iš naujo")])
@pytest.mark.parametrize(
    "before",
    [
        (),
        ("kiek kainuoja darželis",),
        ("Trakai", "kokių dokumentų reikia į darželį"),
        ("Trakai", "Lentvario darželio telefonas"),
        ("asdf qwerty",),
        ("noriu pasiskųsti",),
        ("nebenoriu gyventi",),
    ],
)
def test_cancel_and_restart_work_at_any_point(
    resident: Resident, before: tuple[str, ...], text: str, expected: str
) -> None:
    for message in before:
        resident.say(message)
    said = resident.say(text)
    assert expected in said.text
    assert ASK not in said.text


def test_after_a_restart_the_service_is_forgotten_and_the_municipality_is_not(resident: Resident) -> None:
    resident.say("Trakai")
    resident.say("kokių dokumentų reikia į darželį")
    resident.say("pradėkime iš naujo")
    said = resident.say("kiek kainuoja?")
    assert said.text == TEXTS.render("service.which")


def test_the_second_time_in_a_row_a_person_comes_first(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    assert trakai.say("asdf qwerty zxcv").text in {NOT_UNDERSTOOD, OUT_OF_SCOPE}
    again = trakai.say("poiu lkjh mnbv")
    assert again.text == AGAIN
    assert next(iter(again.buttons)) == "Kalbėti su darbuotoju"
    trakai.say("labas")
    assert trakai.say("asdf qwerty zxcv").text == AGAIN
    trakai.say("noriu kalbėti su darbuotoju")
    assert trakai.say("asdf qwerty zxcv").text in {NOT_UNDERSTOOD, OUT_OF_SCOPE}


def test_few_words_go_on_with_what_was_told_last(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    trakai.say("kada dirba savivaldybė")
    assert trakai.say("o sestadieni?").cards[0]["title"] == "Trakų rajono savivaldybė"
    varena = in_(live_server, "varena")
    varena.say("kada atvažiuoja mobilioji biblioteka į Liškiavą")
    assert varena.say("o i Barcius?").cards[0]["title"] == "Mobilioji biblioteka: Barčiai"
    alytus = in_(live_server, "alytus-r")
    assert alytus.say("kas seniūnas Butrimonyse?").cards[0]["title"] == "Butrimonių seniūnija"
    assert alytus.say("o Daugų?").cards[0]["title"] == "Daugų seniūnija"


def test_each_request_of_a_sentence_is_answered(live_server: str) -> None:
    said = in_(live_server, "varena").say("noriu uzrasyt anuka i baseina ir uzrasyti i menu mokykla")
    assert len(said.cards) == 2


def test_whether_it_helped_is_asked_once_in_a_while_and_both_answers_lead_on(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    asked = [
        trakai.say(text) for text in ("kokių dokumentų reikia į darželį", "o iki kada?", "o kur?", "kas atsakingas")
    ]
    question = TEXTS.render("conversation.did_it_help")
    assert [question in said.text for said in asked] == [False, False, True, False]
    varena = in_(live_server, "varena")
    for text in ("kaip gauti laidojimo pašalpą", "o kur?", "o dokumentai?"):
        last = varena.say(text)
    unhelped = varena.press(last, "Ne")
    assert unhelped.text == TEXTS.render("conversation.not_helped")
    assert "Šiuo metu darbuotojų nėra" in varena.say("taip").text


def test_what_was_said_can_be_said_again(live_server: str) -> None:
    varena = in_(live_server, "varena")
    first = varena.say("kaip gauti laidojimo pašalpą")
    again = varena.say("pakartok")
    assert (again.text, again.buttons, again.cards) == (first.text, first.buttons, first.cards)


@pytest.mark.parametrize(
    "text",
    [
        "/start",
        "/",
        "//",
        "/help man",
        "/nera_tokio",
        "/back",
        "/session_start",
        "/restart",
        "/ask_service{broken}",
        '/ask_service{"service":["a"]}',
        '/list_services{"page":"99"}',
        "/kiek kainuoja darželis",
        "EXTERNAL: x",
        "???",
        "😀😀😀",
        "12345",
        "{{ 7 * 7 }} {% x %}",
        "a" * 2000,
        "darželis " * 200,
    ],
)
def test_odd_messages_get_one_answer_and_the_conversation_lives_on(live_server: str, text: str) -> None:
    trakai = in_(live_server, "trakai")
    assert len(trakai.say(text).messages) == 1
    assert trakai.say("dega namas").text.startswith("Skambinkite 112")
    assert NURSERY in trakai.say("kokių dokumentų reikia į darželį").text


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_button_leads_to_an_answer(live_server: str, municipality: str) -> None:
    somebody = in_(live_server, municipality)
    waiting: deque[Said] = deque([somebody.say("sveiki"), somebody.say("asdf qwerty zxcv")])
    pressed: set[str] = set()
    while waiting and len(pressed) < 60:
        for payload in waiting.popleft().buttons.values():
            if payload not in pressed:
                pressed.add(payload)
                said = somebody.say(payload)
                assert NOT_HELD not in said.text, payload
                waiting.append(said)
    assert len(pressed) > 20


def test_a_long_conversation_stays_fast_and_remembers(live_server: str) -> None:
    trakai = in_(live_server, "trakai")
    trakai.say("kokių dokumentų reikia į darželį")
    for _ in range(30):
        assert NURSERY in trakai.say("o kur?").text
