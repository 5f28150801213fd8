"""What an editor changes in an article: each change is a new revision, proofread again, and recorded.

No revision is ever overwritten: an earlier text can be compared, and restored as a revision of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive import article_changes, articles, revisions
from archive.article_mergers import refuse_merged
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.revisions import NewEdit
from archive.transaction import Transaction
from intake.check.again import checked_again
from intake.check.mending import Edit, mended
from service.article.title_lines import broken_alike
from service.article.uncombined import refuse_uncombined
from service.office import Office
from service.register.register import register_of
from values.errors import BadUsage, Changed
from values.finding import Finding, Recheck, Rule, Subject
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph

LONGEST: Final = 200_000
"""Characters of an article: the limit at which a manuscript is refused at its reading, too."""

_MOST_NAMED: Final = 3
"""Corrections of one rule that the record of changes spells out; a line holds no more."""


@dataclass(frozen=True, slots=True)
class _Edited:
    """What a change makes of an article."""

    manuscript: Manuscript
    summary: str
    """What was changed, for the record of changes: a clause in Chinese without a subject."""
    findings: tuple[Finding, ...]
    """The earlier findings that may still hold; the text is checked again as well."""
    source: int | None = None
    """Number of the revision that the text and its file come from, None for the current one."""


def edit_article(
    office: Office,
    article_id: int,
    edited: Manuscript,
    who: str,
    *,
    seen: int | None,
    typed_over: int | None = None,
    why: str = "",
) -> ArticleRecord:
    """Saves the text that an editor gave the article; returns the article as it then is.

    typed_over: number of the revision that was edited: while it is the current one, decisions about the article and
    moves since then are no conflict. Raises Changed when the text is another by now, BadUsage for a printed article
    or too long a text.
    """

    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        if typed_over is None or record.revision != typed_over:
            article_changes.refuse_changed(record, seen)
        return edit_within(office, ledger, record, edited, who, why=why, base=typed_over)


def edit_within(
    office: Office,
    ledger: Transaction,
    record: ArticleRecord,
    edited: Manuscript,
    who: str,
    *,
    why: str = "",
    base: int | None = None,
) -> ArticleRecord:
    """`edit_article` as a part of the caller's transaction. record: the article as read in it. base: number of the
    revision that was edited; None: it is no other than the present one, or was merged with that."""
    if base is not None and base != record.revision:
        refuse_uncombined(ledger, record, base)
    summary = f"改了{_parts_changed(record.manuscript, edited)}"
    findings = tuple(finding for finding in record.findings if finding.rule.recheck is not Recheck.UNTIL_SAVED)
    return _write(office, ledger, record, _Edited(edited, summary, findings), who, why)


def edit_title(
    office: Office, article_id: int, title: str, who: str, *, seen: int | None, why: str = ""
) -> ArticleRecord:
    """Gives the article another title; a line break separates its lines. Raises Changed, BadUsage also for no title."""
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        article_changes.refuse_changed(record, seen)
        return edit_title_within(office, ledger, record, title, who, why=why)


def edit_title_within(
    office: Office, ledger: Transaction, record: ArticleRecord, title: str, who: str, *, why: str = ""
) -> ArticleRecord:
    """`edit_title` as a part of the caller's transaction. record: the article as read in it."""
    lines = tuple(line for line in (" ".join(typed.split()) for typed in title.splitlines()) if line)
    if not lines:
        raise BadUsage("标题不能为空。")

    kept = record.manuscript.title_lines if record.manuscript.title == "".join(lines) else lines
    edited = replace(record.manuscript, title_lines=kept)
    change = _Edited(edited, f"把标题改为《{edited.title}》", record.findings)
    return _write(office, ledger, record, change, who, why)


def apply_fix(office: Office, article_id: int, index: int, rule: str, who: str, *, seen: int | None) -> ArticleRecord:
    """Replaces the characters that one finding marks by its replacement. An automatic correction is undone in the same
    way.

    index: of the finding among those of the article; rule: the name of its rule, to be sure that it is the same one.
    Raises Changed where there is no such finding any more, BadUsage for one without a replacement.
    """

    def change(record: ArticleRecord) -> _Edited:
        finding = record.findings[index] if 0 <= index < len(record.findings) else None
        if finding is None or finding.rule.name != rule:
            raise Changed("这条意见已经不在了，请看过现在的样子再改。")
        if finding.replacement is None:
            raise BadUsage("这条意见没有现成的改法，请编辑正文。")
        summary = _fix_summary(record.manuscript, finding)
        return _Edited(_fixed(record.manuscript, [finding]), summary, _without(record, [finding]))

    return _change(office, article_id, change, who, seen)


def apply_all_fixes(office: Office, article_id: int, rule: str, who: str, *, seen: int | None) -> ArticleRecord:
    """Applies every open finding of one rule that has a replacement. Raises as `apply_fix`."""

    def change(record: ArticleRecord) -> _Edited:
        fixes = [
            finding
            for finding in record.findings
            if finding.rule.name == rule and finding.replacement is not None and finding.is_open
        ]
        if not fixes:
            raise Changed("这一类意见已经不在了，请看过现在的样子再改。")
        summaries = list(dict.fromkeys(_fix_summary(record.manuscript, finding) for finding in fixes))
        summary = "；".join(summaries[:_MOST_NAMED]) + (f"等 {len(fixes)} 处" if len(fixes) > 1 else "")
        return _Edited(_fixed(record.manuscript, fixes), summary, _without(record, fixes))

    return _change(office, article_id, change, who, seen)


def restore_revision(
    office: Office, article_id: int, number: int, who: str, *, seen: int | None, why: str = ""
) -> ArticleRecord:
    """Makes an earlier text the newest revision. Raises Changed, BadUsage for a revision that is not there."""
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        article_changes.refuse_changed(record, seen)
        refuse_uncombined(ledger, record, number)
        wanted = articles.revision_numbered(ledger, article_id, number)
        edited = _Edited(wanted.manuscript, f"恢复了第 {number} 稿", wanted.findings, source=number)
        return _write(office, ledger, record, edited, who, why)


def put_back(office: Office, article_id: int, index: int, who: str, *, seen: int | None) -> ArticleRecord:
    """Makes a line that was kept from print, as one for the office only (撰稿、审核……), the last paragraph.

    index: into `Manuscript.house_lines`. Raises Changed, also when there is no such line.
    """

    def change(record: ArticleRecord) -> _Edited:
        lines = record.manuscript.house_lines
        if not 0 <= index < len(lines):
            raise Changed("这一行已经不在了，请看过现在的样子再改。")
        blocks = (*record.manuscript.blocks, Paragraph(lines[index]))
        edited = replace(record.manuscript, blocks=blocks, house_lines=(*lines[:index], *lines[index + 1 :]))
        return _Edited(edited, f"把“{lines[index][:20]}”放回了正文", record.findings)

    return _change(office, article_id, change, who, seen)


def write_replaced(
    office: Office, ledger: Transaction, record: ArticleRecord, manuscript: Manuscript, summary: str, who: str
) -> ArticleRecord:
    """Writes a text in which words were replaced, within the caller's transaction. record: as read in it.

    summary: what was replaced, a clause in Chinese. Raises BadUsage for a printed article, or too long a text.
    """
    return _write(office, ledger, record, _Edited(manuscript, summary, record.findings), who, "")


def _change(
    office: Office,
    article_id: int,
    change: Callable[[ArticleRecord], _Edited],
    who: str,
    seen: int | None,
) -> ArticleRecord:
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        article_changes.refuse_changed(record, seen)
        return _write(office, ledger, record, change(record), who, "")


def _write(
    office: Office, ledger: Transaction, record: ArticleRecord, edited: _Edited, who: str, why: str
) -> ArticleRecord:
    """Writes the revision; where nothing is changed, none."""
    if record.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {record.id} 已在{record.issue_label}刊发，不能再改；有误请在下一期更正。")
    refuse_merged(ledger, record.id)
    if len(edited.manuscript.text) > LONGEST:
        raise BadUsage(f"正文超过 {LONGEST // 10_000} 万字，请删减后再保存。")
    if edited.manuscript == record.manuscript and edited.source is None:
        return record
    before = record.manuscript if edited.source is None else edited.manuscript
    at = office.now()
    register = register_of(office, ledger, office.bulletin(record.bulletin))
    findings = checked_again(edited.manuscript, before, edited.findings, record.section, record.department, register)
    edit = NewEdit(edited.manuscript, findings, edited.manuscript.text_sha256, who, edited.source)
    number = revisions.add_edit(ledger, record, edit, at=at)
    record_change(
        ledger,
        NewChange(
            bulletin=record.bulletin,
            who=who,
            subject="article",
            subject_id=record.id,
            summary=f"稿件 {record.id}《{record.manuscript.title}》{edited.summary}，成为第 {number} 稿",
            why=why,
            at=at,
        ),
    )
    written = replace(record, revision=number, manuscript=edited.manuscript, findings=findings)
    return articles.reread(ledger, written)


def _parts_changed(before: Manuscript, after: Manuscript) -> str:
    parts = {"标题": before.title_lines != after.title_lines, "署名": before.byline != after.byline}
    parts["正文"] = before.blocks != after.blocks
    return "、".join(name for name, changed in parts.items() if changed) or "文字"


def _without(record: ArticleRecord, fixes: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in record.findings if finding not in fixes)


def _fixed(manuscript: Manuscript, findings: Iterable[Finding]) -> Manuscript:
    """The text with the replacements of these findings, each of which has one.

    Of several that replace the whole title, the first is applied: the check that follows finds the others again.
    """
    edits: dict[int, list[Edit]] = {}
    head: Finding | None = None
    for finding in findings:
        if finding.replacement is None:
            continue
        if finding.paragraph is None:
            head = head or finding
        elif finding.start is not None and finding.end is not None:
            edits.setdefault(finding.paragraph, []).append(Edit(finding.start, finding.end, finding.replacement))
    if head is not None and head.replacement is not None:
        manuscript = _with_fixed_head(manuscript, head.rule, head.replacement)
    return mended(manuscript, edits)


def _with_fixed_head(manuscript: Manuscript, rule: Rule, replacement: str) -> Manuscript:
    if rule.subject is Subject.BYLINE:
        return replace(manuscript, byline=replacement)
    return replace(manuscript, title_lines=broken_alike(manuscript.title_lines, replacement))


def _fix_summary(manuscript: Manuscript, finding: Finding) -> str:
    if finding.paragraph is None:
        return f"把{'署名' if finding.rule.subject is Subject.BYLINE else '标题'}改为“{finding.replacement}”"
    before = manuscript.lines[finding.paragraph][finding.start : finding.end]
    return f"把“{before}”改为“{finding.replacement}”" if finding.replacement else f"删去了“{before}”"
