"""Which block of an article each line, table and picture of the sent draft prints. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assembler.pages import NO_PICTURE
from assembler.pictures import EXTENSIONS
from intake.edited_file import EditedBlock
from service.edited_draft.words import BlockKey, bare, key_of
from values.manuscript import Block, Picture, Table


@dataclass(frozen=True, slots=True, order=True)
class BlockPart:
    """A part of a block that has a line, table or picture of its own in print."""

    block: int
    """Index in `Manuscript.blocks`."""
    part: int = 0
    """Of a paragraph with line breaks: its line. Of a picture: 1 for the caption."""


@dataclass(frozen=True, slots=True)
class SentBlock:
    """A line, table or picture of the draft as it was sent."""

    sent: EditedBlock
    of: BlockPart | None
    """None for one that no block of the article explains: it stays out of what is compared."""


def parts_of(block: Block, index: int) -> Iterator[tuple[BlockKey, BlockPart]]:
    """What a block prints, part by part; nothing for a table without cells."""
    match block:
        case Table():
            if any(block.rows):
                yield ("table",), BlockPart(index)
        case Picture():
            shown = block.content_type in EXTENSIONS
            yield (("picture",) if shown else ("text", bare(NO_PICTURE))), BlockPart(index)
            if bare(block.caption):
                yield ("text", bare(block.caption)), BlockPart(index, 1)
        case _:
            lines = [line for line in block.text.split("\n") if bare(line)]
            yield from ((("text", bare(line)), BlockPart(index, part)) for part, line in enumerate(lines))


def sent_blocks(blocks: Sequence[Block], body: Sequence[EditedBlock]) -> tuple[SentBlock, ...]:
    """The body of a piece, each of its blocks with the part of the article that it prints.

    Lines are matched by their words, tables and pictures by their order: a wide table is printed behind lines that
    follow it in the article, but tables never pass one another.
    """
    printed = [part for index, block in enumerate(blocks) for part in parts_of(block, index)]
    of: dict[int, BlockPart] = {}
    for kind in ("table", "picture"):
        shown = [place for place, block in enumerate(body) if key_of(block)[0] == kind]
        of |= dict(zip(shown, (part for key, part in printed if key[0] == kind), strict=False))
    lines = [(place, key_of(block)) for place, block in enumerate(body) if key_of(block)[0] == "text"]
    texts = [(key, part) for key, part in printed if key[0] == "text"]
    matcher = SequenceMatcher(None, [key for key, _ in texts], [key for _, key in lines], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and j - i == m - k):
            of |= {lines[k + step][0]: texts[i + step][1] for step in range(j - i)}
    for key, part in texts:  # a line that was printed elsewhere than it stands: the name of a wide table
        if part not in of.values():
            place = next((place for place, shown in lines if shown == key and place not in of), None)
            if place is not None:
                of[place] = part
    return tuple(SentBlock(block, of.get(place)) for place, block in enumerate(body))
