"""The articles that an article was split from or merged with, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive import articles
from archive.article_mergers import ArticleMerger
from archive.article_origins import ArticleOrigin, origins_of
from archive.articles import ArticleRecord
from archive.letters import LetterRecord, letter_with_sha256
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class MergedArticle:
    """An article whose text another one has."""

    record: ArticleRecord
    letter: LetterRecord | None
    """The letter that brought its text; None where it is not there any more."""
    merger: ArticleMerger

    @property
    def changed_since(self) -> bool:
        """Whether a later text of it has come, which the other one does not have."""
        return self.record.revision > self.merger.revision


@dataclass(frozen=True, slots=True)
class RelatedArticles:
    """How an article is related to others."""

    split_from: ArticleRecord | None
    split_into: Sequence[ArticleRecord]
    merged_into: ArticleRecord | None
    merged: Sequence[MergedArticle]

    @property
    def is_empty(self) -> bool:
        """Whether it was neither split nor merged."""
        return not (self.split_from or self.split_into or self.merged_into or self.merged)


def related_to(ledger: Transaction, record: ArticleRecord) -> RelatedArticles:
    """The articles that the article was split from or merged with."""
    origin = origins_of(ledger, [record])[record.id]
    by_id = {each.id: each for each in articles.articles_with_ids(ledger, _ids(origin))}
    return RelatedArticles(
        None if origin.split_from is None else by_id[origin.split_from],
        [by_id[id] for id in origin.split_into],
        None if origin.merged_into is None else by_id[origin.merged_into],
        [_merged(ledger, by_id[merger.article], merger) for merger in origin.merged],
    )


def _ids(origin: ArticleOrigin) -> list[int]:
    single = [id for id in (origin.split_from, origin.merged_into) if id is not None]
    return [*single, *origin.split_into, *(merger.article for merger in origin.merged)]


def _merged(ledger: Transaction, record: ArticleRecord, merger: ArticleMerger) -> MergedArticle:
    return MergedArticle(record, letter_with_sha256(ledger, record.bulletin, record.letter_sha256), merger)
