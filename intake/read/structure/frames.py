"""Tables that are only frames: around the head of a document, its title, the whole article, or its sign-off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.annexes import is_annex_note
from intake.read.structure.byline import byline_of
from intake.read.structure.document_furniture import NEAR_AN_END
from intake.read.structure.house_lines import house_cells, is_date_line, is_house_line
from intake.read.structure.lines import BLANKS
from intake.read.structure.official_head import MOST_HEAD_LINES, is_head_line, is_unit
from values.manuscript import Table

_MOST_TITLE_CELLS: Final = 3
"""Cells with text in a frame around a title: title, byline and date."""
_LONGEST_TITLE_TABLE: Final = 120
"""Characters in a frame around a title: two lines of a title, a byline and a date."""
_LONGEST_HOUSE_TABLE: Final = 300
"""Characters in a table for the office: names, numbers and opinions, but no text."""
_LONGEST_ABOVE_FRAME: Final = 60
"""Characters of a line above a framed article; as for a title."""
_MOST_ABOVE_FRAME: Final = 6
"""Lines above a framed article: a masthead of four, a title and a byline."""
_SENTENCE_ENDS: Final = "。！？；"
_TEXT_ENDS: Final = "。！？；：”）"
_FILE: Final = "文件"


def opened(block: SourceBlock, above: Sequence[SourceBlock], below: Sequence[SourceBlock]) -> Sequence[SourceBlock]:
    """The block, or the paragraphs of a table that is only a frame. Formatting within such a table is not known.

    above: the blocks before it, opened. below: those after it, NEAR_AN_END of them at least where there are more.
    """
    if not isinstance(block, Table):
        return (block,)
    texts = [text for row in block.rows for cell in row if (text := cell.text.strip(BLANKS))]
    length = sum(map(len, texts))
    if len(above) <= _MOST_ABOVE_FRAME and _only_head(above):
        if _frames_article(block, texts):
            return [SourceParagraph(line) for text in texts for line in _lines_of(text)]
        if length <= _LONGEST_HOUSE_TABLE and (head := _head_lines(block)):
            return [SourceParagraph(line, centred=True) for line in head]
    if min(len(above), len(below)) < NEAR_AN_END and length <= _LONGEST_HOUSE_TABLE:
        if len(above) < NEAR_AN_END and len(texts) == 2 and is_date_line(texts[1]):
            return (SourceParagraph("　".join(" ".join(text.split()) for text in texts)),)
        if house := house_cells([[cell.text for cell in row] for row in block.rows]):
            return [SourceParagraph(line) for line in house]
    if below and holds_title(block) and len(above) <= MOST_HEAD_LINES and all(map(_is_of_head, above)):
        return [SourceParagraph(line, centred=True, boxed=True) for text in texts for line in _lines_of(text)]
    if length <= _LONGEST_HOUSE_TABLE and _signs(texts, above, below):
        lines = [line for text in texts for line in _lines_of(text)]
        return [SourceParagraph(line) for line in sorted(lines, key=is_date_line)]
    return (block,)


def _head_lines(table: Table) -> list[str]:
    """The lines of a table that is part of a 版头: the mark of joint units beside 文件, the number beside who signed.
    [] for any other table. 文件 comes after its units."""
    lines: list[str] = []
    for row in table.rows:
        cells = [list(_lines_of(cell.text)) for cell in row if cell.text.strip(BLANKS)]
        joined = "　".join(line for cell in cells for line in cell)
        lines += [joined] if is_head_line(joined) else (line for cell in cells for line in cell)
    lines.sort(key=lambda line: "".join(line.split()) == _FILE)
    fits = all(is_head_line(line) or is_unit(line) or is_house_line(line) for line in lines)
    return lines if fits and any(map(is_head_line, lines)) else []


def _is_of_head(block: SourceBlock) -> bool:
    return isinstance(block, SourceParagraph) and (is_head_line(block.text) or is_unit(block.text))


def _signs(texts: Sequence[str], above: Sequence[SourceBlock], below: Sequence[SourceBlock]) -> bool:
    """Whether the cells are a sign-off below the text: units, and dates there or in the next line."""
    lines = [line for text in texts for line in _lines_of(text)]
    units = [line for line in lines if not is_date_line(line)]
    before = above[-1] if above else None
    after = below[0] if below else None
    dated = len(units) < len(lines) or (isinstance(after, SourceParagraph) and is_date_line(after.text))
    ended = isinstance(before, SourceParagraph) and (before.text[-1] in _TEXT_ENDS or is_annex_note(before.text))
    return bool(units) and dated and ended and all(byline_of(unit, (), above_date=True) for unit in units)


def _frames_article(table: Table, texts: Sequence[str]) -> bool:
    """Whether the table is a single column of cells with several paragraphs, at least one of them a sentence."""
    lines = [line for text in texts for line in _lines_of(text)]
    column = all(sum(1 for cell in row if cell.text.strip(BLANKS)) <= 1 for row in table.rows)
    return column and len(lines) > 1 and any(line[-1] in _SENTENCE_ENDS for line in lines)


def _only_head(blocks: Sequence[SourceBlock]) -> bool:
    """Whether the blocks are short lines only, as above an article."""
    short = (isinstance(block, SourceParagraph) and len(block.text) <= _LONGEST_ABOVE_FRAME for block in blocks)
    return all(short)


def _lines_of(text: str) -> Iterator[str]:
    return (line.strip(BLANKS) for line in text.split("\n") if line.strip(BLANKS))


def holds_title(table: Table) -> bool:
    """Whether the table is a frame around a title: up to three cells with little text."""
    texts = [text for row in table.rows for cell in row if (text := cell.text.strip(BLANKS))]
    return 0 < len(texts) <= _MOST_TITLE_CELLS and sum(map(len, texts)) <= _LONGEST_TITLE_TABLE
