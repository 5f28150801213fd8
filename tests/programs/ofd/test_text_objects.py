from __future__ import annotations

from itertools import count
from typing import Any

from lxml import etree

from programs.ofd.font_programs import ProgramKind, font_program
from programs.ofd.page import Colour, GlyphKey, GlyphRun, PlacedGlyph
from programs.ofd.pdf_fonts import PdfFont
from programs.ofd.text_objects import text_objects
from programs.ofd.typefaces import Typefaces
from programs.ofd.xml_text import NAMESPACE
from tests.support.embedded_fonts import square_font
from values.matrix import Matrix

POINT = 25.4 / 72
HEIGHT = 842.0
UPRIGHT = Matrix(e=100, f=700)
FONT = PdfFont("Squares", 2, {}, {}, 1.0, font_program(square_font(), ProgramKind.TRUETYPE))


def objects(
    texts: list[str], step: float = 10.0, space: Matrix = UPRIGHT, colour: Colour = (0, 0, 0), **more: Any
) -> list[Any]:
    """The TextObjects of a run with a glyph for each text; `step` lies between them."""
    ids = count(1)
    glyphs = tuple(PlacedGlyph(GlyphKey(0, at % 4 + 1), text, step * at, 10.0) for at, text in enumerate(texts))
    run = GlyphRun(10, space, colour, glyphs, **more)
    faces = Typefaces([FONT], ())
    made = text_objects(run, faces, HEIGHT, lambda face: next(ids) if face is None else 1_000 + face, drawn=True)
    return [etree.fromstring(xml.replace("<ofd:TextObject", f"<ofd:TextObject {NAMESPACE}", 1)) for xml in made]


def words(element: Any) -> str:
    return str(element.xpath("string(*[local-name()='TextCode'])"))


def test_characters_have_their_place_from_the_upper_left_corner_in_millimetres() -> None:
    [made] = objects(["简", "报", "一"])
    left, top, _, _ = (float(number) for number in made.get("Boundary").split())
    [code] = made.xpath("*[local-name()='TextCode']")
    assert round((left + float(code.get("X"))) / POINT, 2) == 100
    assert round((top + float(code.get("Y"))) / POINT, 2) == HEIGHT - 700
    assert (made.get("Size"), code.get("DeltaX"), words(made)) == ("3.5278", "3.5278 3.5278", "简报一")
    assert (made.get("Font"), made.get("CTM")) == ("1000", None)


def test_spaces_at_the_ends_are_left_out_and_those_within_stay() -> None:
    [made] = objects([" ", "简", " ", "报", " "])
    assert words(made) == "简 报"
    assert round(float(made.get("Boundary").split()[0]) / POINT, 2) == 110
    assert objects([" ", " "]) == []


def test_ligature_and_rare_character_are_objects_of_their_own() -> None:
    assert [words(made) for made in objects(["简", "——", "报", "𠮷", "一"])] == ["简", "——", "报", "𠮷", "一"]
    [_, ligature, *_] = objects(["简", "——"])
    [transform] = ligature.xpath("*[local-name()='CGTransform']")
    assert (transform.get("CodeCount"), transform.xpath("string()")) == ("2", "2")


def test_glyph_that_stands_for_nothing_is_a_space_with_its_glyph() -> None:
    [_, unnamed] = objects(["简", ""])
    assert (words(unnamed), len(unnamed.xpath("*[local-name()='CGTransform']"))) == (" ", 1)


def test_colour_outline_and_turning_are_written() -> None:
    [made] = objects(["简"], colour=(255, 0, 0), space=Matrix(0, 1, -1, 0, 100, 700), outlined=0.5)
    assert made.xpath("string(*[local-name()='FillColor']/@Value)") == "255 0 0"
    assert (made.get("Stroke"), made.get("LineWidth")) == ("true", "0.1764")
    assert made.get("CTM").split()[:4] == ["0", "-1", "1", "0"]
