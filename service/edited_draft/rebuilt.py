"""The text of an article as the edited file has it. Pure.

What the editor did not touch is the very same value: marks, formulas, widths and header rows come from the article, and
only what was changed from the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from assembler import styles
from service.edited_draft.matching import MatchedBlock, matched
from service.edited_draft.pieces import HouseStyles, Piece
from service.edited_draft.sent_blocks import BlockPart, SentBlock, parts_of, sent_blocks
from service.edited_draft.words import bare, key_of, likeness, table_key, text_of
from values.manuscript import Block, Formula, Heading, Manuscript, Mark, Paragraph, Picture, Table

_HEADING: Final = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
"""The built-in styles of Word and WPS, by their names in English and Chinese."""
_LEVELS: Final[Mapping[str, int]] = {styles.NAMES[name]: level for level, name in enumerate(styles.HEADINGS, 1)}
_CAPTION: Final = styles.NAMES[styles.CAPTION]
_BODY: Final = styles.NAMES[styles.BODY]
_SAME_SIZE: Final = 0.02
"""By how much programs may round the size of a picture."""
_SAME_BYLINE: Final = 0.5


@dataclass(frozen=True, slots=True)
class RebuiltText:
    """What the edited file makes of an article."""

    manuscript: Manuscript
    byline: str | None
    """The unit as the file prints it, where that is another than was sent; None: the same."""


def rebuilt(before: Manuscript, sent: Piece, edited: Piece, house: HouseStyles) -> RebuiltText:
    """The article of the sent piece with what was changed in the edited one.

    before: its text in the draft that was sent. The byline of the manuscript changes with the printed one; whether that
    names a unit of the register is for the caller.
    """
    sent_byline, sent_body = _byline(sent, house, "")
    byline, body = _byline(edited, house, sent_byline)
    old = sent_blocks(before.blocks, sent_body.body)
    blocks = _blocks(before.blocks, old, matched(old, body.body))
    changed = None if bare(byline) == bare(sent_byline) else byline
    manuscript = replace(
        before,
        title_lines=_title_lines(before, sent, edited),
        byline=changed if changed else before.byline,
        blocks=blocks,
    )
    return RebuiltText(manuscript, changed)


def added_text(piece: Piece, house: HouseStyles) -> Manuscript:
    """The manuscript of an article that the editor has typed into the draft."""
    byline, body = _byline(piece, house, "")
    title = tuple(line for line in map(_one_line, piece.title) if line)
    return Manuscript(title, byline or None, _blocks((), (), matched((), body.body)))


def _byline(piece: Piece, house: HouseStyles, sent: str) -> tuple[str, Piece]:
    """The unit printed below the title, "" for none, and the piece without it. sent: the unit that was sent there."""
    first = text_of(piece.body[0]).strip() if piece.body else ""
    if not first:
        return "", piece
    styled = piece.body[0].style == house.byline
    if styled or (sent and likeness(first, sent) >= _SAME_BYLINE and len(first) < 2 * len(sent) + 10):
        return first, replace(piece, body=piece.body[1:])
    return "", piece


def _title_lines(before: Manuscript, sent: Piece, edited: Piece) -> tuple[str, ...]:
    """The title: where its words are the same, as the author has broken it, for the house breaks it anew in print."""
    if bare("".join(sent.title)) == bare("".join(edited.title)):
        return before.title_lines
    return (_joined(edited.title),)


def _joined(lines: Sequence[str]) -> str:
    """The lines as one. Between Latin words a space takes the place of the line break."""
    text = ""
    for line in map(_one_line, lines):
        gap = " " if text and line and text[-1].isascii() and line[0].isascii() else ""
        text += gap + line
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _blocks(before: Sequence[Block], old: Sequence[SentBlock], blocks: list[MatchedBlock]) -> tuple[Block, ...]:
    built: list[Block] = []
    unexplained = {id(block.sent) for block in old if block.of is None}
    kept = [block for block in blocks if block.sent is None or id(block.sent.sent) not in unexplained]
    for index, together in groupby(_in_order(before, old, kept), key=_block_of):
        built += _rejoined(before, index, list(together), built)
    return tuple(built)


def _block_of(block: MatchedBlock) -> tuple[int, int]:
    """Lines of one paragraph with line breaks are one group; everything else is a group by itself."""
    part = None if block.sent is None else block.sent.of
    return (-1, id(block)) if part is None or not isinstance(block.edited.block, Paragraph) else (part.block, 0)


def _rejoined(
    before: Sequence[Block], index: tuple[int, int], group: list[MatchedBlock], built: list[Block]
) -> list[Block]:
    """The blocks that a group of matched ones gives. A caption is written into the picture that was built before it."""
    first = group[0]
    source = before[first.sent.of.block] if first.sent is not None and first.sent.of is not None else None
    match first.edited.block:
        case Table():
            return [_table(source, first)]
        case Picture():
            return [_picture(source, first)]
        case Paragraph():
            if _is_caption(source, first, built):
                above = built[-1]
                assert isinstance(above, Picture)
                built[-1] = replace(above, caption=_one_line(text_of(first.edited)))
                return []
            if isinstance(source, Picture | Table) or source is None:
                return [_line(None, block) for block in group]
            return _text(source, index[0], group)
    raise AssertionError("a block has one of these kinds")


def _is_caption(source: Block | None, block: MatchedBlock, built: list[Block]) -> bool:
    above = built[-1] if built else None
    if not isinstance(above, Picture) or above.caption:
        return False
    if source is not None:
        return (
            isinstance(source, Picture)
            and block.sent is not None
            and block.sent.of is not None
            and (block.sent.of.part == 1)
        )
    return block.edited.style == _CAPTION


def _text(source: Block, index: int, group: list[MatchedBlock]) -> list[Block]:
    """A paragraph or heading; one that is whole and unchanged is the very same value."""
    parts = [part for _, part in parts_of(source, index)]
    own = [block.sent.of for block in group if block.sent is not None]
    if own == parts and all(_is_unchanged(source, block) for block in group):
        return [source]
    if len(group) == 1 or own != sorted(set(own), key=lambda part: part or BlockPart(0)):
        return [_line(source if len(parts) == 1 else None, block) for block in group]
    lines: list[Block] = [_line(None, block) for block in group]
    if not all(isinstance(line, Paragraph) for line in lines):
        return lines
    text, marks, formulas = "", list[Mark](), list[Formula]()
    for line in lines:
        assert isinstance(line, Paragraph)
        start = len(text) + 1 if text else 0
        text = f"{text}\n{line.text}" if text else line.text
        marks += (Mark(mark.start + start, mark.end + start, mark.kind) for mark in line.marks)
        formulas += (replace(formula, start=formula.start + start) for formula in line.formulas)
    return [Paragraph(text, tuple(marks), formulas=tuple(formulas))]


def _is_unchanged(source: Block, block: MatchedBlock) -> bool:
    assert block.sent is not None
    before, after = block.sent.sent, block.edited
    same = key_of(before) == key_of(after) and _level(after.style, source, before.style) == _level_of(source)
    assert isinstance(before.block, Paragraph)
    assert isinstance(after.block, Paragraph)
    return same and before.block.marks == after.block.marks


def _level_of(source: Block | None) -> int:
    return source.level if isinstance(source, Heading) else 0


def _level(style: str, source: Block | None, before: str) -> int:
    """The level of a heading, 0 for running text: by the style, where that was changed to one of the house."""
    if source is not None and style == before:
        return _level_of(source)
    if style in _LEVELS:
        return _LEVELS[style]
    named = _HEADING.fullmatch(style)
    if named is not None:
        return min(int(named[1]), len(styles.HEADINGS))
    return 0 if style == _BODY else _level_of(source)


def _line(source: Block | None, block: MatchedBlock) -> Paragraph | Heading:
    """A line of the file as a block of its own."""
    line = block.edited.block
    assert isinstance(line, Paragraph)
    level = _level(block.edited.style, source, "" if block.sent is None else block.sent.sent.style)
    if level:
        return Heading(line.text.strip(), level)
    shift = len(line.text) - len(line.text.lstrip())
    text = line.text.strip()
    marks = tuple(
        Mark(max(0, mark.start - shift), min(mark.end - shift, len(text)), mark.kind)
        for mark in line.marks
        if mark.end > shift and mark.start - shift < len(text)
    )
    formulas_before = source.formulas if isinstance(source, Paragraph) else ()
    own = {formula.text: formula for formula in formulas_before}
    formulas = tuple(own.get(formula.text, formula) for formula in line.formulas)
    return Paragraph(text, marks, formulas=formulas)


def _picture(source: Block | None, block: MatchedBlock) -> Picture:
    """A picture, without its caption, which is a line of its own; one that was only resized keeps its file."""
    after = block.edited.block
    assert isinstance(after, Picture)
    if not isinstance(source, Picture) or block.sent is None:
        return replace(after, caption="")
    before = block.sent.sent.block
    assert isinstance(before, Picture)
    same_file = key_of(block.sent.sent) == key_of(block.edited)
    if same_file and _alike(before.width, after.width) and _alike(before.height, after.height):
        return replace(source, caption="")
    if same_file and before.sha256 == after.sha256:
        return replace(source, width=after.width, height=after.height, caption="")
    return replace(after, description=after.description or source.description, caption="")


def _alike(before: int, after: int) -> bool:
    return abs(before - after) <= _SAME_SIZE * max(before, after)


def _table(source: Block | None, block: MatchedBlock) -> Table:
    """A table; where no rows or columns were added, only the changed cells are other than in the article."""
    after = block.edited.block
    assert isinstance(after, Table)
    if not isinstance(source, Table) or block.sent is None:
        return after
    before = block.sent.sent.block
    assert isinstance(before, Table)
    if table_key(before) == table_key(after):
        return source
    shapes = [[len(row) for row in table.rows] for table in (source, before, after)]
    if shapes[0] == shapes[1] == shapes[2]:
        rows = tuple(
            tuple(
                cell if bare(old.text) == bare(new.text) else replace(cell, text=new.text.strip())
                for cell, old, new in zip(*cells, strict=True)
            )
            for cells in zip(source.rows, before.rows, after.rows, strict=True)
        )
        return replace(source, rows=rows)
    return replace(after, header_rows=min(source.header_rows, len(after.rows)))


def _in_order(before: Sequence[Block], old: Sequence[SentBlock], blocks: list[MatchedBlock]) -> list[MatchedBlock]:
    """The blocks with every wide table, and its name, at its place in the article.

    Print puts such a table behind lines that follow it in the article, onto a page of its own. One that the editor has
    moved stays where it is now.
    """
    displaced = _displaced(old)
    if not displaced:
        return blocks
    above = {id(block.sent): id(old[place - 1].sent) if place else 0 for place, block in enumerate(old)}
    ordered: list[MatchedBlock] = []
    waiting: list[MatchedBlock] = []
    previous = 0
    for block in blocks:
        sent = None if block.sent is None else block.sent.sent
        if sent is not None and id(sent) in displaced and above[id(sent)] == previous:
            waiting.append(block)
        else:
            ordered.append(block)
        previous = previous if sent is None else id(sent)
    for block in waiting:
        part = block.sent.of if block.sent is not None else None
        assert part is not None
        later = (
            place
            for place, other in enumerate(ordered)
            if other.sent is not None and other.sent.of is not None and other.sent.of > part
        )
        ordered.insert(next(later, len(ordered)), block)
    return ordered


def _displaced(old: Sequence[SentBlock]) -> set[int]:
    """The ids of the sent blocks that are printed behind blocks which follow them in the article."""
    last = BlockPart(-1)
    displaced: set[int] = set()
    for block in old:
        if block.of is not None:
            if block.of < last:
                displaced.add(id(block.sent))
            last = max(last, block.of)
    return displaced
