"""Rasa component: a message that signals danger is an emergency, whatever the classifier thinks."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.danger import detect_danger

_EMERGENCY = "emergency"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerDetector(GraphComponent):
    """Puts the intent `emergency` on messages that `bot.nlu.danger` recognises."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerDetector:
        """See parent class."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark the messages that signal danger; payloads of buttons are left alone."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/") and detect_danger(text) is not None:
                message.set(INTENT, {INTENT_NAME_KEY: _EMERGENCY, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages
