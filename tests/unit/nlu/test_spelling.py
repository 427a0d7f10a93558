"""Slips of the finger put right, and words left alone that only look like slips."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.classifier import IntentClassifier, TrainingOptions
from bot.nlu.spelling import Spelling

SENTENCES = (
    "gatvėje atsirado duobė, kas užtaisys",
    "vėl gatvėje gili duobė",
    "nedega žibintai prie mokyklos",
    "žibintai nedega jau savaitę",
    "noriu deklaruoti pasėlius",
    "pasėlius deklaruoti internetu",
    "kur mokykla",
    "šulinys",
)


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling.of(SENTENCES)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("gatvjėe", "gatveje"),  # two swapped
        ("gili duboė", "gili duobe"),
        ("žibitnai", "zibintai"),
        ("neddega", "nedega"),  # one too many
        ("deklruoti", "deklaruoti"),  # one lost
        ("deklarioti", "deklaruoti"),  # one missed
        ("GATVJĖE", "gatveje"),
        ("prie mokyklos zibitnai, gatvjeje", "prie mokyklos zibintai, gatveje"),
    ],
)
def test_a_slip_is_put_right(spelling: Spelling, written: str, read: str) -> None:
    assert spelling.corrected(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "Gatvėje atsirado duobė!",  # nothing is wrong
        "deklaruotų",  # another form, by its ending
        "mokyklai",  # a form of a word that is known
        "kibintai",  # the first letter is seldom missed, and there may be such a word
        "duob",  # too short to know
        "sulynys",  # near a word that was written only once
        "12345",
        "деклароти",
        "",
    ],
)
def test_what_may_be_meant_is_left_as_it_is(spelling: Spelling, written: str) -> None:
    assert spelling.corrected(written) == written


@given(st.text(max_size=60))
def test_any_text_is_read_and_twice_is_as_once(spelling: Spelling, text: str) -> None:
    once = spelling.corrected(text)
    assert spelling.corrected(once) == once


def test_a_classifier_reads_past_slips_also_when_loaded(tmp_path: Path) -> None:
    texts = [*SENTENCES, "duobė gatvėje", "duobė prie namų", "deklaruoti pasėlius", "kaip deklaruoti"]
    labels = [*["problem"] * 4, *["ask"] * 4, *["problem"] * 2, *["ask"] * 2]
    trained = IntentClassifier.train(texts, labels, TrainingOptions())
    trained.save(tmp_path)
    loaded = IntentClassifier.load(tmp_path)
    for classifier in (trained, loaded):
        assert classifier.predict("duboė") == classifier.predict("duobe")
    without = IntentClassifier.train(texts, labels, TrainingOptions(spelling=False))
    without.save(tmp_path)
    assert IntentClassifier.load(tmp_path).spelling is None
