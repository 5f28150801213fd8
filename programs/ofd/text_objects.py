"""Runs of glyphs as TextObjects (GB/T 33190-2016, 11): characters, steps, and glyphs where characters do not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from programs.ofd.page import BLACK, Extent, GlyphRun, PlacedGlyph
from programs.ofd.typefaces import FaceGlyph, Typefaces
from programs.ofd.xml_text import MILLIMETRES, number, numbers, steps, text
from values.matrix import Matrix

_UP: Final = 0.9
"""Ems from the baseline to the upper edge of an object: more than any Chinese glyph reaches."""
_DOWN: Final = 0.3
_BASIC: Final = 0xFFFF
"""Characters above have two code units, which readers count differently."""


@dataclass(frozen=True, slots=True)
class _FaceCharacter:
    glyph: PlacedGlyph
    place: FaceGlyph

    @property
    def is_simple(self) -> bool:
        """Whether it is one character of the basic plane that needs no CGTransform, so that it can share an object with
        others. Some readers take no more than one CGTransform an object."""
        shown = self.place.plain or self.glyph.text.isspace()  # a space needs no glyph
        return shown and len(self.glyph.text) == 1 and ord(self.glyph.text) <= _BASIC


def text_objects(
    run: GlyphRun, faces: Typefaces, height: float, next_id: Callable[[int | None], int], *, drawn: bool
) -> Iterator[str]:
    """The run as objects of one typeface each. height: of the page, in points.

    next_id: the id of a new object, or that of a typeface. drawn: whether it is seen, as in `Typefaces.place`.
    """
    placed = [_FaceCharacter(glyph, faces.place(glyph, drawn=drawn)) for glyph in run.glyphs]
    for part in _parts(placed):
        yield _object(run, part, height, next_id)


def _parts(placed: Sequence[_FaceCharacter]) -> Iterator[Sequence[_FaceCharacter]]:
    """Glyphs of one typeface, without spaces at the ends, which readers cut off; ligatures by themselves."""
    part: list[_FaceCharacter] = []
    for glyph in placed:
        if part and not (glyph.is_simple and part[-1].is_simple and glyph.place.face == part[-1].place.face):
            yield from _trimmed(part)
            part = []
        part.append(glyph)
    yield from _trimmed(part)


def _trimmed(part: list[_FaceCharacter]) -> Iterator[Sequence[_FaceCharacter]]:
    while part and part[-1].glyph.text.isspace():
        part.pop()
    first = next((at for at, glyph in enumerate(part) if not glyph.glyph.text.isspace()), len(part))
    if part[first:]:
        yield part[first:]


def _object(run: GlyphRun, part: Sequence[_FaceCharacter], height: float, next_id: Callable[[int | None], int]) -> str:
    first, last = part[0].glyph, part[-1].glyph
    box = _box(run, first.x, last.x + last.width)
    upright = run.space[:4] == Matrix()[:4]
    x, y = run.space.point(first.x, 0)
    if upright:
        at, turned = numbers((x - box.left) * MILLIMETRES, (box.top - y) * MILLIMETRES).split(), ""
    else:
        at, turned = ["0", "0"], f' CTM="{_matrix(run.space, x - box.left, box.top - y)}"'
    characters = "".join(glyph.glyph.text or " " for glyph in part)
    moves = [b.glyph.x - a.glyph.x for a, b in pairwise(part)]
    if len(part) == 1:
        moves = [last.width / len(characters)] * (len(characters) - 1)
    delta = f' DeltaX="{steps(move * MILLIMETRES for move in moves)}"' if moves else ""
    boundary = numbers(*(value * MILLIMETRES for value in _boundary(box, height)))
    stroke = f' Stroke="true" LineWidth="{number(run.outlined * MILLIMETRES)}"' if run.outlined else ""
    return (
        f'<ofd:TextObject ID="{next_id(None)}" Boundary="{boundary}" Font="{next_id(part[0].place.face)}" '
        f'Size="{number(run.size * MILLIMETRES)}"{turned}{stroke}>{_colours(run)}{_transform(part[0])}'
        f'<ofd:TextCode X="{at[0]}" Y="{at[1]}"{delta}>{text(characters)}</ofd:TextCode></ofd:TextObject>'
    )


def _box(run: GlyphRun, left: float, right: float) -> Extent:
    corners = [run.space.point(x, y * run.size) for x in (left, right) for y in (-_DOWN, _UP)]
    return Extent.around(corners)


def _boundary(box: Extent, height: float) -> tuple[float, float, float, float]:
    return box.left, height - box.top, box.right - box.left, box.top - box.bottom


def _matrix(space: Matrix, x: float, y: float) -> str:
    """From the space of the object, whose y axis points down, to its boundary."""
    return numbers(space.a, -space.b, -space.c, space.d, x * MILLIMETRES, y * MILLIMETRES)


def _colours(run: GlyphRun) -> str:
    value = " ".join(map(str, run.colour))
    fill = f'<ofd:FillColor Value="{value}"/>' if run.colour != BLACK else ""
    return fill + (f'<ofd:StrokeColor Value="{value}"/>' if run.outlined else "")


def _transform(first: _FaceCharacter) -> str:
    """CGTransform (11.4.1) for a glyph that the font does not show for its characters by itself; it is alone."""
    if first.is_simple or first.place.plain:
        return ""
    return (
        f'<ofd:CGTransform CodePosition="0" CodeCount="{max(len(first.glyph.text), 1)}" GlyphCount="1">'
        f"<ofd:Glyphs>{first.place.glyph}</ofd:Glyphs></ofd:CGTransform>"
    )
