"""批示: a leader's words on a printed article, recorded at the desk (domain.md 2, 3)."""

from __future__ import annotations

from typing import Final

from archive import articles, statistics
from archive.changes import NewChange, record_change
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, NotThere
from values.issue import ArticleStatus

_LONGEST: Final = 500
"""Characters. A 批示 is a sentence or two; the table of articles shows it whole."""


def endorse(office: Office, bulletin: BulletinSettings, article_id: int, level: str, note: str, *, who: str) -> int:
    """Records a 批示 on a published article of the bulletin; returns its id.

    level: one of the bulletin's. note: the words, "" for none. Raises NotThere; BadUsage for another level, an article
    that is not published, and words that are too long.
    """
    with office.ledger.writing() as ledger:
        record = articles.article_of_bulletin(ledger, bulletin.id, article_id)
        if record is None:
            raise NotThere(f"刊物 {bulletin.id} 没有编号为 {article_id} 的稿件。")
        levels = bulletin.levels
        if level not in levels:
            raise BadUsage(f"没有“{level}”这一级批示；配置里有：{'、'.join(levels)}。")
        if record.status is not ArticleStatus.PUBLISHED:
            raise BadUsage(f"稿件 {article_id}《{record.manuscript.title}》还没有刊发，不能记批示。")
        if len(note) > _LONGEST:
            raise BadUsage(f"批示内容最多 {_LONGEST} 个字。")
        at = office.now()
        endorsement_id = statistics.endorse(ledger, article_id, level, note, who=who, at=at)
        record_change(
            ledger,
            NewChange(
                bulletin=record.bulletin,
                who=who,
                subject="article",
                subject_id=article_id,
                summary=f"《{record.manuscript.title}》记{level}批示",
                why=note,
                at=at,
            ),
        )
    return endorsement_id
