"""Type 1 fonts (Adobe Type 1 Font Format, 1990) as LibreOffice and others embed them in a PDF.

fontTools carries out the charstrings. Its reader of the file around them runs a PostScript interpreter, which takes ten
times as long as all the rest of a page; what PDF producers write is read here by its few fixed forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fontTools.misc.psCharStrings import T1CharString

_EEXEC: Final = b"eexec"
_EEXEC_KEY: Final = 55_665
_CHARSTRING_KEY: Final = 4_330
_FACTOR: Final = 52_845
_ADDEND: Final = 22_719
_RANDOM: Final = 4
"""Bytes at the beginning of what is encrypted that mean nothing; of a charstring unless /lenIV says otherwise."""
_HEXADECIMAL: Final = re.compile(rb"\s*[0-9A-Fa-f]{4}")
_CODE: Final = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put")
_MATRIX: Final = re.compile(rb"/FontMatrix\s*\[\s*([-+0-9.eE]+)")
_LENGTH: Final = re.compile(rb"/lenIV\s+(\d+)")
_SUBROUTINE: Final = re.compile(rb"dup\s+(\d+)\s+(\d+)\s+(?:RD|-\||\S+) ")
_GLYPH: Final = re.compile(rb"/(\S+)\s+(\d+)\s+(?:RD|-\||\S+) ")


@dataclass(frozen=True, slots=True)
class Type1:
    """A font."""

    units: int
    """Units an em."""
    encoding: Mapping[int, str]
    """Names of glyphs by code."""
    glyphs: Mapping[str, Type1Glyph]


class Type1Glyph:
    """A glyph with the interface of those that fontTools reads."""

    def __init__(self, program: T1CharString, glyphs: Mapping[str, Type1Glyph]) -> None:
        self._program = program
        self._glyphs = glyphs

    def draw(self, pen: Any) -> None:
        self._program.draw(pen)


def read_type1(data: bytes) -> Type1:
    """The font. Raises ValueError for a file without the forms of a Type 1 font."""
    clear, marker, rest = data.partition(_EEXEC)
    if not marker:
        raise ValueError("no eexec")
    private = _decrypted(_binary(rest.lstrip(b" \t\r\n")), _EEXEC_KEY, _RANDOM)
    length = _LENGTH.search(private)
    unused = int(length[1]) if length else _RANDOM
    beginning, _, charstrings = private.partition(b"/CharStrings")
    subroutines: dict[int, T1CharString] = {}
    _take(
        beginning.partition(b"/Subrs")[2],
        _SUBROUTINE,
        unused,
        lambda at, program: subroutines.update({int(at): program}),
    )
    listed = [subroutines.get(at, T1CharString(b"\x0b")) for at in range(max(subroutines, default=-1) + 1)]
    glyphs: dict[str, Type1Glyph] = {}

    def add(name: bytes, program: T1CharString) -> None:
        glyphs.setdefault(name.decode("latin-1"), Type1Glyph(program, glyphs))

    _take(charstrings, _GLYPH, unused, add)
    for program in (*listed, *(glyph._program for glyph in glyphs.values())):
        program.subrs = listed
    encoding = {int(code): name.decode("latin-1") for code, name in _CODE.findall(clear)}
    matrix = _MATRIX.search(clear)
    scale = float(matrix[1]) if matrix else 0.0
    return Type1(round(1 / scale) if scale > 0 else 1_000, encoding, glyphs)


def _take(data: bytes, form: re.Pattern[bytes], unused: int, add: Callable[[bytes, T1CharString], None]) -> None:
    """Adds each charstring: its name or number, its length, a word, a space, and its bytes."""
    at = 0
    while (match := form.search(data, at)) is not None:
        at = match.end() + int(match[2])
        add(match[1], T1CharString(_decrypted(data[match.end() : at], _CHARSTRING_KEY, unused)))


def _binary(encrypted: bytes) -> bytes:
    if not _HEXADECIMAL.match(encrypted):
        return encrypted
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", encrypted)
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def _decrypted(data: bytes, key: int, unused: int) -> bytes:
    """Section 7.1 of the format."""
    plain = bytearray(len(data))
    for at, cipher in enumerate(data):
        plain[at] = cipher ^ (key >> 8)
        key = ((cipher + key) * _FACTOR + _ADDEND) & 0xFFFF
    return bytes(plain[unused:])
