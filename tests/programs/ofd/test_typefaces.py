from __future__ import annotations

from programs.ofd.doubt import Doubt
from programs.ofd.font_programs import ProgramKind, font_program
from programs.ofd.page import BLACK, GlyphKey, GlyphRun, PlacedGlyph
from programs.ofd.pdf_fonts import PdfFont
from programs.ofd.typefaces import FaceGlyph, Typefaces
from tests.support.embedded_fonts import square_font
from values.matrix import Matrix

PROGRAM = font_program(square_font(), ProgramKind.TRUETYPE)
HEI = PdfFont("Hei-Bold", 2, {}, {}, 1.0, PROGRAM)
SONG = PdfFont("Song-Italic", 2, {}, {}, 1.0, None)


def glyph(font: int, code: int, text: str = "简") -> PlacedGlyph:
    return PlacedGlyph(GlyphKey(font, code), text, 0, 1)


def run(*glyphs: PlacedGlyph) -> GlyphRun:
    return GlyphRun(10, Matrix(), BLACK, glyphs)


def test_subsets_of_one_typeface_share_a_file() -> None:
    faces = Typefaces([HEI, HEI, SONG], ())
    assert faces.place(glyph(0, 1), drawn=True) == FaceGlyph(0, 1, True)
    assert faces.place(glyph(1, 2, "报"), drawn=True) == FaceGlyph(0, 2, True)
    assert faces.place(glyph(2, 1), drawn=True) == FaceGlyph(1, 0, True)
    faces.finish()
    assert [(face.name, face.is_bold, face.is_italic, bool(face.file)) for face in faces.faces] == [
        ("Hei-Bold", True, False, True),
        ("Song-Italic", False, True, False),
    ]


def test_second_glyph_of_a_character_is_not_plain() -> None:
    faces = Typefaces([HEI], ())
    assert [faces.place(glyph(0, code), drawn=True).plain for code in (1, 2, 1)] == [True, False, True]


def test_why_glyphs_cannot_be_shown() -> None:
    assert Typefaces([HEI, SONG], ()).doubts_of([run(glyph(0, 1))]) == set()
    assert Typefaces([HEI, SONG], ()).doubts_of([run(glyph(0, 1), glyph(1, 1))]) == {Doubt.FONT_MISSING}
    assert Typefaces([HEI, SONG], ("Hei-Bold",)).doubts_of([run(glyph(0, 1))]) == {Doubt.FONT_FORBIDDEN}


def test_glyph_that_the_font_lacks_is_a_doubt_unless_it_is_a_space() -> None:
    assert Typefaces([HEI], ()).doubts_of([run(glyph(0, 99))]) == {Doubt.FONT_MISSING}
    assert Typefaces([HEI], ()).doubts_of([run(glyph(0, 99, " "))]) == set()


def test_text_under_a_picture_needs_no_file() -> None:
    faces = Typefaces([HEI], ())
    faces.place(glyph(0, 1), drawn=False)
    faces.finish()
    assert [face.file for face in faces.faces] == [b""]
    assert faces.damaged_fonts() == frozenset()
