"""Failures as clients see them: a stable code, a Lithuanian sentence and an HTTP status."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import LangelisError, RefusedMessageError, UnknownMunicipalityError, WrongTokenError
from bot.services.texts import Texts

STATUS = {
    "unknown_municipality": 404,
    "not_found": 404,
    "method_not_allowed": 405,
    "unauthorized": 401,
    "token_invalid": 403,
    "origin_refused": 403,
    "text_too_long": 413,
    "body_too_large": 413,
    "file_too_large": 413,
    "image_too_large": 413,
    "file_type": 415,
    "file_slow": 408,
    "file_unknown": 404,
    "files_too_many": 409,
    "rate_limited": 429,
    "internal": 500,
    "busy": 503,
    "telegram_off": 503,
}
"""HTTP status by code; 400 for the others."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong; `retry_after` in seconds."""

    code: str
    retry_after: int | None = None

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS.get(self.code, 400)

    def body(self, texts: Texts) -> dict[str, object]:
        """Return code and sentence as clients get them."""
        body: dict[str, object] = {
            "code": self.code,
            "message": texts.render(f"error.{self.code}", retry_after=self.retry_after),
        }
        if self.retry_after is not None:
            body["retry_after"] = self.retry_after
        return body


def failure_of(error: LangelisError) -> Failure:
    """Return the failure that a domain error is on the web."""
    if isinstance(error, RefusedMessageError):
        return Failure(error.code)
    if isinstance(error, UnknownMunicipalityError):
        return Failure("unknown_municipality")
    if isinstance(error, WrongTokenError):
        return Failure("token_invalid")
    return Failure("internal")
