"""Scores as honest probabilities: softmax and the temperature that fits held-out outcomes best."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_TEMPERATURES = np.geomspace(0.1, 5.0, 60)


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis; safe for large scores."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return chances


def best_temperature(scores: Floats, right: npt.NDArray[np.int64]) -> float:
    """The divisor of `scores` (texts, labels) under which the `right` labels are likeliest, from a fixed grid."""
    rows = np.arange(len(right))
    losses = [-np.log(softmax(scores / t)[rows, right] + 1e-12).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])
