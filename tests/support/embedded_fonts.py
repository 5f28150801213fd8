"""PDFs with a font in the file, byte by byte: squares for glyphs, so that a test knows what is drawn."""

from __future__ import annotations

import io
from typing import Final

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.support.pdf import pdf

CHARACTERS: Final = "简报一二"
EM: Final = 1_000


def square_font(characters: str = CHARACTERS, fs_type: int = 0) -> bytes:
    """A TrueType font; its n-th glyph is a square whose side is n tenths of an em."""
    builder = FontBuilder(EM, isTTF=True)
    builder.font.recalcTimestamp = False
    names = [".notdef", *(f"g{at}" for at in range(1, len(characters) + 1))]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): f"g{at}" for at, character in enumerate(characters, 1)})
    builder.setupGlyf({name: _square(at * EM // 10) for at, name in enumerate(names)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (EM, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares"})
    builder.setupOS2(fsType=fs_type)
    builder.setupPost()
    builder.updateHead(created=0x7C25B080, modified=0x7C25B080)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _square(side: int) -> object:
    pen = TTGlyphPen(None)
    if side:
        pen.moveTo((0, 0))
        for corner in ((0, side), (side, side), (side, 0)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def to_unicode(codes: dict[int, str]) -> bytes:
    """A /ToUnicode CMap for codes of two bytes."""
    rows = "\n".join(f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in codes.items())
    return (
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{rows}\nendbfchar".encode()
    )


def stream(head: str, data: bytes) -> bytes:
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def pdf_with_font(*contents: str, font: bytes | None = None, codes: dict[int, str] | None = None) -> bytes:
    """Pages whose font /F1 is in the file: codes are glyph ids of two bytes. F2 has no file, as in `tests.support.pdf`.

    codes: what they stand for; by default the characters of `square_font`.
    """
    characters = codes if codes is not None else dict(enumerate(CHARACTERS, 1))
    program = font if font is not None else square_font()
    objects = [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Squares /Encoding /Identity-H "
        b"/DescendantFonts [11 0 R] /ToUnicode 14 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Squares /DW 1000 /FontDescriptor 12 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity >>",
        b"<< /Type /FontDescriptor /FontName /ABCDEF+Squares /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 /FontFile2 13 0 R >>",
        stream(f"/Length1 {len(program)}", program),
        stream("", to_unicode(characters)),
    ]
    made = pdf(*contents, objects=objects)
    return made.replace(b"/F1 3 0 R /F2", b"/F1 10 0 R/F2")  # of equal length: the table of places stays right
