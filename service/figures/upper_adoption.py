"""上级采用: recorded by hand, or taken from a 通报 of a higher level, whose matches are shown before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from archive import articles, letters, upper_adoptions
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from archive.upper_adoptions import NewUpperAdoption, UpperAdoption
from service.article.original import OriginalViewer
from service.article.previews import may_be_shown
from service.figures.upper_matches import NoticeMatches, matches_of
from service.figures.upper_notice import notice_items
from service.office import Office
from service.register.register import all_departments
from settings.model import BulletinSettings
from values.errors import BadUsage, NeedsEditor, NotThere
from values.folding import fold
from values.issue import ArticleStatus

_AS_FAR_BACK: Final = timedelta(days=800)
"""Two years: papers of a higher level use what was printed this year, and the year before in a survey of January."""
_LONGEST: Final = 120
"""Characters of the name of a paper, and of a title there."""
LARGEST_NOTICE: Final = 5_000_000
"""Octets of a file."""


@dataclass(frozen=True, slots=True)
class NoticeSource:
    """Where a list comes from: exactly one of the three."""

    pasted: str = ""
    file: tuple[str, bytes] | None = None
    """Name and octets."""
    letter: int | None = None
    """Id of a letter of the bulletin."""


def record_upper_adoptions(
    office: Office, bulletin: BulletinSettings, adoptions: Sequence[NewUpperAdoption], *, who: str
) -> int:
    """Records the adoptions, all or none; returns how many are new: one that is recorded already is not doubled.

    Raises NotThere for an article that the bulletin does not have; BadUsage for one that is not printed, for a level
    that the bulletin does not have, a day in the future, and a paper without a name or with a long one.
    """
    today, added = office.local(office.now()).date(), 0
    with office.ledger.writing() as ledger:
        for adoption in adoptions:
            _refuse(bulletin, adoption, today)
            title = _printed_title(ledger, bulletin, adoption.article)
            id = upper_adoptions.add_upper_adoption(ledger, adoption, who=who, at=office.now())
            if id is not None:
                added += 1
                summary = f"《{title}》登记{adoption.level}采用（{adoption.publication}，{adoption.dated.isoformat()}）"
                _record(office, ledger, bulletin, adoption.article, summary, who)
    return added


def remove_upper_adoption(
    office: Office, bulletin: BulletinSettings, article_id: int, adoption_id: int, *, who: str, why: str
) -> None:
    """Deletes an adoption. Raises NotThere, BadUsage without a reason."""
    if not why.strip():
        raise BadUsage("删除上级采用要写明原因。")
    with office.ledger.writing() as ledger:
        on_article = upper_adoptions.upper_adoptions_on(ledger, [article_id])
        adoption = next((row for row in on_article if row.id == adoption_id), None)
        if adoption is None or not articles.is_of_bulletin(ledger, article_id, bulletin.id):
            raise NotThere(f"稿件 {article_id} 没有编号为 {adoption_id} 的上级采用。")
        upper_adoptions.delete_upper_adoption(ledger, adoption_id)
        new = adoption.adoption
        summary = f"《{adoption.own_title}》删除{new.level}采用（{new.publication}）"
        _record(office, ledger, bulletin, article_id, summary, who, why)


def upper_adoptions_in(office: Office, bulletin: BulletinSettings, first: date, last: date) -> Sequence[UpperAdoption]:
    """The adoptions in papers dated from `first` to `last`, by day."""
    with office.ledger.reading() as ledger:
        return upper_adoptions.upper_adoptions_between(ledger, bulletin.id, first, last)


def matches_in(
    office: Office, viewer: OriginalViewer, bulletin: BulletinSettings, source: NoticeSource
) -> NoticeMatches:
    """The titles of the list, each with the printed article that it seems to be. Nothing is recorded.

    Raises BadUsage for an empty, unreadable or too large list; NotThere for a letter that the bulletin does not have;
    NeedsEditor for one that may not be shown; StorageFailed.
    """
    rows = _rows(office, viewer, bulletin, source)
    today = office.local(office.now()).date()
    items = notice_items(rows, today.year, bulletin.adopting_levels)
    if not items:
        raise BadUsage("没有读出标题：请粘贴有标题一列的表格，或一行一个、前面有序号的标题。")
    with office.ledger.reading() as ledger:
        printed = upper_adoptions.printed_titles(ledger, bulletin.id, today - _AS_FAR_BACK)
        departments = all_departments(ledger, bulletin)
    aliases = {
        fold(name): department.name
        for department in departments
        for name in (department.name, department.full_name, *department.aliases)
        if name
    }
    return matches_of(items, printed, aliases)


def _rows(
    office: Office, viewer: OriginalViewer, bulletin: BulletinSettings, source: NoticeSource
) -> Sequence[Sequence[str]]:
    if source.letter is not None:
        return _rows_of_letter(office, viewer, bulletin, source.letter)
    if source.file is not None:
        name, data = source.file
        if len(data) > LARGEST_NOTICE:
            raise BadUsage(f"{name} 超过 {LARGEST_NOTICE // 1_000_000} MB，不像一份通报。")
        read = viewer.rows_of_file(data, name)
        if read.refusal:
            raise BadUsage(read.refusal)
        return read.rows
    if not source.pasted.strip():
        raise BadUsage("请粘贴通报里的文字或表格，或选择一个文件。")
    return [line.split("\t") for line in source.pasted.splitlines() if line.strip()]


def _rows_of_letter(
    office: Office, viewer: OriginalViewer, bulletin: BulletinSettings, letter_id: int
) -> Sequence[Sequence[str]]:
    with office.ledger.reading() as ledger:
        letter = next(iter(letters.letters_with_ids(ledger, [letter_id])), None)
    if letter is None or letter.bulletin != bulletin.id:
        raise NotThere("没有这封来信。")
    if not may_be_shown(letter):
        raise NeedsEditor("这封来信已封存、已删除或正等重读，不能当通报读。")
    read = viewer.rows_of_letter(office.raws.path(letter.sha256), office.raws.size(letter.sha256))
    if read.refusal:
        raise BadUsage(read.refusal)
    return read.rows


def _refuse(bulletin: BulletinSettings, adoption: NewUpperAdoption, today: date) -> None:
    if adoption.level not in bulletin.adopting_levels:
        levels = "、".join(bulletin.adopting_levels)
        raise BadUsage(f"没有“{adoption.level}”这一级采用；配置里有：{levels}。")
    if not adoption.publication.strip():
        raise BadUsage("请写明是哪份刊物采用的。")
    if max(len(adoption.publication), len(adoption.title)) > _LONGEST:
        raise BadUsage(f"刊物名和标题最多 {_LONGEST} 个字。")
    if adoption.dated > today:
        raise BadUsage(f"采用的日期 {adoption.dated.isoformat()} 还没有到。")


def _printed_title(ledger: Transaction, bulletin: BulletinSettings, article_id: int) -> str:
    record = articles.article_of_bulletin(ledger, bulletin.id, article_id)
    if record is None:
        raise NotThere(f"刊物 {bulletin.id} 没有编号为 {article_id} 的稿件。")
    if record.status is not ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {article_id}《{record.manuscript.title}》还没有刊发，不能登记上级采用。")
    return record.manuscript.title


def _record(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    article_id: int,
    summary: str,
    who: str,
    why: str = "",
) -> None:
    record_change(ledger, NewChange(bulletin.id, who, "article", article_id, summary, office.now(), why))
