"""A disk that fails a program's N-th call, or every one from there on: strace answers in the kernel's place (strace(1),
"Tampering"). Calls are counted for each thread. Where strace may not trace, the test is skipped."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

CALLS: Final = ("fsync,fdatasync", "pwrite64", "rename,renameat,renameat2", "mkdir,mkdirat")
"""What durable files and SQLite go through; write(2) is left out, by which processes also speak to each other."""
ERRORS: Final = ("ENOSPC", "EIO", "EROFS")


@dataclass(frozen=True, slots=True)
class Fault:
    """Which calls, as strace names them; the error; from the n-th of them; once, or lastingly."""

    calls: str
    error: str
    nth: int
    lasting: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, what it printed, and how many of its calls failed."""

    status: int
    output: str
    failures: int


def on_failing_disk(fault: Fault, command: Sequence[str], environ: Mapping[str, str], log: Path) -> Ended:
    """Runs the command; `log`: a file for strace, not on that disk."""
    when = f"{fault.nth}{'+' if fault.lasting else ''}"
    injecting = ["-e", f"trace={fault.calls}", "-e", f"inject={fault.calls}:error={fault.error}:when={when}"]
    ran = subprocess.run(
        [_strace(), "-f", "--seccomp-bpf", "-qq", "-o", str(log), *injecting, *command],
        env=dict(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
        check=False,
    )
    return Ended(ran.returncode, ran.stdout, log.read_text().count("(INJECTED)"))


@functools.cache
def _strace() -> str:
    strace = shutil.which("strace")
    if strace is None or subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True).returncode:
        pytest.skip("strace is not here, or may not trace")
    return strace
