"""An article as the fields of its edit form, and the manuscript that results from what is typed there. Pure.

What was not touched stays the very same value: marks, widths, spans and header rows come from the manuscript, and only
the words, and the rows and columns that were added or removed, from the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final, Literal, TypeGuard

from service.article.table_structure import restructured
from values.manuscript import Block, Cell, Formula, Heading, Manuscript, Mark, Paragraph, Picture, Table

Kind = Literal["paragraph", "heading-1", "heading-2", "heading-3", "heading-4", "table", "picture"]
TEXT_KINDS: Final[tuple[Kind, ...]] = ("paragraph", "heading-1", "heading-2", "heading-3", "heading-4")
_BLANK_LINES: Final = re.compile(r"\n(?:[ \t\u3000\u00a0]*\n)+")
_LINE: Final = re.compile(r"\n")
# What XML 1.0 (2.2, Char) cannot hold, and the characters that override the direction of the text around them
# (Unicode UAX #9: embeddings, overrides and isolates).
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class TypedBlock:
    """A block of the form."""

    key: str
    """Index of the manuscript's block that it came from, in digits; any other word for a new block."""
    kind: Kind
    text: str = ""
    """Of a paragraph or heading, or the caption of a picture."""
    cells: tuple[tuple[str, ...], ...] = ()
    """Of a table, row by row; () for other kinds."""
    changes: tuple[str, ...] = ()
    """Of a table: the rows and columns that were added and removed (`table_structure.restructured`), in their order."""


@dataclass(frozen=True, slots=True)
class TypedArticle:
    """All fields of the form."""

    title: str
    """Its lines, separated by line breaks."""
    byline: str
    """"" for none."""
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
    """The manuscript as typed. A blank line separates paragraphs; a block whose field is empty is removed.

    A form that was not touched results in an equal manuscript. A table or picture whose block does not exist in the
    manuscript is left out.
    """
    blocks = tuple(block for typed_block in typed.blocks for block in _edited_block(manuscript, typed_block))
    byline = manuscript.byline if _clean(typed.byline) == _clean(manuscript.byline or "") else _one_line(typed.byline)
    return replace(manuscript, title_lines=_title_lines(manuscript, typed.title), byline=byline or None, blocks=blocks)


def moved(typed: TypedArticle, key: str, by: int) -> TypedArticle:
    """The form with the block moved down by so many places, up where `by` is negative; the same for an unknown key."""
    blocks = list(typed.blocks)
    at = _place(typed, key)
    if at is not None:
        blocks.insert(max(0, at + by), blocks.pop(at))
    return replace(typed, blocks=tuple(blocks))


def with_paragraph_after(typed: TypedArticle, key: str) -> TypedArticle:
    """The form with an empty paragraph below that block; at the top for an unknown key."""
    at = _place(typed, key)
    at = 0 if at is None else at + 1
    new_keys = (block.key for block in typed.blocks if re.fullmatch(r"n\d{1,6}", block.key, re.ASCII))
    number = 1 + max((int(key[1:]) for key in new_keys), default=0)
    return replace(typed, blocks=(*typed.blocks[:at], TypedBlock(f"n{number}", "paragraph"), *typed.blocks[at:]))


def without(typed: TypedArticle, key: str) -> TypedArticle:
    """The form without that block."""
    return replace(typed, blocks=tuple(block for block in typed.blocks if block.key != key))


def with_changed_table(manuscript: Manuscript, typed: TypedArticle, key: str, change: str) -> TypedArticle:
    """The form after a change of one of its tables, with what is typed in the other cells. The same for a block that is
    no table. Raises BadUsage for a change that the table does not allow (`table_structure.restructured`)."""
    return replace(
        typed,
        blocks=tuple(
            _with_change(table, block, change)
            if block.key == key and (table := table_of(manuscript, block)) is not None
            else block
            for block in typed.blocks
        ),
    )


def table_of(manuscript: Manuscript, typed: TypedBlock) -> Table | None:
    """The table of a block with its rows and columns as changed so far; None for a block that is no table."""
    source = _source(manuscript, typed.key)
    if typed.kind != "table" or not isinstance(source, Table):
        return None
    return restructured(source, typed.changes)


def _with_change(table: Table, typed: TypedBlock, change: str) -> TypedBlock:
    as_typed = replace(table, rows=tuple(_edited_rows(table, typed.cells)))
    after = restructured(as_typed, [change])
    cells = tuple(tuple(cell.text for cell in row) for row in after.rows)
    return replace(typed, cells=cells, changes=(*typed.changes, change))


def _place(typed: TypedArticle, key: str) -> int | None:
    return next((at for at, block in enumerate(typed.blocks) if block.key == key), None)


def _edited_block(manuscript: Manuscript, typed: TypedBlock) -> Iterator[Block]:
    source = _source(manuscript, typed.key)
    if typed.kind == "table":
        table = table_of(manuscript, typed)
        if table is not None:
            yield replace(table, rows=tuple(_edited_rows(table, typed.cells)))
    elif typed.kind == "picture":
        if isinstance(source, Picture):
            kept = _clean(typed.text) == _clean(source.caption)
            yield source if kept else replace(source, caption=_one_line(typed.text))
    elif _is_text(source) and typed.kind == _kind_of(source) and _clean(typed.text) == _clean(source.text):
        yield source
    else:
        marks = _marks(source, _clean(typed.text)) if isinstance(source, Paragraph) else ()
        formulas = source.formulas if isinstance(source, Paragraph) else ()
        yield from _of_text(typed.kind, _clean(typed.text), marks, formulas)


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
    """The rows with the typed cells; a cell that the form does not have is unchanged."""
    for at, row in enumerate(table.rows):
        typed = cells[at] if at < len(cells) else ()
        yield tuple(
            replace(cell, text=_clean(typed[column]).strip())
            if column < len(typed) and _clean(typed[column]) != _clean(cell.text)
            else cell
            for column, cell in enumerate(row)
        )


def _of_text(
    kind: Kind, text: str, marks: tuple[Mark, ...], formulas: tuple[Formula, ...] = ()
) -> Iterator[Paragraph | Heading]:
    """The blocks of a text field. Only the first line of a heading's field is a heading.

    formulas: of the paragraph that was edited; those whose characters are still there stay formulas.
    """
    level = TEXT_KINDS.index(kind)
    for at, (start, piece) in enumerate(_pieces(text, _LINE if level else _BLANK_LINES)):
        if level and at == 0:
            yield Heading(piece, level)
        else:
            own = tuple(replace(formula, start=formula.start - start) for formula in formulas if formula.text in piece)
            yield Paragraph(piece, tuple(_within(marks, start, start + len(piece))), formulas=own)


def _pieces(text: str, separator: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Each piece without surrounding white space, with the index at which it begins in the text."""
    start = 0
    separators = [match.span() for match in separator.finditer(text)]
    for end, following in (*separators, (len(text), len(text))):
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), piece.strip()
        start = following


def _marks(source: Paragraph, text: str) -> tuple[Mark, ...]:
    """The marks whose characters, and the character before them, are unchanged in the typed text."""
    if not source.marks:
        return ()
    unchanged = SequenceMatcher(None, source.text, text, autojunk=False).get_matching_blocks()
    marks: list[Mark] = []
    for mark in source.marks:
        first = max(0, mark.start - 1)
        match = next((block for block in unchanged if block.a <= first and mark.end <= block.a + block.size), None)
        if match is not None:
            marks.append(replace(mark, start=mark.start + match.b - match.a, end=mark.end + match.b - match.a))
    return tuple(marks)


def _within(marks: tuple[Mark, ...], start: int, end: int) -> Iterator[Mark]:
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            yield replace(mark, start=mark.start - start, end=mark.end - start)


def _title_lines(manuscript: Manuscript, typed: str) -> tuple[str, ...]:
    if _clean(typed) == _clean("\n".join(manuscript.title_lines)):
        return manuscript.title_lines
    return tuple(line for line in map(_one_line, _clean(typed).split("\n")) if line)


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Without characters that cannot be printed, and with line feeds alone: a browser sends CR LF."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
