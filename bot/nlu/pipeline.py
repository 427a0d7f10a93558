"""Intents read without Rasa: the same classifier and danger rules, taken out of a trained model's archive.

`langelis predict` and `langelis evaluate` start in a second this way, where Rasa itself needs fifteen.
"""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

from bot.nlu.classifier import IntentClassifier, settled
from bot.nlu.danger import detect_danger

EMERGENCY = "emergency"
FALLBACK = "nlu_fallback"
DEFAULT_THRESHOLD = 0.35
_COMPONENT = "LangelisIntentClassifier"


class IntentPipeline:
    """Reads a message's intent as the pipeline in `config.yml` does."""

    def __init__(self, classifier: IntentClassifier, threshold: float = DEFAULT_THRESHOLD) -> None:
        self._classifier = classifier
        self._threshold = threshold

    def parse(self, text: str) -> tuple[str | None, float]:
        """Return (intent, confidence 0..1); the fallback intent when no other is sure enough."""
        if detect_danger(text) is not None:
            return EMERGENCY, 1.0
        predictions = self._classifier.predict(text)
        chosen = settled(predictions, self._threshold)
        if chosen is None:
            return FALLBACK, 1.0 - (predictions[0].confidence if predictions else 0.0)
        return chosen.intent, chosen.confidence


def load_pipeline(model: Path) -> IntentPipeline:
    """Return the pipeline of a trained model. Raises `KeyError` when the archive has no such classifier."""
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        wanted = [member for member in archive.getmembers() if _COMPONENT in member.name and member.isfile()]
        if not wanted:
            raise KeyError(f"{model.name} holds no {_COMPONENT}")
        archive.extractall(folder, members=wanted, filter="data")
        inside = Path(folder, wanted[0].name).parent
        return IntentPipeline(IntentClassifier.load(inside))
