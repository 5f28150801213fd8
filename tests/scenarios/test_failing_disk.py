"""The disk is full, read-only or broken, once or for long: a person reads what to do, nothing is lost or doubled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.failing_disk import CALLS, ERRORS, Fault, on_failing_disk
from tests.support.fault_trial import FaultTrial, run_fault_trial

UNAVAILABLE: Final = 3
REMEDIES: Final = ("请腾出空间", "请检查挂载方式", "请检查磁盘", "请检查权限", "请检查目录")


def fail(trial: FaultTrial, words: tuple[str, ...]) -> bool:
    """One command meets one random fault. When that stops it, it says so and how to go on."""
    chance = trial.chance
    fault = Fault(chance.choice(CALLS), chance.choice(ERRORS), chance.randint(1, 8), chance.random() < 0.5)
    log = trial.office.home / "calls.log"
    ended = on_failing_disk(fault, trial.office.command(*words), trial.office.environ, log)
    assert "Traceback" not in ended.output, ended.output
    assert ended.status in ((0, UNAVAILABLE) if ended.failures else (0,)), (fault, ended)
    if ended.status == UNAVAILABLE:
        assert any(remedy in ended.output.replace("\n", "") for remedy in REMEDIES), ended.output
        assert "已收到的来信不会丢失" in ended.output.replace("\n", "")
    return ended.failures > 0


@pytest.mark.timeout(300)
def test_four_faults_of_the_disk_lose_and_double_nothing(tmp_path: Path) -> None:
    assert run_fault_trial(tmp_path, fail, letters=6, hits=4, seed=4).hits == 4


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_sixty_faults_of_the_disk_lose_and_double_nothing(tmp_path: Path) -> None:
    """security.md A-7, A-8. `-rP` shows the figures."""
    report = run_fault_trial(tmp_path, fail, letters=60, hits=60, seed=60)
    sys.stdout.write(f"{report}\n")
    assert report.hits == 60
