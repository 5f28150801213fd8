"""Places the glyphs of a PDF's strings (ISO 32000-1, 9.4.4) and joins those of one line to runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from programs.ofd.doubt import Doubt
from programs.ofd.page import Extent, GlyphKey, GlyphRun, PageContent, PlacedGlyph
from programs.ofd.pdf_state import GraphicsState, TextState
from values.matrix import Matrix

_THOUSAND: Final = 1_000
"""Parts of an em in which TJ moves."""
_FILLED: Final = (0, 2)
_OUTLINED: Final = 2
"""Fill, then stroke: the bold of a typeface that has none."""
_INVISIBLE: Final = 3
_NEAR: Final = 0.01
"""Points: runs whose baselines differ by less are one line."""
_FAR: Final = 3.0
"""Ems between glyphs of one run; a tabulator begins another."""
_EDGE: Final = 1.0
"""Points by which the box of a glyph, which is larger than its ink, may cross a clipping edge."""


class TextWriter:
    """Carries out the operators that show text, and adds runs to the page."""

    def __init__(self, content: PageContent) -> None:
        self._content = content
        self._line = self._matrix = Matrix()

    def begin(self) -> None:
        self._line = self._matrix = Matrix()

    def place(self, matrix: Matrix) -> None:
        self._line = self._matrix = matrix

    def move(self, x: float, y: float) -> None:
        self._line = self._matrix = Matrix(e=x, f=y).then(self._line)

    def show(self, state: GraphicsState, pieces: Iterable[Any]) -> None:
        """Shows the strings; the numbers between them move what follows to the left."""
        text = state.text
        if text.font is None:
            self._content.doubt(Doubt.FONT_MISSING)
            return
        begin, glyphs, x = self._matrix, list[PlacedGlyph](), 0.0
        for piece in pieces:
            if isinstance(piece, (int, float)):
                x -= float(piece) / _THOUSAND * text.size * text.scaling
                continue
            for code in text.font.codes(bytes(getattr(piece, "original_bytes", piece))):
                width = text.font.width_of(code) * text.size
                key = GlyphKey(text.font_index, code)
                glyphs.append(PlacedGlyph(key, text.font.character(code), x, width * text.scaling))
                spaced = text.word_spacing if code == ord(" ") and text.font.code_bytes == 1 else 0.0
                x += (width + text.spacing + spaced) * text.scaling
        self._matrix = Matrix(e=x).then(self._matrix)
        if glyphs:
            self._add(state, text, begin, tuple(glyphs))

    def _add(self, state: GraphicsState, text: TextState, begin: Matrix, glyphs: tuple[PlacedGlyph, ...]) -> None:
        """Adds a run in a space in which glyphs are `size` high and lie on the x axis."""
        if text.mode not in (*_FILLED, _INVISIBLE):
            self._content.doubt(Doubt.OPERATOR)
        if text.size <= 0 or text.scaling <= 0:
            self._content.doubt(Doubt.OPERATOR)  # mirrored, or nothing
            return
        space = Matrix(f=text.rise).then(begin).then(state.space)
        size = text.size
        if text.scaling != 1.0:
            space = Matrix(a=text.scaling).then(space)
            glyphs = tuple(
                replace(glyph, x=glyph.x / text.scaling, width=glyph.width / text.scaling) for glyph in glyphs
            )
        if space.is_upright and space.a != 1.0:
            glyphs = tuple(replace(glyph, x=glyph.x * space.a, width=glyph.width * space.a) for glyph in glyphs)
            size, space = size * space.a, Matrix(e=space.e, f=space.f)
        outlined = state.pen.width * state.space.scale / space.scale if text.mode == _OUTLINED else 0.0
        run = GlyphRun(size, space, state.fill, glyphs, outlined)
        if text.mode == _INVISIBLE:
            self._content.doubt(Doubt.OPERATOR)
        elif not self._is_in(state.clip, run):
            self._content.doubt(Doubt.CLIPPING)
        self._join(run)

    @staticmethod
    def _is_in(clip: Extent, run: GlyphRun) -> bool:
        """Whether the ink is within the clipping edge: a glyph reaches some 0.7 em up and 0.1 em down."""
        left, right = run.glyphs[0].x, run.glyphs[-1].x + run.glyphs[-1].width
        corners = [run.space.point(x, y * run.size) for x in (left, right) for y in (-0.1, 0.7)]
        return clip.holds(Extent.around(corners), _EDGE)

    def _join(self, run: GlyphRun) -> None:
        """Appends the glyphs to the last run where they continue its line in the same looks."""
        last = self._content.items[-1] if self._content.items else None
        if isinstance(last, GlyphRun) and (shift := _continues(last, run)) is not None:
            moved = tuple(replace(glyph, x=glyph.x + shift) for glyph in run.glyphs)
            self._content.items[-1] = replace(last, glyphs=last.glyphs + moved)
        else:
            self._content.items.append(run)


def _continues(last: GlyphRun, run: GlyphRun) -> float | None:
    """By how much the glyphs of `run` move in the space of `last`; None when it is no continuation."""
    alike = (last.size, last.colour, last.outlined) == (run.size, run.colour, run.outlined)
    upright = last.space[:4] == run.space[:4] == Matrix()[:4]
    if not (alike and upright and abs(last.space.f - run.space.f) < _NEAR):
        return None
    shift = run.space.e - last.space.e
    gap = run.glyphs[0].x + shift - (last.glyphs[-1].x + last.glyphs[-1].width)
    return shift if -0.5 * run.size < gap < _FAR * run.size else None
