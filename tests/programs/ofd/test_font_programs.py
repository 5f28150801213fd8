from __future__ import annotations

import pytest

from programs.ofd.font_programs import ProgramKind, UnreadableFont, font_program
from tests.programs.ofd.test_type1 import font as type1_font
from tests.programs.ofd.test_type1 import program as type1_program
from tests.support.embedded_fonts import square_font


def test_truetype_font_has_glyphs_by_id_and_outlines() -> None:
    program = font_program(square_font(), ProgramKind.TRUETYPE)
    assert (program.units, program.quadratic, program.forbidden) == (1_000, True, False)
    assert program.glyph_for(2, composite=True) == "g2"
    assert program.outline("g2").value[0] == ("moveTo", ((0, 0),))


def test_type1_font_has_glyphs_by_the_code_of_its_own_encoding() -> None:
    program = font_program(type1_font(type1_program()), ProgramKind.TYPE1)
    assert (program.quadratic, program.glyph_for(1, composite=False)) == (False, "cid17")
    assert program.glyph_for(2, composite=False) is None


def test_font_says_itself_that_it_may_not_be_embedded() -> None:
    assert font_program(square_font(fs_type=2), ProgramKind.OPENTYPE).forbidden


@pytest.mark.parametrize("kind", ProgramKind)
@pytest.mark.parametrize("data", [b"", b"no font", b"\x00\x01\x00\x00" + bytes(40), b"\x01\x00\x04\x01" + b"\xff" * 40])
def test_damaged_font_is_refused(kind: ProgramKind, data: bytes) -> None:
    with pytest.raises(UnreadableFont):
        font_program(data, kind)


def test_damaged_outline_is_refused() -> None:
    damaged = type1_program(called=b"\x0c\x21\x0a\x0a\x0a")  # subroutines of an empty stack
    program = font_program(type1_font(damaged), ProgramKind.TYPE1)
    with pytest.raises(UnreadableFont):
        program.outline("b")
