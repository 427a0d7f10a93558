"""Complaints told to the served bot with the real trained model: asked for step by step, told at once, stopped."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import LiveServer, ServerStarter
from tests.nlu.residents import Resident, Said

TOLD_AT_ONCE = (
    "Noriu pasiskųsti: lapkričio 18 d. Trakų lopšelio-darželio „Ežerėlis“ direktorė su manimi nemandagiai bendravo ir "
    "neatsakė į klausimus. Noriu, kad atsiprašytų. Atsakymą prašau siųsti jonas@pastas.lt, Jonas Jonaitis"
)
STORY = "Darželyje auklėtoja rėkė ant mano vaiko ir išstūmė jį iš grupės, o direktorė nereagavo"


@dataclass(frozen=True)
class Receipt:
    """What a resident takes away."""

    number: str
    code: str


def receipt(said: Said) -> Receipt:
    """Return number and code; fails when nothing was filed."""
    number = re.search(r"Registracijos numeris: (TR-\d{4}-\d{6})", said.text)
    code = re.search(r"Prieigos kodas: (\w{4}-\w{4}-\w{4})", said.text)
    assert number, said.text
    assert code, said.text
    return Receipt(number[1], code[1])


@pytest.fixture
def trakai(live_server: str) -> Resident:
    """A resident of Trakai."""
    return Resident(live_server, "trakai")


def told_at_once(resident: Resident) -> str:
    """Return a whole complaint with a word of the resident's own, which keeps it apart from those of other tests."""
    # Letters only: six digits by chance would be read as a date or a number of something.
    own = "".join(chr(ord("a") + int(digit, 16)) for digit in resident.sender[:6])
    return f"{TOLD_AT_ONCE} {own}"


def file_at_once(resident: Resident) -> Receipt:
    """File a complaint in two turns."""
    resident.say(told_at_once(resident))
    return receipt(resident.say("pateikti"))


def test_a_complaint_told_step_by_step_is_filed_in_seven_turns(trakai: Resident) -> None:
    assert "kas nutiko" in trakai.say("noriu pateikti skundą").text
    assert "Dėl kurios įstaigos" in trakai.say(STORY).text
    assert "Kada tai nutiko" in trakai.say("nežinau").text
    assert "Ko pageidautumėte" in trakai.say("vakar").text
    contact = trakai.say("noriu, kad atsiprašytų")
    assert "Kur Jums atsakyti" in contact.text
    assert "BDAR" in contact.text
    assert "VAĮ 11 str. 3 d. 1 p." in contact.text
    summary = trakai.say("Ona Onaitė, ona@pastas.lt")
    for told in (STORY, "Nenurodyta", "noriu, kad atsiprašytų", "Ona Onaitė, ona@pastas.lt"):
        assert told in summary.text
    filed = trakai.say("pateikti")
    assert receipt(filed)
    assert "Pagal piliečių chartiją – iki" in filed.text
    assert "Viešojo administravimo įstatymą (20 darbo dienų) – iki" in filed.text
    assert "administracinių ginčų komisijai" in filed.text


def test_a_complaint_told_at_once_is_filed_in_two_turns(trakai: Resident) -> None:
    summary = trakai.say(TOLD_AT_ONCE)
    for found in ("„Ežerėlis“ (radau", "-11-18 (radau", "Noriu, kad atsiprašytų.", "Jonas Jonaitis, jonas@pastas.lt"):
        assert found in summary.text
    assert "BDAR" in summary.text
    story = summary.text.split("Kas nutiko:")[1].split("Įstaiga:")[0]
    assert "@" not in story
    assert receipt(trakai.say("taip"))


def test_what_the_first_message_tells_is_not_asked_again(trakai: Resident) -> None:
    trakai.say("noriu pateikti skundą")
    assert "Kada tai nutiko" in trakai.say("Rūdiškių seniūnijoje darbuotoja šaukė ir išvarė mane iš kabineto").text


def test_a_question_in_the_middle_is_answered_and_the_complaint_goes_on(trakai: Resident) -> None:
    trakai.say("noriu pateikti skundą")
    trakai.say(STORY)
    aside = trakai.say("o kada dirba savivaldybė?").text
    assert "8.00" in aside
    assert "Tęskime skundą" in aside
    assert "Kada tai nutiko" in trakai.say("nežinau").text


@pytest.mark.parametrize("word", ["atšaukti", "atsaukti", "nebenoriu, atšaukite"])
def test_cancelling_says_that_nothing_was_filed(trakai: Resident, word: str) -> None:
    trakai.say("noriu pateikti skundą")
    trakai.say(STORY)
    assert "niekas nebuvo užregistruota" in trakai.say(word).text
    assert "Nebaigto kreipinio neradau" in trakai.say("/resume_case").text


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("2026-02-30", "Tokios dienos kalendoriuje nėra"),
        ("2099-01-05", "dar tik bus"),
    ],
)
def test_an_impossible_day_is_told_and_asked_for_again(trakai: Resident, answer: str, said: str) -> None:
    trakai.say("noriu pateikti skundą")
    trakai.say(STORY)
    trakai.say("nežinau")
    assert said in trakai.say(answer).text
    assert "Ko pageidautumėte" in trakai.say("užvakar").text


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("jonas@", "trūksta pašto tarnybos"),
        ("mano numeris 86123", "nepilnas arba neteisingas"),
        ("rašykite man", "Nerandu nei el. pašto, nei telefono"),
    ],
)
def test_a_bad_contact_is_told_kindly(trakai: Resident, answer: str, said: str) -> None:
    for told in ("noriu pateikti skundą", STORY, "nežinau", "vakar", "nieko konkretaus"):
        trakai.say(told)
    assert said in trakai.say(answer).text
    assert "Patikrinkite prieš pateikdami" in trakai.say("+44 20 7946 0958").text


def test_a_mistyped_address_is_asked_about_and_never_changed_silently(trakai: Resident) -> None:
    for told in ("noriu pateikti skundą", STORY, "nežinau", "vakar", "nieko konkretaus"):
        trakai.say(told)
    assert "Ar turėjote omenyje jonas@gmail.com?" in trakai.say("jonas@gmial.com").text
    assert "jonas@gmail.com" in trakai.say("taip").text


def test_every_line_of_the_summary_can_be_changed(trakai: Resident) -> None:
    summary = trakai.say(TOLD_AT_ONCE)
    fields = trakai.press(summary, "Taisyti")
    assert set(fields.buttons) == {
        *("Papildyti pasakojimą", "Rašyti pasakojimą iš naujo", "Įstaiga", "Data", "Pageidavimas", "Kur atsakyti"),
        *("Kreipinio rūšis", "Chartijos principas"),
    }
    trakai.press(fields, "Papildyti pasakojimą")
    assert "Ji dar ir trenkė durimis" in trakai.say("Ji dar ir trenkė durimis.").text
    trakai.say("pakeisti datą")
    assert "-11-10" in trakai.say("lapkričio 10 d.").text
    trakai.say("noriu pakeisti pageidavimą")
    assert "Noriu, kad tai nepasikartotų" in trakai.say("Noriu, kad tai nepasikartotų").text
    kinds = trakai.press(fields, "Kreipinio rūšis")
    assert "pažeistos kieno nors teisės" in kinds.text
    assert "Kreipinio rūšis:\nSkundas" in trakai.press(kinds, "Skundas").text
    trakai.press(fields, "Kur atsakyti")
    assert "Kontaktų nėra" in trakai.say("anonimiškai").text
    trakai.press(fields, "Įstaiga")
    assert "Švietimo skyrius" in trakai.say("Švietimo skyrius").text
    trakai.press(fields, "Rašyti pasakojimą iš naujo")
    again = trakai.say("Direktorė neatsakė į mano laišką ir nepriėmė manęs savo kabinete")
    assert "neatsakė į mano laišką" in again.text
    assert "trenkė durimis" not in again.text


def test_a_problem_told_as_a_complaint_is_offered_its_own_path(trakai: Resident) -> None:
    trakai.say("noriu pasiskųsti")
    offered = trakai.say("gatvėje jau savaitę nedega žibintas prie mano namo")
    assert "pranešimą apie problemą" in offered.text
    assert "Kaip pranešti apie problemą" in trakai.press(offered, "Pranešti apie problemą").text
    assert "Nebaigto kreipinio neradau" in trakai.say("/resume_case").text


def test_a_problem_may_still_be_a_complaint(trakai: Resident) -> None:
    trakai.say("noriu pasiskųsti")
    offered = trakai.say("gatvėje jau savaitę nedega žibintas prie mano namo")
    assert "Dėl kurios įstaigos" in trakai.press(offered, "Teikti skundą").text


def test_who_asks_how_to_complain_is_told_and_can_do_it_here(trakai: Resident) -> None:
    told = trakai.say("kur pasiskųsti dėl triukšmo naktį?")
    assert "Pateikti skundą čia" in told.buttons
    assert "kas nutiko" in trakai.press(told, "Pateikti skundą čia").text


def test_danger_in_the_story_gets_112_first_and_what_was_typed_is_kept(trakai: Resident) -> None:
    trakai.say("noriu pateikti skundą")
    danger = trakai.say("mokykloje ką tik sumušė mano sūnų, jis kraujuoja ir nekvėpuoja")
    assert "112" in danger.messages[0]["text"]
    assert "įsiminiau" in danger.text
    assert "Dėl kurios įstaigos" in trakai.press(danger, "Tęsti").text


def test_the_same_complaint_twice_is_recognised(trakai: Resident) -> None:
    first = file_at_once(trakai)
    again = trakai.say(told_at_once(trakai)).text
    assert first.number in again
    assert "Antrą kartą neregistruoju" in again


@pytest.mark.parametrize("silly", ["🙂🙂🙂", "!!!", "<>"])
def test_a_story_without_words_is_asked_for_in_words(trakai: Resident, silly: str) -> None:
    trakai.say("noriu pateikti skundą")
    assert "Parašykite, prašau, žodžiais" in trakai.say(silly).text


def test_script_tags_are_kept_as_text(trakai: Resident) -> None:
    trakai.say("noriu pateikti skundą")
    story = "<script>alert(1)</script> darbuotoja nemandagiai bendravo su manimi"
    for answer in (story, "nežinau", "vakar", "nieko konkretaus"):
        trakai.say(answer)
    assert story in trakai.say("anonimiškai").text


def test_a_personal_code_in_the_story_is_hidden_and_that_is_told(trakai: Resident) -> None:
    trakai.say("noriu pateikti skundą")
    said = trakai.say("Darbuotoja viešai perskaitė kaimyno asmens kodą 38001010005 visoje eilėje")
    assert "asmens kodas" in said.text
    for answer in ("nežinau", "vakar", "nieko konkretaus"):
        said = trakai.say(answer)
    assert "38001010005" not in trakai.say("anonimiškai").text


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("siūlau pastatyti suoliukų parke prie ežero", "Pasiūlymas"),
        ("ačiū bibliotekos darbuotojai Onutei už puikų aptarnavimą, labai padėjo", "Padėka"),
    ],
)
def test_suggestions_and_praise_are_filed_in_three_turns(trakai: Resident, first: str, kind: str) -> None:
    assert "Kur Jums atsakyti" in trakai.say(first).text
    assert kind in trakai.say("atsakymo nereikia").text
    filed = trakai.say("pateikti")
    assert receipt(filed)
    assert "iki" not in filed.text.split("Išsisaugokite")[0]


def test_another_conversation_sees_the_case_by_number_and_code(trakai: Resident, live_server: str) -> None:
    filed = file_at_once(trakai)
    other = Resident(live_server, "varena")
    assert "registracijos numerį" in other.say("kokia mano skundo būsena").text
    assert "prieigos kodą" in other.say(filed.number).text
    status = other.say(filed.code.lower().replace("-", " "))
    assert "Būsena: Užregistruotas" in status.text
    assert "Pagal piliečių chartiją – iki" in status.text


def test_number_and_code_in_one_message_are_enough(trakai: Resident, live_server: str) -> None:
    filed = file_at_once(trakai)
    said = Resident(live_server, "trakai").say(f"{filed.number} {filed.code}")
    assert "Būsena: Užregistruotas" in said.text


def test_an_unknown_number_and_a_wrong_code_are_answered_alike(trakai: Resident, live_server: str) -> None:
    filed = file_at_once(trakai)
    wrong = Resident(live_server, "trakai").say(f"kokia būsena {filed.number} 7K2M-9QXD-4TRB").text
    unknown = Resident(live_server, "trakai").say("kokia būsena TR-2026-999999 7K2M-9QXD-4TRB").text
    assert wrong == unknown
    assert "Tokio numerio ir kodo derinio nėra" in wrong


def test_a_case_is_withdrawn_after_a_yes(trakai: Resident, live_server: str) -> None:
    filed = file_at_once(trakai)
    other = Resident(live_server, "trakai")
    other.say("noriu atsiimti skundą")
    sure = other.say(f"{filed.number} {filed.code}")
    assert "Ar tikrai atsiimti" in sure.text
    assert "atsiimtas" in other.say("taip").text
    assert "Būsena: Atsiimtas" in Resident(live_server, "trakai").say(f"{filed.number} {filed.code}").text


def test_a_no_leaves_the_case(trakai: Resident) -> None:
    filed = file_at_once(trakai)
    trakai.say(f"noriu atsiimti skundą {filed.number} {filed.code}")
    assert "toliau nagrinėjamas" in trakai.say("ne").text


def test_the_terms_are_explained_day_by_day_in_the_same_conversation_only(trakai: Resident, live_server: str) -> None:
    trakai.say(TOLD_AT_ONCE)
    filed = trakai.say("pateikti")
    payload = filed.buttons["Kaip skaičiuojami terminai"]
    assert "20 darbo diena" in trakai.press(filed, "Kaip skaičiuojami terminai").text
    assert "nebegalioja" in Resident(live_server, "trakai").say(payload).text


def test_without_a_municipality_it_is_asked_for_first(live_server: str) -> None:
    resident = Resident(live_server)
    assert "Kurios savivaldybės" in resident.say("noriu pateikti skundą").text
    assert "kas nutiko" in resident.say("Trakai").text


def _age(database: Path, sender: str, hours: float) -> None:
    """Let a conversation's dialogue lie so many hours back."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        query = "SELECT id FROM conversations WHERE channel = 'rest' AND external_id = ?"
        (conversation,) = connection.execute(query, (sender,)).fetchone()
        (state,) = connection.execute(
            "SELECT state FROM trackers WHERE conversation_id = ?", (conversation,)
        ).fetchone()
        events = json.loads(state)
        for event in events:
            event["timestamp"] -= hours * 3600
            if event["event"] == "slot" and event["name"] == "case_draft" and event["value"]:
                touched = datetime.fromisoformat(event["value"]["touched_at"].replace("Z", "+00:00"))
                event["value"]["touched_at"] = (touched - timedelta(hours=hours)).isoformat()
        connection.execute(
            "UPDATE trackers SET state = ? WHERE conversation_id = ?", (json.dumps(events).encode(), conversation)
        )


@pytest.mark.parametrize(("hours", "offered"), [(5, True), (25, False)])
def test_a_half_filled_complaint_is_offered_again_within_a_day_then_dropped(
    live: LiveServer, hours: float, offered: bool
) -> None:
    resident = Resident(live.url, "trakai")
    resident.say("noriu pateikti skundą")
    resident.say(STORY)
    _age(live.database, resident.sender, hours)
    back = resident.say("labas")
    assert (STORY[:40] in back.text) == offered
    if offered:
        assert "Dėl kurios įstaigos" in resident.press(back, "Tęsti").text
    else:
        assert "Nebaigto kreipinio neradau" in resident.say("tęsti skundą").text


def test_a_half_filled_complaint_survives_a_restart(start_server: ServerStarter) -> None:
    first = start_server()
    resident = Resident(first.url, "trakai")
    resident.say("noriu pateikti skundą")
    resident.say(STORY)
    first.process.kill()
    first.process.wait()
    again = Resident(start_server(database=first.database).url, "trakai", resident.sender)
    assert "Kada tai nutiko" in again.say("nežinau").text
