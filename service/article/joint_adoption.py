"""综合采用: several articles become one, with all departments credited; it can be undone until that one is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from archive import article_changes, articles, revisions
from archive.article_mergers import ArticleMerger, end_mergers, mergers_into, record_merger, refuse_merged
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.letters import letter_with_sha256
from archive.revision_letters import further_letters
from archive.revisions import NewEdit
from archive.settled_findings import copy_settlements
from archive.transaction import Transaction
from intake.check.again import checked_again
from service.article.edit import LONGEST
from service.article.passages import joined_blocks, joined_bylines, joined_findings
from service.office import Office
from service.register.register import register_of
from values.errors import BadUsage
from values.issue import ArticleStatus

_MOST: Final = 20
"""Articles that become one: an issue has as many."""


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """Which articles are to become one."""

    articles: Sequence[int]
    """Ids, in the order in which their texts follow each other."""
    into: int
    """Id of the one of them that stays an article, with its history, section and status."""
    who: str
    """Name of the person, for the record."""
    title: str = ""
    """Of the result, its lines separated by line breaks; "": that of `into`."""
    headings: bool = False
    """Whether the title of each article is printed as a heading above its text."""
    seen_versions: Mapping[int, int] = field(default_factory=dict)
    """The versions that the person was looking at, by article id; any version of those that are not named."""
    why: str = ""
    """The reason, for the record; "" for none."""


def merge_articles(office: Office, request: MergeRequest) -> ArticleRecord:
    """Writes all texts as the next revision of one article, which all departments share; returns that.

    Every block of every text is in it, and remarks on them with what was decided about them. The other articles are
    held, with the reason, and are decided about with that one. Raises BadUsage for fewer than two articles or too many,
    articles of several bulletins, printed, returned and unconfirmed ones, one that is merged already or has others
    merged into it (but for `into`), and too long a text; NotThere; Changed where one is not the version seen.
    """
    ids = list(dict.fromkeys(request.articles))
    if len(ids) < 2:
        raise BadUsage("合并要选两篇或更多的稿件。")
    if len(ids) > _MOST:
        raise BadUsage(f"一次最多合并 {_MOST} 篇。")
    if request.into not in ids:
        raise BadUsage(f"稿件 {request.into} 不在要合并的几篇里。")
    with office.ledger.writing() as ledger:
        records = [articles.article_named(ledger, id) for id in ids]
        for record in records:
            article_changes.refuse_changed(record, request.seen_versions.get(record.id))
        _refuse_unmergeable(ledger, records, request.into)
        return _Merging(office, ledger, request, records, office.now()).merge()


def undo_merger(office: Office, article_id: int, who: str, *, seen: int | None = None) -> tuple[ArticleRecord, ...]:
    """Undoes the last merger into the article: it has its earlier text and departments again, and the others their
    status. Returns all of them, the article itself first.

    What was edited since stays among its earlier texts. Raises BadUsage where nothing is merged into it, or it is
    printed; NotThere; Changed where it is not the version seen.
    """
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        article_changes.refuse_changed(record, seen)
        if record.status is ArticleStatus.PUBLISHED:
            raise BadUsage(f"稿件 {record.id} 已在{record.issue_label}刊发，合并不能再撤销。")
        mergers = mergers_into(ledger, [article_id])
        if not mergers:
            raise BadUsage(f"没有别的稿件并入稿件 {article_id}。")
        last = [merger for merger in mergers if merger.merged_at == mergers[-1].merged_at]
        at = office.now()
        end_mergers(ledger, last, at=at)
        _restore_text(office, ledger, record, last[0], who, at)
        for merger in last:
            _free(ledger, merger, who, at)
        numbers = "、".join(str(merger.article) for merger in last)
        summary = f"《{record.manuscript.title}》撤销合并，稿件 {numbers} 恢复原来的状态"
        record_change(ledger, NewChange(record.bulletin, who, "article", record.id, summary, at))
        by_id = {each.id: each for each in articles.articles_with_ids(ledger, [record.id, *(m.article for m in last)])}
        return tuple(by_id[id] for id in (record.id, *(merger.article for merger in last)))


def _refuse_unmergeable(ledger: Transaction, records: Sequence[ArticleRecord], into: int) -> None:
    if len({record.bulletin for record in records}) > 1:
        raise BadUsage("这几篇不是同一份简报的，不能合并。")
    for record in records:
        refuse_merged(ledger, record.id)
        if record.status is ArticleStatus.PUBLISHED:
            raise BadUsage(f"稿件 {record.id} 已在{record.issue_label}刊发，不能再合并。")
        if record.status is ArticleStatus.RETURNED:
            raise BadUsage(f"稿件 {record.id} 已退改，正等单位再报；要合并，请先改回待审。")
        if not record.confirmed or not record.departments:
            raise BadUsage(f"稿件 {record.id} 还没有确认是哪个单位的，请先认领。")
        if record.id != into and mergers_into(ledger, [record.id]):
            raise BadUsage(f"稿件 {record.id} 已有别的稿件并入；请并入它，或先撤销那次合并。")


@dataclass(frozen=True, slots=True)
class _Merging:
    """One merger, within one transaction."""

    office: Office
    ledger: Transaction
    request: MergeRequest
    records: Sequence[ArticleRecord]
    """The articles as they were, in the order of their texts."""
    at: datetime

    def merge(self) -> ArticleRecord:
        ledger, request, at = self.ledger, self.request, self.at
        into = next(record for record in self.records if record.id == request.into)
        merged = [record for record in self.records if record.id != request.into]
        number = self._write_text(into)
        departments = tuple(dict.fromkeys(name for record in self.records for name in record.departments))
        article_changes.assign_jointly(ledger, into.id, departments)
        for other in merged:
            self._hold(other, into)
        numbers = "、".join(str(other.id) for other in merged)
        summary = f"《{into.manuscript.title}》并入了稿件 {numbers}，成为第 {number} 稿，单位：{'、'.join(departments)}"
        change = NewChange(into.bulletin, request.who, "article", into.id, summary, at, request.why)
        record_change(ledger, change)
        return articles.article_named(ledger, into.id)

    def _write_text(self, into: ArticleRecord) -> int:
        """Returns the number of the revision."""
        office, ledger, request = self.office, self.ledger, self.request
        texts = [record.manuscript for record in self.records]
        lines = tuple(line for line in (" ".join(typed.split()) for typed in request.title.splitlines()) if line)
        manuscript = replace(
            into.manuscript,
            title_lines=lines or into.manuscript.title_lines,
            byline=joined_bylines(text.byline for text in texts),
            blocks=joined_blocks(texts, headings=request.headings),
            house_lines=tuple(dict.fromkeys(line for text in texts for line in text.house_lines)),
        )
        if len(manuscript.text) > LONGEST:
            raise BadUsage(f"合并后正文超过 {LONGEST // 10_000} 万字，请先删减。")
        register = register_of(office, ledger, office.bulletin(into.bulletin))
        own = [(record.manuscript, record.findings) for record in self.records]
        kept = joined_findings(own, headings=request.headings)
        findings = checked_again(manuscript, manuscript, kept, into.section, self.records[0].department, register)
        edit = NewEdit(manuscript, findings, manuscript.text_sha256, request.who, letters=self._letters())
        for record in self.records:
            if record is not into:
                copy_settlements(ledger, record.id, into.id)
        return revisions.add_edit(ledger, into, edit, at=self.at)

    def _letters(self) -> tuple[int, ...]:
        """Ids of the letters of all texts."""
        ids: list[int] = []
        for record in self.records:
            letter = letter_with_sha256(self.ledger, record.bulletin, record.letter_sha256)
            ids += [letter.id] if letter is not None else []
            ids += further_letters(self.ledger, record.id, record.revision)
        return tuple(dict.fromkeys(ids))

    def _hold(self, other: ArticleRecord, into: ArticleRecord) -> None:
        ledger, request, at = self.ledger, self.request, self.at
        note = f"并入稿件 {into.id}"
        if other.status is not ArticleStatus.HELD:
            article_changes.change_status(ledger, other, ArticleStatus.HELD, who=request.who, note=note, at=at)
        merger = ArticleMerger(
            article=other.id,
            into=into.id,
            revision=other.revision,
            status=other.status,
            into_revision=into.revision,
            into_departments=into.departments,
            merged_by=request.who,
            merged_at=at,
        )
        record_merger(ledger, merger)
        summary = f"《{other.manuscript.title}》{note}（综合采用）"
        record_change(ledger, NewChange(other.bulletin, request.who, "article", other.id, summary, at, request.why))


def _restore_text(
    office: Office, ledger: Transaction, record: ArticleRecord, merger: ArticleMerger, who: str, at: datetime
) -> None:
    earlier = articles.revision_numbered(ledger, record.id, merger.into_revision)
    register = register_of(office, ledger, office.bulletin(record.bulletin))
    text, department = earlier.manuscript, merger.into_departments[0]
    findings = checked_again(text, text, earlier.findings, record.section, department, register)
    edit = NewEdit(text, findings, text.text_sha256, who, source=merger.into_revision)
    revisions.add_edit(ledger, record, edit, at=at)
    article_changes.assign_jointly(ledger, record.id, merger.into_departments)


def _free(ledger: Transaction, merger: ArticleMerger, who: str, at: datetime) -> None:
    record = articles.article_named(ledger, merger.article)
    note = f"撤销并入稿件 {merger.into}"
    if record.status is not merger.status:
        article_changes.change_status(ledger, record, merger.status, who=who, note=note, at=at)
    summary = f"《{record.manuscript.title}》{note}"
    record_change(ledger, NewChange(record.bulletin, who, "article", record.id, summary, at))
