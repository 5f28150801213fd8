"""The fonts of an OFD: the glyphs that the pages use, by typeface, and the file of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from programs.ofd.doubt import Doubt
from programs.ofd.font_files import FontCollector
from programs.ofd.font_programs import UnreadableFont
from programs.ofd.page import GlyphRun, PlacedGlyph
from programs.ofd.pdf_fonts import PdfFont

_NAMELESS: Final = "Font"
_BOLD: Final = ("bold", "heavy", "black")
_ITALIC: Final = ("italic", "oblique")


class FaceGlyph(NamedTuple):
    """Where a glyph of the PDF is in the OFD."""

    face: int
    """Index of the typeface."""
    glyph: int
    """Its id in the typeface's file; 0 where there is no file."""
    plain: bool
    """Whether readers choose this glyph for its character by themselves."""


@dataclass(slots=True)
class Typeface:
    """A font of the OFD."""

    name: str
    """PostScript name."""
    collector: FontCollector | None
    """None where the font is not in the OFD."""
    file: bytes = b""

    @property
    def is_bold(self) -> bool:
        return any(word in self.name.casefold() for word in _BOLD)

    @property
    def is_italic(self) -> bool:
        return any(word in self.name.casefold() for word in _ITALIC)


class _FaceKey(NamedTuple):
    name: str
    units: int
    quadratic: bool


_NO_FILE: Final = (0, False)
"""Units and curves of a typeface without outlines."""


@dataclass(slots=True)
class Typefaces:
    """Collects what the pages use."""

    fonts: list[PdfFont]
    """Of the PDF, by the index in `GlyphKey.font`."""
    forbidden: Collection[str]
    """PostScript names of fonts that may not be embedded."""
    faces: list[Typeface] = field(default_factory=list)
    _indices: dict[_FaceKey, int] = field(default_factory=dict)

    def doubts_of(self, runs: Iterable[GlyphRun]) -> set[Doubt]:
        """Why the glyphs cannot be shown by fonts in the OFD; empty when they can."""
        doubts: set[Doubt] = set()
        for key, text in {(glyph.key, glyph.text) for run in runs for glyph in run.glyphs}:
            font = self.fonts[key.font]
            if self._is_forbidden(font):
                doubts.add(Doubt.FONT_FORBIDDEN)
            elif font.program is None or (text.strip() and font.glyph_name(key.code) is None):
                doubts.add(Doubt.FONT_MISSING)
        return doubts

    def place(self, glyph: PlacedGlyph, *, drawn: bool) -> FaceGlyph:
        """The glyph in its typeface. drawn: whether it is seen; text under a picture needs no outlines."""
        font = self.fonts[glyph.key.font]
        name = None if not drawn or self._is_forbidden(font) else font.glyph_name(glyph.key.code)
        if font.program is None or name is None:
            return FaceGlyph(self._face(font, embedded=False), 0, True)
        face = self._face(font, embedded=True)
        collector = self.faces[face].collector
        assert collector is not None, "it was made with one"
        glyph_id = collector.add(glyph.key, font.program, name, font.width_of(glyph.key.code), glyph.text)
        return FaceGlyph(face, glyph_id, collector.shows(glyph.text, glyph_id))

    def finish(self) -> None:
        """Makes the files. Raises UnreadableFont when one cannot be made."""
        for face in self.faces:
            if face.collector is not None:
                face.file = face.collector.file()

    def damaged_fonts(self) -> frozenset[str]:
        """The names of typefaces whose file cannot be made."""
        damaged = set()
        for face in self.faces:
            try:
                if face.collector is not None:
                    face.collector.file()
            except UnreadableFont:
                damaged.add(face.name)
        return frozenset(damaged)

    def _is_forbidden(self, font: PdfFont) -> bool:
        return font.name in self.forbidden or (font.program is not None and font.program.forbidden)

    def _face(self, font: PdfFont, *, embedded: bool) -> int:
        units, quadratic = (font.program.units, font.program.quadratic) if embedded and font.program else _NO_FILE
        key = _FaceKey(font.name or _NAMELESS, units, quadratic)
        if key not in self._indices:
            self._indices[key] = len(self.faces)
            self.faces.append(Typeface(key.name, FontCollector(*key) if embedded else None))
        return self._indices[key]
