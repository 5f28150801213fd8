"""The most that an archive may hold is unpacked within 300 MiB (security.md F-1)."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.archives import compressed_7z, libarchive_or_skip
from tests.support.submissions import File, raw_letter

libarchive_or_skip()

_MEASURE = """
import re, sys
from pathlib import Path
from intake.reading import read_letter
from intake.register import Register
found = read_letter(Path(sys.argv[1]).read_bytes(), Register((), frozenset(), (), hold_unknown=True))
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]  # ru_maxrss begins with the parent's
print(int(peak) // 1024, found.reason.for_clerk)
"""


def _largest() -> Mapping[str, bytes]:
    """Just below 200 MB, 64 MiB a file and a ratio of 100."""
    chance = random.Random(7)
    return {
        name: b"".join(chance.randbytes(13_000) + bytes(987_000) for _ in range(66))
        for name in ("a.bin", "b.bin", "c.bin")
    }


def _zip(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("pack", [_zip, compressed_7z])
def test_largest_archive_is_read_within_300_mib(pack: Callable[[Mapping[str, bytes]], bytes], tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(raw_letter(File("材料.bin", pack(_largest()))))
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    peak, reason = ran.stdout.split(" ", 1)
    assert "材料.bin/c.bin" in reason
    assert int(peak) < 300
