"""Two texts of an article, sentence by sentence, and within a changed sentence word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from values.manuscript import Block, Manuscript, Picture, Table, block_lines

Difference = Literal["equal", "added", "removed", "changed"]
Part = Literal["title", "byline", "heading", "paragraph", "table", "picture", "house"]
"""The part of an article that a sentence belongs to; "house": a line for the office, which is not printed."""
_SENTENCE: Final = re.compile(r"[^。！？；]*[。！？；]+[”’）》]*|[^。！？；]+$")
"""A sentence with its closing marks (GB/T 15834-2011: 句末点号, and 分号, which ends a clause of an enumeration)."""
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|.", re.DOTALL)
"""A number or a foreign word is one token, so that 1300 → 1350 is shown as a whole, not as one digit of it."""
_SIMILAR: Final = 0.4
"""Least ratio at which two sentences count as one that was changed. Measured on sentences of briefings: one with other
figures and a clause added has 0.64, two that share an office's set phrases 0.42, unrelated ones about 0.14."""
_LONGEST: Final = 3_000
"""Characters of a sentence up to which its words are compared: time grows with the square, 0.07 s at this length."""
_CANDIDATES: Final = 4
"""How many of the next earlier sentences a sentence is compared with: an editor moves sentences by a few at most."""
_PREFIX: Final = 50
"""Characters by which sentences above `_LONGEST` are recognised."""


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
        if same_kind and _is_similar(candidate.text, sentence.text):
            return at
    return None


def _is_similar(before: str, after: str) -> bool:
    if max(len(before), len(after)) > _LONGEST:
        return before[:_PREFIX] == after[:_PREFIX]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return not before or not after or (matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR)


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
    if max(len(old), len(new)) > _LONGEST:
        return (ComparedText(old, True),), (ComparedText(new, True),)
    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    before: list[ComparedText] = []
    after: list[ComparedText] = []
    for kind, i, j, k, m in SequenceMatcher(None, old_tokens, new_tokens, autojunk=False).get_opcodes():
        if i < j:
            before.append(ComparedText("".join(old_tokens[i:j]), kind != "equal"))
        if k < m:
            after.append(ComparedText("".join(new_tokens[k:m]), kind != "equal"))
    return tuple(before), tuple(after)
