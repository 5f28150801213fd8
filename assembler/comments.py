"""Word comments for the findings of a draft (ECMA-376 17.13.4).

A comment has two parts: its text, in comments.xml, and markup in the document that marks the characters it is about.
`ArticleComments` writes both while the articles are set; `add_comments_part` puts the texts into the package at the
end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Final, TypeAlias

from lxml import etree

from assembler.condensing import condensed
from assembler.package import DocxPackage, parse
from assembler.styles import CommentStyles, comment_styles
from assembler.wordml import NO_MARKUP, W_NS, MarkupByOffset, W, escape
from values.draft import DraftIssue
from values.finding import Finding, Severity
from values.manuscript import Table
from values.marked_copy import PROOFREADER

MOST_IN_A_LINE: Final = 20
"""Comments on one line; one more counts the rest. A trade-off: nobody reads more than that on one line, and the
margin of Word stays usable."""
_GRAVEST_FIRST: Final = tuple(Severity)
_PART: Final = "comments.xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"

CellPosition: TypeAlias = tuple[int, int]
"""The row of a cell, and its place among the cells that begin in that row; both from 0."""


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment before it has an id."""

    start: int
    """The first character it is about, as an offset into the text of the line."""
    end: int
    """The offset after the last one."""
    lines: tuple[str, ...]
    """Its text, a paragraph each."""
    author: str = PROOFREADER


class ArticleComments:
    """Collects the comments on articles while these are set.

    Each `mark_…` method records the comments of one place and returns their markup, by the offset of the character it
    precedes. Without findings there are no comments, and all markup is empty.
    """

    def __init__(
        self, findings: Mapping[int, Sequence[Finding]], dated: date, styles: CommentStyles, first_id: int = 0
    ) -> None:
        """findings: by article. dated: of the comments. first_id: the first comment id that the template does not
        use."""
        self._findings = {article: _by_line(condensed(of_article)) for article, of_article in findings.items()}
        self._dated = dated
        self._styles = styles
        self._next_id = first_id
        self.recorded: list[str] = []
        """The w:comment elements written so far."""

    def mark_remark(self, author: str, lines: Sequence[str], length: int) -> MarkupByOffset:
        """Markup for a person's remark about a whole line of that many characters."""
        return self._mark([_Comment(0, length, tuple(lines), author)], length)

    def mark_title(self, article: int, title: str, lines: int) -> MarkupByOffset:
        """Markup for the title: findings about the article as a whole, or about a line that it does not have.

        lines: how many lines the article has.
        """
        by_line = self._findings.get(article, {})
        elsewhere = [
            finding
            for number, findings in by_line.items()
            if number is None or not 0 <= number < lines
            for finding in findings
        ]
        return self._mark(_comments_on(elsewhere, len(title), whole_line=True), len(title))

    def mark_line(self, article: int, number: int, text: str) -> MarkupByOffset:
        """Markup for a paragraph, heading or caption.

        number: its index in `Manuscript.lines`. text: the characters that are printed; offsets count these.
        """
        return self._mark(_comments_on(self._findings.get(article, {}).get(number, []), len(text)), len(text))

    def mark_table(self, article: int, first: int, table: Table) -> Mapping[CellPosition, MarkupByOffset]:
        """Markup for the cells of a table. A finding that covers several cells is attached to the first of them.

        first: the index in `Manuscript.lines` of the table's first row.
        """
        by_line = self._findings.get(article, {})
        markup: dict[CellPosition, MarkupByOffset] = {}
        for row, cells in enumerate(table.rows):
            texts = [cell.text for cell in cells]
            # A line of a table is its cells joined by tabs, so that each cell begins one character after the last.
            starts = [0, *accumulate(len(text) + 1 for text in texts)]
            by_cell: defaultdict[int, list[_Comment]] = defaultdict(list)
            for comment in _comments_on(by_line.get(first + row, []), starts[-1]):
                cell = max((place for place in range(len(texts)) if starts[place] <= comment.start), default=0)
                by_cell[cell].append(
                    replace(comment, start=comment.start - starts[cell], end=comment.end - starts[cell])
                )
            markup |= {
                (row, cell): self._mark(comments, len(texts[cell])) for cell, comments in by_cell.items() if texts
            }
        return markup

    def _mark(self, comments: Sequence[_Comment], length: int) -> MarkupByOffset:
        """Records the comments. Ranges that end at an offset are closed before others open there. length: of the
        text."""
        if not comments:
            return NO_MARKUP
        opening: defaultdict[int, str] = defaultdict(str)
        closing: defaultdict[int, str] = defaultdict(str)
        for comment in comments:
            start, end = _covered(comment, length)
            before, after = self._record(comment)
            opening[start] += before
            closing[end] += after
        if not length:  # both are at offset 0, where a range must open before it closes
            return {0: opening[0] + closing[0]}
        return {offset: closing[offset] + opening[offset] for offset in sorted({*opening, *closing})}

    def _record(self, comment: _Comment) -> tuple[str, str]:
        """Writes the comment; returns the markup before and after the characters it is about."""
        id, self._next_id = self._next_id, self._next_id + 1
        self.recorded.append(comment_xml(id, self._dated, comment.lines, self._styles, comment.author))
        style = f'<w:rPr><w:rStyle w:val="{escape(self._styles.reference)}"/></w:rPr>'
        reference = f'<w:r>{style}<w:commentReference w:id="{id}"/></w:r>'
        return f'<w:commentRangeStart w:id="{id}"/>', f'<w:commentRangeEnd w:id="{id}"/>{reference}'


class DraftComments(ArticleComments):
    """The comments of a draft; none when `draft` is None."""

    def __init__(self, draft: DraftIssue | None, styles: CommentStyles, first_id: int = 0) -> None:
        articles = () if draft is None else draft.articles
        dated = date.min if draft is None else draft.dated
        super().__init__({article.id: article.findings for article in articles}, dated, styles, first_id)


def open_comments(package: DocxPackage, draft: DraftIssue | None) -> DraftComments:
    """An empty collection for this document. Adds the styles of comments to the package where it lacks them.

    When `draft` is None, or the template has no styles, the package stays as it is and nothing is ever recorded.
    """
    styles = next(iter(package.related("styles")), None)
    if draft is None or styles is None:
        return DraftComments(None, CommentStyles("", ""))
    return DraftComments(draft, comment_styles(package.edit(styles)), first_free_id(package))


def add_comments_part(package: DocxPackage, recorded: Sequence[str]) -> None:
    """Adds w:comment elements to comments.xml, which is made where the template has none. None recorded: no change."""
    if not recorded:
        return
    part = _comments_part(package)
    root = etree.Element(W + "comments", nsmap={"w": W_NS}) if part is None else package.edit(part)
    root.extend(parse(f'<w:comments xmlns:w="{W_NS}">{"".join(recorded)}</w:comments>'.encode()))
    if part is None:
        package.add_part(_PART, root, content_type=_TYPE, kind=_KIND)


def first_free_id(package: DocxPackage) -> int:
    """The first id after those of the comments that the document has."""
    part = _comments_part(package)
    existing = () if part is None else package.root(part).iter(W + "comment")
    numbers = (comment.get(W + "id", "0") for comment in existing)
    return max((int(number) for number in numbers if number.isdecimal()), default=-1) + 1


def _comments_part(package: DocxPackage) -> str | None:
    return next(iter(package.related("comments")), None)


def _by_line(findings: Sequence[Finding]) -> Mapping[int | None, list[Finding]]:
    """The findings by the index of their line; None for those about the article as a whole."""
    by_line: defaultdict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_line[finding.paragraph].append(finding)
    return dict(by_line)


def _comments_on(findings: Sequence[Finding], length: int, *, whole_line: bool = False) -> list[_Comment]:
    """The gravest findings of a line in the order of their places, then one comment that counts the others.

    length: of the line. whole_line: the comments are about all of it, whatever offsets the findings have.
    """
    by_gravity = sorted(findings, key=lambda finding: _GRAVEST_FIRST.index(finding.severity))
    comments = [_comment(finding, length, whole_line=whole_line) for finding in by_gravity[:MOST_IN_A_LINE]]
    comments.sort(key=lambda comment: (comment.start, -comment.end))
    uncommented = by_gravity[MOST_IN_A_LINE:]
    if uncommented:
        counts = Counter(finding.severity for finding in uncommented)
        summary = "、".join(
            f"{severity.chinese} {counts[severity]} 条" for severity in _GRAVEST_FIRST if counts[severity]
        )
        text = f"此处另有 {len(uncommented)} 条意见：{summary}。用 articles 命令可查看全部。"
        comments.append(_Comment(0, length, (text,)))
    return comments


def _comment(finding: Finding, length: int, *, whole_line: bool) -> _Comment:
    lines = comment_lines(finding)
    if whole_line or finding.start is None:
        return _Comment(0, length, tuple(lines))
    return _Comment(max(finding.start, 0), finding.end or length, tuple(lines))


def comment_lines(finding: Finding) -> list[str]:
    """The paragraphs of a comment about a finding."""
    lines = [f"【{finding.severity.chinese}】{finding.message}"]
    return [*lines, f"建议：{finding.suggestion}"] if finding.suggestion else lines


def _covered(comment: _Comment, length: int) -> tuple[int, int]:
    """The range of a comment within a text of this length: at least one character, where the text has any."""
    start = min(max(comment.start, 0), max(length - 1, 0))
    return start, min(max(comment.end, start + 1), length)


def comment_xml(id: int, dated: date, lines: Sequence[str], styles: CommentStyles, author: str = PROOFREADER) -> str:
    """A w:comment. Its first paragraph contains the mark that Word shows at the text (17.13.4.1)."""
    mark = f'<w:r><w:rPr><w:rStyle w:val="{escape(styles.reference)}"/></w:rPr><w:annotationRef/></w:r>'
    paragraphs = [part for line in lines for part in line.splitlines() or [""]]
    body = "".join(
        _comment_paragraph(text, styles, mark if number == 0 else "") for number, text in enumerate(paragraphs)
    )
    head = f'w:id="{id}" w:author="{author}" w:date="{dated:%Y-%m-%d}T00:00:00Z" w:initials="{author[0]}"'
    return f"<w:comment {head}>{body}</w:comment>"


def _comment_paragraph(line: str, styles: CommentStyles, mark: str) -> str:
    style = f'<w:pPr><w:pStyle w:val="{escape(styles.text)}"/></w:pPr>'
    text = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r>'
    return f"<w:p>{style}{mark}{text}</w:p>"
