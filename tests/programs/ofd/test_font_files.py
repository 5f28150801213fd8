from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from programs.ofd.font_files import FontCollector
from programs.ofd.font_programs import FontProgram, ProgramKind, font_program
from programs.ofd.page import GlyphKey
from tests.programs.ofd.test_type1 import font as type1_font
from tests.programs.ofd.test_type1 import program as type1_program
from tests.support.embedded_fonts import square_font

CUBIC = font_program(type1_font(type1_program()), ProgramKind.TYPE1)
QUADRATIC = font_program(square_font(), ProgramKind.TRUETYPE)


def collected(program: FontProgram, *glyphs: tuple[int, str, str]) -> FontCollector:
    collector = FontCollector("Squares", program.units, program.quadratic)
    for code, name, text in glyphs:
        collector.add(GlyphKey(0, code), program, name, 0.5, text)
    return collector


@pytest.mark.parametrize(("program", "name", "table"), [(CUBIC, "cid17", "CFF "), (QUADRATIC, "g3", "glyf")])
def test_file_holds_the_glyph_for_its_character(program: FontProgram, name: str, table: str) -> None:
    font = TTFont(io.BytesIO(collected(program, (1, name, "简")).file()))
    assert table in font
    glyph = font.getBestCmap()[ord("简")]
    assert font.getGlyphID(glyph) == 1
    assert font["hmtx"][glyph][0] == 500
    drawn, original = font_program(_file(font), ProgramKind.OPENTYPE).outline(glyph).value, program.outline(name).value
    assert sorted(point for _, points in drawn for point in points) == sorted(
        point for _, points in original for point in points
    )


def _file(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def test_a_glyph_is_added_once_and_a_second_one_for_a_character_is_not_plain() -> None:
    collector = collected(QUADRATIC, (1, "g1", "简"), (1, "g1", "简"), (2, "g2", "简"), (3, "g3", "——"))
    assert collector.shows("简", 1)
    assert not collector.shows("简", 2)
    assert not collector.shows("——", 3)
    assert len(TTFont(io.BytesIO(collector.file())).getGlyphOrder()) == 4


def test_the_same_glyphs_give_the_same_bytes() -> None:
    assert collected(CUBIC, (1, "cid17", "简")).file() == collected(CUBIC, (1, "cid17", "简")).file()
    assert collected(QUADRATIC, (1, "g1", "简")).file() == collected(QUADRATIC, (1, "g1", "简")).file()
