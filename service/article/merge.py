"""Two editors' changes of one text put together, where they changed different blocks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeVar

from values.manuscript import Block, Manuscript

Part = TypeVar("Part")


def merged(base: Manuscript, mine: Manuscript, theirs: Manuscript) -> Manuscript | None:
    """Both changes of `base`; None when both changed the same place, each in another way."""
    title = _one_of(base.title_lines, mine.title_lines, theirs.title_lines)
    byline = _one_of((base.byline,), (mine.byline,), (theirs.byline,))
    house = _one_of(base.house_lines, mine.house_lines, theirs.house_lines)
    blocks = _merged_blocks(base.blocks, mine.blocks, theirs.blocks)
    if title is None or byline is None or house is None or blocks is None:
        return None
    return replace(theirs, title_lines=title, byline=byline[0], house_lines=house, blocks=blocks)


def _one_of(base: tuple[Part, ...], mine: tuple[Part, ...], theirs: tuple[Part, ...]) -> tuple[Part, ...] | None:
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else None


def _merged_blocks(
    base: tuple[Block, ...], mine: tuple[Block, ...], theirs: tuple[Block, ...]
) -> tuple[Block, ...] | None:
    """What lies between the blocks that all three share is taken from whoever changed it (diff3)."""
    in_mine, in_theirs = _same(base, mine), _same(base, theirs)
    done: list[Block] = []
    i = j = k = 0
    for at in [*(one for one in range(len(base)) if one in in_mine and one in in_theirs), len(base)]:
        end_mine, end_theirs = in_mine.get(at, len(mine)), in_theirs.get(at, len(theirs))
        between = _between(base[i:at], mine[j:end_mine], theirs[k:end_theirs])
        if between is None:
            return None
        done += (*between, *base[at : at + 1])
        i, j, k = at + 1, end_mine + 1, end_theirs + 1
    return tuple(done)


def _between(base: tuple[Block, ...], mine: tuple[Block, ...], theirs: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Neighbouring blocks of which each was changed by one only are put together block by block."""
    whole = _one_of(base, mine, theirs)
    if whole is not None or not len(base) == len(mine) == len(theirs):
        return whole
    single = [_one_of((b,), (m,), (t,)) for b, m, t in zip(base, mine, theirs, strict=True)]
    return tuple(one[0] for one in single if one is not None) if all(single) else None


def _same(base: Sequence[Block], other: Sequence[Block]) -> dict[int, int]:
    """Where the blocks of `base` stand unchanged in the other text."""
    matches = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {one.a + step: one.b + step for one in matches for step in range(one.size)}
