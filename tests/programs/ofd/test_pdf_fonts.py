from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from programs.ofd.pdf_fonts import PdfFont, characters_of, font_of
from tests.support.embedded_fonts import pdf_with_font
from tests.support.pdf import lines, pdf


def fonts_of(data: bytes) -> dict[str, PdfFont]:
    resources: Any = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]
    return {name: font_of(font.get_object()) for name, font in resources["/Font"].items()}


def test_composite_font_has_characters_widths_and_outlines() -> None:
    font = fonts_of(pdf_with_font(""))["/F1"]
    assert (font.name, font.code_bytes) == ("Squares", 2)
    assert list(font.codes(b"\x00\x01\x00\x02")) == [1, 2]
    assert [font.character(code) for code in (1, 2, 9)] == ["简", "报", ""]
    assert (font.width_of(1), font.glyph_name(1), font.glyph_name(99)) == (1.0, "g1", None)


def test_font_that_is_not_in_the_file_has_characters_by_its_encoding() -> None:
    font = fonts_of(pdf(lines("第一页")))["/F1"]
    assert (font.program, font.character(ord("第")), font.glyph_name(ord("第"))) == (None, "第", None)


def test_damaged_font_file_costs_its_outlines_only() -> None:
    font = fonts_of(pdf_with_font("", font=b"\x00\x01\x00\x00 no font"))["/F1"]
    assert (font.program, font.character(1)) == (None, "简")


@pytest.mark.parametrize(
    ("block", "characters"),
    [
        ("beginbfchar <01> <7B80> <02> <d83ddE00> endbfchar", {1: "简", 2: "😀"}),
        ("beginbfrange <01> <03> <0041> endbfrange", {1: "A", 2: "B", 3: "C"}),
        ("beginbfrange <01> <02> [<0041> <00660069>] endbfrange", {1: "A", 2: "fi"}),
        ("beginbfchar <01> <> endbfchar", {1: ""}),
        ("beginbfrange <05> <01> <0041> endbfrange", {}),
        ("beginbfrange <01> <02> <> endbfrange", {}),
        ("beginbfchar <01> endbfchar", {}),
        ("no block", {}),
    ],
)
def test_characters_of_a_cmap(block: str, characters: dict[int, str]) -> None:
    assert characters_of(block.encode()) == characters


def test_range_of_a_hostile_cmap_is_bounded() -> None:
    assert len(characters_of(b"beginbfrange <00000000> <ffffffff> <0041> endbfrange")) == 0x10000
