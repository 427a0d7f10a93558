"""Weights of labels, and features of many texts at once."""

from typing import get_args

import numpy as np
import pytest
from scipy import sparse

from bot.nlu.solver import Loss, linear_weights

LABELS = np.arange(60, dtype=np.int64) % 10
MATRIX = sparse.csr_matrix(np.eye(10)[LABELS])


def test_labels_learned_in_shares_keep_their_places_and_their_weights() -> None:
    rows, labels = sparse.vstack([MATRIX] * 200, format="csr"), np.tile(LABELS, 200)
    weights, bias = linear_weights(rows, labels, loss="squared_hinge", regularisation=1.0, seed=1)
    assert ((MATRIX @ weights + bias).argmax(axis=1) == LABELS).all()
    for label in range(10):
        against_all, its_bias = linear_weights(
            rows, np.equal(labels, label).astype(np.int64), loss="squared_hinge", regularisation=1.0, seed=1
        )
        assert np.allclose(weights[:, label], against_all[:, 1], atol=0.1)
        assert abs(bias[label] - its_bias[1]) < 0.1


@pytest.mark.parametrize("loss", get_args(Loss))
def test_every_label_gets_its_place(loss: Loss) -> None:
    weights, bias = linear_weights(MATRIX, LABELS, loss=loss, regularisation=1.0, seed=1)
    assert ((MATRIX @ weights + bias).argmax(axis=1) == LABELS).all()


@pytest.mark.parametrize(
    ("loss", "rows"), [("squared_hinge", 12_000), ("squared_hinge", 2_000), ("crammer_singer", 2_000), ("hinge", 2_000)]
)
def test_the_same_sentences_give_the_same_weights_whatever_was_learned_before(loss: Loss, rows: int) -> None:
    chance = np.random.default_rng(5)
    matrix = sparse.random(rows, 100, 0.1, format="csr", random_state=5)
    labels = chance.integers(0, 8, rows)
    first, second = (linear_weights(matrix, labels, loss=loss, regularisation=1.0, seed=1) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert np.array_equal(first[1], second[1])
