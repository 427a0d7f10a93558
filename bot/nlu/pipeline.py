"""Intents read without Rasa: the same classifier and danger rules, taken out of a trained model's archive.

`langelis predict` and `langelis evaluate` start in a second this way, where Rasa itself needs fifteen.
"""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

from bot.nlu.classifier import IntentClassifier, Prediction
from bot.nlu.danger import detect_danger
from bot.nlu.reading import Reading, read
from bot.nlu.rules import ruled

EMERGENCY = "emergency"
DEFAULT_THRESHOLD = 0.35
_COMPONENT = "LangelisIntentClassifier"


class IntentPipeline:
    """Reads a message's intent as the pipeline in `config.yml` does."""

    def __init__(self, classifier: IntentClassifier, threshold: float = DEFAULT_THRESHOLD) -> None:
        self._classifier = classifier
        self._threshold = threshold

    def read(self, text: str) -> Reading:
        """Return the intent with its chance, and the questions of a message that holds several."""
        if detect_danger(text) is not None:
            return _certain(EMERGENCY)
        known = ruled(text)
        if known is not None:
            return _certain(known.intent)
        return read(text, self._classifier.predict, self._threshold)


def _certain(intent: str) -> Reading:
    chosen = Prediction(intent, 1.0)
    return Reading(chosen, (chosen,))


def load_pipeline(model: Path) -> IntentPipeline:
    """Return the pipeline of a trained model. Raises `KeyError` when the archive has no such classifier."""
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        wanted = [member for member in archive.getmembers() if _COMPONENT in member.name and member.isfile()]
        if not wanted:
            raise KeyError(f"{model.name} holds no {_COMPONENT}")
        archive.extractall(folder, members=wanted, filter="data")
        inside = Path(folder, wanted[0].name).parent
        return IntentPipeline(IntentClassifier.load(inside))
