"""A program that is killed at its N-th durable step, as by a power switch: no handler runs, nothing is flushed."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.support.forked_python import run_python

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0


def killed_at_step(
    step: int, program: Path | str, *arguments: object, environ: Mapping[str, str] | None = None, expected: int = 0
) -> bool:
    """Runs the program and kills it, and its children, at that step (tests.support.kill_switch).

    Returns False when the program ended before it got there: N = 1, 2, 3 … until then has killed it at every step.
    Fails when it ended by itself with another status than `expected`.
    """
    ended = run_python(
        ROOT / program,
        [str(argument) for argument in arguments],
        os.environ if environ is None else environ,
        timeout=PATIENCE,
        kill_at=step,
    )
    if ended.status == -signal.SIGKILL:
        return True
    assert ended.status == expected, (ended.stdout + ended.stderr).decode(errors="replace")
    return False
