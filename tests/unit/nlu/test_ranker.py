"""The ranker learns to prefer the right service, and none where nothing fits."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.evidence import FEATURES
from bot.nlu.ranker import NONE_FEATURES, UTILITY_FEATURES, Ranker, learned_ranker
from bot.nlu.ranker_training import catalogue_examples, foreign_aliases, learn, measure, write
from tests.unit.nlu.catalogues import SERVICES, service

STRANGERS = ("koks oras rytoj", "kas laimėjo rungtynes", "papasakok anekdotą", "ar tu robotas", "kiek bus du plius du")


def test_chances_of_candidates_and_none_are_a_distribution() -> None:
    evidence = np.random.default_rng(1).random((5, len(FEATURES)))
    chances = learned_ranker().chances(evidence, np.array([1.0, 1.0, 0.0]))
    assert chances.shape == (5,)
    assert (chances >= 0).all()
    assert chances.sum() < 1


def test_no_candidates_have_no_chances() -> None:
    assert len(learned_ranker().chances(np.zeros((0, len(FEATURES))), np.array([1.0, 0.0, 1.0]))) == 0


def test_learning_puts_right_services_first_and_strangers_apart() -> None:
    examples = list(catalogue_examples(SERVICES, STRANGERS, 1.0))
    figures = measure(learn(examples), examples)
    assert figures.first > 0.6
    assert figures.separation > 0.8


def test_learned_weights_are_written_by_name(tmp_path: Path) -> None:
    path = tmp_path / "ranker.json"
    write(Ranker(np.ones(len(UTILITY_FEATURES)), np.zeros(len(NONE_FEATURES))), path)
    assert '"char_name": 1.0' in path.read_text()


def test_only_services_unlike_all_own_ones_are_foreign() -> None:
    others = [SERVICES[0], service("zuvys", "Žvejybos bilietas", "žvejoti ežere")]
    assert foreign_aliases(SERVICES, others) == ["žvejoti ežere"]


@pytest.mark.parametrize("name", ["char_name", "name_match", "title_match", "query_by_any_name"])
def test_being_named_speaks_for_a_service(name: str) -> None:
    assert learned_ranker().weights[UTILITY_FEATURES.index(name)] > 0
