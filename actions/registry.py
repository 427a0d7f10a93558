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
from actions.complaint import (
    ActionBeginCase,
    ActionCaseButton,
    ActionFileCase,
    ActionResumeCase,
    ValidateComplaintForm,
    ask_actions,
)
from actions.conversation import ActionEmergency, ActionHelp, ActionRepeat, ActionRestart
from actions.foreign import ActionForeignLanguage
from actions.handoff import (
    ActionAskCallbackContact,
    ActionAskCallbackText,
    ActionBeginCallback,
    ActionLeaveTask,
    ActionRequestHuman,
    ValidateCallbackForm,
)
from actions.municipality import (
    ActionAskMunicipality,
    ActionCancel,
    ActionResumeQuestion,
    ActionSetMunicipality,
    ValidateMunicipalityForm,
)
from actions.own_data import ActionDeleteMyData, ActionGetMyData
from actions.responding import ActionAffirm, ActionChoose, ActionCorrect, ActionDeny
from actions.session import ActionSessionStart
from actions.status import (
    ActionAskStatus,
    ActionAskStatusCode,
    ActionBeginStatus,
    ActionCaseStatus,
    ValidateStatusForm,
)

_CLASSES = (
    ActionAffirm,
    ActionAnswerService,
    ActionAskCallbackContact,
    ActionAskCallbackText,
    ActionAskMunicipality,
    ActionAskStatus,
    ActionAskStatusCode,
    ActionBeginCallback,
    ActionBeginCase,
    ActionBeginStatus,
    ActionCancel,
    ActionCaseButton,
    ActionCaseStatus,
    ActionCharter,
    ActionChoose,
    ActionCorrect,
    ActionDeleteMyData,
    ActionDeny,
    ActionEmergency,
    ActionFileCase,
    ActionForeignLanguage,
    ActionGetMyData,
    ActionHelp,
    ActionInstitution,
    ActionLeaveTask,
    ActionListServices,
    ActionMobileLibrary,
    ActionNotUnderstood,
    ActionProblemMap,
    ActionRefer,
    ActionRepeat,
    ActionRequestHuman,
    ActionResumeCase,
    ActionResumeQuestion,
    ActionSessionStart,
    ActionSetMunicipality,
    ActionRestart,
    ValidateCallbackForm,
    ValidateComplaintForm,
    ValidateMunicipalityForm,
    ValidateStatusForm,
)


def all_actions(services: ActionServices) -> tuple[Action, ...]:
    """Return an instance of every action."""
    return (*(action(services) for action in _CLASSES), *ask_actions(services))
