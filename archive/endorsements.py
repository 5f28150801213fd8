"""批示: what leaders wrote on printed articles, each with the scan of the paper where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update

from archive.schema import endorsement
from archive.search import forget_endorsement, index_endorsements
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class EndorsementWords:
    """What a person records of a 批示."""

    level: str
    """As the office calls it (市级)."""
    leader: str
    """Who wrote it, with the office held; "": not given."""
    dated: date | None
    """The day of the 批示; None: not given."""
    text: str
    """The leader's words; "": none."""


@dataclass(frozen=True, slots=True)
class EndorsementScan:
    """The scan of a 批示 in media/."""

    sha256: str
    name: str
    """As the person's computer called the file."""


@dataclass(frozen=True, slots=True)
class Endorsement:
    """A 批示 on an article."""

    id: int
    article: int
    """Id of the article."""
    words: EndorsementWords
    scan: EndorsementScan | None
    who: str
    """Name of the editor who recorded it, or changed it last."""
    noted_at: datetime
    """When it was recorded: the moment by which it is counted."""
    version: int
    """Raised by every change."""


def add_endorsement(
    ledger: Transaction, article_id: int, words: EndorsementWords, scan: EndorsementScan | None, who: str, at: datetime
) -> int:
    """Records a 批示; returns its id."""
    values = {"article_id": article_id, "who": who, "noted_at": at, **_columns(words, scan)}
    inserted = insert(endorsement).values(**values).returning(endorsement.c.id)
    id = int(ledger.sql.execute(inserted).scalar_one())
    index_endorsements(ledger, [id])
    return id


def write_endorsement(
    ledger: Transaction, before: Endorsement, words: EndorsementWords, scan: EndorsementScan | None, who: str
) -> None:
    """Writes other words and another scan over those of a 批示."""
    values = {"who": who, "version": before.version + 1, **_columns(words, scan)}
    ledger.sql.execute(update(endorsement).where(endorsement.c.id == before.id).values(**values))
    index_endorsements(ledger, [before.id])


def delete_endorsement(ledger: Transaction, id: int) -> None:
    """Deletes a 批示; its scan is a file that nothing refers to, unless another one has the same."""
    ledger.sql.execute(delete(endorsement).where(endorsement.c.id == id))
    forget_endorsement(ledger, id)


def endorsements_on(ledger: Transaction, article_ids: Sequence[int]) -> Sequence[Endorsement]:
    """The 批示 on these articles, in the order they were recorded."""
    rows = ledger.sql.execute(
        select(endorsement).where(endorsement.c.article_id.in_(article_ids)).order_by(endorsement.c.id)
    )
    return [
        Endorsement(
            id=row.id,
            article=row.article_id,
            words=EndorsementWords(row.level, row.leader, row.dated, row.note),
            scan=EndorsementScan(row.scan_sha256, row.scan_name) if row.scan_sha256 else None,
            who=row.who,
            noted_at=row.noted_at,
            version=row.version,
        )
        for row in rows
    ]


def _columns(words: EndorsementWords, scan: EndorsementScan | None) -> dict[str, object]:
    return {
        "level": words.level,
        "leader": words.leader,
        "dated": words.dated,
        "note": words.text,
        "scan_sha256": scan.sha256 if scan else "",
        "scan_name": scan.name if scan else "",
    }
