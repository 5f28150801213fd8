"""The exit statuses of the command line (design.md 5.2)."""

from __future__ import annotations

from enum import IntEnum

from values.errors import BadUsage, JianbaoError, TryLater


class ExitStatus(IntEnum):
    """What the calling program learns from a command."""

    DONE = 0
    """Everything was done."""
    IN_PART = 1
    """Done in part; the output says what failed. For `check-text`: there are findings."""
    BAD_USAGE = 2
    """Bad usage or configuration; nothing was changed."""
    UNAVAILABLE = 3
    """The mailbox, the mail server or the disk is unavailable; nothing is lost, try later."""


def exit_status_of(error: JianbaoError) -> ExitStatus:
    """The exit status of a command that ended with this error."""
    if isinstance(error, TryLater):
        return ExitStatus.UNAVAILABLE
    return ExitStatus.BAD_USAGE if isinstance(error, BadUsage) else ExitStatus.IN_PART
