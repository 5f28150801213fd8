"""集稿: one file that holds several articles, cut apart where the signs are sure and left whole where they are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from intake.read.source import Omission, SourceBlock, SourceDocument, SourceParagraph
from intake.read.structure.byline import byline_of
from intake.read.structure.heads import MOST_HEADS, Head, heads_of, is_cover_title, is_separator
from intake.read.structure.house_lines import is_date_line, is_house_line, is_issue_number, is_preface
from intake.read.structure.lines import is_set_off, trimmed
from values import rules
from values.department import Department
from values.manuscript import Picture, Table

_LEAST_TEXT: Final = 30
_LONGEST_COVER_LINE: Final = 60
_MOST_COVER_LINES: Final = 40
_COVER: Final = re.compile(r"目录|.{0,20}(?:简报|信息|材料)(?:汇总|汇编|稿)?")
_NOTE: Final = re.compile(r"〔注\d+〕")
_MOST_QUOTED: Final = 8
_MOST_KINDS: Final = 20
_LONGEST_QUOTED: Final = 30


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """One article of a file. above: lines that stood over its title for the office alone: 稿件一, a cover's words."""

    document: SourceDocument
    above: tuple[str, ...] = ()


def articles_of(document: SourceDocument, departments: Sequence[Department]) -> tuple[SourceArticle, ...]:
    """The articles of a file, in order; one for an ordinary file.

    Cut only at titles that are set alike, each with text of its own, and that all share a sign: a byline below, 稿件一
    above, a new page before, or lines for the office at the end of each article. Where some have it and others do not,
    the file stays one article, with a serious omission that names what looks like titles.
    """
    blocks = _ready(document.blocks)
    body, notes = blocks[: (first := _first_note(blocks))], blocks[first:]
    heads = heads_of(body, departments)
    if not 1 < len(heads) < MOST_HEADS:
        return (SourceArticle(document),)
    file = _Collection(body, heads, departments)
    cuts = file.cuts()
    if cuts:
        ends = [*(head.start for head in cuts[1:]), len(body)]
        return tuple(
            _part(document, body, notes, head, end, first=head is cuts[0]) for head, end in zip(cuts, ends, strict=True)
        )
    doubtful = file.doubtful()
    if not doubtful:
        return (SourceArticle(document),)
    return (SourceArticle(replace(document, omissions=(*document.omissions, _not_cut(doubtful)))),)


class _Collection:
    def __init__(self, blocks: list[SourceBlock], heads: Sequence[Head], departments: Sequence[Department]) -> None:
        self._blocks = blocks
        self._heads = heads
        self._departments = departments

    def cuts(self) -> list[Head]:
        """The heads of the articles when they are sure; [] when they are not, or there is one."""
        for group in self._groups():
            if self._is_sure(group):
                return group
        return []

    def doubtful(self) -> list[Head]:
        """What looks like the titles of several articles, though not surely."""
        for group in self._groups():
            told = sum(self._is_told(head) for head in group)
            likely = all(head.paged for head in group[1:]) or (group[0].large and not group[0].label)
            if told > 1 or (likely and self._is_cover(group)):
                return group
        first, *others = self._heads
        later = [head for head in self._with_text(others) if head.signed or head.number]
        if later and (first.signed or first.number or any(head.looks == first.looks for head in later)):
            return [first, *later]
        return later if len(later) > 1 else []

    def _groups(self) -> list[list[Head]]:
        """Heads set alike, two at least, those with markers first, then as they come."""
        marked = [head for head in self._heads if head.number]
        in_order = [head.number for head in marked] == [*range(1, len(marked) + 1)]
        alike: dict[object, list[Head]] = {}
        for head in self._heads:
            alike.setdefault(head.looks, []).append(head)
        groups = [*([marked] if marked and in_order else []), *islice(alike.values(), _MOST_KINDS)]
        return [found for group in groups if len(found := self._with_text(group)) > 1]

    def _with_text(self, heads: Sequence[Head]) -> list[Head]:
        """Those with text of their own before the next one."""
        ends = [*(head.start for head in heads[1:]), len(self._blocks)]
        return [head for head, end in zip(heads, ends, strict=True) if self._has_text(head, end)]

    def _has_text(self, head: Head, end: int) -> bool:
        length = 0
        for block in self._blocks[head.end : end]:
            if isinstance(block, Table):
                length += _LEAST_TEXT * (head.signed or head.number > 0)
            elif isinstance(block, SourceParagraph) and block.text[-1] in "。！？；：”）〕":
                length += len(block.text)
            if length >= _LEAST_TEXT:
                return True
        return False

    def _is_sure(self, group: list[Head]) -> bool:
        own = {head.start for head in group}
        left_out = any(self._is_told(head) for head in self._heads if head.start not in own)
        if left_out or not self._is_cover(group) or not self._numbered_through(group):
            return False
        if all(head.number for head in group) or all(head.signed and self._set_off(head) for head in group):
            return True
        ended = self._ended(group)
        if all(map(self._set_off, group)) and all(ended):
            return True
        # An annex without a name begins a page too; then only the article above it is signed.
        unsigned = not any(head.signed for head in group) and not any(ended[:-1])
        return unsigned and all(head.large for head in group) and all(head.paged for head in group[1:])

    def _set_off(self, head: Head) -> bool:
        title = self._blocks[head.title]
        return head.large or (isinstance(title, SourceParagraph) and is_set_off(title))

    def _is_told(self, head: Head) -> bool:
        """Whether a head has a sign of its own, the first page apart."""
        return head.signed or head.number > 0 or (head.large and head.paged and head.start > 0)

    def _numbered_through(self, group: list[Head]) -> bool:
        """Whether numbers before titles, if there are any, are no headings': all have one."""
        return len({head.label > 0 for head in group}) == 1

    def _ended(self, group: list[Head]) -> list[bool]:
        """Whether each of the articles ends with a line for the office or a signature."""
        ends = [*(head.start for head in group[1:]), len(self._blocks)]
        return [self._closes(self._blocks[end - 1]) for end in ends]

    def _closes(self, block: SourceBlock) -> bool:
        if not isinstance(block, SourceParagraph):
            return False
        last = block.text.rsplit("\n", 1)[-1]
        byline = byline_of(last, self._departments)
        return is_house_line(last) or is_date_line(last) or (byline is not None and byline.department is not None)

    def _is_cover(self, group: list[Head]) -> bool:
        """Whether nothing but a cover stands above the first: a name for the file, a greeting, the list of titles."""
        above = self._blocks[: group[0].start]
        titles = [_plain(head.text) for head in group]
        return len(above) <= _MOST_COVER_LINES and all(
            isinstance(block, SourceParagraph) and self._covers(line, titles)
            for block in above
            for line in (block.text.split("\n") if isinstance(block, SourceParagraph) else ("",))
        )

    def _covers(self, line: str, titles: Sequence[str]) -> bool:
        plain = _plain(line)
        if len(plain) > _LONGEST_COVER_LINE or "。" in plain[:-1]:
            return False
        listed = any(title and (title in plain or (len(plain) > 2 and plain in title)) for title in titles)
        known = is_preface(line) or is_date_line(line) or is_house_line(line) or is_issue_number(line)
        byline = byline_of(line, self._departments)
        return (
            listed
            or known
            or is_separator(line)
            or is_cover_title(line)
            or byline is not None
            or _COVER.fullmatch(plain) is not None
        )


def _ready(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    lines = (trimmed(block) if isinstance(block, SourceParagraph) else block for block in blocks)
    return [block for block in lines if not isinstance(block, SourceParagraph) or block.text]


def _plain(text: str) -> str:
    return "".join(text.split()).strip("《》.…·")


def _first_note(blocks: Sequence[SourceBlock]) -> int:
    """Where the notes begin, which stand after the text of all articles."""
    for at, block in enumerate(blocks):
        if isinstance(block, SourceParagraph) and block.text.startswith("〔注1〕"):
            return at
    return len(blocks)


def _part(
    document: SourceDocument, body: list[SourceBlock], notes: list[SourceBlock], head: Head, end: int, *, first: bool
) -> SourceArticle:
    """The article of one head, with its own notes and pictures alone. first: a cover may stand above it."""
    title = body[head.title]
    assert isinstance(title, SourceParagraph)
    over = [block for block in body[0 if first else head.start : head.title] if isinstance(block, SourceParagraph)]
    cover = len(over) - (head.title - head.start)
    own: list[SourceBlock] = [line for at, line in enumerate(over) if at >= cover and not is_separator(line.text)]
    above = [line.text for at, line in enumerate(over) if at < cover or is_separator(line.text)]
    if head.label:
        above += [title.text[: head.label].strip()] if head.number else []
        title = trimmed(replace(title, text=title.text[head.label :], marks=()))
    own += [title, *body[head.title + 1 : end]]
    own += _notes_of(own, notes)
    shown = {block.sha256 for block in own if isinstance(block, Picture)}
    media = tuple(one for one in document.media if one.sha256 in shown)
    return SourceArticle(replace(document, blocks=tuple(own), media=media), tuple(above))


def _notes_of(own: list[SourceBlock], notes: list[SourceBlock]) -> list[SourceBlock]:
    """The notes whose markers stand in an article, each with the paragraphs that go on with it."""
    markers = {marker for block in own for text in _texts(block) for marker in _NOTE.findall(text)}
    kept: list[SourceBlock] = []
    mine = False
    for block in notes:
        found = _NOTE.match(block.text) if isinstance(block, SourceParagraph) else None
        mine = found[0] in markers if found else mine
        kept += [block] if mine else []
    return kept


def _texts(block: SourceBlock) -> list[str]:
    if isinstance(block, Table):
        return [cell.text for row in block.rows for cell in row]
    return [block.text] if isinstance(block, SourceParagraph) else []


def _not_cut(heads: Sequence[Head]) -> Omission:
    quoted = "".join(f"《{head.text[:_LONGEST_QUOTED]}》" for head in heads[:_MOST_QUOTED])
    more = "等" if len(heads) > _MOST_QUOTED else ""
    message = f"文件里像是有 {len(heads)} 篇文章，没有拆开：{quoted}{more}。如是多篇，请分开存为文件重发"
    return Omission(rules.SEVERAL_ARTICLES, message)
