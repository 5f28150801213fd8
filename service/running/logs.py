"""Logs to standard error: one line an event, with the ids of the letter or issue that it is about."""

from __future__ import annotations

import logging
import sys
from typing import Final, Literal

import structlog

_ROOMS: Final = ("archive", "assembler", "cli", "courier", "desk", "intake", "programs", "service", "settings")
"""Our loggers are named after their modules."""


def configure_logs(form: Literal["text", "json"], level: int = logging.INFO) -> None:
    """Sets up the logging of the process, that of the standard library's loggers too.

    level: of our own rooms. Libraries are logged from WARNING on: IMAPClient would write whole letters at DEBUG.
    """
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for room in _ROOMS:
        logging.getLogger(room).setLevel(level)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns at every tick that a long poll covers
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
