"""The characters of a page → its lines: told apart by their baselines, gaps within a line by their width."""

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
"""Of the size: how far apart baselines on one line may lie (a raised character)."""
_GAP: Final = 1.5
"""Of the size: from here on, a gap parts columns or cells."""
_FILLED: Final = 0.5
"""A gap that typed spaces fill but for so much is none."""
_WORD_GAP: Final = 0.2
_SMALL: Final = 0.8
_RAISED: Final = 0.12
_CLOSING: Final = frozenset("，。、；：！？”’）》〉】〕］」』%％…—·,.;:!?)]}")
_OPENING: Final = frozenset("“‘（《〈【〔［「『([{")
_BLANKS: Final = " \u3000\u00a0"
Script: TypeAlias = Literal["superscript", "subscript"]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, or the part of one that lies in one column. Points as in `Character`.

    text: with trailing white space, where the file has it. first: the width of what could not have been parted from
    its beginning at a line's end. cells: how many parts lie apart in it. column: the page, and 0 for its whole width,
    1 and up for a column.
    """

    text: str
    marks: tuple[Mark, ...]
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    first: float
    cells: int
    column: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class LineSegment:
    """Characters of one line without a wide gap, from left to right."""

    characters: tuple[Character, ...]
    box: Box


def pieces_of(characters: Iterable[Character]) -> list[LineSegment]:
    """All pieces of a page, from top to bottom, on one line from left to right."""
    return [piece for row in _rows(characters) for piece in _pieces(row)]


def rows_of(pieces: Iterable[LineSegment]) -> Iterator[list[LineSegment]]:
    """The pieces that lie on one line, line by line from the top."""
    row: list[LineSegment] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.bottom):
        size = max(piece.box.height, row[0].box.height if row else 0.0)
        if row and piece.box.bottom - row[0].box.bottom > _SAME_LINE * size:
            yield sorted(row, key=lambda piece: piece.box.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda piece: piece.box.left)


def line_of(row: Sequence[LineSegment], column: tuple[int, int]) -> PageLine:
    """The line that pieces make; between two of them, at least a space."""
    size = _usual(one for piece in row for one in piece.characters)
    baseline = row[0].box.bottom
    text = ""
    marks: list[Mark] = []
    bold = total = 0
    before: Character | None = None
    for piece in row:
        if text and text[-1] not in _BLANKS:
            text += " "
            before = None
        for one in piece.characters:
            if before is not None and _parts_words(before, one):
                text += " "
            text += one.text
            kind = _script(one, size, baseline)
            if kind is not None:
                marks.append(Mark(len(text) - len(one.text), len(text), kind))
            bold += one.bold
            total += 1
            before = one
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
    """Whether it is set like a Chinese character, on both sides of which a line may end."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"


def _rows(characters: Iterable[Character]) -> Iterator[list[Character]]:
    row: list[Character] = []
    size = 0.0
    for one in sorted(characters, key=lambda one: (one.baseline, one.left)):
        if row and one.baseline - row[0].baseline > _SAME_LINE * max(size, one.size):
            yield row
            row, size = [], 0.0
        row.append(one)
        size = max(size, one.size)
    if row:
        yield row


def _pieces(row: list[Character]) -> Iterator[LineSegment]:
    piece: list[Character] = []
    right = blank = 0.0  # how far ink goes, and typed spaces
    for one in sorted(row, key=lambda one: one.left):
        if one.text.isspace():
            if piece:
                piece.append(one)
                blank = one.right
            continue
        if piece and one.left - right > _GAP * one.size and one.left - blank > _FILLED * one.size:
            yield _piece(piece)
            piece = []
        piece.append(one)
        right = max(right, one.right) if len(piece) > 1 else one.right
    if piece:
        yield _piece(piece)


def _piece(characters: list[Character]) -> LineSegment:
    ink = [one for one in characters if not one.text.isspace()]
    size = _usual(ink)
    baseline = Counter(one.baseline for one in ink if one.size >= _SMALL * size).most_common(1)[0][0]
    left = min(one.left for one in ink)
    right = max(one.right for one in ink)
    return LineSegment(tuple(characters), Box(left, baseline - size, right, baseline))


def _usual(characters: Iterable[Character]) -> float:
    """The size that most of the characters have, the larger one where it is a draw."""
    sizes = Counter(one.size for one in characters if not one.text.isspace())
    return max(sizes, key=lambda size: (sizes[size], size))


def _parts_words(before: Character, one: Character) -> bool:
    """Whether a gap without a space parts two words; between Chinese characters it is mere spacing."""
    if before.text.isspace() or one.text.isspace() or is_wide(before.text[-1]) or is_wide(one.text[0]):
        return False
    return one.left - before.right > _WORD_GAP * one.size


def _script(one: Character, size: float, baseline: float) -> Script | None:
    if one.size >= _SMALL * size or abs(one.baseline - baseline) < _RAISED * size:
        return None
    return "superscript" if one.baseline < baseline else "subscript"


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
    for before, one in pairwise(characters):
        kept = one.text in _CLOSING or before.text in _OPENING or not (is_wide(before.text[-1]) or is_wide(one.text[0]))
        if one.text.isspace() or not kept:
            break
        end = one.right
    return end - characters[0].left
