"""Articles that were split from another (拆分), and of which text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, insert, literal, select

from archive.manuscripts import MANUSCRIPT
from archive.schema import article, article_merger, article_part, letter, letter_article, revision
from archive.transaction import Transaction
from values.manuscript import Manuscript


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """An article that was split from another."""

    article: int
    """Id of the article."""
    whole: int
    """Id of the article that it was split from, which is the first part from then on."""
    whole_revision: int
    """Number of the revision of that article which has the whole text."""
    split_by: str
    """Name of the person."""
    split_at: datetime


@dataclass(frozen=True, slots=True)
class WholeText:
    """The text of an article before it was split."""

    article: int
    department: str | None
    """Of the article: canonical name, None: unknown."""
    sender: str
    """Address of the letter that brought the text."""
    manuscript: Manuscript


def record_part(ledger: Transaction, part: ArticlePart) -> None:
    """Records that the article was split from another, and that the letters of that brought it too."""
    of_whole = select(letter_article.c.letter_id, literal(part.article)).where(
        letter_article.c.article_id == part.whole
    )
    ledger.sql.execute(letter_article.insert().from_select(["letter_id", "article_id"], of_whole))
    ledger.sql.execute(
        insert(article_part).values(
            article_id=part.article,
            whole_id=part.whole,
            whole_revision=part.whole_revision,
            split_by=part.split_by,
            split_at=part.split_at,
        )
    )


def part_of(ledger: Transaction, article_id: int) -> ArticlePart | None:
    """What the article was split from; None where it was not."""
    row = ledger.sql.execute(select(article_part).where(article_part.c.article_id == article_id)).first()
    return None if row is None else ArticlePart(*row)


def parts_from(ledger: Transaction, article_id: int) -> Sequence[ArticlePart]:
    """The articles that were split from this one, in the order of their ids."""
    of_whole = select(article_part).where(article_part.c.whole_id == article_id)
    return [ArticlePart(*row) for row in ledger.sql.execute(of_whole.order_by(article_part.c.article_id))]


def family_of(ledger: Transaction, article_id: int) -> frozenset[int]:
    """The article, what it was split from, and all that was split from these, however often."""
    members: set[int] = set()
    waiting = [article_id]
    while waiting:
        current = waiting.pop()
        if current not in members:
            members.add(current)
            above = part_of(ledger, current)
            waiting += [part.article for part in parts_from(ledger, current)] + ([above.whole] if above else [])
    return frozenset(members)


def whole_texts(ledger: Transaction, bulletin: str) -> Sequence[WholeText]:
    """The texts that were split, each once, but for those of which every part was merged back into the first one."""
    merged_back = exists().where(
        article_merger.c.article_id == article_part.c.article_id,
        article_merger.c.into_id == article_part.c.whole_id,
        article_merger.c.undone_at.is_(None),
    )
    this = and_(revision.c.article_id == article_part.c.whole_id, revision.c.number == article_part.c.whole_revision)
    rows = ledger.sql.execute(
        select(article.c.id, article.c.department, letter.c.sender, revision.c.manuscript)
        .select_from(article_part)
        .join(article, article.c.id == article_part.c.whole_id)
        .join(revision, this)
        .join(letter, letter.c.id == revision.c.letter_id)
        .where(article.c.bulletin == bulletin, ~merged_back)
        .distinct()
        .order_by(article.c.id)
    )
    return [WholeText(row.id, row.department, row.sender, MANUSCRIPT.validate_json(row.manuscript)) for row in rows]
