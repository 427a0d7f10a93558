"""The ranker learns to prefer the right service, and none where nothing fits."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.evidence import FEATURES
from bot.nlu.ranker import NONE_FEATURES, UTILITY_FEATURES, Ranker, learned_ranker
from bot.nlu.ranker_data import Request, read_requests
from bot.nlu.ranker_training import (
    cross_validated,
    examples_about_nothing,
    learn,
    measure,
    request_examples,
    without_phrases,
    write,
)
from tests.unit.nlu.catalogues import SERVICES

TOWN = {"miestas": SERVICES}
STRANGERS = ("koks oras rytoj", "kas laimėjo rungtynes", "papasakok anekdotą", "ar tu robotas", "kiek bus du plius du")
REQUESTS = (
    Request("miestas", "noriu dukrą leisti į darželį", frozenset({"darzelis"})),
    Request("miestas", "kokia darželio kaina per mėnesį", frozenset({"darzelio-mokestis"})),
    Request("miestas", "vestuvės vasarą, kur tuoktis", frozenset({"santuoka"})),
    Request("miestas", "beržas virsta, reikia nupjauti medį", frozenset({"medziai"})),
    Request("miestas", "kada išveža šiukšles", frozenset({"atliekos"})),
    Request("miestas", "kaip pasikeisti pasą", frozenset()),
    Request("miestas", "noriu gauti vairuotojo pažymėjimą", frozenset()),
    Request("miestas", "kokia bus pensija", frozenset()),
)


def test_chances_of_candidates_and_none_are_a_distribution() -> None:
    evidence = np.random.default_rng(1).random((5, len(FEATURES)))
    chances = learned_ranker().chances(evidence, np.array([1.0, 1.0, 0.0]))
    assert chances.shape == (5,)
    assert (chances >= 0).all()
    assert chances.sum() < 1


def test_no_candidates_have_no_chances() -> None:
    assert len(learned_ranker().chances(np.zeros((0, len(FEATURES))), np.array([1.0, 0.0, 1.0]))) == 0


def test_learning_puts_right_services_first_and_strangers_apart() -> None:
    examples = [*request_examples(TOWN, REQUESTS), *examples_about_nothing(TOWN, STRANGERS)]
    figures = measure(learn(examples), examples)
    assert figures.first > 0.7
    assert figures.separation > 0.8


def test_a_request_that_nothing_leads_to_teaches_nothing() -> None:
    requests = (Request("miestas", "labas", frozenset()), Request("miestas", "pasas", frozenset({"santuoka"})))
    assert list(request_examples(TOWN, requests)) == []


def test_a_topic_elsewhere_is_as_right_as_none_for_what_the_catalogue_lacks() -> None:
    (example,) = request_examples(TOWN, [Request("miestas", "pasikeisti pasą", frozenset())])
    assert example.right[-1]
    assert (example.right[:-1] == ~example.services).all()
    assert not example.answerable


def test_held_out_requests_teach_nothing_in_their_plain_form_either() -> None:
    full = list(request_examples(TOWN, REQUESTS))
    plain = list(request_examples(without_phrases(TOWN), REQUESTS))
    assert cross_validated(full, plain) == cross_validated(full, [])


def test_learned_weights_are_written_by_name(tmp_path: Path) -> None:
    path = tmp_path / "ranker.json"
    write(Ranker(np.ones(len(UTILITY_FEATURES)), np.zeros(len(NONE_FEATURES))), path)
    assert '"char_name": 1.0' in path.read_text()


def test_requests_are_read_with_all_their_services(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        'municipality\ttext\tservice\ntrakai\t"medis" griūva\ta|b\ntrakai\tpasas\t\n', encoding="utf-8"
    )
    assert read_requests(tmp_path) == [
        Request("trakai", '"medis" griūva', frozenset({"a", "b"})),
        Request("trakai", "pasas", frozenset()),
    ]


@pytest.mark.parametrize("name", ["char_name", "name_match", "title_match", "query_by_any_name"])
def test_being_named_speaks_for_a_service(name: str) -> None:
    assert learned_ranker().weights[UTILITY_FEATURES.index(name)] > 0
