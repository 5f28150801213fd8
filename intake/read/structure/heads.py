"""Finds every place in a file where an article might begin, and the signs for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.annexes import is_annex_line, listed_annexes
from intake.read.structure.byline import byline_of, is_writers_line
from intake.read.structure.house_lines import is_date_line, is_house_line, is_preface
from intake.read.structure.lines import body_size, formatting, is_set_off, split_lines
from intake.read.structure.title import could_be_title, is_set_as_title, is_subtitle
from values.department import Department
from values.manuscript import Picture
from values.ordinals import label_of, number_of

_NUMERAL: Final = r"([\d一二三四五六七八九十]{1,2})"
_MARKER: Final = re.compile(
    rf"[【（(〔]?(?:(?:稿件|投稿|来稿|文章|信息|篇目)\s?(?:之\s?)?{_NUMERAL}|第\s?{_NUMERAL}\s?篇(?:稿件|文章|稿)?)[】）)〕]?"
    r"(?:$|[\s:：、.．]+)"
)
_RULE: Final = re.compile(r"[-—_=*·~～─━－＿╌┄\s]{4,}")
_COVER_TITLE: Final = re.compile(r".{0,20}(?:稿件|投稿|来稿|集稿)(?:汇总|汇编|合集|材料)?(?:[（(]?.{0,4}篇[）)]?)?")
_SECTION_MARK: Final = re.compile(r"【[^【】]{1,20}】")
MOST_HEADS: Final = 300
"""A file with more is a list, not a collection of articles."""
_MOST_TITLE_LINES: Final = 4
"""Paragraphs of a title; as in `title`."""
_MOST_ABOVE: Final = 3
"""Lines above a title that may belong to it: a rule, 稿件一, 【情况通报】."""
_MOST_BELOW: Final = 4
"""Lines below a title within which the byline is looked for: after a subtitle, writers and a date."""
_LONGEST_ABOVE: Final = 40
"""Characters of such a line above a title, or of the name of the file on a cover."""
_LONGEST_HEAD: Final = 200
"""Characters of a paragraph that may be a title with its byline, on several lines."""


@dataclass(frozen=True, slots=True)
class Head:
    """A possible beginning of an article: lines above a title, and the title."""

    start: int
    """The index of its first block."""
    title: int
    """The index of the block in which the title begins."""
    end: int
    """The index after the last block of the title."""
    lines: tuple[str, ...]
    """Of the title."""
    formatting: tuple[object, ...]
    """Of the first line of the title, for comparing."""
    number: int = 0
    """Of its marker (稿件一), 0 for none."""
    label: int = 0
    """The length of a number before the title (1.), 0 for none."""
    signed: bool = False
    """Whether a byline follows."""
    paged: bool = False
    """Whether it begins a page."""
    large: bool = False
    """Whether it is formatted as a title, rather than merely centred."""

    @property
    def text(self) -> str:
        """The title without the number before it."""
        return "".join(self.lines)[self.label :]


def heads_of(blocks: Sequence[SourceBlock], departments: Sequence[Department]) -> tuple[Head, ...]:
    """The heads in order, at most MOST_HEADS.

    A line below 附件1, or one that an 附件说明 names, begins an annex and is no head. blocks: trimmed, without empty
    paragraphs.
    """
    return tuple(islice(_HeadSearch(blocks, departments).heads(), MOST_HEADS))


def marker_of(text: str) -> tuple[int, int]:
    """The number of a marker (稿件一, 第一篇) at the beginning of a line, and its length; (0, 0) for any other line."""
    marker = _MARKER.match(text) if len(text) <= 2 * _LONGEST_ABOVE else None
    number = marker and number_of(marker[1] or marker[2])
    return (number, marker.end()) if marker and number else (0, 0)


def is_separator(text: str) -> bool:
    """Whether a line only separates articles: ————, 稿件一."""
    number, length = marker_of(text)
    return (bool(number) and length == len(text)) or _RULE.fullmatch(text) is not None


def is_cover_title(text: str) -> bool:
    """Whether a line is the name of the file rather than of an article: 11月份稿件汇总, 投稿（三篇）."""
    return _COVER_TITLE.fullmatch(text[:_LONGEST_ABOVE]) is not None


def _belongs_below(text: str) -> bool:
    return is_separator(text) or is_preface(text) or _SECTION_MARK.fullmatch(text) is not None


class _HeadSearch:
    """The search through one file."""

    def __init__(self, blocks: Sequence[SourceBlock], departments: Sequence[Department]) -> None:
        self._blocks = blocks
        self._departments = departments
        self._size = body_size(list(blocks))
        self._annexes = listed_annexes(blocks)

    def heads(self) -> Iterator[Head]:
        """The heads in order, without a limit."""
        at = 0
        while at < len(self._blocks):
            head = self._head_at(at)
            if head is not None:
                yield head
            at = max(head.end, self._byline_end(head.title, head.end)) if head else at + 1

    def _head_at(self, at: int) -> Head | None:
        block = self._blocks[at]
        if not isinstance(block, SourceParagraph) or len(block.text) > _LONGEST_HEAD:
            return None
        number, taken = marker_of(block.text)
        if number and taken == len(block.text):
            return None  # the title is the line below
        start = self._start(at)
        above = [line.text for line in self._paragraphs(start, at)]
        number = number or next((marked for text in above if (marked := marker_of(text)[0])), 0)
        large = is_set_as_title(block, self._size)
        if not (number or large or is_set_off(block) or self._above_registered_unit(at)):
            return None
        label = taken or self._label(block.text)
        if not self._could_begin(block, block.text[label:], at) or any(map(is_annex_line, above)):
            return None
        end = self._end(at, large=large)
        texts = tuple(line for block in self._paragraphs(at, end) for line in self._title_lines(block))
        paged = any(line.page_break_before for line in self._paragraphs(start, end))
        return Head(
            start, at, end, texts, formatting(block), number, label, self._byline_end(at, end) > 0, paged, large
        )

    def _could_begin(self, block: SourceParagraph, title: str, at: int) -> bool:
        first = title.split("\n", 1)[0]
        if (
            not title
            or not could_be_title(first)
            or _belongs_below(first)
            or is_cover_title(first)
            or first in self._annexes
        ):
            return False
        if not is_set_as_title(block, self._size):
            under_picture = at > 0 and isinstance(self._blocks[at - 1], Picture)
            if under_picture or first[-1] in "。；，" or is_subtitle(first) or is_writers_line(first):
                return False
        return not (is_date_line(first) or is_house_line(first) or self._is_byline(block, first))

    def _above_registered_unit(self, at: int) -> bool:
        """Whether the line is directly above the name of a registered unit; its formatting does not matter then."""
        below = next(self._paragraphs(at + 1, at + 2), None)
        byline = byline_of(below.text, self._departments) if below else None
        return byline is not None and byline.department is not None and not byline.with_people

    def _label(self, text: str) -> int:
        label = label_of(text)
        return label.end if label and label.level in (1, 3) else 0

    def _start(self, at: int) -> int:
        """The index of the first line above the title that belongs to it: separators, or all lines from a page break
        on."""
        start = at
        if self._begins_page(at):
            return at
        for up in range(at - 1, max(at - _MOST_ABOVE, 0) - 1, -1):
            line = self._blocks[up]
            if not isinstance(line, SourceParagraph) or len(line.text) > _LONGEST_ABOVE or line.text[-1] in "。；":
                break
            if up == start - 1 and (_belongs_below(line.text) or (up == 0 and self._is_byline(line, line.text))):
                start = up
            if line.page_break_before:
                return up
        return start

    def _begins_page(self, at: int) -> bool:
        return any(line.page_break_before for line in self._paragraphs(at, at + 1))

    def _end(self, at: int, *, large: bool) -> int:
        first = self._blocks[at]
        end = at + 1
        for line in self._paragraphs(end, at + _MOST_TITLE_LINES):
            assert isinstance(first, SourceParagraph)
            set_off = large or is_set_off(line)
            if formatting(line) != formatting(first) or not set_off or not could_be_title(line.text):
                break
            if line.page_break_before or self._is_byline(line, line.text):
                break
            end += 1
        return end

    def _title_lines(self, block: SourceParagraph) -> Iterator[str]:
        for line in split_lines(block):
            if self._is_byline(line, line.text):
                return
            yield line.text

    def _byline_end(self, at: int, end: int) -> int:
        """The index after the byline, which is in the paragraph of the title or below it; 0 when there is none."""
        inside = [line for block in self._paragraphs(at, end) for line in split_lines(block)][1:]
        if any(self._is_byline(line, line.text) for line in inside):
            return end
        for below, block in enumerate(self._paragraphs(end, end + _MOST_BELOW), start=end + 1):
            for line in split_lines(block):
                if self._is_byline(line, line.text):
                    return below
                if not (is_subtitle(line.text) or is_writers_line(line.text) or is_date_line(line.text)):
                    return 0
        return 0

    def _is_byline(self, line: SourceParagraph, text: str) -> bool:
        return byline_of(text, self._departments, expected=line.centred or line.boxed) is not None

    def _paragraphs(self, start: int, end: int) -> Iterator[SourceParagraph]:
        """The paragraphs of blocks[start:end], up to the first block that is no paragraph."""
        for block in self._blocks[start:end]:
            if not isinstance(block, SourceParagraph):
                return
            yield block
