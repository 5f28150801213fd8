"""Later texts of articles that an editor has split or merged: none replaces a text that holds only a part of it, or the
text of other departments too. It is kept apart, held, and the editor decides."""

from __future__ import annotations

from dataclasses import dataclass

from archive import articles
from archive.article_mergers import mergers_into, mergers_of
from archive.article_parts import WholeText, family_of, parts_from, whole_texts
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from intake.check.likeness import NEAR, SHORTEST, likeness, words_of
from intake.relation import ArrivingText, EarlierArticle, replaced_article
from values import rules
from values.finding import LedgerNote


@dataclass(frozen=True, slots=True)
class KeptApart:
    """An article that a later text must not replace."""

    record: ArticleRecord
    clause: str
    """Why, in Chinese, for the reason of the letter and for a remark; without a full stop."""


def kept_apart(
    ledger: Transaction, bulletin: str, arriving: ArrivingText, replaced: ArticleRecord | None
) -> KeptApart | None:
    """The article that the text is a later one of, where it may not replace it; None where it may, or is of none.

    replaced: the article that it would replace as the articles are now. A text that is more like that than like what it
    was split from is a later text of that part alone.
    """
    whole = _whole_like(ledger, bulletin, arriving, replaced)
    if whole is not None:
        record = articles.article_named(ledger, whole.article)
        numbers = "、".join(str(part.article) for part in parts_from(ledger, whole.article))
        split = f"像是稿件 {record.id}《{whole.manuscript.title}》拆分以前全文的修改稿（已拆出稿件 {numbers}）"
        return KeptApart(record, f"{split}，没有替换它们")
    if replaced is not None and _has_texts_of_others(ledger, replaced.id):
        merged = f"像是对稿件 {replaced.id}《{replaced.manuscript.title}》的更正，那一篇由几篇合并而成"
        return KeptApart(replaced, f"{merged}，没有替换它")
    return None


def merged_into(ledger: Transaction, record: ArticleRecord) -> ArticleRecord | None:
    """The article that has the text of this one (综合采用); None where it stands by itself."""
    merger = mergers_of(ledger, [record.id]).get(record.id)
    return None if merger is None else articles.article_named(ledger, merger.into)


def split_duplicates(ledger: Transaction, bulletin: str, words: str) -> tuple[LedgerNote, ...]:
    """A note for each article that was nearly this text before it was split."""
    if len(words) < SHORTEST:
        return ()
    alike = [whole for whole in whole_texts(ledger, bulletin) if likeness(words, words_of(whole.manuscript)) >= NEAR]
    return tuple(
        LedgerNote(
            rules.NEAR_DUPLICATE,
            f"与稿件 {whole.article}《{whole.manuscript.title}》拆分以前的全文相近",
            "请核对是不是同一篇，以免重复刊登",
        )
        for whole in alike
    )


def withdrawn_with(ledger: Transaction, record: ArticleRecord) -> tuple[ArticleRecord, ...]:
    """What a withdrawal of the article withdraws: the article, what was split from it and with it, and in place of each
    that is merged into another one, that."""
    records = articles.articles_with_ids(ledger, sorted(family_of(ledger, record.id)))
    withdrawn = {record.id: record} | {each.id: each for each in records}
    shown = [merged_into(ledger, each) or each for each in withdrawn.values()]
    return tuple({each.id: each for each in shown}.values())


def _whole_like(
    ledger: Transaction, bulletin: str, arriving: ArrivingText, replaced: ArticleRecord | None
) -> WholeText | None:
    wholes = {whole.article: whole for whole in whole_texts(ledger, bulletin)}
    like = replaced_article(arriving, map(_as_earlier, wholes.values()))
    if like is None:
        return None
    if replaced is None:
        return wholes[like.id]
    if replaced.id not in family_of(ledger, like.id):
        return None
    of_part = likeness(arriving.words, words_of(replaced.manuscript))
    return wholes[like.id] if likeness(arriving.words, like.words) > of_part else None


def _as_earlier(whole: WholeText) -> EarlierArticle:
    """An editor may have given its first part to another department: the address that sent it counts too."""
    title, words = whole.manuscript.title, words_of(whole.manuscript)
    return EarlierArticle(whole.article, whole.department, whole.sender, title, words, joint=True)


def _has_texts_of_others(ledger: Transaction, article_id: int) -> bool:
    """Whether articles are merged into it that were not split from it."""
    merged = {merger.article for merger in mergers_into(ledger, [article_id])}
    return bool(merged - family_of(ledger, article_id)) if merged else False
