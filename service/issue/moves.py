"""Compares two orders of articles: which articles moved, as few as explain the difference."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from assembler.plan import Placeable

Place = Literal["up", "down", "first", "last"] | int
"""Where an article may go among those of its section; a number counts from 1."""


@dataclass(frozen=True, slots=True)
class Move:
    """The move of one article."""

    before: str
    """The section that it was in."""
    section: str
    """The section that it is in now, which may be the same."""
    place: int
    """In that section, from 1."""


def moves(before: Sequence[Placeable], after: Sequence[Placeable]) -> Mapping[int, Move]:
    """The moves between two orders of the same articles, by id, in the new order.

    An article that is in another section has moved. Of those that stayed in their section as many as possible count as
    unmoved: dragging the first of twenty to the end moves one article, not nineteen.
    """
    ranks = {article.id: (article.section, rank) for rank, article in enumerate(before)}
    moved: dict[int, Move] = {}
    for section, together in groupby(after, key=lambda article: article.section):
        members = list(together)
        stayed = [article.id for article in members if ranks[article.id][0] == section]
        unmoved = set(stayed) - set(out_of_order([article.id for article in before], stayed))
        for place, article in enumerate(members, 1):
            if article.id not in unmoved:
                moved[article.id] = Move(ranks[article.id][0], section, place)
    return moved


def out_of_order(before: Sequence[int], after: Sequence[int]) -> tuple[int, ...]:
    """The smallest set of `after` that has moved against the rest, in its order. Without those not in `before`."""
    ranks = {article: rank for rank, article in enumerate(before)}
    stayed = [article for article in after if article in ranks]
    still = {stayed[index] for index in _longest_rising([ranks[article] for article in stayed])}
    return tuple(article for article in stayed if article not in still)


def put(there: Sequence[int], article: int, place: Place | None, before: int | None) -> list[int]:
    """The order of a section with the article at its new place. An article from another section is added at the end.

    before: the article of the section that it is placed before; if None, `place` decides. A number beyond the end of
    the section, or below 1, must have been refused (`arrange.move_article`).
    """
    rest = [id for id in there if id != article]
    at = there.index(article) if article in there else len(rest)
    if before is not None:
        at = rest.index(before)
    elif isinstance(place, int):
        at = place - 1
    elif place in ("first", "last"):
        at = 0 if place == "first" else len(rest)
    elif place in ("up", "down"):
        at = max(at - 1, 0) if place == "up" else at + 1
    return [*rest[:at], article, *rest[at:]]


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest rising subsequence of distinct numbers, by patience sorting."""
    ends: list[int] = []  # the smallest number with which a subsequence of that length ends
    last: list[int] = []  # and its index
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(last[length - 1] if length else None)
        ends[length:] = [number, *ends[length + 1 :]]
        last[length:] = [index, *last[length + 1 :]]
    chain: list[int] = []
    link = last[-1] if last else None
    while link is not None:
        chain.append(link)
        link = before[link]
    return chain
