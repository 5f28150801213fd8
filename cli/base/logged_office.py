"""The office of a command that does something, which may have to be logged.

A module of its own: structlog takes longer to import than a command that only lists takes altogether.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from cli.base.command import Invocation
from service.office import Office, open_office
from service.running.logs import configure_logs
from settings.load import load_settings


@contextmanager
def logged_office_of(invocation: Invocation, level: int = logging.ERROR) -> Iterator[Office]:
    """Log lines from that level on go to standard error. Raises BadConfig, BadUsage, StorageFailed."""
    surroundings = invocation.surroundings
    settings = load_settings(invocation.arguments.config)
    configure_logs(settings.service.log_format, level)
    with open_office(settings, surroundings.now, surroundings.environ) as office:
        yield office
