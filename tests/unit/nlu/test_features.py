"""The space of features that is fitted to sentences."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu import features
from bot.nlu.features import FeatureConfig, FeatureSpace, blocks

TEXTS = ("kur mokykla", "", "kada mokykla dirba", "kur kur biblioteka", "šeštadienį mokykla nedirba", "kada")
CONFIG = FeatureConfig(min_documents=2)


def test_a_row_of_the_matrix_is_the_vector_of_its_text() -> None:
    space, matrix = FeatureSpace.fit(TEXTS, CONFIG)
    assert matrix.shape == (len(TEXTS), len(space.vocabulary))
    for row, text in enumerate(TEXTS):
        dense = np.zeros(len(space.vocabulary))
        places, values = space.vector(blocks(text, CONFIG))
        dense[places] = values
        assert np.allclose(matrix[row].toarray()[0], dense)


def test_many_texts_counted_by_two_processes_give_the_same_space(monkeypatch: pytest.MonkeyPatch) -> None:
    space, matrix = FeatureSpace.fit(TEXTS, CONFIG)
    monkeypatch.setattr(features, "_MANY", len(TEXTS))
    shared_space, shared_matrix = FeatureSpace.fit(TEXTS, CONFIG)
    assert shared_space.vocabulary == space.vocabulary
    assert np.array_equal(shared_space.idf, space.idf)
    assert (shared_matrix != matrix).nnz == 0
