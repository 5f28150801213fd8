"""The office that a command works in, opened from its configuration."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from cli.base.command import Invocation
from service.office import Office, open_office
from settings.load import load_settings
from settings.secrets import without_secrets


@contextmanager
def office_of(invocation: Invocation) -> Iterator[Office]:
    """For commands that log nothing: structlog takes longer to import than they take altogether.

    Raises BadConfig, BadUsage, StorageFailed.
    """
    surroundings = invocation.surroundings
    settings = load_settings(invocation.arguments.config)
    environ = without_secrets(settings.secrets, surroundings.environ)
    with open_office(settings, surroundings.now, environ) as office:
        yield office


@contextmanager
def logged_office_of(invocation: Invocation, level: int = logging.ERROR) -> Iterator[Office]:
    """Log entries of that level and above go to standard error. Raises BadConfig, BadUsage, StorageFailed."""
    from programs.landlock import forbid_inspection  # the shortest commands start without it

    surroundings = invocation.surroundings
    settings = load_settings(invocation.arguments.config)
    surroundings.configure_logs(settings.service.log_format, level)
    forbid_inspection()  # these commands hold passwords and letters
    environ = without_secrets(settings.secrets, surroundings.environ)
    with open_office(settings, surroundings.now, environ) as office:
        yield office
