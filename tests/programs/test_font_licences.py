from __future__ import annotations

import struct
from pathlib import Path

import pytest

from programs.font_licences import forbidden_fonts, forbids_embedding
from tests.support.embedded_fonts import square_font


@pytest.mark.parametrize(
    ("fs_type", "forbidden"),
    [(0, False), (2, True), (4, False), (8, False), (6, False), (0x0100, True), (0x0104, True), (0x0200, True)],
)
def test_bits_that_forbid_embedding(fs_type: int, forbidden: bool) -> None:
    assert forbids_embedding(fs_type) is forbidden


def compact_font(name: bytes, fs_type: int) -> bytes:
    """A file with the two tables that are read: OS/2, and the beginning of CFF."""
    os2 = bytes(8) + struct.pack(">H", fs_type)
    compact = b"\x01\x00\x04\x01" + struct.pack(">HB", 1, 1) + bytes([1, 1 + len(name)]) + name
    entries = struct.pack(">4sIII", b"CFF ", 0, 44 + len(os2), len(compact)) + struct.pack(">4sIII", b"OS/2", 0, 44, 10)
    return b"OTTO" + struct.pack(">HHHH", 2, 0, 0, 0) + entries + os2 + compact


def collection(*fonts: bytes) -> bytes:
    """A TrueType collection; offsets of tables count from its beginning, so only fonts without tables fit here."""
    start = 12 + 4 * len(fonts)
    places = [start + sum(map(len, fonts[:at])) for at in range(len(fonts))]
    return (
        b"ttcf"
        + struct.pack(">HHI", 1, 0, len(fonts))
        + b"".join(struct.pack(">I", at) for at in places)
        + b"".join(fonts)
    )


def installed(folder: Path, *lines: str) -> str:
    """A PATH with an fc-list that prints the lines."""
    program = folder / "fc-list"
    text = "\n".join(lines)
    program.write_text(f"#!/bin/sh\n/bin/cat <<'END'\n{text}\nEND\n")
    program.chmod(0o755)
    return str(folder)


def test_names_of_fonts_that_may_not_be_embedded(tmp_path: Path) -> None:
    files = {
        "free.ttf": square_font(),
        "mine.ttf": square_font(fs_type=2),
        "compact.otf": compact_font(b"Compact-VKana", 2),
        "broken.ttf": b"\x00\x01\x00\x00\x00",
        "none.ttc": collection(b"OTTO" + bytes(8)),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    names = {
        "free.ttf": "Free",
        "mine.ttf": "Mine",
        "compact.otf": "Compact",
        "broken.ttf": "Broken",
        "none.ttc": "None",
    }
    lines = [f"{tmp_path / name}\t{0x10000 if name == 'mine.ttf' else 0}\t{named}" for name, named in names.items()]
    path = installed(tmp_path, *lines, f"{tmp_path}/gone.ttf\t0\tGone", "no line of fc-list", "")
    assert forbidden_fonts(path) == {"Mine", "Compact", "Compact-VKana"}


def test_without_fontconfig_none_is_known(tmp_path: Path) -> None:
    assert forbidden_fonts(str(tmp_path)) == frozenset()
