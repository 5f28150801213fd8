"""Why a child process did not come back with an answer: a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CrashKind(Enum):
    """Why a child did not answer, and what `Crash.detail` holds then."""

    OVERDUE = "overdue"
    """It took too long. detail: the limit in seconds."""

    OUT_OF_MEMORY = "out of memory"
    """detail: the limit in MiB."""

    TOO_DEEP = "too deep"
    """The structure of what it read is nested too deeply. detail: empty."""

    DIED = "died"
    """The process ended. detail: its exit code; negative for a signal."""

    DEFECT = "defect"
    """The question raised, which it should not. detail: the exception's class, and the line that raised it; never its
    text."""

    INVALID = "invalid"
    """The answer is too large, or no value of the wanted type: a file may have taken the child over. detail: empty."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A child did not come back with an answer. The process is replaced; other questions are not affected."""

    kind: CrashKind
    detail: str = ""
