"""The lines of a manuscript: trimmed, parted where one paragraph has several, and compared by their formatting."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from values.manuscript import marks_within

BLANKS: Final = " \t\n\r\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"
_UNGIVEN: Final = 10.0
"""Points: the size of text in a file that gives none (ECMA-376 17.3.2.38)."""


def trimmed(paragraph: SourceParagraph) -> SourceParagraph:
    """The paragraph without white space of any width at its ends. Its marks are moved accordingly."""
    left = len(paragraph.text) - len(paragraph.text.lstrip(BLANKS))
    text = paragraph.text.strip(BLANKS)
    if text == paragraph.text and not paragraph.marks:
        return paragraph
    return replace(paragraph, text=text, marks=marks_within(paragraph.marks, left, left + len(text)))


def split_lines(paragraph: SourceParagraph) -> list[SourceParagraph]:
    """A paragraph for each line that has text, with the same formatting and the marks of that line."""
    if "\n" not in paragraph.text:
        line = trimmed(paragraph)
        return [line] if line.text else []
    lines: list[SourceParagraph] = []
    start = 0
    for text in paragraph.text.split("\n"):
        lines.append(
            trimmed(replace(paragraph, text=text, marks=marks_within(paragraph.marks, start, start + len(text))))
        )
        start += len(text) + 1
    return [line for line in lines if line.text]


def formatting(line: SourceParagraph) -> tuple[str, float | None, bool, bool]:
    """The formatting of a line, for comparing: style, size in points, centred, in a text box."""
    return line.style, line.size, line.centred, line.boxed


def is_set_off(line: SourceParagraph) -> bool:
    """Whether a line is centred, in a text box or a heading of the first level."""
    return line.centred or line.boxed or line.outline_level == 0


def body_size(blocks: list[SourceBlock]) -> float | None:
    """The size in points that most characters have; None when no paragraph gives a size.

    Where some paragraphs give theirs, the others count as 10 points.
    """
    sizes: Counter[float] = Counter()
    given = False
    for block in blocks:
        if isinstance(block, SourceParagraph):
            sizes[block.size or _UNGIVEN] += len(block.text)
            given = given or block.size is not None
    return max(sizes, key=lambda size: (sizes[size], -size)) if given else None
