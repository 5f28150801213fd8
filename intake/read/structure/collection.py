"""集稿: divides a file that holds several articles, where the signs are clear; otherwise leaves it whole."""

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
"""Characters of sentences that an article must have of its own: one line; less is a heading with a remark."""
_LONGEST_COVER_LINE: Final = 60
"""Characters of a line on the cover; as for a title."""
_MOST_COVER_LINES: Final = 40
"""Lines of a cover: about a page and a half of listed titles."""
_COVER: Final = re.compile(r"目录|.{0,20}(?:简报|信息|材料)(?:汇总|汇编|稿)?")
_NOTE: Final = re.compile(r"〔注\d+〕")
_MOST_QUOTED: Final = 8
"""Titles quoted in the report to the editor."""
_MOST_KINDS: Final = 20
"""Kinds of formatting tried; a bound on time for files in which every line is formatted differently."""
_LONGEST_QUOTED: Final = 30
"""Characters of a quoted title."""


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """One article of a file."""

    document: SourceDocument
    above: tuple[str, ...] = ()
    """Lines above its title that are for the office only: 稿件一, the words of a cover."""


def articles_of(document: SourceDocument, departments: Sequence[Department]) -> tuple[SourceArticle, ...]:
    """The articles of a file, in order; a single one for an ordinary file.

    The file is divided only at titles of equal formatting, each with text of its own, which all share a sign: a byline
    below, 稿件一 above, a new page before, or lines for the office at the end of each article. Where only some have it,
    the file stays one article, with an omission that quotes what look like titles (docs/decisions/0012).
    """
    blocks = _trimmed_blocks(document.blocks)
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
    """The heads of one file, and the blocks around them."""

    def __init__(self, blocks: list[SourceBlock], heads: Sequence[Head], departments: Sequence[Department]) -> None:
        self._blocks = blocks
        self._heads = heads
        self._departments = departments

    def cuts(self) -> list[Head]:
        """The heads of the articles where they are certain; [] where they are not, or the file has one article."""
        for group in self._groups():
            if self._is_certain(group):
                return group
        return []

    def doubtful(self) -> list[Head]:
        """Heads that look like the titles of several articles without being certain; [] when there are none."""
        for group in self._groups():
            marked = sum(self._has_sign(head) for head in group)
            likely = all(head.paged for head in group[1:]) or (group[0].large and not group[0].label)
            if marked > 1 or (likely and self._is_cover(group)):
                return group
        first, *following = self._heads
        later = [head for head in self._with_text(following) if head.signed or head.number]
        if later and (first.signed or first.number or any(head.formatting == first.formatting for head in later)):
            return [first, *later]
        return later if len(later) > 1 else []

    def _groups(self) -> list[list[Head]]:
        """Groups of at least two heads of equal formatting, those with markers first, then in the order of the file."""
        marked = [head for head in self._heads if head.number]
        in_order = [head.number for head in marked] == [*range(1, len(marked) + 1)]
        alike: dict[object, list[Head]] = {}
        for head in self._heads:
            alike.setdefault(head.formatting, []).append(head)
        groups = [*([marked] if marked and in_order else []), *islice(alike.values(), _MOST_KINDS)]
        return [with_text for group in groups if len(with_text := self._with_text(group)) > 1]

    def _with_text(self, heads: Sequence[Head]) -> list[Head]:
        """The heads with text of their own before the next one."""
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

    def _is_certain(self, group: list[Head]) -> bool:
        """Whether each head of the group begins an article, and no other head does."""
        own = {head.start for head in group}
        left_out = any(self._has_sign(head) for head in self._heads if head.start not in own)
        if left_out or not self._is_cover(group) or not self._numbered_through(group):
            return False
        if all(head.number for head in group) or all(head.signed and self._stands_out(head) for head in group):
            return True
        ended = self._ended(group)
        if all(map(self._stands_out, group)) and all(ended):
            return True
        # An annex without a name begins a page too; then only the article above it is signed.
        unsigned = not any(head.signed for head in group) and not any(ended[:-1])
        return unsigned and all(head.large for head in group) and all(head.paged for head in group[1:])

    def _stands_out(self, head: Head) -> bool:
        title = self._blocks[head.title]
        return head.large or (isinstance(title, SourceParagraph) and is_set_off(title))

    def _has_sign(self, head: Head) -> bool:
        """Whether a head has a sign of its own. That the first one begins a page is none."""
        return head.signed or head.number > 0 or (head.large and head.paged and head.start > 0)

    def _numbered_through(self, group: list[Head]) -> bool:
        """Whether all heads have a number before the title, or none has; numbers of headings do not fit this."""
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
        """Whether only a cover precedes the first head: a name for the file, a greeting, the list of titles."""
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
        is_for_office = is_preface(line) or is_date_line(line) or is_house_line(line) or is_issue_number(line)
        byline = byline_of(line, self._departments)
        return (
            listed
            or is_for_office
            or is_separator(line)
            or is_cover_title(line)
            or byline is not None
            or _COVER.fullmatch(plain) is not None
        )


def _trimmed_blocks(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    lines = (trimmed(block) if isinstance(block, SourceParagraph) else block for block in blocks)
    return [block for block in lines if not isinstance(block, SourceParagraph) or block.text]


def _plain(text: str) -> str:
    return "".join(text.split()).strip("《》.…·")


def _first_note(blocks: Sequence[SourceBlock]) -> int:
    """The index of the first note; notes follow the text of all articles."""
    for at, block in enumerate(blocks):
        if isinstance(block, SourceParagraph) and block.text.startswith("〔注1〕"):
            return at
    return len(blocks)


def _part(
    document: SourceDocument, body: list[SourceBlock], notes: list[SourceBlock], head: Head, end: int, *, first: bool
) -> SourceArticle:
    """The article of one head, with the notes and pictures it refers to. first: a cover may precede it."""
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
    media = tuple(picture for picture in document.media if picture.sha256 in shown)
    return SourceArticle(replace(document, blocks=tuple(own), media=media), tuple(above))


def _notes_of(own: list[SourceBlock], notes: list[SourceBlock]) -> list[SourceBlock]:
    """The notes that the article refers to, each with the paragraphs that continue it."""
    markers = {marker for block in own for text in _texts(block) for marker in _NOTE.findall(text)}
    kept: list[SourceBlock] = []
    belongs = False
    for block in notes:
        marker = _NOTE.match(block.text) if isinstance(block, SourceParagraph) else None
        belongs = marker[0] in markers if marker else belongs
        kept += [block] if belongs else []
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
