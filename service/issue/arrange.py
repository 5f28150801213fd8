"""What the editor lays down about the next issue: which article stands where, whose it is, which go into a supplement.

Each function is one transaction, with a line in the record of changes for each article that moved. A draft shows it
when it is made again; `seen` is what the person was looking at, None for whatever it is now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive import articles
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from assembler.plan import places_for, plan_sections
from service.issue.moves import Move, Place, moves, put
from service.issue.planning import as_planned, department_order
from service.office import Office
from service.register.register import as_registered, department_named
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.issue import ArticleStatus, IssueArticle

ORDINARY: Final = "普通稿件"
"""What a person calls the section without a name."""


def section_title(section: str) -> str:
    """How a section is spoken of."""
    return section or ORDINARY


def arrange(
    office: Office,
    bulletin: BulletinSettings,
    layout: Sequence[tuple[str, Sequence[int]]],
    who: str,
    *,
    seen: Mapping[int, int] | None = None,
) -> tuple[int, ...]:
    """Articles into these sections, in this order; returns the ids of those that moved, () when all stood so already.

    Articles that are not named keep their section and stand where the rule of assembler/plan.py puts them. Only what
    changes is written: what the editor leaves as the office would have it stays the office's to order.
    seen: the version of each article as the person saw it. Raises BadUsage for an unknown section, for an article
    named twice, published, or not of this bulletin; Changed when one that would be moved is not the version seen.
    """
    with office.ledger.writing() as ledger:
        return _arrange(_Desk(office, ledger, bulletin, who), layout, seen or {})


def move_article(
    office: Office,
    article_id: int,
    who: str,
    *,
    section: str | None = None,
    place: Place | None = None,
    before: int | None = None,
    seen: int | None = None,
) -> tuple[int, ...]:
    """One article: up or down by one, to the top or the end of its section, or before another one (in that one's
    section); without any of these, where the office's order puts it. section: into that one first.

    Returns and raises what `arrange` does; () at the top or the end already.
    """
    with office.ledger.writing() as ledger:
        record = _unpublished(ledger, article_id, seen)
        desk = _Desk(office, ledger, office.bulletin(record.bulletin), who)
        beside = desk.beside(record)
        if before is not None:
            section = _section_of(beside, before, article_id, section)
        name = desk.section_of(record) if section is None else section
        there = [one.id for one in beside if one.section == name]
        if place is None and before is None:
            return _to_office_order(desk, record, name)
        return _arrange(desk, [(name, put(there, article_id, place, before))], {})


def set_department(office: Office, article_id: int, name: str, who: str, *, seen: int | None = None) -> ArticleRecord:
    """Says whose article it is, by any name that the register knows. Raises BadUsage, Changed."""
    with office.ledger.writing() as ledger:
        record = _unpublished(ledger, article_id, seen)
        known = department_named(office, ledger, office.bulletin(record.bulletin), name)
        if known.name == record.department:
            return record
        articles.assign(ledger, article_id, known.name)
        said = f"《{record.manuscript.title}》的单位由“{record.department or '不明'}”改为“{known.name}”"
        _record(office, ledger, record, who, said)
        return articles.article_named(ledger, article_id)


def choose_for_supplement(
    office: Office, article_id: int, who: str, *, chosen: bool = True, seen: int | None = None
) -> ArticleRecord:
    """Into the next supplement (增刊), and out of the ordinary issue; chosen=False: back. Raises BadUsage, Changed."""
    with office.ledger.writing() as ledger:
        record = _unpublished(ledger, article_id, seen)
        if record.for_supplement is chosen:
            return record
        articles.choose_for_supplement(ledger, article_id, chosen)
        where = "改入增刊" if chosen else "从增刊改回普通一期"
        _record(office, ledger, record, who, f"《{record.manuscript.title}》{where}")
        return articles.article_named(ledger, article_id)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who arranges what, within one transaction."""

    office: Office
    ledger: Transaction
    bulletin: BulletinSettings
    who: str

    @property
    def departments(self) -> Sequence[str]:
        return department_order(as_registered(self.ledger, self.bulletin))

    def planned(self, records: Sequence[ArticleRecord]) -> list[IssueArticle]:
        """The articles in printed order; one whose section is no more is an ordinary one."""
        sections = plan_sections(as_planned(records), sections=self.bulletin.sections, departments=self.departments)
        return [one for section in sections for one in section.articles]

    def section_of(self, record: ArticleRecord) -> str:
        return self.planned([record])[0].section

    def beside(self, record: ArticleRecord) -> list[IssueArticle]:
        """The article among those that stand in the same issue now, in printed order."""
        found = articles.articles_for_issue(self.ledger, self.bulletin.id, supplement=record.for_supplement)
        return self.planned([*(one for one in found if one.id != record.id), record])


def _arrange(desk: _Desk, layout: Sequence[tuple[str, Sequence[int]]], seen: Mapping[int, int]) -> tuple[int, ...]:
    records = _named(desk, layout)
    before = desk.planned(list(records.values()))
    present = {one.id: one for one in before}
    wanted = {
        name: [
            one if one.section == name else replace(one, section=name, position=None)
            for one in (present[article_id] for article_id in ids)
        ]
        for name, ids in layout
    }
    moved = moves(before, [one for name in _printed(desk.bulletin) for one in wanted.get(name, ())])
    if not moved:
        return ()
    for article_id in moved:
        articles.refuse_changed(records[article_id], seen.get(article_id))
    for name, found in wanted.items():
        for one, position in zip(found, places_for(found, desk.departments), strict=True):
            if (present[one.id].section, present[one.id].position) != (name, position):
                articles.refuse_changed(records[one.id], seen.get(one.id))
                articles.move(desk.ledger, one.id, name, position)
    for article_id, move in moved.items():
        _record_move(desk, records[article_id], move)
    return tuple(moved)


def _to_office_order(desk: _Desk, record: ArticleRecord, name: str) -> tuple[int, ...]:
    """Takes back the place that the editor gave it."""
    _refuse_unknown(desk.bulletin, [name])
    if (desk.section_of(record), record.position) == (name, None):
        return ()
    articles.move(desk.ledger, record.id, name, None)
    now = [one.id for one in desk.beside(articles.article_named(desk.ledger, record.id)) if one.section == name]
    _record_move(desk, record, Move(desk.section_of(record), name, now.index(record.id) + 1))
    return (record.id,)


def _named(desk: _Desk, layout: Sequence[tuple[str, Sequence[int]]]) -> dict[int, ArticleRecord]:
    """The articles of the layout, by id."""
    _refuse_unknown(desk.bulletin, [name for name, _ in layout])
    ids = [article_id for _, found in layout for article_id in found]
    if len(ids) != len(set(ids)):
        raise BadUsage("同一篇稿件排了两次，请刷新后再排。")
    found = articles.articles_with_ids(desk.ledger, ids)
    records = {record.id: record for record in found if record.bulletin == desk.bulletin.id}
    if strange := [str(article_id) for article_id in ids if article_id not in records]:
        raise BadUsage(f"刊物 {desk.bulletin.id} 没有编号为 {'、'.join(strange)} 的稿件。")
    for record in records.values():
        _refuse_published(record)
    return records


def _printed(bulletin: BulletinSettings) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("", *bulletin.sections)))


def _refuse_unknown(bulletin: BulletinSettings, names: Sequence[str]) -> None:
    known = _printed(bulletin)
    if strange := [name for name in names if name not in known]:
        kinds = "、".join(section_title(name) for name in known)
        raise BadUsage(f"没有栏目“{'、'.join(strange)}”；刊物 {bulletin.id} 的栏目有：{kinds}。")
    if len(names) != len(set(names)):
        raise BadUsage("同一个栏目排了两次，请刷新后再排。")


def _section_of(beside: Sequence[IssueArticle], before: int, article_id: int, section: str | None) -> str:
    """The section of the article before which another is to stand."""
    found = next((one.section for one in beside if one.id == before and before != article_id), None)
    if found is None or (section is not None and section != found):
        where = "本期" if section is None else f"“{section_title(section)}”"
        raise BadUsage(f"{where}没有编号为 {before} 的另一篇稿件，不能排在它前面。")
    return found


def _unpublished(ledger: Transaction, article_id: int, seen: int | None) -> ArticleRecord:
    record = articles.article_named(ledger, article_id)
    _refuse_published(record)
    articles.refuse_changed(record, seen)
    return record


def _refuse_published(record: ArticleRecord) -> None:
    if record.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {record.id}《{record.manuscript.title}》已在{record.issue_label}刊发，不能再改。")


def _record_move(desk: _Desk, record: ArticleRecord, move: Move) -> None:
    title = f"《{record.manuscript.title}》"
    out_of = f"由“{section_title(move.before)}”" if move.section != move.before else ""
    said = f"{title}{out_of}移到“{section_title(move.section)}”第 {move.place} 篇"
    _record(desk.office, desk.ledger, record, desk.who, said)


def _record(office: Office, ledger: Transaction, record: ArticleRecord, who: str, said: str) -> None:
    record_change(
        ledger,
        NewChange(
            bulletin=record.bulletin,
            who=who,
            subject="article",
            subject_id=record.id,
            summary=said,
            at=office.now(),
        ),
    )
