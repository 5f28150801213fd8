"""Logs to standard error: one line an event, with the ids of the letter or issue that it is about."""

from __future__ import annotations

import logging
import os
import sys
from typing import Final, Literal

import structlog

from service.running.log_lines import JournalFormatter, RepeatingFaults, is_journal, mask, stamp

_ROOMS: Final = ("archive", "assembler", "cli", "courier", "desk", "intake", "programs", "service", "settings")
"""Our loggers are named after their modules."""


def configure_logs(form: Literal["text", "json"], level: int = logging.INFO) -> None:
    """Sets up the logging of the process, that of the standard library's loggers too.

    level: of our own rooms. Libraries are logged from WARNING on: IMAPClient would write whole letters at DEBUG. Where
    standard error is the journal's, each line has its priority.
    """
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        stamp,
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    formatter: logging.Formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            mask,
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JournalFormatter(formatter) if is_journal(os.environ, 2) else formatter)
    handler.addFilter(RepeatingFaults())
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
