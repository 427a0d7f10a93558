"""Learning intents: deterministic, calibrated, saved without pickle, predicted without scikit-learn."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.augment import Augmentation, mistyped_copies
from bot.nlu.classifier import IntentClassifier, ModelFormatError, Prediction, TrainingOptions, settled
from bot.nlu.features import FeatureConfig, blocks
from tests.cost import within

EXAMPLES = {
    "greet": "labas|sveiki|laba diena|labas rytas|sveikas|labukas|labas vakaras|sveikutis",
    "ask_service_cost": "kiek kainuoja darželis|kokia kaina|kiek mokėti už šiukšles|koks mokestis|kiek kainuos leidimas"
    "|ar tai mokama|kokia rinkliava|kiek kainuoja pažyma",
    "ask_service_documents": "kokių dokumentų reikia|ką atsinešti|kokie dokumentai reikalingi|ar reikia pažymos"
    "|kokius popierius turėti|dokumentai darželiui|kokių pažymų reikia|ko reikia iš dokumentų",
    "file_complaint": "noriu pasiskųsti|skundas dėl darbuotojos|noriu pateikti skundą|piktinuosi aptarnavimu"
    "|darbuotoja nemandagi|apskųsti sprendimą|skundžiu mokyklą|nusiskundimas",
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts.split("|")]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts.split("|")]
OPTIONS = TrainingOptions(augmentation=Augmentation.everyday())


@pytest.fixture(scope="module")
def classifier() -> IntentClassifier:
    return IntentClassifier.train(TEXTS, LABELS, OPTIONS)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kiek kainuos darželis?", "ask_service_cost"),
        ("kokiu dokumentu reikia santuokai", "ask_service_documents"),
        ("LABA DIENA!!!", "greet"),
        ("noreciau pasiskusti", "file_complaint"),
        ("koki7 dokument7 reikia", "ask_service_documents"),
    ],
)
def test_unseen_sentences_get_their_intent(classifier: IntentClassifier, text: str, intent: str) -> None:
    assert classifier.predict(text)[0].intent == intent


def test_the_ranking_is_a_distribution(classifier: IntentClassifier) -> None:
    ranking = classifier.predict("kiek kainuoja")
    assert {prediction.intent for prediction in ranking} == set(EXAMPLES)
    assert sum(prediction.confidence for prediction in ranking) == pytest.approx(1.0)
    assert [p.confidence for p in ranking] == sorted((p.confidence for p in ranking), reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "…", "\u200b", "漢字"])
def test_text_without_a_known_feature_has_no_intent(classifier: IntentClassifier, text: str) -> None:
    assert classifier.predict(text) == ()


def test_training_twice_gives_the_same_model(classifier: IntentClassifier) -> None:
    again = IntentClassifier.train(TEXTS, LABELS, OPTIONS)
    assert again.predict("kur skųstis dėl kainos") == classifier.predict("kur skųstis dėl kainos")


def test_an_expected_share_of_service_questions_moves_the_odds_between_them_and_the_rest(
    classifier: IntentClassifier,
) -> None:
    text = "dokumentai skundui"
    likelier = IntentClassifier.train(TEXTS, LABELS, replace(OPTIONS, service_share=0.8))
    before, after = service_odds(classifier, text), service_odds(likelier, text)
    # Half of the sentences are service questions: 1 to 1 becomes 4 to 1.
    assert after / before == pytest.approx(4.0, rel=0.01)


def service_odds(classifier: IntentClassifier, text: str) -> float:
    chances = {prediction.intent: prediction.confidence for prediction in classifier.predict(text)}
    services = sum(chance for intent, chance in chances.items() if intent.startswith("ask_service"))
    return services / (1 - services)


def test_intents_learned_all_together_are_told_apart_too() -> None:
    together = IntentClassifier.train(TEXTS, LABELS, replace(OPTIONS, loss="crammer_singer"))
    assert together.predict("kiek kainuos darželis?")[0].intent == "ask_service_cost"


def test_a_saved_model_predicts_the_same_and_holds_no_pickle(classifier: IntentClassifier, tmp_path: Path) -> None:
    classifier.save(tmp_path)
    loaded = IntentClassifier.load(tmp_path)
    for text in TEXTS:
        before, after = classifier.predict(text), loaded.predict(text)
        assert [p.intent for p in before[:1]] == [p.intent for p in after[:1]]
        assert after[0].confidence == pytest.approx(before[0].confidence, abs=1e-4)
    with np.load(tmp_path / "classifier.npz", allow_pickle=False) as arrays:
        assert set(arrays) == {"weights", "bias", "idf", "temperature"}
    assert json.loads((tmp_path / "classifier.json").read_text())["labels"] == sorted(EXAMPLES)


def test_a_missing_or_broken_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError):
        IntentClassifier.load(tmp_path)
    (tmp_path / "classifier.json").write_text("{}")
    (tmp_path / "classifier.npz").write_bytes(b"no archive")
    with pytest.raises(ModelFormatError):
        IntentClassifier.load(tmp_path)


def test_prediction_needs_neither_scikit_learn_nor_rasa(classifier: IntentClassifier, tmp_path: Path) -> None:
    classifier.save(tmp_path)
    code = (
        "import sys; from pathlib import Path; from bot.nlu.classifier import IntentClassifier;"
        "import bot.nlu.resolver, bot.nlu.institutions, bot.nlu.decide, bot.nlu.language;"
        f"assert IntentClassifier.load(Path({str(tmp_path)!r})).predict('labas');"
        "sys.exit(any(name.split('.')[0] in ('sklearn', 'rasa', 'tensorflow') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code


def test_doubt_between_aspects_of_a_service_is_no_doubt_about_the_service() -> None:
    aspects = [Prediction("ask_service_cost", 0.25), Prediction("greet", 0.2), Prediction("ask_service", 0.2)]
    assert settled(aspects, 0.35) == Prediction("ask_service_cost", 0.45)
    assert settled([Prediction("greet", 0.3), Prediction("thanks", 0.2)], 0.35) is None
    assert settled([Prediction("greet", 0.9)], 0.35) == Prediction("greet", 0.9)
    assert settled([], 0.35) is None


def test_one_intent_and_few_examples_are_enough_to_train() -> None:
    assert IntentClassifier.train(["labas"], ["greet"]).predict("labas")[0].intent == "greet"
    two = IntentClassifier.train(["labas rytas", "viso gero"], ["greet", "goodbye"])
    assert two.predict("labas rytas")[0].intent == "greet"
    assert two.predict("viso gero")[0].intent == "goodbye"


def test_the_loss_is_a_choice_and_squared_hinge_unless_chosen() -> None:
    unchosen, squared, plain = (
        IntentClassifier.train(TEXTS, LABELS, options).predict("kur skųstis dėl kainos")
        for options in (None, TrainingOptions(loss="squared_hinge"), TrainingOptions(loss="hinge"))
    )
    assert unchosen == squared
    assert unchosen != plain


def test_training_without_examples_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        IntentClassifier.train([], [])


def test_mistyped_copies_keep_the_label_and_differ_from_the_original() -> None:
    copies, labels = mistyped_copies(["šiukšlių išvežimas"], ["a"], Augmentation(1, 1, 1, 1), seed=1)
    assert labels == ["a"] * 4
    assert copies[:3] == ["siuksliu isvezimas", "shiukshliu ishvezhimas", "6iuk6li7 i6ve=imas"]
    assert copies[3] not in {"šiukšlių išvežimas", *copies[:3]}


def test_no_augmentation_makes_no_copies() -> None:
    assert mistyped_copies(["šiukšlės"], ["a"], None, seed=1) == ([], [])


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_has_features_without_error(text: str) -> None:
    assert all(weight > 0 for _, weight in blocks(text, FeatureConfig()))


@pytest.mark.parametrize("piece", ["a b ", "kada a b ", "1=a", "prasymo ", "ž", "?"])
def test_long_repetitions_are_quick(classifier: IntentClassifier, piece: str) -> None:
    assert within(lambda: classifier.predict((piece * 2000)[:2000]), 0.15)
