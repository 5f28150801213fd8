"""The reading order of the lines of a page, which may have two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from intake.read.pages.lines import LineSegment, PageLine, line_of, rows_of

_PLACES: Final = 60
"""Positions tried for the gutter: on A4, one every millimetre."""
_MIDDLE: Final = (0.3, 0.7)
"""The part of the text width in which the gutter may lie."""
_FEWEST: Final = 4
"""Lines in each column; fewer next to each other are two signatures or a row of a table."""
_FILLED: Final = 0.7
"""Of the column width: the median line of running text is at least so long, that of a list is not."""
_LONGEST_CELL: Final = 8.0
"""Characters: columns are wider than this, cells of a table may be narrower."""


def lines_in_order(segments: Sequence[LineSegment], page: int) -> Iterator[PageLine]:
    """The lines of a page in reading order. page: its index.

    Lines that cross the gutter divide the page into bands. In each band, two columns are read one after the other.
    """
    gutter = _gutter(segments)
    band: list[LineSegment] = []
    for row in rows_of(segments):
        if any(segment.box.left < gutter < segment.box.right for segment in row):
            yield from _band(band, gutter, page)
            band = []
            yield line_of(row, (page, 0))
        else:
            band += row
    yield from _band(band, gutter, page)


def _gutter(segments: Sequence[LineSegment]) -> float:
    """The horizontal position, in points, that the fewest segments cross: the middle of the widest such range."""
    if not segments:
        return 0.0
    left = min(segment.box.left for segment in segments)
    width = max(segment.box.right for segment in segments) - left
    low, high = _MIDDLE
    places = [left + width * (low + (high - low) * at / _PLACES) for at in range(_PLACES + 1)]
    crossed = [sum(segment.box.left < place < segment.box.right for segment in segments) for place in places]
    fewest = min(crossed)
    best: list[float] = []
    run: list[float] = []
    for place, count in zip(places, crossed, strict=True):
        run = [*run, place] if count == fewest else []
        best = run if len(run) > len(best) else best
    return best[len(best) // 2]


def _band(segments: Sequence[LineSegment], gutter: float, page: int) -> Iterator[PageLine]:
    left = [segment for segment in segments if segment.box.right <= gutter]
    right = [segment for segment in segments if segment.box.left >= gutter]
    if min(len(left), len(right)) >= _FEWEST and (_is_filled(left) or _is_filled(right)):
        for column, side in enumerate((left, right), start=1):
            yield from (line_of(row, (page, column)) for row in rows_of(side))
    else:
        yield from (line_of(row, (page, 0)) for row in rows_of(segments))


def _is_filled(segments: Sequence[LineSegment]) -> bool:
    """Whether most segments fill the width of the column, and it is wide enough for running text."""
    width = max(segment.box.right for segment in segments) - min(segment.box.left for segment in segments)
    size = median(segment.box.height for segment in segments)
    return width > _LONGEST_CELL * size and median(segment.box.width for segment in segments) >= _FILLED * width
