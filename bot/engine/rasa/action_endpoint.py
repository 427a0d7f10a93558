"""Custom actions in this process: rasa-sdk's executor where Rasa expects an action server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import rasa.core.actions.action as rasa_action
import rasa.shared.core.events as rasa_events
from rasa.core.actions.constants import SELECTIVE_DOMAIN
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class InProcessActions(EndpointConfig):
    """Runs an action call through the executor instead of an HTTP request.

    Only actions that ask for the domain in `domain.yml` (`send_domain: true`) get it: building it costs milliseconds.
    """

    def __init__(self, executor: ActionExecutor) -> None:
        super().__init__(url="in-process", **{SELECTIVE_DOMAIN: True})
        self._executor = executor

    async def request(self, *_args: object, **kwargs: Any) -> Mapping[str, object] | None:  # noqa: ANN401 - as Rasa's
        """Run the action that the call in `json` names; a rejection becomes the 400 that Rasa expects."""
        try:
            result: Mapping[str, object] | None = await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            body = {"error": rejection.message, "action_name": rejection.action_name}
            raise ClientResponseError(400, "rejected", json.dumps(body)) from rejection
        return result


def trust_own_actions() -> None:
    """Take action results without checking them against Rasa's JSON schema.

    The schema guards against foreign action servers. Ours run in this process and are type-checked, and Rasa 3.6 builds
    the schema's validator anew for each call: 30 of the 36 ms of a turn with an action (docs/benchmarks.md).
    """

    def accept(_self: object, _result: Mapping[str, object]) -> bool:
        return True

    rasa_action.RemoteAction._validate_action_result = accept  # noqa: SLF001 - Rasa 3.6 offers no other way


def remember_event_types() -> None:
    """Look up each type of event once: Rasa walks all subclasses of `Event` for every event that it reads."""
    rasa_events.Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(rasa_events.Event.resolve_by_type))
