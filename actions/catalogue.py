"""Actions that answer from the municipality's catalogue."""

from __future__ import annotations

from actions.base import AnsweringAction


class ActionAnswerService(AnsweringAction):
    """Answers a question about a service in any of its aspects."""

    def name(self) -> str:
        """See parent class."""
        return "action_answer_service"


class ActionListServices(AnsweringAction):
    """Browses the catalogue by life event."""

    def name(self) -> str:
        """See parent class."""
        return "action_list_services"


class ActionInstitution(AnsweringAction):
    """Tells contacts and hours of an institution."""

    def name(self) -> str:
        """See parent class."""
        return "action_institution"


class ActionCharter(AnsweringAction):
    """Tells of the citizens' charter."""

    def name(self) -> str:
        """See parent class."""
        return "action_charter"


class ActionMobileLibrary(AnsweringAction):
    """Tells when the mobile library comes and what it takes."""

    def name(self) -> str:
        """See parent class."""
        return "action_mobile_library"


class ActionProblemMap(AnsweringAction):
    """Describes the problem map."""

    def name(self) -> str:
        """See parent class."""
        return "action_problem_map"


class ActionRefer(AnsweringAction):
    """Gives the municipality's channels for what cannot be handled here yet."""

    def name(self) -> str:
        """See parent class."""
        return "action_refer"


class ActionNotUnderstood(AnsweringAction):
    """Says that a message was not understood, unless it plainly names a service."""

    def name(self) -> str:
        """See parent class."""
        return "action_not_understood"
