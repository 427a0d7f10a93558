"""Rasa's intent classifier for Langelis: a thin graph component over `bot.nlu.classifier`."""

from __future__ import annotations

from typing import Any

import msgspec
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.augment import Augmentation
from bot.nlu.classifier import IntentClassifier, Prediction, TrainingOptions
from bot.nlu.reading import read

PARTS_KEY = "parts"
"""Where a message with several questions carries them: a list of {"text", "intent"}."""
THRESHOLD_KEY = "threshold"
AUGMENT_KEY = "augment"
SEED_KEY = "seed"
REGULARISATION_KEY = "regularisation"
SERVICE_SHARE_KEY = "service_share"
_PAYLOAD_PREFIX = "/"
_LONGEST_RANKING = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LangelisIntentClassifier(GraphComponent, RasaIntentClassifier):
    """Learns intents from the training data and puts the calibrated intent and its ranking on messages."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: IntentClassifier | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`threshold`: below it the intent is `nlu_fallback`; `augment`: learn from mistyped copies too."""
        return {
            THRESHOLD_KEY: 0.35,
            AUGMENT_KEY: True,
            SEED_KEY: 20261121,
            REGULARISATION_KEY: 0.7,
            SERVICE_SHARE_KEY: 0.6,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LangelisIntentClassifier:
        """A component that has learned nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: object,
    ) -> LangelisIntentClassifier:
        """The component with what `train` stored; raises ModelFormatError when that is unreadable."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, IntentClassifier.load(directory))

    @classmethod
    def required_packages(cls) -> list[str]:
        """What learning needs beyond Rasa."""
        return ["sklearn"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have an intent, and stores the model as arrays."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        labels = [example.get(INTENT) for example in examples]
        options = TrainingOptions(
            regularisation=self._config[REGULARISATION_KEY],
            augmentation=Augmentation.everyday() if self._config[AUGMENT_KEY] else None,
            service_share=self._config[SERVICE_SHARE_KEY],
            seed=self._config[SEED_KEY],
        )
        self._classifier = IntentClassifier.train(texts, labels, options)
        with self._storage.write_to(self._resource) as directory:
            self._classifier.save(directory)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts intent and ranking on each message; payloads ("/intent") are left to RegexMessageHandler."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith(_PAYLOAD_PREFIX):
                self._label(message, text)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Labels the training examples too, as Rasa's policies expect."""
        self.process(training_data.training_examples)
        return training_data

    def _label(self, message: Message, text: str) -> None:
        predict = self._classifier.predict if self._classifier else _nothing
        reading = read(text, predict, self._config[THRESHOLD_KEY])
        ranking = [_as_rasa(prediction) for prediction in reading.ranking]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[:_LONGEST_RANKING], add_to_output=True)
        if reading.parts:
            message.set(PARTS_KEY, [msgspec.to_builtins(part) for part in reading.parts], add_to_output=True)


def _nothing(_text: str) -> tuple[Prediction, ...]:
    return ()


def _as_rasa(prediction: Prediction) -> dict[str, str | float]:
    return {INTENT_NAME_KEY: prediction.intent, PREDICTED_CONFIDENCE_KEY: prediction.confidence}
