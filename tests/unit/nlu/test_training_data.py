"""What the classifier learns from: nothing twice, and nothing that it is then measured with."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bot.evaluation.examples import own_test_set, read_nlu, read_table
from bot.nlu.normalise import fold
from bot.nlu.ranker_data import read_requests, read_services
from bot.nlu.rules import CHOOSE, FOREIGN
from bot.settings import PROJECT_ROOT
from tests.yaml_files import read_yaml

DATA = PROJECT_ROOT / "nlu_data"
TRAINED = tuple(example for path in sorted((DATA / "train").glob("*.yml")) for example in read_nlu(path))


def bare(text: str) -> str:
    """Return the text without case, diacritics, punctuation and spaces; of punctuation alone, the text itself."""
    return re.sub(r"[\W_]+", "", fold(text)) or text


def measured() -> set[str]:
    """Return every message that intents, services and actions are measured with, bare.

    `languages.tsv` is left out: languages are told by rules that learn from no sentence.
    """
    tests = own_test_set(DATA / "test")
    blind = read_table(DATA / "test" / "blind.tsv")
    return {bare(example.text) for example in (*tests.messages, *tests.styles, *blind)}


@pytest.mark.parametrize("variant", ["Kur   šuo?!", "KUR ŠUO", "kur suo", " kur šuo… ", "kur-šuo"])
def test_trivial_variants_of_a_sentence_are_the_same_sentence(variant: str) -> None:
    assert bare(variant) == bare("kur šuo")


def test_no_sentence_is_trained_on_twice() -> None:
    twice = [text for text, count in Counter(bare(example.text) for example in TRAINED).items() if count > 1]
    assert twice == []


def test_no_message_of_the_test_set_nor_a_trivial_variant_is_trained_on() -> None:
    tested = measured()
    assert [f"{example.source}: {example.text}" for example in TRAINED if bare(example.text) in tested] == []


def test_the_ranking_learns_from_no_message_of_the_test_set_and_no_phrase_is_one() -> None:
    tested = measured()
    phrases = {
        phrase for services in read_services(DATA / "municipalities").values() for s in services for phrase in s.phrases
    }
    learned = {request.text for request in read_requests(DATA / "ranking")} | phrases
    assert len(learned) > 3000
    assert sorted(text for text in learned if bare(text) in tested) == []


def test_every_intent_that_is_trained_is_in_the_domain() -> None:
    known = set(read_yaml(PROJECT_ROOT / "domain.yml")["intents"])
    assert {intent for example in TRAINED for intent in example.intents} == known - {FOREIGN, CHOOSE, "case_answer"}
