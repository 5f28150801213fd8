"""How lines of the sent and of the edited draft are compared. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final, TypeAlias

from intake.edited_file import EditedBlock
from values.manuscript import Paragraph, Picture, Table

BlockKey: TypeAlias = tuple[str, ...]
"""Equal for blocks that say the same: kind, then characters without white space, cells, or the picture's file."""
_LONGEST: Final = 3_000
"""Characters up to which two lines are compared by all of them; time grows with the square."""
_PREFIX: Final = 50


def bare(text: str) -> str:
    """The characters without white space."""
    return "".join(text.split())


def key_of(block: EditedBlock) -> BlockKey:
    match block.block:
        case Paragraph():
            return ("text", bare(block.block.text))
        case Table():
            return table_key(block.block)
        case Picture():
            return ("picture", block.source or block.block.sha256)


def table_key(table: Table) -> BlockKey:
    return ("table", *("\t".join(bare(cell.text) for cell in row) for row in table.rows))


def text_of(block: EditedBlock) -> str:
    """The text of a line; "" for a table or picture."""
    return block.block.text if isinstance(block.block, Paragraph) else ""


def likeness(before: str, after: str) -> float:
    """How alike two lines are, from 0 to 1."""
    old, new = bare(before), bare(after)
    if old == new:
        return 1.0
    if not old or not new:
        return 0.0
    if max(len(old), len(new)) > _LONGEST:
        return 0.9 if old[:_PREFIX] == new[:_PREFIX] else 0.0
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.2 and matcher.quick_ratio() > 0.2 else 0.0


def shared(before: list[BlockKey], after: list[BlockKey]) -> float:
    """The share of blocks that two passages have in common, from 0 to 1."""
    if not before or not after:
        return 0.0
    rest = list(before)
    same = 0
    for key in after:
        if key in rest:
            rest.remove(key)
            same += 1
    return same / max(len(before), len(after))
