"""Outlines of the fonts in a PDF: Type 1, CFF and TrueType, read by fontTools."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from programs.font_licences import forbids_embedding
from programs.ofd.type1 import read_type1

_SYMBOLS: Final = 0xF000
"""Where symbol fonts have their codes (OpenType, cmap, platform 3 encoding 0)."""


class ProgramKind(Enum):
    """Formats of fonts in a PDF (ISO 32000-1, table 126)."""

    TYPE1 = "Type 1"
    CFF = "CFF"
    TRUETYPE = "TrueType"
    OPENTYPE = "OpenType"


class UnreadableFont(Exception):
    """fontTools cannot read the font."""


@dataclass(frozen=True, slots=True)
class FontProgram:
    """The glyphs of a font."""

    units: int
    """Units an em."""
    quadratic: bool
    """Whether outlines are quadratic curves (TrueType); otherwise cubic."""
    names: Sequence[str]
    """Of the glyphs, by glyph id."""
    encoding: Mapping[int, str]
    """Names by the codes of the font's own encoding."""
    cid_keyed: bool
    """Whether composite fonts choose glyphs by CID and not by glyph id."""
    forbidden: bool
    """Whether the font itself says that it may not be embedded."""
    glyph_set: Any
    """fontTools' glyphs by name."""

    def has(self, name: str) -> bool:
        return name in self.glyph_set

    def name_of(self, glyph_id: int) -> str | None:
        return self.names[glyph_id] if 0 <= glyph_id < len(self.names) else None

    def glyph_for(self, code: int, *, composite: bool) -> str | None:
        """The name of the glyph with that code, or CID in a composite font; None when the font has none."""
        if not composite:
            return self.encoding.get(code)
        if self.cid_keyed:
            name = f"cid{code:05}" if code else ".notdef"
            return name if self.has(name) else None
        return self.name_of(code)

    def outline(self, name: str) -> DecomposingRecordingPen:
        """The outline as calls of a pen. Raises UnreadableFont."""
        pen = DecomposingRecordingPen(self.glyph_set)
        _guarded(lambda: self.glyph_set[name].draw(pen))
        return pen


def font_program(data: bytes, kind: ProgramKind) -> FontProgram:
    """The font of a /FontFile. Raises UnreadableFont."""
    readers: Mapping[ProgramKind, Callable[[bytes], FontProgram]] = {
        ProgramKind.TYPE1: _type1,
        ProgramKind.CFF: _compact,
        ProgramKind.TRUETYPE: _opentype,
        ProgramKind.OPENTYPE: _opentype,
    }
    program: FontProgram = _guarded(lambda: readers[kind](data))
    return program


def _guarded(read: Callable[[], Any]) -> Any:
    """fontTools raises nearly anything for a damaged font; none of it says more than that it is damaged."""
    try:
        return read()
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise UnreadableFont(type(error).__name__) from error


def _type1(data: bytes) -> FontProgram:
    font = read_type1(data)
    encoding = {code: name for code, name in font.encoding.items() if name in font.glyphs}
    return FontProgram(font.units, False, tuple(font.glyphs), encoding, False, False, font.glyphs)


def _compact(data: bytes) -> FontProgram:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[fonts.fontNames[0]]
    names, glyphs = tuple(top.charset), top.CharStrings
    keyed = hasattr(top, "ROS")
    own: Any = () if keyed else top.Encoding
    encoding = {code: name for code, name in enumerate(own) if name in glyphs} if isinstance(own, list) else {}
    matrix = getattr(top, "FontMatrix", None) or [0.001]
    return FontProgram(_units(matrix), False, names, encoding, keyed, False, glyphs)


def _opentype(data: bytes) -> FontProgram:
    font = TTFont(io.BytesIO(data), lazy=True)
    names = tuple(font.getGlyphOrder())
    forbidden = "OS/2" in font and forbids_embedding(font["OS/2"].fsType)
    encoding = _simple_encoding(font, names)
    return FontProgram(font["head"].unitsPerEm, "glyf" in font, names, encoding, False, forbidden, font.getGlyphSet())


def _simple_encoding(font: TTFont, names: Sequence[str]) -> dict[int, str]:
    """Names by the codes of a simple symbolic font (ISO 32000-1, 9.6.6.4); without a cmap codes are glyph ids."""
    tables = (
        {(table.platformID, table.platEncID): table.cmap for table in font["cmap"].tables} if "cmap" in font else {}
    )
    symbols, roman = tables.get((3, 0), {}), tables.get((1, 0), {})
    by_id = dict(enumerate(names)) if not tables else {}
    places = ((symbols, _SYMBOLS), (symbols, 0), (roman, 0), (by_id, 0))
    return {
        code: next(name for table, base in places if (name := table.get(base + code)) is not None)
        for code in range(256)
        if any(base + code in table for table, base in places)
    }


def _units(matrix: Sequence[float]) -> int:
    return round(1 / matrix[0]) if matrix[0] > 0 else 1_000
