"""Two bodies of an article, block by block: which block was made of which. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from values.manuscript import Block, Heading, Paragraph, Picture, Table
from values.marked_copy import BlockChange
from values.word_changes import is_similar

_CANDIDATES: Final = 4
"""How many of the next earlier blocks a block is compared with: an editor moves paragraphs by a few at most."""


def block_changes(before: Sequence[Block], after: Sequence[Block]) -> tuple[BlockChange, ...]:
    """All blocks of both, in reading order."""
    changes: list[BlockChange] = []
    old, new = list(map(_identity, before)), list(map(_identity, after))
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes += (BlockChange(*pair) for pair in zip(before[i:j], after[k:m], strict=True))
        else:
            changes += _replaced(before[i:j], after[k:m])
    return tuple(changes)


def _replaced(before: Sequence[Block], after: Sequence[Block]) -> Iterator[BlockChange]:
    """Similar blocks are paired in order; the others are removed or added."""
    remaining = list(before)
    for block in after:
        candidates = enumerate(remaining[:_CANDIDATES])
        at = next((at for at, candidate in candidates if _is_made_of(candidate, block)), None)
        if at is None:
            yield BlockChange(None, block)
            continue
        yield from (BlockChange(removed, None) for removed in remaining[:at])
        yield BlockChange(remaining[at], block)
        del remaining[: at + 1]
    yield from (BlockChange(removed, None) for removed in remaining)


def _is_made_of(before: Block, after: Block) -> bool:
    if isinstance(before, Picture) and isinstance(after, Picture):
        return before.sha256 == after.sha256
    if isinstance(before, Table) and isinstance(after, Table):
        return _shape(before) == _shape(after)
    texts = isinstance(before, Paragraph | Heading) and isinstance(after, Paragraph | Heading)
    return texts and is_similar(_text(before), _text(after))


def _identity(block: Block) -> tuple[object, ...]:
    """Equal for blocks that print the same."""
    if isinstance(block, Picture):
        return ("picture", block.sha256, block.caption)
    return ("table", block.rows) if isinstance(block, Table) else (block.kind, block.text)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph | Heading) else ""


def _shape(table: Table) -> list[list[tuple[int, int]]]:
    """The places of its cells: with the same shape, the texts can be compared one by one."""
    return [[(cell.colspan, cell.rowspan) for cell in row] for row in table.rows]
