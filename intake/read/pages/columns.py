"""The pieces of a page in reading order: down each column, where there are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from intake.read.pages.lines import LineSegment, PageLine, line_of, rows_of

_PLACES: Final = 60
_MIDDLE: Final = (0.3, 0.7)
"""Where on the text's width the gutter may lie."""
_FEWEST: Final = 4
"""Lines in each column; fewer beside each other are two signatures or a line of a table."""
_FILLED: Final = 0.7
_LONGEST_CELL: Final = 8.0
"""Of the size: columns are wider, cells of a table may be narrower."""


def lines_in_order(pieces: Sequence[LineSegment], page: int) -> Iterator[PageLine]:
    """The lines of a page as they are read.

    What crosses the gutter parts the page into bands; in each, two columns are read one after the other.
    """
    gutter = _gutter(pieces)
    band: list[LineSegment] = []
    for row in rows_of(pieces):
        if any(piece.box.left < gutter < piece.box.right for piece in row):
            yield from _band(band, gutter, page)
            band = []
            yield line_of(row, (page, 0))
        else:
            band += row
    yield from _band(band, gutter, page)


def _gutter(pieces: Sequence[LineSegment]) -> float:
    """Where the fewest pieces are crossed: the middle of the widest such place."""
    if not pieces:
        return 0.0
    left = min(piece.box.left for piece in pieces)
    width = max(piece.box.right for piece in pieces) - left
    low, high = _MIDDLE
    places = [left + width * (low + (high - low) * at / _PLACES) for at in range(_PLACES + 1)]
    crossed = [sum(piece.box.left < place < piece.box.right for piece in pieces) for place in places]
    fewest = min(crossed)
    best: list[float] = []
    run: list[float] = []
    for place, count in zip(places, crossed, strict=True):
        run = [*run, place] if count == fewest else []
        best = run if len(run) > len(best) else best
    return best[len(best) // 2]


def _band(pieces: Sequence[LineSegment], gutter: float, page: int) -> Iterator[PageLine]:
    left = [piece for piece in pieces if piece.box.right <= gutter]
    right = [piece for piece in pieces if piece.box.left >= gutter]
    if min(len(left), len(right)) >= _FEWEST and (_is_filled(left) or _is_filled(right)):
        for column, side in enumerate((left, right), start=1):
            yield from (line_of(row, (page, column)) for row in rows_of(side))
    else:
        yield from (line_of(row, (page, 0)) for row in rows_of(pieces))


def _is_filled(pieces: Sequence[LineSegment]) -> bool:
    """Whether most of the lines fill the width, and that is wide enough for running text."""
    width = max(piece.box.right for piece in pieces) - min(piece.box.left for piece in pieces)
    size = median(piece.box.height for piece in pieces)
    return width > _LONGEST_CELL * size and median(piece.box.width for piece in pieces) >= _FILLED * width
