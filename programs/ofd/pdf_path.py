"""The path that the operators of a PDF build (ISO 32000-1, 8.5), on the paper."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from programs.ofd.page import Extent, Segment
from values.matrix import Matrix

_RECTANGLE: Final = "MLLLC"
_STRAIGHT: Final = 1e-3
"""Points: sides of a rectangle that differ by less are parallel to the paper's edges."""


class PathBuilder:
    """Collects segments until the path is painted."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._here = (0.0, 0.0)
        """In user space."""

    def move(self, space: Matrix, x: float, y: float) -> None:
        self._add("M", space, [x, y])

    def line(self, space: Matrix, x: float, y: float) -> None:
        self._add("L", space, [x, y])

    def curve(self, space: Matrix, numbers: Sequence[float]) -> None:
        """A Bézier curve, by its two control points and its end."""
        self._add("B", space, numbers)

    def curve_from_here(self, space: Matrix, numbers: Sequence[float]) -> None:
        """A Bézier curve whose first control point is the current point."""
        self._add("B", space, [*self._here, *numbers])

    def close(self) -> None:
        if self._segments:
            self._segments.append(("C", ()))

    def rectangle(self, space: Matrix, x: float, y: float, width: float, height: float) -> None:
        self.move(space, x, y)
        self.line(space, x + width, y)
        self.line(space, x + width, y + height)
        self.line(space, x, y + height)
        self.close()

    def taken(self) -> tuple[tuple[Segment, ...], Extent | None]:
        """The segments, and the rectangle that they are, if they are one. A new path begins."""
        segments, self._segments = tuple(self._segments), []
        return segments, _rectangle(segments)

    def _add(self, word: str, space: Matrix, numbers: Sequence[float]) -> None:
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        self._here = pairs[-1]
        self._segments.append((word, tuple(space.point(x, y) for x, y in pairs)))


def _rectangle(segments: Sequence[Segment]) -> Extent | None:
    if "".join(word for word, _ in segments) not in (_RECTANGLE, "MLLL", "MLLLLC", "MLLLL"):
        return None
    corners = [point for _, points in segments for point in points]
    if len(corners) == 5 and corners.pop() != corners[0]:
        return None
    box = Extent.around(corners)
    straight = all(
        min(abs(x - box.left), abs(x - box.right)) < _STRAIGHT
        and min(abs(y - box.bottom), abs(y - box.top)) < _STRAIGHT
        for x, y in corners
    )
    turns = all(
        abs(corner[0] - following[0]) < _STRAIGHT or abs(corner[1] - following[1]) < _STRAIGHT
        for corner, following in pairwise(corners)
    )
    return box if straight and turns else None
