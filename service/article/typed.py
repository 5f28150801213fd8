"""An article as an editor types it: a field for each block; and what becomes of the manuscript. Pure.

What was not touched stays the very same value: marks, widths, spans and header rows come from the manuscript, and only
the words from the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final, Literal, TypeGuard

from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

Kind = Literal["paragraph", "heading-1", "heading-2", "heading-3", "heading-4", "table", "picture"]
TEXT_KINDS: Final[tuple[Kind, ...]] = ("paragraph", "heading-1", "heading-2", "heading-3", "heading-4")
_BLANK_LINES: Final = re.compile(r"\n(?:[ \t\u3000\u00a0]*\n)+")
_LINE: Final = re.compile(r"\n")
# What XML 1.0 cannot hold, and the characters that turn the direction of what stands around them.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class TypedBlock:
    """A block of the form. key: the index of the block in the manuscript that it came from; any other word for a new
    one. text: of a paragraph or heading, or the caption of a picture. cells: of a table, row by row."""

    key: str
    kind: Kind
    text: str = ""
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TypedArticle:
    """All fields of the form. title: its lines on lines of their own."""

    title: str
    byline: str
    blocks: tuple[TypedBlock, ...]


def typed_of(manuscript: Manuscript) -> TypedArticle:
    """The form as it is first shown."""
    blocks = (_typed_block(str(index), block) for index, block in enumerate(manuscript.blocks))
    return TypedArticle("\n".join(manuscript.title_lines), manuscript.byline or "", tuple(blocks))


def _typed_block(key: str, block: Block) -> TypedBlock:
    match block:
        case Table():
            return TypedBlock(key, "table", cells=tuple(tuple(cell.text for cell in row) for row in block.rows))
        case Picture():
            return TypedBlock(key, "picture", block.caption)
        case _:
            return TypedBlock(key, _kind_of(block), block.text)


def edited(manuscript: Manuscript, typed: TypedArticle) -> Manuscript:
    """The manuscript as typed. A blank line parts paragraphs; an empty field is a block that goes.

    A form nobody touched gives back an equal manuscript. A table or picture whose block is not there is left out.
    """
    blocks = tuple(block for one in typed.blocks for block in _edited_block(manuscript, one))
    byline = manuscript.byline if _clean(typed.byline) == _clean(manuscript.byline or "") else _one_line(typed.byline)
    return replace(manuscript, title_lines=_title_lines(manuscript, typed.title), byline=byline or None, blocks=blocks)


def moved(typed: TypedArticle, key: str, by: int) -> TypedArticle:
    """The block some places further down, or up where `by` is negative."""
    blocks = list(typed.blocks)
    at = _place(typed, key)
    if at is not None:
        blocks.insert(max(0, at + by), blocks.pop(at))
    return replace(typed, blocks=tuple(blocks))


def with_paragraph_after(typed: TypedArticle, key: str) -> TypedArticle:
    """An empty paragraph below that block; at the top for a key that is none."""
    at = _place(typed, key)
    at = 0 if at is None else at + 1
    number = 1 + max((int(one.key[1:]) for one in typed.blocks if re.fullmatch(r"n\d{1,6}", one.key)), default=0)
    return replace(typed, blocks=(*typed.blocks[:at], TypedBlock(f"n{number}", "paragraph"), *typed.blocks[at:]))


def without(typed: TypedArticle, key: str) -> TypedArticle:
    return replace(typed, blocks=tuple(one for one in typed.blocks if one.key != key))


def _place(typed: TypedArticle, key: str) -> int | None:
    return next((at for at, one in enumerate(typed.blocks) if one.key == key), None)


def _edited_block(manuscript: Manuscript, typed: TypedBlock) -> Iterator[Block]:
    source = _source(manuscript, typed.key)
    if typed.kind == "table":
        if isinstance(source, Table):
            yield replace(source, rows=tuple(_edited_rows(source, typed.cells)))
    elif typed.kind == "picture":
        if isinstance(source, Picture):
            kept = _clean(typed.text) == _clean(source.caption)
            yield source if kept else replace(source, caption=_one_line(typed.text))
    elif _is_text(source) and typed.kind == _kind_of(source) and _clean(typed.text) == _clean(source.text):
        yield source
    else:
        marks = _marks(source, _clean(typed.text)) if isinstance(source, Paragraph) else ()
        yield from _of_text(typed.kind, _clean(typed.text), marks)


def _source(manuscript: Manuscript, key: str) -> Block | None:
    index = int(key) if re.fullmatch(r"\d{1,7}", key, re.ASCII) else -1
    return manuscript.blocks[index] if 0 <= index < len(manuscript.blocks) else None


def _is_text(block: Block | None) -> TypeGuard[Paragraph | Heading]:
    return isinstance(block, Paragraph | Heading)


def _kind_of(block: Paragraph | Heading) -> Kind:
    if isinstance(block, Paragraph):
        return "paragraph"
    return TEXT_KINDS[min(max(block.level, 1), 4)]


def _edited_rows(table: Table, cells: tuple[tuple[str, ...], ...]) -> Iterator[tuple[Cell, ...]]:
    """A cell that the form does not have stays as it is."""
    for at, row in enumerate(table.rows):
        typed = cells[at] if at < len(cells) else ()
        yield tuple(
            replace(cell, text=_clean(typed[column]).strip())
            if column < len(typed) and _clean(typed[column]) != _clean(cell.text)
            else cell
            for column, cell in enumerate(row)
        )


def _of_text(kind: Kind, text: str, marks: tuple[Mark, ...]) -> Iterator[Paragraph | Heading]:
    """Only the first piece is a heading: it stands alone on its line."""
    level = TEXT_KINDS.index(kind)
    for at, (start, piece) in enumerate(_pieces(text, _LINE if level else _BLANK_LINES)):
        if level and at == 0:
            yield Heading(piece, level)
        else:
            yield Paragraph(piece, tuple(_within(marks, start, start + len(piece))))


def _pieces(text: str, parting: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Where each piece begins in the text, and its words without white space around them."""
    start = 0
    for end, following in (*((found.start(), found.end()) for found in parting.finditer(text)), (len(text), len(text))):
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), piece.strip()
        start = following


def _marks(source: Paragraph, text: str) -> tuple[Mark, ...]:
    """The marks whose characters, and the character before them, stand in the typed text as they stood."""
    if not source.marks:
        return ()
    same = SequenceMatcher(None, source.text, text, autojunk=False).get_matching_blocks()
    found: list[Mark] = []
    for mark in source.marks:
        first = max(0, mark.start - 1)
        match = next((one for one in same if one.a <= first and mark.end <= one.a + one.size), None)
        if match is not None:
            found.append(replace(mark, start=mark.start + match.b - match.a, end=mark.end + match.b - match.a))
    return tuple(found)


def _within(marks: tuple[Mark, ...], start: int, end: int) -> Iterator[Mark]:
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            yield replace(mark, start=mark.start - start, end=mark.end - start)


def _title_lines(manuscript: Manuscript, typed: str) -> tuple[str, ...]:
    if _clean(typed) == _clean("\n".join(manuscript.title_lines)):
        return manuscript.title_lines
    return tuple(line for line in (_one_line(one) for one in _clean(typed).split("\n")) if line)


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """With line breaks as we write them: a browser sends CR LF."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
