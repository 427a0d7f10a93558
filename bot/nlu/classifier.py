"""Which intent a message has: a linear classifier over n-grams whose scores are calibrated probabilities.

Learning needs scikit-learn, imported only there; a saved model is arrays in one `.npz` and a JSON vocabulary, and
prediction needs nothing but NumPy.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.nlu.augment import Augmentation, mistyped_copies
from bot.nlu.calibration import best_temperature, softmax
from bot.nlu.features import Blocks, FeatureConfig, FeatureSpace, Floats, blocks

_ARRAYS = "classifier.npz"
_NAMES = "classifier.json"
_FORMAT = 1
_HELD_OUT_EVERY = 4
_TEMPERATURE = 0.5  # where there is too little to learn one from


class ModelFormatError(Exception):
    """The saved model is absent, broken or of another format."""


@dataclass(frozen=True)
class Prediction:
    """One intent and the calibrated chance that it is the right one."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class TrainingOptions:
    """What learning may vary; `regularisation` and `loss` are C and loss of scikit-learn's LinearSVC."""

    features: FeatureConfig = field(default_factory=FeatureConfig)
    regularisation: float = 1.0
    loss: Literal["squared_hinge", "hinge"] = "squared_hinge"
    augmentation: Augmentation | None = None
    seed: int = 20261121


class IntentClassifier:
    """A trained classifier: weights of shape (features, intents), a bias for each intent and one temperature."""

    def __init__(
        self,
        space: FeatureSpace,
        labels: Sequence[str],
        weights: Floats | npt.NDArray[np.float32],
        bias: Floats,
        temperature: float,
    ) -> None:
        self.space = space
        self.labels = tuple(labels)
        self._weights = weights
        self._bias = bias
        self.temperature = temperature

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], options: TrainingOptions | None = None
    ) -> IntentClassifier:
        """Learns from `texts` and their `labels`; the same input gives the same model. Raises ValueError on no data."""
        options = options or TrainingOptions()
        if not texts or len(texts) != len(labels):
            raise ValueError("training needs as many labels as texts, and at least one")
        counted = [blocks(text, options.features) for text in texts]
        temperature = _held_out_temperature(counted, labels, options)
        copies, copy_labels = mistyped_copies(texts, labels, options.augmentation, seed=options.seed)
        counted += [blocks(text, options.features) for text in copies]
        return _fitted(counted, [*labels, *copy_labels], options, temperature)

    def scores(self, text: str) -> Floats | None:
        """The linear score of every label, or None for a text without a single known feature."""
        return self.scores_of(blocks(text, self.space.config))

    def scores_of(self, counted: Blocks) -> Floats | None:
        """`scores` of a text whose n-grams are already counted."""
        if not self.space.knows(counted):
            return None
        indices, values = self.space.vector(counted)
        # A loaded model's weights are single precision: fetching the rows is most of the work.
        scores: Floats = values.astype(self._weights.dtype) @ self._weights[indices] + self._bias
        return scores

    def predict(self, text: str) -> tuple[Prediction, ...]:
        """All intents, likeliest first; nothing for a text without a single known feature."""
        scores = self.scores(text)
        if scores is None:
            return ()
        chances = softmax(scores / self.temperature)
        order = np.argsort(-chances, kind="stable")
        return tuple(map(Prediction, [self.labels[i] for i in order.tolist()], chances[order].tolist()))

    def save(self, directory: Path) -> None:
        """Writes the model's two files into `directory`, which is made when absent."""
        directory.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            directory / _ARRAYS,
            weights=self._weights.astype(np.float32),
            bias=self._bias,
            idf=self.space.idf.astype(np.float32),
            temperature=np.array([self.temperature]),
        )
        described = {
            "format": _FORMAT,
            "labels": self.labels,
            "features": self.space.config.as_dict(),
            "vocabulary": sorted(self.space.vocabulary, key=self.space.vocabulary.__getitem__),
        }
        (directory / _NAMES).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> IntentClassifier:
        """Reads what `save` wrote; raises ModelFormatError when it is not there or not readable."""
        try:
            described = json.loads((directory / _NAMES).read_text(encoding="utf-8"))
            with np.load(directory / _ARRAYS, allow_pickle=False) as arrays:
                loaded = {name: arrays[name].astype(np.float64) for name in ("bias", "idf", "temperature")}
                weights = arrays["weights"].astype(np.float32)
            if described["format"] != _FORMAT:
                raise ModelFormatError(f"{directory}: format {described['format']} is not {_FORMAT}")
            vocabulary = {name: i for i, name in enumerate(described["vocabulary"])}
            space = FeatureSpace(FeatureConfig(**described["features"]), vocabulary, loaded["idf"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelFormatError(f"{directory}: not a readable intent classifier") from error
        return cls(space, described["labels"], weights, loaded["bias"], float(loaded["temperature"][0]))


def settled(predictions: Sequence[Prediction], threshold: float, family: str = "ask_service") -> Prediction | None:
    """The intent to act on, or None when none is sure enough.

    A message that is surely about some service, whichever aspect, counts as the likeliest intent of that `family`.
    """
    if predictions and predictions[0].confidence >= threshold:
        return predictions[0]
    related = [prediction for prediction in predictions if prediction.intent.startswith(family)]
    together = sum(prediction.confidence for prediction in related)
    return Prediction(related[0].intent, together) if related and together >= threshold else None


def _fitted(
    counted: Sequence[Blocks], labels: Sequence[str], options: TrainingOptions, temperature: float
) -> IntentClassifier:
    """A classifier learned from counted texts as they are."""
    names = sorted(set(labels))
    space = FeatureSpace.fit(counted, options.features)
    if len(names) == 1:
        return IntentClassifier(space, names, np.zeros((len(space.idf), 1)), np.zeros(1), temperature)
    weights, bias = _linear_weights(space.matrix(counted), [names.index(label) for label in labels], options)
    return IntentClassifier(space, names, weights, bias, temperature)


def _linear_weights(
    matrix: sparse.csr_matrix, labels: Sequence[int], options: TrainingOptions
) -> tuple[Floats, Floats]:
    """One-against-rest weights (features, labels) and biases, by scikit-learn's dual solver with a fixed seed."""
    from sklearn.svm import LinearSVC  # slow to import, needed only for learning

    model = LinearSVC(C=options.regularisation, loss=options.loss, random_state=options.seed, max_iter=2000, tol=1e-3)
    model.fit(matrix, np.array(labels))
    weights: Floats = np.ascontiguousarray(model.coef_.T)
    bias: Floats = np.asarray(model.intercept_, dtype=np.float64)
    if weights.shape[1] == 1:  # the solver keeps one column for two classes
        weights = np.hstack([-weights, weights])
        bias = np.array([-bias[0], bias[0]])
    return weights, bias


def _held_out_temperature(counted: Sequence[Blocks], labels: Sequence[str], options: TrainingOptions) -> float:
    """The temperature under which held-out texts get the most honest probabilities."""
    names = sorted(set(labels))
    if len(names) < 2 or len(counted) < 2 * _HELD_OUT_EVERY:
        return _TEMPERATURE
    held = np.random.default_rng(options.seed).permutation(np.arange(len(counted)) % _HELD_OUT_EVERY) == 0
    kept = np.flatnonzero(~held)
    if len({labels[i] for i in kept}) < 2:
        return _TEMPERATURE
    model = _fitted([counted[i] for i in kept], [labels[i] for i in kept], options, 1.0)
    columns = [names.index(label) for label in model.labels]
    rows: list[Floats] = []
    right: list[int] = []
    for i in np.flatnonzero(held):
        scores = model.scores_of(counted[i])
        if scores is None or labels[i] not in model.labels:
            continue
        row = np.full(len(names), scores.min())
        row[columns] = scores
        rows.append(row)
        right.append(names.index(labels[i]))
    return best_temperature(np.array(rows), np.array(right)) if rows else _TEMPERATURE
