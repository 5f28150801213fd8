"""The editor's order of the next issue: the section and place of each article, and which go into a supplement.

Each function is one transaction, with a line in the record of changes for each article that moved. A draft shows it
when it is made again. `seen` is the version that the person saw; None accepts any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from archive import article_changes, articles
from archive.articles import ArticleRecord, ArticleSummary
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from assembler.plan import ordered_by_section, places_for
from service.issue.moves import Move, Place, moves, put
from service.office import Office
from service.register.register import department_names
from settings.model import BulletinSettings
from values.errors import BadUsage, NotThere
from values.issue import ArticleStatus

ORDINARY: Final = "普通稿件"
"""What a person calls the section without a name."""


def section_title(section: str) -> str:
    """The name of a section as people read it."""
    return section or ORDINARY


def arrange(
    office: Office,
    bulletin: BulletinSettings,
    layout: Sequence[tuple[str, Sequence[int]]],
    who: str,
    *,
    seen: Mapping[int, int] | None = None,
) -> tuple[int, ...]:
    """Puts articles into these sections, in this order; returns the ids of those that moved, () when none did.

    Articles that are not named keep their section and are placed by the rule of assembler/plan.py. Only changes are
    written: an article that the editor leaves in its place still follows the office's order.
    seen: the version of each article as the person saw it. Raises BadUsage for an unknown section, for an article
    named twice, published, or not of this bulletin; Changed when one that would be moved is not the version seen.
    """
    with office.ledger.writing() as ledger:
        return arrange_within(office, ledger, bulletin, layout, who, seen=seen)


def arrange_within(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    layout: Sequence[tuple[str, Sequence[int]]],
    who: str,
    *,
    seen: Mapping[int, int] | None = None,
) -> tuple[int, ...]:
    """`arrange` as a part of the caller's transaction."""
    return _arrange(_arrangement(office, ledger, bulletin, who), layout, seen or {})


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
    """Moves one article: up or down by one, to the top, the end or a number (from 1) of its section, or before another
    article (in the section of that); without any of these, to its place in the office's order. section: moved into it
    first.

    Returns and raises what `arrange` does; () when it is at the top or the end already.
    """
    with office.ledger.writing() as ledger:
        record = _unpublished(ledger, article_id, seen)
        arrangement = _arrangement(office, ledger, office.bulletin(record.bulletin), who)
        return _move(arrangement, record, section, place, before)


def move_within(
    office: Office,
    ledger: Transaction,
    article_id: int,
    place: Place | Literal["before", "after"],
    other: int,
    who: str,
) -> tuple[int, ...]:
    """`move_article` as a part of the caller's transaction, also behind another article. other: that article, before
    or after which it goes; not used for any other place."""
    record = _unpublished(ledger, article_id, None)
    arrangement = _arrangement(office, ledger, office.bulletin(record.bulletin), who)
    if place == "before":
        return _move(arrangement, record, None, None, other)
    if place != "after":
        return _move(arrangement, record, None, place, None)
    in_issue = arrangement.with_neighbours(article_id, record.for_supplement)
    section = _section_of(in_issue, other, article_id, None)
    in_section = [article.id for article in in_issue if article.section == section and article.id != article_id]
    following = in_section[in_section.index(other) + 1 :]
    if following:
        return _move(arrangement, record, None, None, following[0])
    return _move(arrangement, record, section, "last", None)


def exchange_within(office: Office, ledger: Transaction, first: int, second: int, who: str) -> tuple[int, ...]:
    """Exchanges the places of two articles of the same issue; returns and raises what `arrange` does."""
    records = [_unpublished(ledger, article_id, None) for article_id in (first, second)]
    arrangement = _arrangement(office, ledger, office.bulletin(records[0].bulletin), who)
    in_issue = arrangement.with_neighbours(first, records[0].for_supplement)
    sections = {article.id: article.section for article in in_issue}
    if second not in sections:
        raise BadUsage(f"稿件 {first} 和 {second} 不在同一期里，不能对调。")
    exchanged = {first: second, second: first}
    names = dict.fromkeys((sections[first], sections[second]))
    layout = [
        (name, [exchanged.get(article.id, article.id) for article in in_issue if article.section == name])
        for name in names
    ]
    return _arrange(arrangement, layout, {})


def _move(
    arrangement: _Arrangement, record: ArticleRecord, section: str | None, place: Place | None, before: int | None
) -> tuple[int, ...]:
    """See `move_article`."""
    article_id = record.id
    in_issue = arrangement.with_neighbours(article_id, record.for_supplement)
    current = next(article.section for article in in_issue if article.id == article_id)
    if before is not None:
        section = _section_of(in_issue, before, article_id, section)
    name = current if section is None else section
    if place is None and before is None:
        return _to_office_order(arrangement, record, current, name)
    in_section = [article.id for article in in_issue if article.section == name]
    if isinstance(place, int):
        _refuse_no_place(name, place, len({*in_section, article_id}))
    return _arrange(arrangement, [(name, put(in_section, article_id, place, before))], {})


def choose_for_supplement(
    office: Office, article_id: int, who: str, *, chosen: bool = True, seen: int | None = None
) -> ArticleRecord:
    """Moves it into the next supplement (增刊) and out of the ordinary issue; chosen=False: back.

    Raises BadUsage for a published article, Changed when it is not the version seen.
    """
    with office.ledger.writing() as ledger:
        record = _unpublished(ledger, article_id, seen)
        if record.for_supplement is chosen:
            return record
        article_changes.choose_for_supplement(ledger, article_id, chosen)
        where = "改入增刊" if chosen else "从增刊改回普通一期"
        _record(ledger, record, f"《{record.manuscript.title}》{where}", who, office.now())
        return articles.reread(ledger, record)


def follow_within(office: Office, ledger: Transaction, record: ArticleRecord, followers: Sequence[int]) -> None:
    """Places articles right after another one that the editor has placed, as a part of the caller's transaction.

    record: that one. followers: of its section and issue, in their order. Their places are no moves, and not recorded.
    """
    departments = department_names(ledger, office.bulletin(record.bulletin))
    present = {article.id: article for article in articles.summaries_with_ids(ledger, record.bulletin, followers)}
    arrangement = _Arrangement(ledger, office.bulletin(record.bulletin), departments, "", record.received_at)
    in_issue = arrangement.with_neighbours(record.id, record.for_supplement)
    own = next(article for article in in_issue if article.id == record.id)
    in_section = [article for article in in_issue if article.section == own.section and article.id not in present]
    at = in_section.index(own) + 1
    wanted = [*in_section[:at], *(present[id] for id in followers), *in_section[at:]]
    for article, position in zip(wanted, places_for(wanted, departments), strict=True):
        if article.position != position:
            article_changes.move(ledger, article.id, own.section, position)


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """One arrangement, within one transaction. Only the texts of articles that move are read."""

    ledger: Transaction
    bulletin: BulletinSettings
    departments: Sequence[str]
    """Canonical names in the order of the contents page."""
    who: str
    at: datetime

    def in_printed_order(self, summaries: Sequence[ArticleSummary]) -> list[ArticleSummary]:
        """An article whose section is not among the settings any more is an ordinary one."""
        by_section = ordered_by_section(
            summaries, sections=self.bulletin.printed_sections, departments=self.departments
        )
        return [replace(article, section=name) for name, in_section in by_section.items() for article in in_section]

    def with_neighbours(self, article_id: int, supplement: bool) -> list[ArticleSummary]:
        """The article among those that are in the same issue now, in printed order."""
        summaries = articles.summaries_for_issue(self.ledger, self.bulletin.id, supplement=supplement)
        own = articles.summaries_with_ids(self.ledger, self.bulletin.id, [article_id])
        return self.in_printed_order([*(article for article in summaries if article.id != article_id), *own])


def _arrangement(office: Office, ledger: Transaction, bulletin: BulletinSettings, who: str) -> _Arrangement:
    return _Arrangement(ledger, bulletin, department_names(ledger, bulletin), who, office.now())


def _arrange(
    arrangement: _Arrangement, layout: Sequence[tuple[str, Sequence[int]]], seen: Mapping[int, int]
) -> tuple[int, ...]:
    ledger = arrangement.ledger
    before = arrangement.in_printed_order(_named(arrangement, layout))
    present = {article.id: article for article in before}
    wanted = {
        name: [
            article if article.section == name else replace(article, section=name, position=None)
            for article in (present[article_id] for article_id in ids)
        ]
        for name, ids in layout
    }
    moved = moves(before, [article for name in _printed(arrangement.bulletin) for article in wanted.get(name, ())])
    if not moved:
        return ()
    records = {record.id: record for record in articles.articles_with_ids(ledger, list(moved))}
    for record in records.values():
        article_changes.refuse_changed(record, seen.get(record.id))
    for name, in_section in wanted.items():
        for article, position in zip(in_section, places_for(in_section, arrangement.departments), strict=True):
            if (present[article.id].section, present[article.id].position) != (name, position):
                if article.version != seen.get(article.id, article.version):
                    article_changes.refuse_changed(articles.article_named(ledger, article.id), seen.get(article.id))
                article_changes.move(ledger, article.id, name, position)
    for article_id, move in moved.items():
        _record_move(arrangement, records[article_id], move)
    return tuple(moved)


def _to_office_order(arrangement: _Arrangement, record: ArticleRecord, current: str, name: str) -> tuple[int, ...]:
    """Removes the place that the editor gave it. current: the section it is printed in; name: its new section."""
    _refuse_unknown(arrangement.bulletin, [name])
    if (current, record.position) == (name, None):
        return ()
    article_changes.move(arrangement.ledger, record.id, name, None)
    in_issue = arrangement.with_neighbours(record.id, record.for_supplement)
    in_section = [article.id for article in in_issue if article.section == name]
    _record_move(arrangement, record, Move(current, name, in_section.index(record.id) + 1))
    return (record.id,)


def _named(arrangement: _Arrangement, layout: Sequence[tuple[str, Sequence[int]]]) -> Sequence[ArticleSummary]:
    """The articles of the layout, in the order they were received."""
    bulletin = arrangement.bulletin
    _refuse_unknown(bulletin, [name for name, _ in layout])
    ids = [article_id for _, in_section in layout for article_id in in_section]
    if len(ids) != len(set(ids)):
        raise BadUsage("同一篇稿件排了两次，请刷新后再排。")
    summaries = articles.summaries_with_ids(arrangement.ledger, bulletin.id, ids)
    present = {article.id for article in summaries}
    if strange := [str(article_id) for article_id in ids if article_id not in present]:
        raise NotThere(f"刊物 {bulletin.id} 没有编号为 {'、'.join(strange)} 的稿件。")
    for article in summaries:
        if article.status is ArticleStatus.PUBLISHED:
            _refuse_published(articles.article_named(arrangement.ledger, article.id))
    return summaries


def _printed(bulletin: BulletinSettings) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("", *bulletin.printed_sections)))


def _refuse_unknown(bulletin: BulletinSettings, names: Sequence[str]) -> None:
    section_names = _printed(bulletin)
    if strange := [name for name in names if name not in section_names]:
        kinds = "、".join(section_title(name) for name in section_names)
        raise BadUsage(f"没有栏目“{'、'.join(strange)}”；刊物 {bulletin.id} 的栏目有：{kinds}。")
    if len(names) != len(set(names)):
        raise BadUsage("同一个栏目排了两次，请刷新后再排。")


def _refuse_no_place(section: str, number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise BadUsage(f"“{section_title(section)}”有 {count} 篇，请写 1 到 {count}。")


def _section_of(in_issue: Sequence[ArticleSummary], before: int, article_id: int, section: str | None) -> str:
    """The section of the article before which another is to be placed."""
    of_other = next((article.section for article in in_issue if article.id == before != article_id), None)
    if of_other is None or (section is not None and section != of_other):
        where = "本期" if section is None else f"“{section_title(section)}”"
        raise BadUsage(f"{where}没有编号为 {before} 的另一篇稿件，不能排在它前面。")
    return of_other


def _unpublished(ledger: Transaction, article_id: int, seen: int | None) -> ArticleRecord:
    record = articles.article_named(ledger, article_id)
    _refuse_published(record)
    article_changes.refuse_changed(record, seen)
    return record


def _refuse_published(record: ArticleRecord) -> None:
    if record.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {record.id}《{record.manuscript.title}》已在{record.issue_label}刊发，不能再改。")


def _record_move(arrangement: _Arrangement, record: ArticleRecord, move: Move) -> None:
    title = f"《{record.manuscript.title}》"
    out_of = f"由“{section_title(move.before)}”" if move.section != move.before else ""
    summary = f"{title}{out_of}移到“{section_title(move.section)}”第 {move.place} 篇"
    _record(arrangement.ledger, record, summary, arrangement.who, arrangement.at)


def _record(ledger: Transaction, record: ArticleRecord, summary: str, who: str, at: datetime) -> None:
    record_change(
        ledger,
        NewChange(bulletin=record.bulletin, who=who, subject="article", subject_id=record.id, summary=summary, at=at),
    )
