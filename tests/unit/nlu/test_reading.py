"""A message is read once, and in parts only when it really holds several questions."""

from collections.abc import Callable

import pytest

from bot.nlu.classifier import Prediction
from bot.nlu.reading import Part, read

NURSERY, PRICE = "Kokių dokumentų reikia į darželį?", "Kiek kainuoja meno mokykla?"


class Reader:
    """Knows some texts and counts how many it was given."""

    def __init__(self, **known: str) -> None:
        self._known = known
        self.given: list[str] = []

    def predict(self, text: str) -> tuple[Prediction, ...]:
        """Return the intent whose word the text holds."""
        self.given.append(text)
        found = [intent for word, intent in self._known.items() if word in text]
        return tuple(Prediction(intent, 0.9 - 0.2 * place) for place, intent in enumerate(found))


def test_one_question_is_predicted_once() -> None:
    reader = Reader(kainuoja="ask_service_cost")
    reading = read(PRICE, reader.predict, 0.35)
    assert (reading.chosen.intent, reading.parts, len(reader.given)) == ("ask_service_cost", (), 1)


def test_two_questions_are_read_each() -> None:
    reader = Reader(dokumentų="ask_service_documents", kainuoja="ask_service_cost")
    reading = read(f"{NURSERY} {PRICE}", reader.predict, 0.35)
    assert reading.chosen.intent == "ask_service_documents"
    assert reading.parts == (Part(NURSERY, "ask_service_documents"), Part(PRICE, "ask_service_cost"))


def test_a_part_that_names_nothing_leaves_the_whole_to_the_other() -> None:
    reader = Reader(dokumentų="ask_service_documents", kainuoja="ask_service_cost")
    text = f"{NURSERY} Ir kiek kainuoja?"
    assert read(text, reader.predict, 0.35).parts[0] == Part(text, "ask_service_documents", alone=NURSERY)


@pytest.mark.parametrize("intent", ["file_complaint", "report_problem", "request_human", "greet"])
def test_what_is_no_question_to_the_catalogue_is_never_parted(intent: str) -> None:
    whole = Reader(darželį=intent, kainuoja="ask_service_cost")
    assert read(f"{NURSERY} {PRICE}", whole.predict, 0.35).parts == ()
    part = Reader(kainuoja="ask_service_cost", dokumentų=intent)
    assert read(f"{NURSERY} {PRICE}", part.predict, 0.35).parts == ()


def test_an_unknown_part_beside_a_known_one_is_kept() -> None:
    reader = Reader(kainuoja="ask_service_cost")
    reading = read(f"{NURSERY} {PRICE}", reader.predict, 0.35)
    assert [part.intent for part in reading.parts] == ["nlu_fallback", "ask_service_cost"]
    assert reading.chosen.intent == "ask_service_cost"


def test_a_story_around_a_question_leaves_the_question_as_the_only_part() -> None:
    reader = Reader(dokumentų="ask_service_documents")
    reading = read(f"Persikraustėme į Trakus. Turime sūnų. {NURSERY}", reader.predict, 0.35)
    assert reading.parts == (Part(NURSERY, "ask_service_documents"),)


def test_the_question_of_a_story_that_was_not_understood_gives_the_intent() -> None:
    reader = Reader(Persikraustėme="out_of_scope", dokumentų="ask_service_documents")
    assert read(f"Persikraustėme į Trakus. {NURSERY}", reader.predict, 0.35).chosen.intent == "ask_service_documents"


def test_the_story_of_a_complaint_stays_a_complaint() -> None:
    reader = Reader(Pasiskųsti="file_complaint", kainuoja="ask_service_cost")
    assert read(f"Pasiskųsti noriu. {PRICE}", reader.predict, 0.35).parts == ()


def test_nothing_known_is_the_fallback() -> None:
    reading = read(f"{NURSERY} {PRICE}", Reader().predict, 0.35)
    assert (reading.chosen, reading.parts) == (Prediction("nlu_fallback", 1.0), ())


def predicting(intent: str, confidence: float) -> Callable[[str], tuple[Prediction, ...]]:
    """Return a predictor that is always of one opinion."""
    return lambda _text: (Prediction(intent, confidence), Prediction("ask_service_cost", 0.1))


@pytest.mark.parametrize(("intent", "confidence"), [("insult", 0.6), ("out_of_scope", 0.7), ("affirm", 0.2)])
def test_a_doubtful_word_alone_is_asked_of_the_catalogue(intent: str, confidence: float) -> None:
    reading = read("medžiai", predicting(intent, confidence), 0.35)
    assert reading.chosen == Prediction("ask_service", 0.1)
    assert [prediction.intent for prediction in reading.ranking].count("ask_service") == 1


def test_a_thing_alone_asks_for_no_aspect() -> None:
    reading = read("rinkliava", predicting("ask_service_deadline", 0.8), 0.35)
    assert reading.chosen.intent == "ask_service"
    assert reading.chosen.confidence == pytest.approx(0.9)
    assert read("kaina", predicting("ask_service_cost", 0.8), 0.35).chosen.intent == "ask_service_cost"


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("idiotas", "insult", 0.9),
        ("skundas", "file_complaint", 0.5),
        ("kur", "out_of_scope", 0.5),
        ("du medžiai", "insult", 0.6),
    ],
)
def test_a_sure_word_or_more_words_keep_their_intent(text: str, intent: str, confidence: float) -> None:
    assert read(text, predicting(intent, confidence), 0.35).chosen.intent == intent


@pytest.mark.parametrize(("word", "intent"), [("padangos", "ask_service"), ("Merkinė", "inform_municipality")])
def test_a_word_that_is_no_place_does_not_tell_where_one_lives(word: str, intent: str) -> None:
    reading = read(word, Reader(**{word: "inform_municipality"}).predict, 0.35)
    assert reading.chosen.intent == intent


@pytest.mark.parametrize(("text", "misread"), [("o direktorius?", "file_complaint"), ("o tos pradinės", "restart")])
def test_a_few_words_that_begin_with_o_ask_on(text: str, misread: str) -> None:
    def predict(_text: str) -> tuple[Prediction, ...]:
        return (Prediction(misread, 0.84), Prediction("ask_problem_map", 0.1), Prediction("ask_service_who", 0.05))

    reading = read(text, predict, 0.35)
    assert reading.chosen == Prediction("ask_service_who", 0.84)
    assert [each.intent for each in reading.ranking] == ["ask_service_who", misread, "ask_problem_map"]


@pytest.mark.parametrize("text", ["o direktorius rėkia ant vaikų kasdien", "direktorius", "noriu skųstis"])
def test_other_words_are_what_the_classifier_says(text: str) -> None:
    assert read(text, lambda _: (Prediction("file_complaint", 0.9),), 0.35).chosen.intent == "file_complaint"


@pytest.mark.parametrize("text", ["pirmadienį", "sestadieni?", "rytoj"])
def test_a_day_alone_asks_who_works_then(text: str) -> None:
    assert read(text, lambda _: (Prediction("greet", 0.48),), 0.35).chosen.intent == "ask_hours"
