"""Two editors' changes of one text, merged where they changed different blocks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from values.manuscript import Block, Manuscript

PartT = TypeVar("PartT")


def merged(base: Manuscript, mine: Manuscript, theirs: Manuscript) -> Manuscript | None:
    """Both changes of `base`; None when both changed the same place, each in another way.

    What is no text, such as the file the article came from, is taken from `theirs`.
    """
    title = _changed_version(base.title_lines, mine.title_lines, theirs.title_lines)
    byline = _changed_version((base.byline,), (mine.byline,), (theirs.byline,))
    house = _changed_version(base.house_lines, mine.house_lines, theirs.house_lines)
    blocks = _merged_blocks(base.blocks, mine.blocks, theirs.blocks)
    if title is None or byline is None or house is None or blocks is None:
        return None
    return replace(theirs, title_lines=title, byline=byline[0], house_lines=house, blocks=blocks)


def _changed_version(
    base: tuple[PartT, ...], mine: tuple[PartT, ...], theirs: tuple[PartT, ...]
) -> tuple[PartT, ...] | None:
    """The version of whoever changed this part, `base` where nobody did; None where both did, in different ways."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else None


def _merged_blocks(
    base: tuple[Block, ...], mine: tuple[Block, ...], theirs: tuple[Block, ...]
) -> tuple[Block, ...] | None:
    """A three-way merge (diff3): between blocks that all three share, each passage is that of whoever changed it."""
    in_mine, in_theirs = _unchanged(base, mine), _unchanged(base, theirs)
    shared = [index for index in range(len(base)) if index in in_mine and index in in_theirs]
    merged_blocks: list[Block] = []
    i = j = k = 0
    for index in [*shared, len(base)]:
        end_mine, end_theirs = in_mine.get(index, len(mine)), in_theirs.get(index, len(theirs))
        passage = _merged_passage(base[i:index], mine[j:end_mine], theirs[k:end_theirs])
        if passage is None:
            return None
        merged_blocks += (*passage, *base[index : index + 1])
        i, j, k = index + 1, end_mine + 1, end_theirs + 1
    return tuple(merged_blocks)


def _merged_passage(
    base: tuple[Block, ...], mine: tuple[Block, ...], theirs: tuple[Block, ...]
) -> tuple[Block, ...] | None:
    """Neighbouring blocks of which each was changed by one editor only are merged block by block."""
    whole = _changed_version(base, mine, theirs)
    if whole is not None or not len(base) == len(mine) == len(theirs):
        return whole
    blocks = [_changed_version((b,), (m,), (t,)) for b, m, t in zip(base, mine, theirs, strict=True)]
    return tuple(block[0] for block in blocks if block is not None) if all(blocks) else None


def _unchanged(base: Sequence[Block], other: Sequence[Block]) -> dict[int, int]:
    """Index of each block of `base` that is unchanged in the other text → its index there."""
    matches = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {match.a + step: match.b + step for match in matches for step in range(match.size)}
