"""Letters as large as we take them are read within 600 MiB (security.md E-1)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.letter_builder import attachment, message, multipart

_MEASURE = """
import re, sys
from pathlib import Path
from intake.parse.message import parse_message
found = parse_message(Path(sys.argv[1]).read_bytes())
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]  # ru_maxrss begins with the parent's
print(len(found.parts), int(peak) // 1024)
"""
_HEAD = "From: jtj@example.org\nSubject: x"
_SIZE = 60_000_000


def _attached() -> bytes:
    return attachment("a.docx", bytes(range(256)) * (_SIZE * 73 // 100 // 256))


def _nested() -> bytes:
    inner = _attached()
    for level in range(18):
        inner = multipart("mixed", f"b{level}x", inner)
    return message(_HEAD, inner)


def _forwarded() -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * 18 + message(_HEAD, _attached())


def _million_parts() -> bytes:
    return b"Content-Type: multipart/mixed; boundary=x\n\n" + b"\n--x\n\na" * (_SIZE // 7)


def _short_lines() -> bytes:
    return b"Content-Transfer-Encoding: base64\n\n" + b"QQ=\n" * (_SIZE // 4)


@pytest.mark.parametrize(
    ("letter", "parts"), [(_nested, 1), (_forwarded, 1), (_million_parts, 1_000), (_short_lines, 1)]
)
def test_largest_letter_is_read_within_600_mib(letter: Callable[[], bytes], parts: int, tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter())
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    found, peak = map(int, ran.stdout.split())
    assert found == parts
    assert peak < 600
