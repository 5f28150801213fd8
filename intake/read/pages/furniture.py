"""Page furniture: page numbers, and running heads and feet, which are no text of the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.read.pages.lines import PageLine
from intake.read.pages.page import FixedPage, PlacedPicture

_NUMBER: Final = re.compile(
    r"[\s—–―\-－·•~～|]*(?:第\s*)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4}(?=\s*页))(?:\s*页)?"
    r"(?:\s?(?:[/／]|[,，]?\s?共)\s?\d{1,4}(?:\s*页)?)?[\s—–―\-－·•~～|]*"
)
_DIGITS: Final = re.compile(r"\d+")
_OUTER: Final = 2
"""Lines from either end of a page that may be furniture."""
_ZONE: Final = 0.17
"""Of the page height, from either end: where page numbers are printed (GB/T 9704-2012: 7 mm below the text, in 35
mm)."""
_LONGEST_NUMBER: Final = 30
"""Characters of a page number with dashes and a total."""
_LONGEST_RUNNING: Final = 60
"""Characters of a running head; a longer line that repeats is text."""
_SAME_PLACE: Final = 4.0
"""Points: lines and pictures this close are at the same place; pages of one file differ by rounding."""


@dataclass(frozen=True, slots=True)
class BodyLines:
    """The lines of all pages without furniture, and what was removed."""

    lines: tuple[tuple[PageLine, ...], ...]
    """Of each page, in reading order."""
    numbers: int
    """How many page numbers were removed."""
    running: tuple[str, ...]
    """The running heads and feet, each once, with 1 for their numbers."""


def without_furniture(pages: Sequence[Sequence[PageLine]], heights: Sequence[float]) -> BodyLines:
    """Removes page numbers at the top or bottom, and lines that repeat at the same place on several pages.

    heights: of the pages, in points.
    """
    seen = Counter(key for lines in pages for key in {_key(line) for line in _outer(lines)})
    kept: list[tuple[PageLine, ...]] = []
    numbers = 0
    running: dict[str, None] = {}
    for lines, height in zip(pages, heights, strict=True):
        outer = {id(line) for line in _outer(lines)}
        rest: list[PageLine] = []
        for line in lines:
            if id(line) in outer and _is_number(line, height):
                numbers += 1
            elif id(line) in outer and 1 < len(line.text.strip()) <= _LONGEST_RUNNING and _repeats(line, seen):
                running[_DIGITS.sub("1", line.text.strip())] = None
            else:
                rest.append(line)
        kept.append(tuple(rest))
    return BodyLines(tuple(kept), numbers, tuple(running))


def without_running_pictures(pages: Sequence[FixedPage]) -> tuple[FixedPage, ...]:
    """The pages without pictures that repeat at the same place on several, such as the logo of a letterhead."""
    seen = Counter(_place(picture) for page in pages for picture in page.pictures)
    kept = [tuple(picture for picture in page.pictures if seen[_place(picture)] == 1) for page in pages]
    return tuple(
        replace(page, pictures=rest, left_out=(*page.left_out, *["running"] * (len(page.pictures) - len(rest))))
        for page, rest in zip(pages, kept, strict=True)
    )


def _place(picture: PlacedPicture) -> tuple[str, int, int]:
    box = picture.box
    return picture.media.sha256, round(box.left / _SAME_PLACE), round(box.top / _SAME_PLACE)


def _outer(lines: Iterable[PageLine]) -> list[PageLine]:
    """The uppermost and lowest lines of a page."""
    ordered = sorted(lines, key=lambda line: line.baseline)
    return ordered if len(ordered) <= 2 * _OUTER else [*ordered[:_OUTER], *ordered[-_OUTER:]]


def _is_number(line: PageLine, height: float) -> bool:
    outside = line.baseline < _ZONE * height or line.baseline > (1 - _ZONE) * height
    return outside and len(line.text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(line.text) is not None


def _key(line: PageLine) -> tuple[str, int]:
    """Equal for the same words at the same height; numbers are left out, as they count the pages."""
    return _DIGITS.sub("#", line.text.strip()), round(line.baseline / _SAME_PLACE)


def _repeats(line: PageLine, seen: Counter[tuple[str, int]]) -> bool:
    text, place = _key(line)
    return sum(seen[text, place + offset] for offset in (-1, 0, 1)) > 1
