"""Letters come, and whoever takes them in, answers them or makes an issue of them is killed, again and again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.crash import killed_at_step
from tests.support.fault_trial import POLL, FaultTrial, run_fault_trial

STEPS_A_LETTER: Final = 6
"""Durable steps of a letter from the mailbox to its verdict, about."""


def kill(trial: FaultTrial, words: tuple[str, ...]) -> bool:
    """Near kills hit the same place often; far ones let the work get on."""
    far = 8 + STEPS_A_LETTER * trial.undecided() if words == POLL else 8
    step = trial.chance.randint(1, trial.chance.choice((4, far)))
    _python, program, *arguments = trial.office.command(*words)
    return killed_at_step(step, program, *arguments, environ=trial.office.environ)


@pytest.mark.timeout(300)
def test_six_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    assert run_fault_trial(tmp_path, kill, letters=9, hits=6, seed=6).hits == 6


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_two_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """security.md A-1, A-2, A-3, A-5. `-rP` shows the figures."""
    report = run_fault_trial(tmp_path, kill, letters=200, hits=200, seed=200)
    sys.stdout.write(f"{report}\n")
    assert report.hits == 200
    assert report.letters >= 200
