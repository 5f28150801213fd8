"""Two texts of an article, sentence by sentence, and within a changed sentence character by character. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from values.manuscript import Block, Manuscript, Picture, Table, block_lines

Change = Literal["equal", "added", "removed", "changed"]
Where = Literal["title", "byline", "heading", "paragraph", "table", "picture", "house"]
_SENTENCE: Final = re.compile(r"[^。！？；]*[。！？；]+[”’）》]*|[^。！？；]+$")
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|.", re.DOTALL)
"""A number or a foreign word is changed as a whole: 1300 → 1350, not one digit of it."""
_ALIKE: Final = 0.4
"""From here on two sentences at one place are one that was changed, not one gone and another come."""
_LONGEST: Final = 3_000
"""Characters of a sentence up to which it is compared in itself."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence; changed: they are not in the other text."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence (a title, a table's row, a picture) as it was and as it is. begins: it opens a paragraph."""

    change: Change
    where: Where
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    begins: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    where: Where
    text: str
    begins: bool
    sha256: str = ""

    @property
    def same(self) -> tuple[str, str, str]:
        return self.where, self.text, self.sha256


def compared(before: Manuscript, after: Manuscript) -> tuple[Row, ...]:
    """All of both texts, in reading order."""
    old, new = list(_units(before)), list(_units(after))
    rows: list[Row] = []
    matcher = SequenceMatcher(None, [one.same for one in old], [one.same for one in new], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            rows += (Row("equal", u.where, (Piece(u.text),), (Piece(u.text),), u.begins) for u in new[k:m])
        else:
            rows += _replaced(old[i:j], new[k:m])
    return tuple(rows)


def differs(rows: Sequence[Row]) -> bool:
    return any(row.change != "equal" for row in rows)


def _units(manuscript: Manuscript) -> Iterator[_Unit]:
    yield from (_Unit("title", line, True) for line in manuscript.title_lines)
    if manuscript.byline:
        yield _Unit("byline", manuscript.byline, True)
    for block in manuscript.blocks:
        yield from _of_block(block)
    yield from (_Unit("house", line, True) for line in manuscript.house_lines)


def _of_block(block: Block) -> Iterator[_Unit]:
    if isinstance(block, Picture):
        yield _Unit("picture", block.caption, True, block.sha256)
    elif isinstance(block, Table):
        yield from (_Unit("table", line, True) for line in block_lines(block))
    elif block.kind == "heading":
        yield _Unit("heading", block.text, True)
    else:
        sentences = _SENTENCE.findall(block.text) or [block.text]
        yield from (_Unit("paragraph", sentence, at == 0) for at, sentence in enumerate(sentences))


def _replaced(old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[Row]:
    """What stands at one place in both: pairs that are alike, in order; the rest has gone, or come."""
    waiting = list(old)
    for unit in new:
        at = _partner(unit, waiting)
        if at is None:
            yield Row("added", unit.where, (), (Piece(unit.text, True),), unit.begins)
            continue
        yield from (_removed(one) for one in waiting[:at])
        yield _changed(waiting[at], unit)
        del waiting[: at + 1]
    yield from (_removed(one) for one in waiting)


def _partner(unit: _Unit, waiting: Sequence[_Unit]) -> int | None:
    """Which of the next few it was made of."""
    for at, one in enumerate(waiting[:4]):
        if one.where == unit.where and (one.sha256 == unit.sha256) and _alike(one.text, unit.text):
            return at
    return None


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST:
        return one[:50] == other[:50]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return not one or not other or (matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE)


def _removed(unit: _Unit) -> Row:
    return Row("removed", unit.where, (Piece(unit.text, True),), (), unit.begins)


def _changed(old: _Unit, new: _Unit) -> Row:
    if max(len(old.text), len(new.text)) > _LONGEST:
        return Row("changed", new.where, (Piece(old.text, True),), (Piece(new.text, True),), new.begins)
    was, becomes = _TOKEN.findall(old.text), _TOKEN.findall(new.text)
    before: list[Piece] = []
    after: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, was, becomes, autojunk=False).get_opcodes():
        if i < j:
            before.append(Piece("".join(was[i:j]), kind != "equal"))
        if k < m:
            after.append(Piece("".join(becomes[k:m]), kind != "equal"))
    return Row("changed", new.where, tuple(before), tuple(after), new.begins)
