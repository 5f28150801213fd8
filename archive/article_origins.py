"""Where articles come from and where their text went: splits, mergers, and the letters of their texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from archive.article_mergers import ArticleMerger, mergers_into, mergers_of
from archive.articles import ArticleRecord
from archive.database import batches
from archive.schema import article_part, letter, revision, revision_letter
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ArticleOrigin:
    """How an article is related to others."""

    split_from: int | None = None
    """Id of the article that it was split from."""
    split_into: tuple[int, ...] = ()
    """Ids of the articles that were split from it."""
    merged_into: int | None = None
    """Id of the article that has its text (综合采用)."""
    merged: tuple[ArticleMerger, ...] = ()
    """The articles whose text it has."""
    letters: tuple[str, ...] = ()
    """SHA-256 of the letters whose text the revision at hand has besides its own letter's."""


def origins_of(ledger: Transaction, records: Sequence[ArticleRecord]) -> Mapping[int, ArticleOrigin]:
    """Of each of these articles, by id; the letters are those of the revision that the record has."""
    split_from: dict[int, int] = {}
    split_into: defaultdict[int, list[int]] = defaultdict(list)
    into: dict[int, int] = {}
    merged: defaultdict[int, list[ArticleMerger]] = defaultdict(list)
    letters: defaultdict[int, list[str]] = defaultdict(list)
    numbers = {record.id: record.revision for record in records}
    for ids in batches(list(numbers)):
        related = or_(article_part.c.article_id.in_(ids), article_part.c.whole_id.in_(ids))
        for row in ledger.sql.execute(select(article_part).where(related).order_by(article_part.c.article_id)):
            split_from[row.article_id] = row.whole_id
            if row.article_id not in split_into[row.whole_id]:
                split_into[row.whole_id].append(row.article_id)
        into |= {merger.article: merger.into for merger in mergers_of(ledger, ids).values()}
        for merger in mergers_into(ledger, ids):
            merged[merger.into].append(merger)
        for article_id, sha256 in _letters(ledger, ids, numbers):
            letters[article_id].append(sha256)
    return {
        record.id: ArticleOrigin(
            split_from.get(record.id),
            tuple(split_into[record.id]),
            into.get(record.id),
            tuple(merged[record.id]),
            tuple(letters[record.id]),
        )
        for record in records
    }


def _letters(ledger: Transaction, ids: Sequence[int], numbers: Mapping[int, int]) -> list[tuple[int, str]]:
    """(id of the article, SHA-256 of a further letter of its revision). numbers: of the revisions, by article id."""
    rows = ledger.sql.execute(
        select(revision.c.article_id, revision.c.number, letter.c.sha256)
        .join(revision_letter, revision_letter.c.revision_id == revision.c.id)
        .join(letter, letter.c.id == revision_letter.c.letter_id)
        .where(revision.c.article_id.in_(ids))
        .order_by(letter.c.received_at, letter.c.id)
    )
    return [(row.article_id, row.sha256) for row in rows if numbers[row.article_id] == row.number]
