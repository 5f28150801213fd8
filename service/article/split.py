"""拆分: one article becomes several at chosen blocks. The first part stays the article, with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive import article_changes, articles, revisions
from archive.article_mergers import mergers_into, refuse_merged
from archive.article_parts import ArticlePart, record_part
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.letters import letter_with_sha256
from archive.revision_letters import add_letters, further_letters
from archive.revisions import NewArticle, NewEdit
from archive.settled_findings import copy_settlements
from archive.transaction import Transaction
from intake.check.again import checked_again
from intake.register import Register
from service.article.passages import divided, findings_within
from service.issue.arrange import follow_within
from service.office import Office
from service.register.register import department_named, register_of
from values.errors import BadUsage
from values.finding import Finding
from values.issue import ArticleStatus
from values.manuscript import Block, Manuscript


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part that becomes an article of its own."""

    start: int
    """Index of the block at which it begins, from 1: the first part begins at 0."""
    title: str
    """Its lines, separated by line breaks."""
    byline: str | None = None
    """None: that of the whole or, for another department, the name of that."""
    department: str | None = None
    """By any name of the register; None: the department of the whole."""


@dataclass(frozen=True, slots=True)
class SplitRequest:
    """Where an article is to be split."""

    article: int
    """Id in the ledger."""
    parts: Sequence[NewPart]
    """In the order of the text."""
    who: str
    """Name of the person, for the record."""
    seen_version: int | None = None
    """The article's version that the person was looking at, None for any."""
    why: str = ""
    """The reason, for the record; "" for none."""


def split_article(office: Office, request: SplitRequest) -> tuple[ArticleRecord, ...]:
    """Makes the article end where the first new part begins, and each part an article of the same letter and status.

    Returns all of them, the article itself first. Every block is in one of them; remarks on the text go with their
    lines and what was decided about them stands; lines that are not printed and comments of editors stay with the
    article. A part of another department is not shared by others. Raises BadUsage for a printed, returned or
    unconfirmed article, for one that is merged with others, for places that are none, a part without a title, and an
    unknown department; NotThere; Changed where it is not the version seen.
    """
    with office.ledger.writing() as ledger:
        whole = articles.article_named(ledger, request.article)
        article_changes.refuse_changed(whole, request.seen_version)
        _refuse_unsplittable(ledger, whole)
        texts = divided(whole.manuscript.blocks, [part.start for part in request.parts])
        split = _Split(office, ledger, whole, request, office.now())
        written = [split.write_part(part, text) for part, text in zip(request.parts, texts[1:], strict=True)]
        split.shorten_whole(texts[0], written)
        if whole.position is not None:
            follow_within(office, ledger, whole, written)
        by_id = {record.id: record for record in articles.articles_with_ids(ledger, [whole.id, *written])}
        return tuple(by_id[id] for id in (whole.id, *written))


def _refuse_unsplittable(ledger: Transaction, whole: ArticleRecord) -> None:
    if whole.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {whole.id} 已在{whole.issue_label}刊发，不能再拆分。")
    if whole.status is ArticleStatus.RETURNED:
        raise BadUsage(f"稿件 {whole.id} 已退改，正等单位再报；要拆分，请先改回待审。")
    if not whole.confirmed:
        raise BadUsage(f"稿件 {whole.id} 还没有认领，请先确认它是哪个单位的，再拆分。")
    refuse_merged(ledger, whole.id)
    if mergers_into(ledger, [whole.id]):
        raise BadUsage(f"稿件 {whole.id} 由几篇合并而成；要拆分，请先撤销合并。")


@dataclass(frozen=True, slots=True)
class _Split:
    """One split, within one transaction."""

    office: Office
    ledger: Transaction
    whole: ArticleRecord
    """The article as it was."""
    request: SplitRequest
    at: datetime

    def write_part(self, part: NewPart, text: Sequence[Block]) -> int:
        """Writes the part as an article; returns its id."""
        ledger, whole = self.ledger, self.whole
        letter = letter_with_sha256(ledger, whole.bulletin, whole.letter_sha256)
        assert letter is not None, "every revision has its letter"
        manuscript, departments = self._manuscript(part, text)
        findings = self._findings(manuscript, part.start, part.start + len(text), departments)
        new = NewArticle(
            bulletin=whole.bulletin,
            section=whole.section,
            department=departments[0] if departments else whole.department,
            confirmed=True,
            received_at=whole.received_at,
            attachment=whole.attachment,
            content_sha256=whole.content_sha256,
            text_sha256=manuscript.text_sha256,
            manuscript=manuscript,
            findings=findings,
            made_by=self.request.who,
            departments=departments,
        )
        article_id = revisions.add_article(ledger, letter.id, new, at=self.at)
        add_letters(ledger, article_id, 1, further_letters(ledger, whole.id, whole.revision))
        copy_settlements(ledger, whole.id, article_id)
        record_part(ledger, ArticlePart(article_id, whole.id, whole.revision, self.request.who, self.at))
        more = {"for_supplement": whole.for_supplement, "responsible_editor": whole.responsible_editor}
        article_changes.write_article(ledger, article_id, **more)
        summary = f"《{manuscript.title}》由稿件 {whole.id} 拆出（第 {part.start + 1} 块起）"
        self._record(article_id, summary)
        if whole.status is not ArticleStatus.DRAFT:
            record = articles.article_named(ledger, article_id)
            note = f"由稿件 {whole.id} 拆出"
            article_changes.change_status(ledger, record, whole.status, who=self.request.who, note=note, at=self.at)
        return article_id

    def shorten_whole(self, text: Sequence[Block], parts: Sequence[int]) -> None:
        """Writes the text of the first part as the next revision of the article."""
        whole = self.whole
        manuscript = replace(whole.manuscript, blocks=tuple(text))
        about_all = tuple(finding for finding in whole.findings if finding.paragraph is None)
        findings = self._findings(manuscript, 0, len(text), whole.departments, about_all)
        edit = NewEdit(manuscript, findings, manuscript.text_sha256, self.request.who)
        number = revisions.add_edit(self.ledger, whole, edit, at=self.at)
        numbers = "、".join(map(str, parts))
        self._record(whole.id, f"《{manuscript.title}》拆出稿件 {numbers}，余下的成为第 {number} 稿")

    def _manuscript(self, part: NewPart, text: Sequence[Block]) -> tuple[Manuscript, tuple[str, ...]]:
        """The part's text, and the departments that share it."""
        lines = tuple(line for line in (" ".join(typed.split()) for typed in part.title.splitlines()) if line)
        if not lines:
            raise BadUsage(f"从第 {part.start + 1} 块拆出的一篇还没有标题。")
        departments, byline = self.whole.departments, self.whole.manuscript.byline
        if part.department:
            bulletin = self.office.bulletin(self.whole.bulletin)
            named = department_named(self.office, self.ledger, bulletin, part.department).name
            if named not in departments:
                departments, byline = (named,), named
        if part.byline is not None:
            byline = " ".join(part.byline.split()) or None
        return Manuscript(lines, byline, tuple(text)), departments

    def _findings(
        self,
        manuscript: Manuscript,
        first: int,
        last: int,
        departments: Sequence[str],
        about_all: tuple[Finding, ...] = (),
    ) -> tuple[Finding, ...]:
        """The checks of the text, and the findings that no check makes again. about_all: those on no line."""
        whole = self.whole
        own = findings_within(whole.findings, whole.manuscript.blocks, first, last)
        department = departments[0] if departments else whole.department
        kept = (*about_all, *own)
        return checked_again(manuscript, manuscript, kept, whole.section, department, self._register())

    def _register(self) -> Register:
        return register_of(self.office, self.ledger, self.office.bulletin(self.whole.bulletin))

    def _record(self, article_id: int, summary: str) -> None:
        who, why = self.request.who, self.request.why
        change = NewChange(self.whole.bulletin, who, "article", article_id, summary, self.at, why)
        record_change(self.ledger, change)
