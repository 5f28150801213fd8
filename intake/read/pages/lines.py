"""From the characters of a page to its lines: baselines separate lines, wide gaps separate columns and cells."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from intake.read.pages.page import Box, Character
from values.manuscript import Mark

_SAME_LINE: Final = 0.5
"""Of the size: how far apart baselines on one line may be, as a raised character's is."""
_OVERLAP: Final = 0.4
"""Of the size: characters that overlap so much are of two texts; those of one text by less than a tenth."""
_LEAST_OVERLAPS: Final = 3
"""Overlapping pairs that show two texts; a bold character may be drawn twice."""
_SAME_TEXT: Final = 0.1
"""Of the size: how far apart the baselines of one text are, where two texts overlap."""
_GAP: Final = 1.5
"""Of the size: a gap from here on separates columns or cells. Between characters of one line it is below one."""
_FILLED: Final = 0.5
"""Of the size: a gap that typed spaces fill up to this is none."""
_WORD_GAP: Final = 0.2
"""Of the size: a gap above this separates Latin words, whose space has a quarter of the size."""
_BLANK: Final = 0.8
"""Of the size: a gap above this is a blank between Chinese characters; justified text has gaps below a third."""
_SMALL: Final = 0.8
"""Of the usual size of the line: smaller characters may be raised or lowered ones."""
_RAISED: Final = 0.12
"""Of the size: how far such a character must be off the baseline."""
_CLOSING: Final = frozenset("，。、；：！？”’）》〉】〕］」』%％…—·,.;:!?)]}")
_OPENING: Final = frozenset("“‘（《〈【〔［「『([{")
_BLANKS: Final = " \u3000\u00a0"
Script: TypeAlias = Literal["superscript", "subscript"]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, or the part of one that is in one column. Lengths are points, as in `Character`."""

    text: str
    """With trailing white space, where the file has it."""
    marks: tuple[Mark, ...]
    left: float
    right: float
    baseline: float
    size: float
    """That most of its characters have."""
    bold: bool
    """Whether most of its characters are bold."""
    first: float
    """The width of its first unbreakable part: if the line above had this much room, a new paragraph begins."""
    cells: int
    """How many segments it has; more than one suggests the row of a table."""
    column: tuple[int, int] = (0, 0)
    """The index of the page, and the column: 0 for the whole width, 1 and 2 for two columns."""


@dataclass(frozen=True, slots=True)
class LineSegment:
    """Characters of one line without a wide gap, from left to right."""

    characters: tuple[Character, ...]
    box: Box
    """From the baseline upwards by one size."""


def segments_of(characters: Iterable[Character]) -> list[LineSegment]:
    """All segments of a page, from top to bottom, and on one line from left to right."""
    return [segment for row in _rows(characters) for text in _apart(row) for segment in _segments(text)]


def rows_of(segments: Iterable[LineSegment]) -> Iterator[list[LineSegment]]:
    """The segments that are on one line, line by line from the top."""
    row: list[LineSegment] = []
    for segment in sorted(segments, key=lambda segment: segment.box.bottom):
        size = max(segment.box.height, row[0].box.height if row else 0.0)
        if row and segment.box.bottom - row[0].box.bottom > _SAME_LINE * size:
            yield sorted(row, key=lambda segment: segment.box.left)
            row = []
        row.append(segment)
    if row:
        yield sorted(row, key=lambda segment: segment.box.left)


def line_of(row: Sequence[LineSegment], column: tuple[int, int]) -> PageLine:
    """The line that segments form, with at least a space between two of them."""
    size = _usual_size(character for segment in row for character in segment.characters)
    baseline = row[0].box.bottom
    text = ""
    marks: list[Mark] = []
    bold = total = 0
    before: Character | None = None
    for segment in row:
        if text and text[-1] not in _BLANKS:
            text += " "
            before = None
        for character in segment.characters:
            if before is not None and character.left - before.right > _WORD_GAP * character.size:
                text += _blank(before, character, segment)
            text += character.text
            kind = _script(character, size, baseline)
            if kind is not None:
                marks.append(Mark(len(text) - len(character.text), len(text), kind))
            bold += character.bold
            total += 1
            before = character
    return PageLine(
        text=text,
        marks=_joined(marks),
        left=row[0].box.left,
        right=row[-1].box.right,
        baseline=baseline,
        size=size,
        bold=2 * bold > total,
        first=_first_width(row[0].characters),
        cells=len(row),
        column=column,
    )


def is_wide(character: str) -> bool:
    """Whether a character is set like a Chinese one, on both sides of which a line may end."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"


def _rows(characters: Iterable[Character]) -> Iterator[list[Character]]:
    row: list[Character] = []
    size = 0.0
    for character in sorted(characters, key=lambda character: (character.baseline, character.left)):
        if row and character.baseline - row[0].baseline > _SAME_LINE * max(size, character.size):
            yield row
            row, size = [], 0.0
        row.append(character)
        size = max(size, character.size)
    if row:
        yield row


def _apart(row: list[Character]) -> list[list[Character]]:
    """The characters of a row, apart where two texts overlap: a stamp or a side note that is a little higher."""
    seen = sorted(
        (character for character in row if not character.text.isspace()), key=lambda character: character.left
    )
    overlaps = sum(after.left < before.right - _OVERLAP * before.size for before, after in pairwise(seen))
    if overlaps < _LEAST_OVERLAPS:
        return [row]
    texts: list[list[Character]] = []
    for character in sorted(row, key=lambda character: character.baseline):
        if texts and character.baseline - texts[-1][-1].baseline <= _SAME_TEXT * character.size:
            texts[-1].append(character)
        else:
            texts.append([character])
    return texts


def _segments(row: list[Character]) -> Iterator[LineSegment]:
    segment: list[Character] = []
    right = blank = 0.0  # how far the visible characters extend, and the typed spaces
    for character in sorted(row, key=lambda character: character.left):
        left, size = character.left, character.size
        if character.text.isspace():
            if segment:
                segment.append(character)
                blank = character.right
            continue
        if segment and left - right > _GAP * size and left - blank > _FILLED * size:
            yield _segment(segment)
            segment = []
        segment.append(character)
        right = max(right, character.right) if len(segment) > 1 else character.right
    if segment:
        yield _segment(segment)


def _segment(characters: list[Character]) -> LineSegment:
    visible = [character for character in characters if not character.text.isspace()]
    size = _usual_size(visible)
    baselines = Counter(character.baseline for character in visible if character.size >= _SMALL * size)
    baseline = baselines.most_common(1)[0][0]
    left = min(character.left for character in visible)
    right = max(character.right for character in visible)
    return LineSegment(tuple(characters), Box(left, baseline - size, right, baseline))


def _usual_size(characters: Iterable[Character]) -> float:
    """The size that most of the characters have; of two equally frequent ones, the larger."""
    sizes = Counter(character.size for character in characters if not character.text.isspace())
    return max(sizes, key=lambda size: (sizes[size], size))


def _blank(before: Character, after: Character, segment: LineSegment) -> str:
    """The blank that a gap without a character for it stands for: a space between two words, a Chinese one where it is
    that wide and others are not, "" where it is only spacing."""
    if before.text.isspace() or after.text.isspace():
        return ""
    if not (is_wide(before.text[-1]) or is_wide(after.text[0])):
        return " "
    return "\u3000" if _leaves_blank(before, after) and not _is_spread(segment) else ""


def _leaves_blank(before: Character, after: Character) -> bool:
    """Whether a Chinese blank was left between two characters without a character for it: 张　三."""
    if before.text.isspace() or after.text.isspace() or not (is_wide(before.text[-1]) and is_wide(after.text[0])):
        return False
    return after.left - before.right > _BLANK * after.size


def _is_spread(segment: LineSegment) -> bool:
    """Whether most characters of the segment are apart, as in a name set over the width of the page."""
    apart = sum(map(_leaves_blank, segment.characters, segment.characters[1:]))
    return 2 * apart >= len(segment.characters) - 1


def _script(character: Character, size: float, baseline: float) -> Script | None:
    """Whether a character is raised or lowered in a line of that size and baseline."""
    if character.size >= _SMALL * size or abs(character.baseline - baseline) < _RAISED * size:
        return None
    return "superscript" if character.baseline < baseline else "subscript"


def _joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    joined: list[Mark] = []
    for mark in marks:
        if joined and joined[-1].end == mark.start and joined[-1].kind == mark.kind:
            joined[-1] = Mark(joined[-1].start, mark.end, mark.kind)
        else:
            joined.append(mark)
    return tuple(joined)


def _first_width(characters: Sequence[Character]) -> float:
    """The width up to the first place where a line may end (UAX #14, as far as Chinese and Latin text needs it)."""
    end = characters[0].right
    for before, after in pairwise(characters):
        between_latin = not (is_wide(before.text[-1]) or is_wide(after.text[0]))
        unbreakable = after.text in _CLOSING or before.text in _OPENING or between_latin
        if after.text.isspace() or not unbreakable:
            break
        end = after.right
    return end - characters[0].left
