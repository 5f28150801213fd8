"""Signals that end a command."""

from __future__ import annotations

import os
import signal

import pytest

from cli.base.stop_signal import unwound_by_sigterm


def test_sigterm_unwinds_the_block_with_a_shells_status_and_the_handler_before_comes_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    unwound = False
    with pytest.raises(SystemExit) as ended, unwound_by_sigterm():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            unwound = True
    assert (ended.value.code, unwound) == (143, True)
    assert signal.getsignal(signal.SIGTERM) is before
