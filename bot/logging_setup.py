"""Logging: structlog to standard error, ids and never what a resident wrote."""

from __future__ import annotations

import logging
import sys

import structlog

from bot.settings import Settings


def set_up_logging(settings: Settings) -> None:
    """Configure structlog and the standard library's loggers."""
    level = logging.getLevelName(settings.log_level)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _drop_rasa_payloads,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        # Below the level nothing is built: Rasa's debug calls carry residents' words.
        wrapper_class=structlog.make_filtering_bound_logger(max(level, logging.INFO)),
        logger_factory=_print_to_stderr,
    )


def _print_to_stderr(*_args: object) -> structlog.PrintLogger:
    """Return a logger on the standard error of this moment: it may have been replaced since the start."""
    return structlog.PrintLogger(sys.stderr)


def _drop_rasa_payloads(_logger: object, _method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
    for key in ("rasa_events", "parse_data_text", "slot_values", "text"):
        event.pop(key, None)
    return event
