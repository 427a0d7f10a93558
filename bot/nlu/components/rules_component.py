"""Rasa component: where a plain rule knows the intent, the classifier's guess gives way."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.components.classifier_component import PARTS_KEY
from bot.nlu.rules import Ruled, ruled

_EXTRACTOR = "extractor"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentRules(GraphComponent):
    """Puts intent and entities on messages that `bot.nlu.rules` knows."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentRules:
        """See parent class."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark the messages that a rule knows; payloads of buttons are left alone."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = None if text.startswith("/") else ruled(text)
            if found is not None:
                _mark(message, found)
        return messages


def _mark(message: Message, found: Ruled) -> None:
    entities = [
        {ENTITY_ATTRIBUTE_TYPE: name, ENTITY_ATTRIBUTE_VALUE: value, _EXTRACTOR: IntentRules.__name__}
        for name, value in found.entities.items()
    ]
    message.set(INTENT, {INTENT_NAME_KEY: found.intent, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
    message.set(ENTITIES, [*(message.get(ENTITIES) or []), *entities], add_to_output=True)
    message.set(PARTS_KEY, [], add_to_output=True)
