"""Footnotes of pages: they stand between two lines of a paragraph that goes on on the next page, and are moved to the
end of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from intake.read.pages.lines import PageLine
from intake.read.pages.paragraphs import paragraph_of
from intake.read.source import SourceParagraph

_SMALLER: Final = 1.5
"""Points: a note is set smaller than the text by at least so much (小五, 9 points, below 三号 or 五号)."""
_MARKER: Final = re.compile(r"\s*[〔\[［(（]?(\d{1,2}|[①-⑳⑴-⒇*＊※])[〕\]］)）]?")
_MOST: Final = 20
"""Lines of notes on one page."""


def without_footnotes(
    pages: Sequence[Sequence[PageLine]],
) -> tuple[list[tuple[PageLine, ...]], list[SourceParagraph]]:
    """The lines of the pages without footnotes, and the notes in their order.

    A note is the last on its page, is smaller than the line above, and begins with a marker that is raised in the text.
    """
    texts: list[tuple[PageLine, ...]] = []
    notes: list[SourceParagraph] = []
    for lines in pages:
        start = _start(lines)
        texts.append(tuple(lines[:start]))
        notes += _notes(lines[start:])
    return texts, notes


def _start(lines: Sequence[PageLine]) -> int:
    """The index of the first line of the notes; the number of lines on a page without."""
    end = len(lines)
    first = end
    while first > max(1, end - _MOST) and _is_last(lines, first - 1):
        first -= 1
    marker = _MARKER.match(lines[first].text) if first < end else None
    above = lines[first - 1] if first else None
    if marker is None or above is None or lines[first].size > above.size - _SMALLER:
        return end
    raised = {
        line.text[mark.start : mark.end].strip(" 〔〕[]［］()（）") for line in lines[:first] for mark in line.marks
    }
    return first if marker[1] in raised else end


def _is_last(lines: Sequence[PageLine], at: int) -> bool:
    """Whether the line is as small as the last line of the page, and above the lines that follow it."""
    below = lines[at + 1] if at + 1 < len(lines) else None
    small = abs(lines[at].size - lines[-1].size) < _SMALLER
    return small and (below is None or below.baseline > lines[at].baseline)


def _notes(lines: Sequence[PageLine]) -> list[SourceParagraph]:
    groups: list[list[PageLine]] = []
    for line in lines:
        if not groups or _MARKER.match(line.text):
            groups.append([])
        groups[-1].append(line)
    return [paragraph_of(group, centred=False) for group in groups]
