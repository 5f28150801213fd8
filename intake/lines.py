"""A manuscript's paragraphs made ready for reading: trimmed, empty ones gone, a leading title table opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from intake.source import SourceBlock, SourceParagraph
from values.manuscript import Mark, Table

_BLANKS: Final = " \t\n\r\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"
_MOST_TITLE_CELLS: Final = 3
_LONGEST_TITLE_TABLE: Final = 120


def trimmed(paragraph: SourceParagraph) -> SourceParagraph:
    """The paragraph without white space of any width at its ends; its marks move along. The inside is untouched."""
    left = len(paragraph.text) - len(paragraph.text.lstrip(_BLANKS))
    text = paragraph.text.strip(_BLANKS)
    return replace(paragraph, text=text, marks=_within(paragraph.marks, left, left + len(text)))


def ready(blocks: tuple[SourceBlock, ...]) -> list[SourceBlock]:
    """The blocks in order, paragraphs trimmed, empty ones dropped; a table that only holds the title, as paragraphs."""
    kept: list[SourceBlock] = []
    for block in blocks:
        if isinstance(block, SourceParagraph):
            block = trimmed(block)
            if not block.text:
                continue
        kept.append(block)
    if len(kept) > 1 and isinstance(kept[0], Table) and holds_title(kept[0]):
        return [*_opened(kept[0]), *kept[1:]]
    return kept


def holds_title(table: Table) -> bool:
    """Whether the table is a frame around a title: up to three cells with words, and few of those."""
    texts = [text for row in table.rows for cell in row if (text := cell.text.strip(_BLANKS))]
    return 0 < len(texts) <= _MOST_TITLE_CELLS and sum(map(len, texts)) <= _LONGEST_TITLE_TABLE


def _opened(table: Table) -> Iterator[SourceParagraph]:
    for row in table.rows:
        for cell in row:
            for text in cell.text.split("\n"):
                if text.strip(_BLANKS):
                    yield SourceParagraph(text.strip(_BLANKS), centred=True, boxed=True)


def split_lines(paragraph: SourceParagraph) -> list[SourceParagraph]:
    """One paragraph for each line of it that has text, with the same looks and its own marks."""
    lines: list[SourceParagraph] = []
    start = 0
    for text in paragraph.text.split("\n"):
        lines.append(trimmed(replace(paragraph, text=text, marks=_within(paragraph.marks, start, start + len(text)))))
        start += len(text) + 1
    return [line for line in lines if line.text]


def _within(marks: tuple[Mark, ...], start: int, end: int) -> tuple[Mark, ...]:
    """The marks of the characters [start, end), counted from there."""
    moved = (Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.kind) for mark in marks)
    return tuple(mark for mark in moved if mark.start < mark.end)


def body_size(blocks: list[SourceBlock]) -> float | None:
    """The size in points that most characters have; None when no paragraph gives one."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, SourceParagraph) and block.size is not None:
            sizes[block.size] += len(block.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else None
