"""What an editor changes in an article: each change is a new revision, proofread again, and recorded.

No revision is ever overwritten: what was there before can be compared, and restored as a revision of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from archive import article_changes, articles, revisions
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.revisions import NewEdit
from archive.transaction import Transaction
from intake.check.again import checked_again
from intake.check.mending import Edit, mended
from intake.manuscripts import text_sha256_of
from service.office import Office
from service.register.register import register_of
from values.errors import BadUsage, Changed
from values.finding import Finding, Recheck, Rule, Subject
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph

LONGEST: Final = 200_000
"""Characters of an article, as at its reading."""


@dataclass(frozen=True, slots=True)
class _Edited:
    """What a change makes of an article. source: the revision whose text and file it is, None for the current one."""

    manuscript: Manuscript
    said: str
    findings: tuple[Finding, ...]
    source: int | None = None


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
    """The article with the text that an editor gave it.

    typed_over: the revision that was changed; whoever has only decided about the article or moved it since is no
    obstacle then. Raises Changed when the text is another by now, BadUsage for a printed article or too long a text.
    """

    def change(record: ArticleRecord) -> _Edited:
        said = f"改了{_parts_changed(record.manuscript, edited)}"
        seen_findings = tuple(one for one in record.findings if one.rule.recheck is not Recheck.UNTIL_SAVED)
        return _Edited(edited, said, seen_findings)

    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        if typed_over is None or record.revision != typed_over:
            article_changes.refuse_changed(record, seen)
        return _write(office, ledger, record, change(record), who, why)


def edit_title(
    office: Office, article_id: int, title: str, who: str, *, seen: int | None, why: str = ""
) -> ArticleRecord:
    """The article under another title; a line break parts its lines. Raises Changed, BadUsage also for no title."""
    lines = tuple(line for line in (" ".join(one.split()) for one in title.splitlines()) if line)
    if not lines:
        raise BadUsage("标题不能为空。")

    def change(record: ArticleRecord) -> _Edited:
        kept = record.manuscript.title_lines if record.manuscript.title == "".join(lines) else lines
        edited = replace(record.manuscript, title_lines=kept)
        return _Edited(edited, f"把标题改为《{edited.title}》", record.findings)

    return _change(office, article_id, change, who, seen, why)


def apply_fix(office: Office, article_id: int, index: int, rule: str, who: str, *, seen: int | None) -> ArticleRecord:
    """Does what one finding says, at its very characters. An automatic change ("auto-fixed") is undone the same way.

    index: of the finding among those of the article, `rule`: its rule, to be sure.
    Raises Changed, BadUsage for a finding that is not there or that only a person can answer.
    """

    def change(record: ArticleRecord) -> _Edited:
        finding = record.findings[index] if 0 <= index < len(record.findings) else None
        if finding is None or finding.rule.name != rule:
            raise Changed("这条意见已经不在了，请看过现在的样子再改。")
        if finding.replacement is None:
            raise BadUsage("这条意见没有现成的改法，请编辑正文。")
        return _Edited(
            _fixed(record.manuscript, [finding]), _told(record.manuscript, finding), _without(record, [finding])
        )

    return _change(office, article_id, change, who, seen)


def apply_all_fixes(office: Office, article_id: int, rule: str, who: str, *, seen: int | None) -> ArticleRecord:
    """Does what every finding of one rule says, where it says exactly what. Raises as `apply_fix`."""

    def change(record: ArticleRecord) -> _Edited:
        found = [one for one in record.findings if one.rule.name == rule and one.replacement is not None]
        if not found:
            raise Changed("这一类意见已经不在了，请看过现在的样子再改。")
        told = list(dict.fromkeys(_told(record.manuscript, one) for one in found))
        said = "；".join(told[:3]) + (f"等 {len(found)} 处" if len(found) > 1 else "")
        return _Edited(_fixed(record.manuscript, found), said, _without(record, found))

    return _change(office, article_id, change, who, seen)


def restore_revision(
    office: Office, article_id: int, number: int, who: str, *, seen: int | None, why: str = ""
) -> ArticleRecord:
    """An earlier text once more, as the newest revision. Raises Changed, BadUsage for a revision that is not there."""
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        article_changes.refuse_changed(record, seen)
        wanted = articles.revision_numbered(ledger, article_id, number)
        edited = _Edited(wanted.manuscript, f"恢复了第 {number} 稿", wanted.findings, source=number)
        return _write(office, ledger, record, edited, who, why)


def put_back(office: Office, article_id: int, index: int, who: str, *, seen: int | None) -> ArticleRecord:
    """A line that was kept from print as one for the office only (撰稿、审核……) becomes the last paragraph after all.

    index: into `Manuscript.house_lines`. Raises Changed, also when the line is not there.
    """

    def change(record: ArticleRecord) -> _Edited:
        lines = record.manuscript.house_lines
        if not 0 <= index < len(lines):
            raise Changed("这一行已经不在了，请看过现在的样子再改。")
        blocks = (*record.manuscript.blocks, Paragraph(lines[index]))
        edited = replace(record.manuscript, blocks=blocks, house_lines=(*lines[:index], *lines[index + 1 :]))
        return _Edited(edited, f"把“{lines[index][:20]}”放回了正文", record.findings)

    return _change(office, article_id, change, who, seen)


def _change(
    office: Office,
    article_id: int,
    change: Callable[[ArticleRecord], _Edited],
    who: str,
    seen: int | None,
    why: str = "",
) -> ArticleRecord:
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        article_changes.refuse_changed(record, seen)
        return _write(office, ledger, record, change(record), who, why)


def _write(
    office: Office, ledger: Transaction, record: ArticleRecord, edited: _Edited, who: str, why: str
) -> ArticleRecord:
    """Writes the revision; where nothing is changed there is none to write."""
    if record.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {record.id} 已在{record.issue_label}刊发，不能再改；有误请在下一期更正。")
    if len(edited.manuscript.text) > LONGEST:
        raise BadUsage(f"正文超过 {LONGEST // 10_000} 万字，请删减后再保存。")
    if edited.manuscript == record.manuscript and edited.source is None:
        return record
    before = record.manuscript if edited.source is None else edited.manuscript
    at = office.now()
    register = register_of(office, ledger, office.bulletin(record.bulletin))
    findings = checked_again(edited.manuscript, before, edited.findings, record.section, record.department, register)
    edit = NewEdit(edited.manuscript, findings, text_sha256_of(edited.manuscript), who, edited.source)
    number = revisions.add_edit(ledger, record, edit, at=at)
    record_change(
        ledger,
        NewChange(
            bulletin=record.bulletin,
            who=who,
            subject="article",
            subject_id=record.id,
            summary=f"稿件 {record.id}《{record.manuscript.title}》{edited.said}，成为第 {number} 稿",
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


def _without(record: ArticleRecord, done: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in record.findings if one not in done)


def _fixed(manuscript: Manuscript, findings: Iterable[Finding]) -> Manuscript:
    """Of two findings that each say what the whole title should be, the first counts: the other is found again."""
    edits: dict[int, list[Edit]] = {}
    original = manuscript
    for one in findings:
        assert one.replacement is not None
        if one.paragraph is None:
            manuscript = _fixed_head(original, one.rule, one.replacement) if manuscript == original else manuscript
        elif one.start is not None and one.end is not None:
            edits.setdefault(one.paragraph, []).append(Edit(one.start, one.end, one.replacement))
    return mended(manuscript, edits)


def _fixed_head(manuscript: Manuscript, rule: Rule, replacement: str) -> Manuscript:
    if rule.subject is Subject.BYLINE:
        return replace(manuscript, byline=replacement)
    return replace(manuscript, title_lines=_broken_alike(manuscript.title_lines, replacement))


def _broken_alike(lines: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The title, broken where the one before it was broken."""
    matches = SequenceMatcher(None, "".join(lines), title, autojunk=False).get_matching_blocks()
    pieces: list[str] = []
    done = end = 0
    for line in lines[:-1]:
        end += len(line)
        at = next((m.b + end - m.a for m in matches if m.a <= end <= m.a + m.size), done)
        pieces.append(title[done:at])
        done = at
    return tuple(piece for piece in (*pieces, title[done:]) if piece)


def _told(manuscript: Manuscript, finding: Finding) -> str:
    if finding.paragraph is None:
        return f"把{'署名' if finding.rule.subject is Subject.BYLINE else '标题'}改为“{finding.replacement}”"
    before = manuscript.lines[finding.paragraph][finding.start : finding.end]
    return f"把“{before}”改为“{finding.replacement}”" if finding.replacement else f"删去了“{before}”"
