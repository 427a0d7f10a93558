"""Which intent a message has: a linear classifier over n-grams whose scores are calibrated probabilities.

Learning needs scikit-learn, imported only there; a saved model is arrays in one `.npz` and a JSON vocabulary, and
prediction needs nothing but NumPy.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.nlu.augment import Augmentation, mistyped_copies
from bot.nlu.calibration import best_temperature, softmax
from bot.nlu.features import Blocks, FeatureConfig, FeatureSpace, Floats, blocks
from bot.nlu.intents import ASK_SERVICE
from bot.nlu.solver import Labels, Loss, linear_weights
from bot.nlu.spelling import Spelling

_ARRAYS = "classifier.npz"
_NAMES = "classifier.json"
_FORMAT = 2
_HELD_OUT_EVERY = 4
_ENOUGH = 8_000  # texts to learn from where only the sharpness of the scores is wanted
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
    """What learning may vary; `regularisation` and `loss` are those of `bot.nlu.solver.linear_weights`.

    `spelling`: whether slips of the finger are put right before a message is read.
    `service_share` is the share of service questions among the messages to come, where it differs from that of the
    training sentences: rare intents need more sentences than people write of them.
    """

    features: FeatureConfig = field(default_factory=FeatureConfig)
    regularisation: float = 0.7
    loss: Loss = "squared_hinge"
    augmentation: Augmentation | None = None
    spelling: bool = True
    service_share: float | None = None
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
        *,
        spelling: Spelling | None = None,
    ) -> None:
        self.space = space
        self.labels = tuple(labels)
        self._weights = weights
        self._bias = bias
        self.temperature = temperature
        self.spelling = spelling

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], options: TrainingOptions | None = None
    ) -> IntentClassifier:
        """Learns from `texts` and their `labels`; the same input gives the same model. Raises ValueError on no data."""
        options = options or TrainingOptions()
        if not texts or len(texts) != len(labels):
            raise ValueError("training needs as many labels as texts, and at least one")
        copies, copy_labels = mistyped_copies(texts, labels, options.augmentation, seed=options.seed)
        space, matrix = FeatureSpace.fit([*texts, *copies], options.features)
        names = sorted(set(labels))
        wanted = np.array([names.index(label) for label in (*labels, *copy_labels)])
        temperature = _held_out_temperature(matrix[: len(texts)], wanted[: len(texts)], options)
        spelling = Spelling.of(texts) if options.spelling else None
        fitted = cls(space, names, *_weights(matrix, wanted, options), temperature, spelling=spelling)
        return fitted if options.service_share is None else fitted.expecting(options.service_share, labels)

    def expecting(self, service_share: float, labels: Sequence[str]) -> IntentClassifier:
        """The classifier with the odds of service questions moved from those of `labels` to `service_share` (Bayes)."""
        services = np.array([label.startswith(ASK_SERVICE) for label in self.labels])
        learned = sum(label.startswith(ASK_SERVICE) for label in labels) / len(labels)
        if not 0 < learned < 1:
            return self
        odds = (service_share / (1 - service_share)) / (learned / (1 - learned))
        bias = self._bias + services * self.temperature * np.log(odds)
        return IntentClassifier(self.space, self.labels, self._weights, bias, self.temperature, spelling=self.spelling)

    def scores(self, text: str) -> Floats | None:
        """The linear score of every label, or None for a text without a single known feature."""
        right = self.spelling.corrected(text) if self.spelling else text
        return self.scores_of(blocks(right, self.space.config))

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
            "spelling": (self.spelling.words, self.spelling.trusted) if self.spelling else None,
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
            spelling = Spelling(*described["spelling"]).prepared() if described["spelling"] else None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelFormatError(f"{directory}: not a readable intent classifier") from error
        return cls(
            space, described["labels"], weights, loaded["bias"], float(loaded["temperature"][0]), spelling=spelling
        )


def settled(predictions: Sequence[Prediction], threshold: float, family: str = ASK_SERVICE) -> Prediction | None:
    """The intent to act on, or None when none is sure enough.

    A message that is surely about some service, whichever aspect, counts as the likeliest intent of that `family`.
    """
    if predictions and predictions[0].confidence >= threshold:
        return predictions[0]
    related = [prediction for prediction in predictions if prediction.intent.startswith(family)]
    together = sum(prediction.confidence for prediction in related)
    return Prediction(related[0].intent, together) if related and together >= threshold else None


def _weights(matrix: sparse.csr_matrix, labels: Labels, options: TrainingOptions) -> tuple[Floats, Floats]:
    return linear_weights(matrix, labels, loss=options.loss, regularisation=options.regularisation, seed=options.seed)


def _held_out_temperature(matrix: sparse.csr_matrix, labels: Labels, options: TrainingOptions) -> float:
    """The temperature under which held-out texts get the most honest probabilities; rows are texts."""
    if len(np.unique(labels)) < 2 or len(labels) < 2 * _HELD_OUT_EVERY:
        return _TEMPERATURE
    chance = np.random.default_rng(options.seed)
    held = chance.permutation(np.arange(len(labels)) % _HELD_OUT_EVERY) == 0
    learned = np.flatnonzero(~held)
    if len(learned) > _ENOUGH:
        learned = np.sort(chance.choice(learned, _ENOUGH, replace=False))
    known, places = np.unique(labels[learned], return_inverse=True)
    judged = held & np.isin(labels, known)
    if len(known) < 2 or not judged.any():
        return _TEMPERATURE
    weights, bias = _weights(matrix[learned], places, options)
    scores = matrix[judged] @ weights + bias
    return best_temperature(scores, np.searchsorted(known, labels[judged]))
