"""What a process can still reach after it has given up its files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from programs.landlock import landlock_version

needs_landlock = pytest.mark.skipif(
    not landlock_version(), reason="this kernel has no Landlock, and none can be installed"
)

_ATTEMPT: Final = """
import os, sys
from pathlib import Path
from programs.landlock import {calls}
allowed, forbidden = Path(sys.argv[1]), Path(sys.argv[2])
{restrict}
try:
    {attempt}
except PermissionError:
    print("refused")
else:
    print("allowed")
"""


def _outcome(tmp_path: Path, attempt: str, restrict: str = "restrict_files([allowed])") -> str:
    allowed, forbidden = tmp_path / "allowed", tmp_path / "forbidden"
    for folder in (allowed, forbidden):
        folder.mkdir(exist_ok=True)
        (folder / "letter.eml").write_bytes(b"letter")
    program = _ATTEMPT.format(calls="restrict_files", restrict=restrict, attempt=attempt)
    command = [sys.executable, "-c", program, str(allowed), str(forbidden)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@needs_landlock
@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [
        ("(allowed / 'letter.eml').read_bytes()", "allowed"),
        ("list(allowed.iterdir())", "allowed"),
        ("(forbidden / 'letter.eml').read_bytes()", "refused"),
        ("list(forbidden.iterdir())", "refused"),
        ("Path('/etc/passwd').read_bytes()", "refused"),
        ("Path('/proc/self/environ').read_bytes()", "refused"),
        ("(allowed / 'new').write_bytes(b'')", "refused"),
        ("(allowed / 'letter.eml').unlink()", "refused"),
        ("os.execv('/bin/true', ['true'])", "refused"),
    ],
)
def test_restricted_process_reads_what_is_named_and_nothing_else(tmp_path: Path, attempt: str, outcome: str) -> None:
    assert _outcome(tmp_path, attempt) == outcome


@needs_landlock
def test_path_that_is_not_there_is_skipped(tmp_path: Path) -> None:
    restrict = "restrict_files([allowed, Path('/no/such/folder')])"
    assert _outcome(tmp_path, "(allowed / 'letter.eml').read_bytes()", restrict) == "allowed"


def test_version_is_that_of_the_kernel() -> None:
    assert landlock_version() >= 0
