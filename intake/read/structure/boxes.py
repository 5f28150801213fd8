"""Floating boxes above the title: 内部资料, 一寸照片, a note at the margin. They are none of the title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.lines import body_size
from intake.read.structure.official_head import is_head_line
from intake.read.structure.title import is_official_title, is_set_as_title

_LONGEST_LABEL: Final = 30
"""Characters of a box that is a label; a longer one has text of the article."""


def without_boxes_above_title(
    blocks: Sequence[SourceBlock],
) -> tuple[list[SourceBlock], list[str], list[SourceBlock]]:
    """The blocks from the title on, where boxes precede it; the texts of boxes that are labels; and the other boxes.

    Where no line outside of the boxes is formatted or worded like a title, a box holds it, and nothing is taken.
    """
    first = next((at for at, block in enumerate(blocks) if not _is_boxed(block)), 0)
    line = blocks[first] if blocks else None
    if not first or not isinstance(line, SourceParagraph):
        return list(blocks), [], []
    size = body_size(list(blocks[first:]))
    titled = is_set_as_title(line, size) or is_official_title(line.text) or (line.centred and line.bold)
    if not (titled or is_head_line(line.text)):
        return list(blocks), [], []
    labels = [box.text for box in blocks[:first] if isinstance(box, SourceParagraph) and _is_label(box)]
    texts = [box for box in blocks[:first] if not (isinstance(box, SourceParagraph) and _is_label(box))]
    return list(blocks[first:]), labels, texts


def _is_boxed(block: SourceBlock) -> bool:
    return isinstance(block, SourceParagraph) and block.boxed


def _is_label(box: SourceParagraph) -> bool:
    return len(box.text) <= _LONGEST_LABEL and box.text[-1] not in "。；"
