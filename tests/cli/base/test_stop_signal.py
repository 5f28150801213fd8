"""Signals that end a command."""

from __future__ import annotations

import os
import signal

import pytest

from cli.base.stop_signal import unwound_by_sigterm


def end_within(steps: list[str]) -> None:
    with unwound_by_sigterm():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            steps.append("unwound")
        steps.append("not reached")


def test_sigterm_unwinds_the_block_with_a_shells_status_and_the_handler_before_comes_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    steps: list[str] = []
    with pytest.raises(SystemExit) as ended:
        end_within(steps)
    assert (ended.value.code, steps) == (143, ["unwound"])
    assert signal.getsignal(signal.SIGTERM) is before
