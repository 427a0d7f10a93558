"""Weights learned in shares, and features of many texts at once."""

import numpy as np
from scipy import sparse

from bot.nlu.features import FeatureConfig, FeatureSpace, blocks
from bot.nlu.solver import linear_weights

LABELS = np.arange(60, dtype=np.int64) % 10
MATRIX = sparse.csr_matrix(np.eye(10)[LABELS])


def test_labels_learned_in_shares_keep_their_places_and_their_weights() -> None:
    weights, bias = linear_weights(MATRIX, LABELS, loss="squared_hinge", regularisation=1.0, seed=1)
    assert ((MATRIX @ weights + bias).argmax(axis=1) == LABELS).all()
    for label in range(10):
        against_all, its_bias = linear_weights(
            MATRIX, np.equal(LABELS, label).astype(np.int64), loss="squared_hinge", regularisation=1.0, seed=1
        )
        assert np.allclose(weights[:, label], against_all[:, 1], atol=0.1)
        assert abs(bias[label] - its_bias[1]) < 0.1


def test_a_row_of_the_matrix_is_the_vector_of_its_text() -> None:
    config = FeatureConfig(min_documents=2)
    counted = [blocks(text, config) for text in ("kur mokykla", "", "kada mokykla dirba", "kur kur biblioteka")]
    space, matrix = FeatureSpace.fit(counted, config)
    assert matrix.shape == (4, len(space.vocabulary))
    for row, found in enumerate(counted):
        dense = np.zeros(len(space.vocabulary))
        places, values = space.vector(found)
        dense[places] = values
        assert np.allclose(matrix[row].toarray()[0], dense)
