"""Errors of the product, all under one root."""

from __future__ import annotations


class LangelisError(Exception):
    """Root of every error that Langelis raises on purpose."""


class SettingsError(LangelisError):
    """A setting has a value that cannot be used."""


class CannotListenError(LangelisError):
    """The address or port is not to be had."""


class UnknownMunicipalityError(LangelisError):
    """No data pack with this id has been imported."""

    def __init__(self, municipality: str) -> None:
        super().__init__(f"unknown municipality: {municipality!r}")
        self.municipality = municipality


class RefusedMessageError(LangelisError):
    """A message is not accepted; `code` is machine-readable and stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class WrongTokenError(LangelisError):
    """A conversation token names no conversation of this municipality."""


class IllegalTransitionError(LangelisError):
    """The table of ownership transitions has no such step."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"a conversation cannot go from {before} to {after}")
        self.before = before
        self.after = after


class EngineError(LangelisError):
    """The answering engine could not be started or could not answer."""


class CaseRuleError(LangelisError):
    """The law or the state of a case forbids what was asked; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class UnknownCaseError(LangelisError):
    """There is no case with this number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"there is no case {number}")
        self.number = number


class AccountRuleError(LangelisError):
    """What was asked of an operator's account is not allowed; `code` is stable, for the console's sentences."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
