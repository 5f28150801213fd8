"""A pytest plugin: CPU seconds by test and by file, of the test process and of its ended children.

    python -m pytest -p tests.support.cpu_times tests/service

Elapsed time says little on a machine that does something else as well; CPU time stays the same within a few per cent.
What a session fixture starts (Chromium, a forkserver) counts when it ends: after the last test, or never.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from typing import Final

import pytest

from tests.support import forked_python

_LISTED: Final = 60
_PROPERTY: Final = "cpu seconds"
_by_test: Counter[str] = Counter()
_last = [0.0]


def _used() -> float:
    """CPU seconds of this process and of all its ended children, since it began."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system + forked_python.cpu_seconds[0]


def pytest_runtest_logstart() -> None:
    _last[0] = _used()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Writes into each phase's report what was used since the phase before, so that it reaches xdist's controller."""
    report = yield
    now = _used()
    report.user_properties = [*report.user_properties, (_PROPERTY, now - _last[0])]
    _last[0] = now
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for name, seconds in report.user_properties:
        if name == _PROPERTY:
            assert isinstance(seconds, float)
            _by_test[report.nodeid] += seconds  # type: ignore[assignment]  # Counter is annotated for int alone


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    by_file: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for test, seconds in _by_test.items():
        by_file[test.partition("::")[0]] += seconds
        tests[test.partition("::")[0]] += 1
    write = terminalreporter.write_line
    terminalreporter.section(f"CPU: {sum(by_file.values()):.0f} s")
    for file, seconds in by_file.most_common():
        if seconds >= 0.5:
            write(f"{seconds:8.1f} s {tests[file]:5} tests  {file}")
    for test, seconds in _by_test.most_common(_LISTED):
        write(f"{seconds:8.2f} s  {test}")
