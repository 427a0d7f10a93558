"""Which messages are no answers to what was asked: questions and wishes of another kind."""

from __future__ import annotations

import pytest

from bot.services.filing.dialogue import Heard, is_aside
from bot.services.filing.draft import Step
from tests.unit.services.filing.scenes import SCENE, heard, press

ASKED = [Step.STORY, Step.INSTITUTION, Step.WHEN, Step.OUTCOME, Step.REPLY, Step.ADDRESS, Step.KIND, Step.PRINCIPLE]


def aside(step: Step, text: str, intent: str = "inform", *, offers_choice: bool = False) -> bool:
    """Tell whether a typed message is an aside."""
    return is_aside(step, heard(text, intent, offers_choice=offers_choice), SCENE)


@pytest.mark.parametrize("step", ASKED, ids=lambda step: step.value)
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Kiek laiko nagrinėjamas skundas?", "ask_complaint_term"),
        ("O kada atsakysite?", "ask_complaint_term"),
        ("ar mano duomenys saugūs?", "ask_privacy"),
        ("kokių dokumentų reikia į darželį", "ask_documents"),
        ("atšaukti", "cancel"),
        ("noriu kalbėti su žmogumi", "request_human"),
        ("pradėti iš naujo", "restart"),
        ("labas", "greet"),
        ("ačiū", "thanks"),
        ("pagalba", "help"),
    ],
)
def test_a_question_or_another_wish_is_an_aside_at_every_step(step: Step, text: str, intent: str) -> None:
    assert aside(step, text, intent)


# The classifier knows nothing of what was asked: an answer is one whatever intent it sees.
@pytest.mark.parametrize("intent", ["inform", "greet", "thanks", "complaint_status", "choose_option", "nlu_fallback"])
@pytest.mark.parametrize(
    ("step", "text"),
    [
        (Step.INSTITUTION, "nežinau"),
        (Step.INSTITUTION, "ne"),
        (Step.INSTITUTION, "Trakų meno mokykla"),
        (Step.WHEN, "vakar"),
        (Step.WHEN, "neatsimenu"),
        (Step.WHEN, "2026-11-10"),
        (Step.WHEN, "10 d."),
        (Step.OUTCOME, "nežinau"),
        (Step.OUTCOME, "ne"),
        (Step.REPLY, "ona@example.lt"),
        (Step.REPLY, "861234567"),
        (Step.REPLY, "anonimiškai"),
        (Step.REPLY, "atsakymo nereikia"),
        (Step.REPLY, "ne"),
        (Step.ADDRESS, "taip"),
        (Step.ADDRESS, "ona@example.lt"),
        (Step.KIND, "taip"),
        (Step.KIND, "ne"),
        (Step.PRINCIPLE, "nežinau"),
        (Step.PATH, "ne"),
        (Step.CONFIRM, "taip"),
        (Step.CONFIRM, "siųskite"),
        (Step.CONFIRM, "keisti datą"),
        (Step.CONFIRM, "papildyti"),
        (Step.CONFIRM, "ne"),
    ],
)
def test_a_plain_answer_is_one_whatever_the_classifier_sees(step: Step, text: str, intent: str) -> None:
    assert not aside(step, text, intent)


@pytest.mark.parametrize(
    "text",
    [
        "Vakar auklėtoja šaukė ant mano vaiko.",
        "Auklėtoja šaukė. Kiek galima kęsti?",
        "labas, noriu papasakoti, kad vakar darželyje šaukė ant vaiko",
        "Ačiū, kad klausiate: vakar darželyje auklėtoja šaukė ant vaiko ir niekas nieko nedarė.",
    ],
)
@pytest.mark.parametrize("intent", ["inform", "file_complaint", "greet", "thanks"])
def test_a_story_is_no_aside(text: str, intent: str) -> None:
    assert not aside(Step.STORY, text, intent)


def test_an_emergency_is_one_however_long_it_is_told() -> None:
    assert aside(Step.STORY, "labai ilga istorija apie tai, kad dega namas ir reikia pagalbos dabar pat", "emergency")


def test_a_long_message_with_a_word_of_leaving_is_a_story() -> None:
    text = "norėjau atšaukti paraišką, bet specialistė atsisakė ją priimti ir dar pasišaipė"
    assert not aside(Step.STORY, text, "cancel")


@pytest.mark.parametrize("offers", [True, False])
def test_a_choice_is_an_aside_only_where_one_is_offered(offers: bool) -> None:
    assert aside(Step.OUTCOME, "antras variantas", "choose_option", offers_choice=offers) is offers


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        (Heard(text="/help", intent="help"), True),
        (Heard(text="/cancel", intent="cancel"), True),
        (Heard(text="/case_answer{…}", intent="case_answer", field="draft", value="drop"), True),
        (Heard(text="/case_answer{…}", intent="case_answer", field="terms", value="TR-2026-000001"), True),
        (press(Step.WHEN, "2026-11-20"), False),
        (press(Step.CONFIRM, "submit"), False),
    ],
)
def test_a_button_is_an_aside_unless_it_is_the_form_s(pressed: Heard, expected: bool) -> None:
    for step in Step:
        assert is_aside(step, pressed, SCENE) is expected


@pytest.mark.parametrize("text", ["Kada atsakysite?", "Kur bus siunčiamas atsakymas?"])
def test_a_question_about_the_summary_is_an_aside(text: str) -> None:
    assert aside(Step.CONFIRM, text)


@pytest.mark.parametrize("text", ["o kaip suzinosiu jei anonimiskai", "kas bus jei anonimiškai?"])
def test_a_question_about_anonymity_is_no_choice_of_it(text: str) -> None:
    assert aside(Step.REPLY, text)


def test_whoever_corrects_the_bot_tells_no_story() -> None:
    assert aside(Step.STORY, "ai ne, as apie darzeli klausiau", "correct")
