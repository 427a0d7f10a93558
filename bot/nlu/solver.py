"""Weights of a linear classifier, by scikit-learn's dual solver with a fixed seed: the same input, the same weights."""

from __future__ import annotations

import warnings
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.nlu.processes import SHARES, in_processes

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Loss = Literal["squared_hinge", "hinge", "crammer_singer"]

_FEW_LABELS = 8
_FEW_ROWS = 10_000  # learned sooner than two processes begin


def linear_weights(
    matrix: sparse.csr_matrix, labels: Labels, *, loss: Loss, regularisation: float, seed: int
) -> tuple[Floats, Floats]:
    """Weights of shape (features, labels) and biases (labels) for labels 0, 1, 2 … of the matrix's rows.

    `crammer_singer` learns all labels together (Crammer, Singer 2001), the other losses one against the rest.
    `regularisation` is C of scikit-learn's LinearSVC.
    """
    known = np.unique(labels)
    if len(known) == 1:
        return np.zeros((matrix.shape[1], 1)), np.zeros(1)

    fitted = partial(_fitted, matrix, loss=loss, regularisation=regularisation, seed=seed)
    if loss == "crammer_singer" or len(known) < _FEW_LABELS or matrix.shape[0] < _FEW_ROWS:
        weights, bias, _ = fitted(labels)
        if weights.shape[1] == 1:  # the solver keeps one column for two classes
            return np.hstack([-weights, weights]), np.array([-bias[0], bias[0]])
        return weights, bias
    # Each label is learned against all others, so the labels can be shared out: to processes, for the solver's random
    # numbers are one sequence for all threads of a process, and weights would depend on who draws first.
    other = int(known[-1]) + 1
    shares = [np.where(labels % SHARES == share, labels, other) for share in range(SHARES)]
    weights, bias = np.zeros((matrix.shape[1], len(known))), np.zeros(len(known))
    for found, found_bias, classes in in_processes(fitted, shares):
        own = classes != other
        weights[:, classes[own]], bias[classes[own]] = found[:, own], found_bias[own]
    return weights, bias


def _fitted(
    matrix: sparse.csr_matrix, labels: Labels, *, loss: Loss, regularisation: float, seed: int
) -> tuple[Floats, Floats, Labels]:
    from sklearn.svm import LinearSVC  # slow to import, needed only for learning

    together = loss == "crammer_singer"
    model = LinearSVC(
        C=regularisation,
        loss="squared_hinge" if together else loss,
        multi_class="crammer_singer" if together else "ovr",
        random_state=seed,
        max_iter=2000,
        tol=1e-1,
    )
    if together:
        with warnings.catch_warnings():
            # This solver leaves the number of iterations unset; scikit-learn takes what lies there for too many.
            warnings.filterwarnings("ignore", message="Liblinear failed to converge")
            model.fit(matrix, labels)
    else:
        model.fit(matrix, labels)
    return np.ascontiguousarray(model.coef_.T), np.asarray(model.intercept_, dtype=np.float64), model.classes_
