"""Two texts of an article, sentence by sentence, and within a changed sentence word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from values.manuscript import Block, Manuscript, Picture, Table, block_lines
from values.word_changes import is_similar, word_changes

Difference = Literal["equal", "added", "removed", "changed"]
Part = Literal["title", "byline", "heading", "paragraph", "table", "picture", "house"]
"""The part of an article that a sentence belongs to; "house": a line for the office, which is not printed."""
_SENTENCE: Final = re.compile(r"[^。！？；]*[。！？；]+[”’）》]*|[^。！？；]+$")
"""A sentence with its closing marks (GB/T 15834-2011: 句末点号, and 分号, which ends a clause of an enumeration)."""
_CANDIDATES: Final = 4
"""How many of the next earlier sentences a sentence is compared with: an editor moves sentences by a few at most."""


@dataclass(frozen=True, slots=True)
class ComparedText:
    """Some characters of a sentence."""

    text: str
    changed: bool = False
    """Whether they are not in the other text."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A sentence (a title line, a table's row, a picture) of either text or of both."""

    change: Difference
    part: Part
    before: tuple[ComparedText, ...] = ()
    """As it was; () for one that was added."""
    after: tuple[ComparedText, ...] = ()
    """As it is; () for one that was removed."""
    opens_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, or what stands for one."""

    part: Part
    text: str
    opens_paragraph: bool
    sha256: str = ""
    """Of a picture's file, "" for text."""

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.part, self.text, self.sha256


def compared(before: Manuscript, after: Manuscript) -> tuple[ComparedRow, ...]:
    """All of both texts, in reading order."""
    old, new = list(_sentences(before)), list(_sentences(after))
    rows: list[ComparedRow] = []
    old_ids, new_ids = ([sentence.identity for sentence in sentences] for sentences in (old, new))
    matcher = SequenceMatcher(None, old_ids, new_ids, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        rows += (_equal(sentence) for sentence in new[k:m]) if kind == "equal" else _replaced(old[i:j], new[k:m])
    return tuple(rows)


def differs(rows: Sequence[ComparedRow]) -> bool:
    """Whether any row is not the same in both texts."""
    return any(row.change != "equal" for row in rows)


def _sentences(manuscript: Manuscript) -> Iterator[_Sentence]:
    yield from (_Sentence("title", line, True) for line in manuscript.title_lines)
    if manuscript.byline:
        yield _Sentence("byline", manuscript.byline, True)
    for block in manuscript.blocks:
        yield from _of_block(block)
    yield from (_Sentence("house", line, True) for line in manuscript.house_lines)


def _of_block(block: Block) -> Iterator[_Sentence]:
    if isinstance(block, Picture):
        yield _Sentence("picture", block.caption, True, block.sha256)
    elif isinstance(block, Table):
        yield from (_Sentence("table", line, True) for line in block_lines(block))
    elif block.kind == "heading":
        yield _Sentence("heading", block.text, True)
    else:
        texts = _SENTENCE.findall(block.text) or [block.text]
        yield from (_Sentence("paragraph", text, at == 0) for at, text in enumerate(texts))


def _replaced(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> Iterator[ComparedRow]:
    """Rows of two different passages at the same place: similar sentences are paired in order, the others are removed
    or added."""
    remaining = list(old)
    for sentence in new:
        at = _source(sentence, remaining)
        if at is None:
            yield _added(sentence)
            continue
        yield from map(_removed, remaining[:at])
        yield _changed(remaining[at], sentence)
        del remaining[: at + 1]
    yield from map(_removed, remaining)


def _source(sentence: _Sentence, remaining: Sequence[_Sentence]) -> int | None:
    """Index of the earlier sentence that this one was made of, None where there is none."""
    for at, candidate in enumerate(remaining[:_CANDIDATES]):
        same_kind = (candidate.part, candidate.sha256) == (sentence.part, sentence.sha256)
        if same_kind and is_similar(candidate.text, sentence.text):
            return at
    return None


def _equal(sentence: _Sentence) -> ComparedRow:
    text = (ComparedText(sentence.text),)
    return ComparedRow("equal", sentence.part, text, text, sentence.opens_paragraph)


def _added(sentence: _Sentence) -> ComparedRow:
    return ComparedRow("added", sentence.part, (), (ComparedText(sentence.text, True),), sentence.opens_paragraph)


def _removed(sentence: _Sentence) -> ComparedRow:
    return ComparedRow("removed", sentence.part, (ComparedText(sentence.text, True),), (), sentence.opens_paragraph)


def _changed(old: _Sentence, new: _Sentence) -> ComparedRow:
    before, after = _compared_words(old.text, new.text)
    return ComparedRow("changed", new.part, before, after, new.opens_paragraph)


def _compared_words(old: str, new: str) -> tuple[tuple[ComparedText, ...], tuple[ComparedText, ...]]:
    changes = word_changes(old, new)
    before = _stretches(old, [(change.before_start, change.before_end) for change in changes])
    return before, _stretches(new, [(change.start, change.end) for change in changes])


def _stretches(text: str, changed: Sequence[tuple[int, int]]) -> tuple[ComparedText, ...]:
    """The text cut at these stretches, without empty ones."""
    stretches: list[ComparedText] = []
    done = 0
    for start, end in changed:
        stretches += (ComparedText(text[done:start]), ComparedText(text[start:end], True))
        done = end
    return tuple(stretch for stretch in (*stretches, ComparedText(text[done:])) if stretch.text)
