"""The heads that a file holds: every place where an article of its own might begin, and what speaks for it."""

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
from intake.read.structure.lines import body_size, is_set_off, looks, split_lines
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
_MOST_TITLE_LINES: Final = 4
_MOST_ABOVE: Final = 3
_MOST_BELOW: Final = 4
_LONGEST_ABOVE: Final = 40
_LONGEST_HEAD: Final = 200


@dataclass(frozen=True, slots=True)
class Head:
    """Blocks [start, end): lines above a title, and the title, which begins at `title`. lines: the title's.

    number: of its marker (稿件一), 0 for none. label: the characters of a number before the title (1.), 0 for none.
    signed: a byline stands below it. paged: it begins a page. large: set as a title, not merely centred.
    """

    start: int
    title: int
    end: int
    lines: tuple[str, ...]
    looks: tuple[object, ...]
    number: int = 0
    label: int = 0
    signed: bool = False
    paged: bool = False
    large: bool = False

    @property
    def text(self) -> str:
        return "".join(self.lines)[self.label :]


def heads_of(blocks: Sequence[SourceBlock], departments: Sequence[Department]) -> tuple[Head, ...]:
    """The heads in order, MOST_HEADS at most.

    A line below 附件1, or one that an 附件说明 names, begins an annex and no article.
    blocks: trimmed, without empty paragraphs.
    """
    return tuple(islice(_Search(blocks, departments).heads(), MOST_HEADS))


def marker_of(text: str) -> tuple[int, int]:
    """The number of a 稿件一 or 第一篇 with which a line begins, and its length; (0, 0) for any other line."""
    found = _MARKER.match(text) if len(text) <= 2 * _LONGEST_ABOVE else None
    number = found and number_of(found[1] or found[2])
    return (number, found.end()) if found and number else (0, 0)


def is_separator(text: str) -> bool:
    """Whether a line parts articles and says nothing: ————, 稿件一."""
    number, length = marker_of(text)
    return (bool(number) and length == len(text)) or _RULE.fullmatch(text) is not None


def is_cover_title(text: str) -> bool:
    """Whether a line names the file and no article: 11月份稿件汇总, 投稿（三篇）."""
    return _COVER_TITLE.fullmatch(text[:_LONGEST_ABOVE]) is not None


def _belongs_below(text: str) -> bool:
    return is_separator(text) or is_preface(text) or _SECTION_MARK.fullmatch(text) is not None


class _Search:
    def __init__(self, blocks: Sequence[SourceBlock], departments: Sequence[Department]) -> None:
        self._blocks = blocks
        self._departments = departments
        self._size = body_size(list(blocks))
        self._annexes = listed_annexes(blocks)

    def heads(self) -> Iterator[Head]:
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
        number = number or next((found for text in above if (found := marker_of(text)[0])), 0)
        large = is_set_as_title(block, self._size)
        if not (number or large or is_set_off(block) or self._below_known_unit(at)):
            return None
        label = taken or self._label(block.text)
        if not self._could_begin(block, block.text[label:], at) or any(map(is_annex_line, above)):
            return None
        end = self._end(at, large=large)
        texts = tuple(line for one in self._paragraphs(at, end) for line in self._title_lines(one))
        paged = any(one.page_break_before for one in self._paragraphs(start, end))
        return Head(start, at, end, texts, looks(block), number, label, self._byline_end(at, end) > 0, paged, large)

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
        return not (is_date_line(first) or is_house_line(first) or self._signs(block, first))

    def _below_known_unit(self, at: int) -> bool:
        """Whether the line, however it is set, stands right above the name of a registered unit."""
        below = next(self._paragraphs(at + 1, at + 2), None)
        byline = byline_of(below.text, self._departments) if below else None
        return byline is not None and byline.department is not None and not byline.with_people

    def _label(self, text: str) -> int:
        label = label_of(text)
        return label.end if label and label.level in (1, 3) else 0

    def _start(self, at: int) -> int:
        """Where the lines above the title begin that belong to it: separators, or all down from a page break."""
        start = at
        if self._begins_page(at):
            return at
        for up in range(at - 1, max(at - _MOST_ABOVE, 0) - 1, -1):
            line = self._blocks[up]
            if not isinstance(line, SourceParagraph) or len(line.text) > _LONGEST_ABOVE or line.text[-1] in "。；":
                break
            if up == start - 1 and (_belongs_below(line.text) or (up == 0 and self._signs(line, line.text))):
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
            if looks(line) != looks(first) or not set_off or not could_be_title(line.text):
                break
            if line.page_break_before or self._signs(line, line.text):
                break
            end += 1
        return end

    def _title_lines(self, block: SourceParagraph) -> Iterator[str]:
        for line in split_lines(block):
            if self._signs(line, line.text):
                return
            yield line.text

    def _byline_end(self, at: int, end: int) -> int:
        """The index after the byline, which stands in the title's paragraph or below it; 0 when there is none."""
        inside = [line for block in self._paragraphs(at, end) for line in split_lines(block)][1:]
        if any(self._signs(line, line.text) for line in inside):
            return end
        for below, block in enumerate(self._paragraphs(end, end + _MOST_BELOW), start=end + 1):
            for line in split_lines(block):
                if self._signs(line, line.text):
                    return below
                if not (is_subtitle(line.text) or is_writers_line(line.text) or is_date_line(line.text)):
                    return 0
        return 0

    def _signs(self, line: SourceParagraph, text: str) -> bool:
        return byline_of(text, self._departments, expected=line.centred or line.boxed) is not None

    def _paragraphs(self, start: int, end: int) -> Iterator[SourceParagraph]:
        """The paragraphs from one block on, up to another or to what is no paragraph."""
        for block in self._blocks[start:end]:
            if not isinstance(block, SourceParagraph):
                return
            yield block
