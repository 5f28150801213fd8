"""OpenType fonts with the glyphs that an OFD uses: what the PDF's fonts hold of one typeface, put together."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from programs.ofd.font_programs import FontProgram, UnreadableFont
from programs.ofd.page import GlyphKey

_NOTDEF: Final = ".notdef"
_ASCENT: Final = 0.88
"""Of the em, as Chinese fonts have it; no reader lays lines out by it, since every character has its place."""
_DESCENT: Final = -0.12
_CREATED: Final = 0x7C25B080
"""1970, in seconds since 1904: the same glyphs give the same bytes."""
_VIEWING: Final = 0x0004
"""fsType of what is made: a part of a font, for viewing and printing this file (OpenType, OS/2)."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    program: FontProgram
    name: str
    """In that program."""
    width: int
    """In font units."""


@dataclass(slots=True)
class FontCollector:
    """The glyphs of one typeface, as the pages use them."""

    name: str
    """PostScript name."""
    units: int
    quadratic: bool
    _glyphs: list[_Glyph] = field(default_factory=list)
    _ids: dict[GlyphKey, int] = field(default_factory=dict)
    _characters: dict[int, int] = field(default_factory=dict)
    """Glyph ids by code point."""

    def add(self, key: GlyphKey, program: FontProgram, name: str, width: float, text: str) -> int:
        """The id of the glyph, which is added where it is new. width: in ems. text: what it stands for."""
        if key not in self._ids:
            self._glyphs.append(_Glyph(program, name, round(width * self.units)))
            self._ids[key] = len(self._glyphs)  # 0 is .notdef
        if len(text) == 1:
            self._characters.setdefault(ord(text), self._ids[key])
        return self._ids[key]

    def shows(self, text: str, glyph_id: int) -> bool:
        """Whether the font by itself shows that character with that glyph."""
        return len(text) == 1 and self._characters.get(ord(text)) == glyph_id

    def file(self) -> bytes:
        """The font. Raises UnreadableFont when an outline is damaged, or fontTools cannot write what it has read."""
        names = [_NOTDEF, *(f"g{at}" for at in range(1, len(self._glyphs) + 1))]
        builder = FontBuilder(self.units, isTTF=self.quadratic)
        builder.font.recalcTimestamp = False  # the same glyphs give the same bytes
        builder.font.recalcBBoxes = False  # fontTools would carry out every outline twice more
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap({character: names[glyph] for character, glyph in self._characters.items()})
        widths = {_NOTDEF: self.units} | {f"g{at}": glyph.width for at, glyph in enumerate(self._glyphs, start=1)}
        bearings = self._true_type(builder) if self.quadratic else self._compact(builder, widths)
        builder.setupHorizontalMetrics({name: (max(widths[name], 0), bearings.get(name, 0)) for name in names})
        left, bottom, right, top = self._bounds()
        builder.updateHead(created=_CREATED, modified=_CREATED, xMin=left, yMin=bottom, xMax=right, yMax=top)
        ascent, descent = round(_ASCENT * self.units), round(_DESCENT * self.units)
        builder.setupHorizontalHeader(ascent=ascent, descent=descent)
        builder.setupNameTable({"familyName": self.name, "styleName": "Regular", "psName": self.name}, mac=False)
        builder.setupOS2(
            sTypoAscender=ascent,
            sTypoDescender=descent,
            usWinAscent=ascent,
            usWinDescent=-descent,
            fsType=_VIEWING,
        )
        builder.setupPost(keepGlyphNames=False)
        out = io.BytesIO()
        try:
            builder.save(out)
        except (ValueError, OverflowError, AssertionError, KeyError, TypeError) as error:
            raise UnreadableFont(type(error).__name__) from error
        return out.getvalue()

    def _true_type(self, builder: FontBuilder) -> Mapping[str, int]:
        """Sets the outlines. Returns the left side bearings."""
        glyphs = {_NOTDEF: TTGlyphPen(None).glyph()}
        for at, glyph in enumerate(self._glyphs, start=1):
            pen = TTGlyphPen(None)
            glyph.program.outline(glyph.name).replay(pen)
            glyphs[f"g{at}"] = pen.glyph()
        builder.setupGlyf(glyphs)
        return {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}

    def _compact(self, builder: FontBuilder, widths: Mapping[str, int]) -> Mapping[str, int]:
        """Sets the outlines; readers take the left side bearings from them."""
        outlines = {_NOTDEF: T2CharStringPen(widths[_NOTDEF], None).getCharString()}
        for at, glyph in enumerate(self._glyphs, start=1):
            pen = T2CharStringPen(glyph.width, None)
            glyph.program.outline(glyph.name).replay(pen)
            outlines[f"g{at}"] = pen.getCharString(optimize=False)
        builder.setupCFF(self.name, {"FullName": self.name, "FontBBox": list(self._bounds())}, outlines, {})
        return {}

    def _bounds(self) -> tuple[int, int, int, int]:
        """A box that holds every glyph of ordinary typefaces; readers use it to make room."""
        return -self.units, -self.units, 2 * self.units, 2 * self.units
