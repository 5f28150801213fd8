"""更正: which article corrects which printed one.

A signed-off issue never changes, nor does its manifest: that an article of it was corrected is a row here alone, which
is read wherever the article is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from archive.articles import NUMBER, label_of
from archive.schema import article, correction, issue
from archive.transaction import Transaction
from values.issue import ArticleStatus, IssueStatus

_DROPPED: Final = frozenset({ArticleStatus.RETURNED, ArticleStatus.REJECTED})


class CorrectionState(Enum):
    """How far a correction is; the value is its word at the desk."""

    SENT = "单位报来更正"
    """A department has sent another text of a printed article, and no editor has made an erratum of it."""
    WAITING = "更正待刊"
    """An erratum is made, and no signed-off issue prints it yet."""
    PRINTED = "已更正"
    """A signed-off issue prints it."""
    DROPPED = "更正未用"
    """It was rejected or returned."""


@dataclass(frozen=True, slots=True)
class CorrectionLink:
    """That an article corrects a printed one."""

    article: int
    """Id of the article that corrects."""
    corrects: int
    """Id of the printed article."""
    status: ArticleStatus
    """Of the article that corrects."""
    issue_label: str
    """期号 of the issue that it is in, "" for none."""
    made_by: str
    """Name of the editor who made it an erratum; "": a department has sent it, and nobody has."""
    made_at: datetime

    @property
    def state(self) -> CorrectionState:
        """How far it is."""
        if self.status is ArticleStatus.PUBLISHED:
            return CorrectionState.PRINTED
        if self.status in _DROPPED:
            return CorrectionState.DROPPED
        return CorrectionState.WAITING if self.made_by else CorrectionState.SENT

    @property
    def in_words(self) -> str:
        """已在第71期更正, or the word of its state."""
        if self.state is CorrectionState.PRINTED:
            return f"已在{self.issue_label}更正"
        return str(self.state.value)


def write_correction(ledger: Transaction, article_id: int, corrects_id: int, *, made_by: str, at: datetime) -> None:
    """Records that an article corrects a printed one; where that is recorded, who made it an erratum, and when."""
    values = {"corrects_id": corrects_id, "made_by": made_by, "made_at": at}
    here = correction.c.article_id == article_id
    if not ledger.sql.execute(update(correction).where(here).values(values)).rowcount:
        ledger.sql.execute(insert(correction).values(article_id=article_id, **values))


def delete_correction(ledger: Transaction, article_id: int) -> None:
    """Deletes that this article corrects another one."""
    ledger.sql.execute(delete(correction).where(correction.c.article_id == article_id))


def corrections_of(ledger: Transaction, article_ids: Sequence[int]) -> Mapping[int, Sequence[CorrectionLink]]:
    """What corrects each of these printed articles, in the order it was recorded; articles without any are left out."""
    by_corrected: dict[int, list[CorrectionLink]] = {}
    for link in _links(ledger, correction.c.corrects_id.in_(article_ids)):
        by_corrected.setdefault(link.corrects, []).append(link)
    return by_corrected


def corrected_by(ledger: Transaction, article_ids: Sequence[int]) -> Mapping[int, CorrectionLink]:
    """What these articles correct, by their ids; those that correct nothing are left out."""
    return {link.article: link for link in _links(ledger, correction.c.article_id.in_(article_ids))}


def all_corrections(ledger: Transaction) -> Sequence[CorrectionLink]:
    """Every link, in the order it was recorded."""
    return _links(ledger)


def _links(ledger: Transaction, *conditions: ColumnElement[bool]) -> list[CorrectionLink]:
    rows = (
        ledger.sql.execute(
            select(correction, article.c.status, *NUMBER)
            .join(article, article.c.id == correction.c.article_id)
            .outerjoin(issue, and_(issue.c.id == article.c.issue_id, issue.c.status != IssueStatus.DISCARDED.value))
            .where(*conditions)
            .order_by(correction.c.made_at, correction.c.article_id)
        )
        .mappings()
        .all()
    )
    return [
        CorrectionLink(
            row["article_id"],
            row["corrects_id"],
            ArticleStatus(row["status"]),
            label_of(row),
            row["made_by"],
            row["made_at"],
        )
        for row in rows
    ]
