"""Findings as Word comments (ECMA-376 17.13.4): each at its characters, their texts in a part of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from lxml import etree

from assembler.package import DocxPackage, parse
from assembler.styles import CommentStyles, comment_styles
from assembler.summing import summed
from assembler.wordml import NOTHING, W_NS, W, escape
from values.draft import DraftIssue
from values.finding import Finding, Severity
from values.manuscript import Table

MOST_IN_A_LINE: Final = 20
_AUTHOR: Final = "审校"
_INITIALS: Final = "审"
_GRAVITY: Final = tuple(Severity)
_PART: Final = "comments.xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"

Between = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Note:
    """A comment on characters [start, end) of a line; all of it where they are not known."""

    start: int
    end: int
    lines: tuple[str, ...]


class Margin:
    """The comments of one draft: an id for each, its markup for the line it stands on. Without a draft, none at all."""

    def __init__(self, draft: DraftIssue | None, found: CommentStyles, first_id: int = 0) -> None:
        self._findings = {article.id: _by_line(summed(article.findings)) for article in draft.articles} if draft else {}
        self._dated = draft.dated if draft else date.min
        self._found = found
        self._next = first_id
        self.comments: list[str] = []

    def on_title(self, article: int, title: str, lines: int) -> Between:
        """What concerns an article as a whole, and what points to none of its `lines`."""
        by_line = self._findings.get(article, {})
        others = [one for number, found in by_line.items() if not _is_line(number, lines) for one in found]
        return self._between(others, title, whole=True)

    def on_line(self, article: int, number: int, text: str) -> Between:
        """Markup for a line: `number` is its place in `Manuscript.lines`, `text` has its very characters."""
        return self._between(self._findings.get(article, {}).get(number, []), text)

    def on_table(self, article: int, first: int, table: Table) -> dict[tuple[int, int], Between]:
        """Markup for cells, by row and place in the row. first: the number of the line that is the table's first row.

        What reaches over several cells stands on the first of them.
        """
        cells: dict[tuple[int, int], Between] = {}
        by_line = self._findings.get(article, {})
        for row, entries in enumerate(table.rows):
            texts = [cell.text for cell in entries]
            starts = [0, *accumulate(len(text) + 1 for text in texts)]
            of_cell: defaultdict[int, list[_Note]] = defaultdict(list)
            for note in _notes(by_line.get(first + row, []), starts[-1]):
                cell = max((place for place in range(len(texts)) if starts[place] <= note.start), default=0)
                of_cell[cell].append(_moved(note, starts[cell]))
            cells |= {(row, cell): self._marked(notes, texts[cell]) for cell, notes in of_cell.items() if texts}
        return cells

    def _between(self, findings: Sequence[Finding], text: str, *, whole: bool = False) -> Between:
        return self._marked(_notes(findings, len(text), whole=whole), text) if findings else NOTHING

    def _marked(self, notes: Sequence[_Note], text: str) -> Between:
        """Ranges that end at a place are closed before others open there, unless the text itself is empty."""
        opened: defaultdict[int, str] = defaultdict(str)
        closed: defaultdict[int, str] = defaultdict(str)
        for note in notes:
            start, end = _within(note, len(text))
            begin, finish = self._comment(note)
            opened[start] += begin
            closed[end] += finish
        if not text:
            return {0: opened[0] + closed[0]}
        return {place: closed[place] + opened[place] for place in sorted({*opened, *closed})}

    def _comment(self, note: _Note) -> tuple[str, str]:
        """Writes the comment; returns what stands before and after its characters."""
        id, self._next = self._next, self._next + 1
        self.comments.append(_comment_xml(id, self._dated, note.lines, self._found))
        reference = (
            f'<w:rPr><w:rStyle w:val="{escape(self._found.reference)}"/></w:rPr><w:commentReference w:id="{id}"/>'
        )
        return f'<w:commentRangeStart w:id="{id}"/>', f'<w:commentRangeEnd w:id="{id}"/><w:r>{reference}</w:r>'


def open_margin(package: DocxPackage, draft: DraftIssue | None) -> Margin:
    """A margin for the document; the styles of comments are added to the package. No draft: it stays empty."""
    styles = next(iter(package.related("styles")), None)
    if draft is None or styles is None:
        return Margin(None, CommentStyles("", ""))
    return Margin(draft, comment_styles(package.edit(styles)), _first_id(package))


def _first_id(package: DocxPackage) -> int:
    """The first one that the template's own comments leave free."""
    part = _comments_part(package)
    own = () if part is None else package.root(part).iter(W + "comment")
    return max((int(one.get(W + "id", "0")) for one in own), default=-1) + 1


def add_comments(package: DocxPackage, comments: Sequence[str]) -> None:
    """Adds comments to the template's own, in a new part where it has none. No comments: nothing changes."""
    if not comments:
        return
    part = _comments_part(package)
    root = etree.Element(W + "comments", nsmap={"w": W_NS}) if part is None else package.edit(part)
    root.extend(parse(f'<w:comments xmlns:w="{W_NS}">{"".join(comments)}</w:comments>'.encode()))
    if part is None:
        package.add_part(_PART, root, content_type=_TYPE, kind=_KIND)


def _comments_part(package: DocxPackage) -> str | None:
    return next(iter(package.related("comments")), None)


def _by_line(findings: Sequence[Finding]) -> Mapping[int | None, list[Finding]]:
    found: defaultdict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.paragraph].append(finding)
    return dict(found)


def _is_line(number: int | None, lines: int) -> bool:
    return number is not None and 0 <= number < lines


def _notes(findings: Sequence[Finding], length: int, *, whole: bool = False) -> list[_Note]:
    """The gravest findings of a line in the order of their places, and one note that counts the others."""
    gravest = sorted(findings, key=lambda finding: _GRAVITY.index(finding.severity))
    notes = [_note(finding, length, whole=whole) for finding in gravest[:MOST_IN_A_LINE]]
    notes.sort(key=lambda note: (note.start, -note.end))
    others = gravest[MOST_IN_A_LINE:]
    if others:
        counts = Counter(finding.severity for finding in others)
        told = "、".join(f"{severity.chinese} {counts[severity]} 条" for severity in _GRAVITY if counts[severity])
        notes.append(_Note(0, length, (f"此处另有 {len(others)} 条意见：{told}。用 articles 命令可查看全部。",)))
    return notes


def _note(finding: Finding, length: int, *, whole: bool) -> _Note:
    lines = [f"【{finding.severity.chinese}】{finding.message}"]
    lines += [f"建议：{finding.suggestion}"] if finding.suggestion else []
    start, end = (0, length) if whole or finding.start is None else (finding.start, finding.end or length)
    return _Note(max(start, 0), end, tuple(lines))


def _moved(note: _Note, by: int) -> _Note:
    return _Note(note.start - by, note.end - by, note.lines)


def _within(note: _Note, length: int) -> tuple[int, int]:
    """At least one character of the text, where it has any."""
    start = min(max(note.start, 0), max(length - 1, 0))
    return start, min(max(note.end, start + 1), length)


def _comment_xml(id: int, dated: date, lines: Sequence[str], found: CommentStyles) -> str:
    mark = f'<w:r><w:rPr><w:rStyle w:val="{escape(found.reference)}"/></w:rPr><w:annotationRef/></w:r>'
    body = "".join(_comment_line(line, found, mark if number == 0 else "") for number, line in enumerate(_split(lines)))
    head = f'w:id="{id}" w:author="{_AUTHOR}" w:date="{dated.isoformat()}T00:00:00Z" w:initials="{_INITIALS}"'
    return f"<w:comment {head}>{body}</w:comment>"


def _split(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield from line.splitlines() or [""]


def _comment_line(line: str, found: CommentStyles, mark: str) -> str:
    style = f'<w:pPr><w:pStyle w:val="{escape(found.text)}"/></w:pPr>'
    text = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r>'
    return f"<w:p>{style}{mark}{text}</w:p>"
