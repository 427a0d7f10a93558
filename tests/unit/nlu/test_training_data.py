"""What the classifier learns from: nothing twice, and nothing that it is then measured with."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bot.evaluation.examples import Example, own_test_set, read_nlu
from bot.nlu.normalise import fold
from bot.settings import PROJECT_ROOT
from tests.yaml_files import read_yaml

DATA = PROJECT_ROOT / "nlu_data"
WRITTEN_LATER = {"shapes.yml", "boundaries.yml", "subjects.yml"}
TRAINED = tuple(example for path in sorted((DATA / "train").glob("*.yml")) for example in read_nlu(path))


def bare(text: str) -> str:
    """Return the text without case, diacritics, punctuation and spaces; of punctuation alone, the text itself."""
    return re.sub(r"[\W_]+", "", fold(text)) or text


def measured() -> set[str]:
    """Return every message of the test set, bare."""
    tests = own_test_set(DATA / "test")
    return {bare(example.text) for example in (*tests.messages, *tests.styles, *tests.languages)}


def said_by_all(example: Example) -> bool:
    """Whether two people who write apart cannot but both write it: one or two words ("taip", "kiek kainuoja?").

    The files written after the test set are held to the full rule: there even such words are left out.
    """
    return len(example.text.split()) <= 2 and example.source not in WRITTEN_LATER


@pytest.mark.parametrize("variant", ["Kur   šuo?!", "KUR ŠUO", "kur suo", " kur šuo… ", "kur-šuo"])
def test_trivial_variants_of_a_sentence_are_the_same_sentence(variant: str) -> None:
    assert bare(variant) == bare("kur šuo")


def test_no_sentence_is_trained_on_twice() -> None:
    twice = [text for text, count in Counter(bare(example.text) for example in TRAINED).items() if count > 1]
    assert twice == []


def test_no_message_of_the_test_set_nor_a_trivial_variant_is_trained_on() -> None:
    tested = measured()
    leaked = [example for example in TRAINED if bare(example.text) in tested and not said_by_all(example)]
    assert [f"{example.source}: {example.text}" for example in leaked] == []


def test_every_intent_that_is_trained_is_in_the_domain() -> None:
    known = set(read_yaml(PROJECT_ROOT / "domain.yml")["intents"])
    assert {intent for example in TRAINED for intent in example.intents} == known
