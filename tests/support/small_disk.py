"""A file system for one child process: small, or read-only. Real file systems, real errors.

The child has its own mount namespace, so the mount ends with it. Where that is not allowed, the test is skipped.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]


def on_disk_of(kilobytes: int, mount_point: Path, program: str) -> str:
    """Runs Python code with a fresh tmpfs at `mount_point`; returns what it printed. Fails when the code fails.

    In the code, `disk` is the mount point as a Path, and `read_only()` remounts it.
    """
    mounting = f'mount -t tmpfs -o size={kilobytes}k none "$1" && shift && exec "$@"'
    preamble = (
        "import subprocess, sys\nfrom pathlib import Path\ndisk = Path(sys.argv[1])\n"
        "def read_only() -> None:\n    subprocess.run(['mount', '-o', 'remount,ro', str(disk)], check=True)\n"
    )
    child = subprocess.run(
        [*_namespace(), "sh", "-c", mounting, "sh", mount_point, sys.executable, "-c", preamble + program, mount_point],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout


@functools.cache
def _namespace() -> tuple[str, ...]:
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no unshare(1): cannot mount a small disk")
    ways = ((unshare, "-m"),) if os.geteuid() == 0 else ((unshare, "-Urm"),)
    for way in ways:
        trial = subprocess.run([*way, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
        if trial.returncode == 0:
            return way
    pytest.skip("mounting is not allowed here: cannot mount a small disk")
