"""退改: what of an article goes back to its department as a marked-up Word file.

The file has the department's own text, the editor's reason, what is proposed, and the findings that a department can
answer: nothing of other units, none of the editors' comments on the article, and no name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from archive import revisions
from archive.articles import ArticleRecord
from archive.files import HashStore
from archive.transaction import Transaction
from assembler.marked_copy import marked_copy
from courier.attachment import Enclosure
from courier.compose import is_worth_mending, title_line
from intake.check.mending import Edit, apart, mended
from intake.read.structure.official_head import is_head_line
from service.article.block_changes import block_changes
from service.article.text_of_others import has_text_of_others
from values.errors import StorageFailed
from values.finding import Finding
from values.manuscript import Manuscript, Picture, paragraph_lines
from values.marked_copy import MarkedCopy, PlacedRemark
from values.ordinals import number_of

LARGEST: Final = 15_000_000
"""Octets of the file: base64 adds a third, and mail servers refuse letters from 20 to 25 MB on."""
_PARAGRAPH: Final = re.compile(r"第\s*([一二三四五六七八九十百\d]{1,5})\s*自?然?段")
_MOST_IN_A_LINE: Final = 20
"""Findings of one line that are sent: on more than that nobody acts."""


def copy_of(ledger: Transaction, record: ArticleRecord, reason: str, letter: str, dated: datetime) -> MarkedCopy:
    """The file as values. letter: Message-ID of the letter that brings it. dated: in the office's time zone.

    Of a text that has words of other senders (综合采用), only what the department sent is shown.
    """
    before = revisions.as_read(ledger, record.id)
    shared = has_text_of_others(ledger, record)
    proposed, findings = (before, ()) if shared else (record.manuscript, _for_department(record))
    after, moved = _with_fixes(_for_file(proposed), findings)
    before = _for_file(before)
    return MarkedCopy(
        before=before,
        after=after,
        blocks=block_changes(before.blocks, after.blocks),
        findings=moved,
        remarks=placed_remarks(reason, after),
        dated=dated,
        letter=letter,
    )


def enclosed_copy(copy: MarkedCopy, article_id: int, media: HashStore) -> Enclosure | None:
    """The file as it is attached; None for one that is too large, or a picture of which is not stored any more: the
    letter goes without it."""
    blocks = (block for change in copy.blocks for block in (change.before, change.after))
    pictures = {block.sha256 for block in blocks if isinstance(block, Picture)}
    try:
        size = sum(len(media.read(sha256)) for sha256 in pictures)
        if size > LARGEST:
            return None
        data = marked_copy(copy, media.read)
    except StorageFailed:
        return None
    name = f"{title_line(copy.after.title)}（退改）.docx"
    return None if len(data) > LARGEST else Enclosure(name, f"returned-{article_id}.docx", data)


def placed_remarks(reason: str, manuscript: Manuscript) -> tuple[PlacedRemark, ...]:
    """The editor's reason: each line that names a paragraph (第二段……) at that paragraph, the others at the title.

    Headings count as paragraphs, as they do for who counts on paper.
    """
    places = paragraph_lines(manuscript.blocks)
    whole: list[str] = []
    placed: list[PlacedRemark] = []
    for line in filter(None, map(str.strip, reason.splitlines())):
        named = _PARAGRAPH.search(line)
        number = (number_of(named[1]) if named else None) or 0
        if 0 < number <= len(places):
            placed.append(PlacedRemark(places[number - 1], line))
        else:
            whole.append(line)
    return (*((PlacedRemark(None, "\n".join(whole)),) if whole else ()), *placed)


def _for_file(manuscript: Manuscript) -> Manuscript:
    """Without the head of an official document, which would be read as a part of the title."""
    kept = tuple(line for line in manuscript.house_lines if not is_head_line(line))
    return replace(manuscript, house_lines=kept)


def _for_department(record: ArticleRecord) -> tuple[Finding, ...]:
    by_line: dict[int | None, list[Finding]] = {}
    for finding in filter(is_worth_mending, record.findings):
        by_line.setdefault(finding.paragraph, []).append(finding)
    return tuple(finding for findings in by_line.values() for finding in findings[:_MOST_IN_A_LINE])


def _with_fixes(manuscript: Manuscript, findings: Sequence[Finding]) -> tuple[Manuscript, tuple[Finding, ...]]:
    """The text with the replacements that the findings propose, and the findings at their places in it."""
    edits: dict[int, list[Edit]] = {}
    for finding in findings:
        line, start, end = finding.paragraph, finding.start, finding.end
        if not finding.rule.fix or finding.replacement is None or line is None or start is None or end is None:
            continue
        edits.setdefault(line, []).append(Edit(start, end, finding.replacement))
    kept = {line: apart(of_line) for line, of_line in edits.items()}
    fixed = mended(manuscript, kept)
    if len(fixed.lines) != len(manuscript.lines):
        return manuscript, tuple(findings)  # a caption was deleted: the lines below have moved
    made = {line: of_line for line, of_line in kept.items() if fixed.lines[line] != manuscript.lines[line]}
    return fixed, tuple(_moved(finding, made) for finding in findings)


def _moved(finding: Finding, edits: Mapping[int, Sequence[Edit]]) -> Finding:
    of_line = () if finding.paragraph is None else edits.get(finding.paragraph, ())
    if finding.start is None or finding.end is None or not of_line:
        return finding
    start = finding.start + sum(edit.growth for edit in of_line if edit.end <= finding.start)
    end = finding.end + sum(edit.growth for edit in of_line if edit.end <= finding.end)
    return replace(finding, start=start, end=max(start, end))
