"""Numbers of articles as people write them: 1,3  1、3  第一、第三篇  1-3  ①②  全部  其余."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_CHINESE: Final = {character: number for number, character in enumerate("一二三四五六七八九", 1)}
_CIRCLED: Final = {chr(0x2460 + number): number + 1 for number in range(20)}
NUMBER: Final = (
    r"(?:第\s?)?(?:\(\s?\d{1,2}\s?\)|\d{1,9}|[①-⑳]|[一二三四五六七八九十]{1,3}(?!下))(?:\s?[篇条号](?:稿件?|文章)?)?"
)
"""An article's number, as a part of expressions: 3, ③, 三, 第三篇, 3号."""
_RANGE: Final = re.compile(rf"({NUMBER})\s?(?:--?|—{{1,2}}|–|~|至|到)\s?({NUMBER})")
_ONE: Final = re.compile(NUMBER)
_BETWEEN: Final = re.compile(r"\s*(?:[,、./和与及跟]|以及|\s)\s*(?:还有)?")
_ALL: Final = re.compile(r"全部(?:稿件)?|所有(?:的)?(?:稿件)?|各篇|都|全")
_REST: Final = re.compile(r"(?:其余|其他|其它|剩下|余下|剩余)(?:的)?(?:几篇|各篇|稿件)?")
_EXCEPT: Final = re.compile(r"除了?\s?")
_OUTSIDE: Final = re.compile(r"\s?(?:以外|之外|外)?\s?,?\s?(?:其余|其他|其它|全部|所有|都)(?:的)?")
_FIRST: Final = re.compile(rf"前\s?(?P<number>两\s?篇|{NUMBER})")
_COUNTED: Final = re.compile(r"\s?这?(?P<number>\d|[两一二三四五六七八九十])\s?篇")
"""How many a list has, said behind it: 1、4两篇."""
_IS_A_COUNT: Final = re.compile(r"(?:\d{1,9}|[一二三四五六七八九十]{1,3})\s?篇(?:稿件?|文章)?")
"""采用 3 篇: three articles, or the third."""
_WIDEST: Final = 99
"""Articles of a range: no issue has as many."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Which articles a clause names."""

    named: tuple[int, ...] = ()
    """In the order they are written."""
    rest: bool = False
    """Those that no other clause of the answer gives a status."""
    all_but: bool = False
    """All except the named ones."""


def number_of(text: str) -> int:
    """The number of a match of `NUMBER`; 0 for a numeral that is none, such as 一二."""
    bare = re.sub(r"[第篇条号稿件文章()\s]", "", text)
    if bare.isascii() and bare.isdigit():
        return int(bare)
    if bare in _CIRCLED:
        return _CIRCLED[bare]
    match = re.fullmatch("([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)", bare)
    if match is None or (match[1] and match[3] and not match[2]):
        return 0
    tens = (_CHINESE.get(match[1], 1) if match[2] else 0) * 10
    return tens + _CHINESE.get(match[3], 0) + (_CHINESE.get(match[1], 0) if not match[2] else 0)


def lists_at(text: str, at: int) -> Iterator[tuple[Numbers, int]]:
    """The readings of a list that begins at that character, each with where it ends: with one number, with two, …"""
    if match := _REST.match(text, at):
        yield Numbers(rest=True), match.end()
        return
    if match := _EXCEPT.match(text, at):
        for numbers, end in _plain_lists(text, match.end()):
            if outside := _OUTSIDE.match(text, end):
                yield Numbers(numbers, all_but=True), outside.end()
        return
    if match := _ALL.match(text, at):
        yield Numbers(all_but=True), match.end()
        return
    if (match := _FIRST.match(text, at)) and match[0].endswith("篇"):
        if count := number_of(match["number"].replace("两", "二")):
            yield Numbers(tuple(range(1, min(count, _WIDEST) + 1))), match.end()
        return
    for numbers, end in _plain_lists(text, at):
        if len(numbers) == 1 and _IS_A_COUNT.fullmatch(text, at, end):
            continue
        counted = _COUNTED.match(text, end)
        if counted and number_of(counted["number"].replace("两", "二")) == len(numbers):
            yield Numbers(numbers), counted.end()
        else:
            yield Numbers(numbers), end


def _plain_lists(text: str, at: int) -> Iterator[tuple[tuple[int, ...], int]]:
    numbers: tuple[int, ...] = ()
    while True:
        if span := _RANGE.match(text, at):
            first, last = number_of(span[1]), number_of(span[2])
            if not 0 < last - first <= _WIDEST:
                return
            numbers, at = (*numbers, *range(first, last + 1)), span.end()
        elif single := _ONE.match(text, at):
            numbers, at = (*numbers, number_of(single[0])), single.end()
        else:
            return
        yield tuple(dict.fromkeys(numbers)), at
        if text[at : at + 1] in _CIRCLED:
            continue
        between = _BETWEEN.match(text, at)
        if between is None:
            return
        at = between.end()
