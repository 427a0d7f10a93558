"""Every custom action, built over given services."""

from __future__ import annotations

from rasa_sdk import Action

from actions.base import ActionServices
from actions.catalogue import (
    ActionAnswerService,
    ActionCharter,
    ActionInstitution,
    ActionListServices,
    ActionMobileLibrary,
    ActionNotUnderstood,
    ActionProblemMap,
    ActionRefer,
)
from actions.conversation import ActionEmergency, ActionRepeat, ActionRestart
from actions.foreign import ActionForeignLanguage
from actions.municipality import (
    ActionAskMunicipality,
    ActionCancel,
    ActionResumeQuestion,
    ActionSetMunicipality,
    ValidateMunicipalityForm,
)
from actions.responding import ActionAffirm, ActionChoose, ActionCorrect, ActionDeny

_CLASSES = (
    ActionAffirm,
    ActionAnswerService,
    ActionAskMunicipality,
    ActionCancel,
    ActionCharter,
    ActionChoose,
    ActionCorrect,
    ActionDeny,
    ActionEmergency,
    ActionForeignLanguage,
    ActionInstitution,
    ActionListServices,
    ActionMobileLibrary,
    ActionNotUnderstood,
    ActionProblemMap,
    ActionRefer,
    ActionRepeat,
    ActionResumeQuestion,
    ActionSetMunicipality,
    ActionRestart,
    ValidateMunicipalityForm,
)


def all_actions(services: ActionServices) -> tuple[Action, ...]:
    """Return an instance of every action."""
    return tuple(action(services) for action in _CLASSES)
