"""Type 1 fonts, encrypted here as the format says."""

from __future__ import annotations

import pytest
from fontTools.misc.eexec import encrypt
from fontTools.pens.recordingPen import RecordingPen

from programs.ofd.type1 import read_type1

CLEAR = (
    b"%!FontType1-1.0\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding 256 array\n"
    b"dup 1 /cid17 put\ndup 200 /b put\nreadonly def\ncurrentfile eexec\n"
)
DOT = bytes([139, 239, 13, 239, 189, 21, 149, 6, 9, 14])
"""0 100 hsbw, 100 50 rmoveto, 10 hlineto, closepath, endchar (Type 1, 6)."""
CALLED = bytes([139, 239, 13, 139, 10, 14])
"""0 100 hsbw, 0 callsubr, endchar."""
SUBROUTINE = bytes([144, 149, 21, 11])
"""5 10 rmoveto, return."""


def charstring(plain: bytes) -> bytes:
    encrypted, _ = encrypt(b"\0\0\0\0" + plain, 4330)
    return bytes(encrypted)


def program(called: bytes = CALLED) -> bytes:
    dot, sub, call = charstring(DOT), charstring(SUBROUTINE), charstring(called)
    return (
        b"dup /Private 8 dict dup begin /lenIV 4 def\n/Subrs 1 array\n"
        + b"dup 0 %d RD " % len(sub) + sub + b" NP\n"
        + b"/CharStrings 2 dict dup begin\n"
        + b"/cid17 %d RD " % len(dot) + dot + b" ND\n/b %d -| " % len(call) + call + b" |-\nend\n"
    )  # fmt: skip


def font(private: bytes, *, in_digits: bool = False) -> bytes:
    encrypted, _ = encrypt(b"abcd" + private, 55665)
    return CLEAR + (encrypted.hex().encode() if in_digits else bytes(encrypted)) + b"\n" + b"0" * 64 + b"cleartomark"


@pytest.mark.parametrize("in_digits", [False, True], ids=["binary", "hexadecimal"])
def test_glyphs_and_their_codes_are_read(in_digits: bool) -> None:
    read = read_type1(font(program(), in_digits=in_digits))
    assert (read.units, read.encoding) == (1_000, {1: "cid17", 200: "b"})
    pen = RecordingPen()
    read.glyphs["cid17"].draw(pen)
    assert pen.value == [("moveTo", ((100, 50),)), ("lineTo", ((110, 50),)), ("closePath", ())]


def test_glyph_that_calls_a_subroutine_is_drawn() -> None:
    pen = RecordingPen()
    read_type1(font(program())).glyphs["b"].draw(pen)
    assert pen.value[0] == ("moveTo", ((5, 10),))


def test_file_without_the_encrypted_part_is_refused() -> None:
    with pytest.raises(ValueError, match="eexec"):
        read_type1(b"%!FontType1-1.0 and nothing else")


def test_damaged_private_part_has_no_glyphs() -> None:
    assert read_type1(font(b"nothing of a font")).glyphs == {}
