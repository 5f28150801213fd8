"""Texts of articles that are taken away: those of a sealed letter, and of one that was erased or destroyed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, delete, select, update

from archive.manuscripts import MANUSCRIPT, findings_json, findings_of
from archive.revision_letters import has_text_of
from archive.schema import (
    approval_remark,
    article,
    article_comment,
    issue,
    issue_article,
    letter,
    letter_article,
    revision,
    settled_finding,
    unsaved,
)
from archive.search import index_revisions
from archive.transaction import Transaction
from values.issue import ArticleStatus, IssueStatus
from values.letter import Verdict
from values.manuscript import Manuscript, Picture
from values.rules import CORRECTION_ASKED

_WITHHELD: Final = Manuscript(("（已封存）",), None, ())
_REMOVED: Final = Manuscript(("（已删除）",), None, ())
_PRINTED: Final = (
    select(issue_article.c.article_id, issue_article.c.article_revision)
    .join(issue, issue.c.id == issue_article.c.issue_id)
    .where(issue.c.status == IssueStatus.SIGNED_OFF.value)
)


def withhold_texts(ledger: Transaction, letter_id: int) -> frozenset[str]:
    """Empties every text that a sealed letter brought, and edits of them, in articles that are not printed.

    Returns the SHA-256 of the pictures in them, which other texts may hold too.
    """
    _drop_asked_corrections(ledger, letter_id)
    ids = articles_with_texts_of(ledger, letter_id)
    of_letter = and_(has_text_of(letter_id), revision.c.article_id.in_(ids))
    rows = ledger.sql.execute(select(revision.c.id, revision.c.manuscript).where(of_letter)).all()
    ledger.sql.execute(
        update(revision)
        .where(of_letter)
        .values(manuscript=MANUSCRIPT.dump_json(_WITHHELD).decode(), findings="[]", attachment="")
    )
    _delete_traces(ledger, ids)
    index_revisions(ledger, [row.id for row in rows])
    return frozenset(sha256 for row in rows for sha256 in _pictures(row.manuscript))


def remove_texts(ledger: Transaction, letter_id: int) -> None:
    """Empties every text that a removed letter brought, and edits of them. Of a text that is printed what is printed
    stays; its findings, house lines and file name go.

    An emptied text has no digest any more: the same text in another letter is not a repetition of it.
    """
    _drop_asked_corrections(ledger, letter_id)
    columns = (revision.c.id, revision.c.article_id, revision.c.number, revision.c.manuscript)
    rows = ledger.sql.execute(select(*columns).where(has_text_of(letter_id))).all()
    if not rows:
        return
    articles = {row.article_id for row in rows}
    printed = set(map(tuple, ledger.sql.execute(_PRINTED.where(issue_article.c.article_id.in_(articles)))))
    kept = [row for row in rows if (row.article_id, row.number) in printed]
    bare = {"findings": "[]", "attachment": ""}
    gone = {**bare, "manuscript": MANUSCRIPT.dump_json(_REMOVED).decode(), "content_sha256": "", "text_sha256": ""}
    ids = [row.id for row in rows if row not in kept]
    ledger.sql.execute(update(revision).where(revision.c.id.in_(ids)).values(gone))
    if kept:
        this = update(revision).where(revision.c.id == bindparam("this")).values(**bare, manuscript=bindparam("rest"))
        ledger.sql.execute(this, [{"this": row.id, "rest": _as_printed(row.manuscript)} for row in kept])
    _delete_traces(ledger, articles)
    index_revisions(ledger, [row.id for row in rows])


def articles_with_texts_of(ledger: Transaction, letter_id: int) -> list[int]:
    """Ids of the articles of which a letter brought a text, without the printed ones."""
    wanted = (has_text_of(letter_id), article.c.status != ArticleStatus.PUBLISHED.value)
    joined = select(article.c.id).join(revision, revision.c.article_id == article.c.id).distinct()
    return list(ledger.sql.execute(joined.where(*wanted).order_by(article.c.id)).scalars())


def texts_of(ledger: Transaction, letter_id: int) -> Sequence[Row[Any, Any]]:
    """(article_id, made_at) of every text that a letter brought, and of every edit of one; and of what a letter says of
    an article without bringing a text, from when it was received."""
    texts = select(revision.c.article_id, revision.c.made_at).where(has_text_of(letter_id))
    of_words = (letter.c.id == letter_id, letter.c.verdict.in_([Verdict.QUESTION.value, Verdict.ANSWERED.value]))
    joined = select(letter_article.c.article_id, letter.c.received_at.label("made_at")).join(
        letter, letter.c.id == letter_article.c.letter_id
    )
    return [*ledger.sql.execute(texts), *ledger.sql.execute(joined.where(*of_words))]


def _drop_asked_corrections(ledger: Transaction, letter_id: int) -> None:
    """Drops what letters call wrong from the findings of the letter's articles: it is in the words of the letter. Those
    of another letter go too; the editor still has that letter."""
    of_letter = select(letter_article.c.article_id).where(letter_article.c.letter_id == letter_id)
    named = revision.c.findings.contains(f'"{CORRECTION_ASKED.name}"')
    columns = (revision.c.id, revision.c.findings)
    for row in ledger.sql.execute(select(*columns).where(revision.c.article_id.in_(of_letter), named)).all():
        kept = [finding for finding in findings_of(row.findings) if finding.rule != CORRECTION_ASKED]
        ledger.sql.execute(update(revision).where(revision.c.id == row.id).values(findings=findings_json(kept)))


def _delete_traces(ledger: Transaction, article_ids: Collection[int]) -> None:
    """Deletes what was typed into the articles, the digests of words in them that an editor has settled, and what
    editors and approvers wrote about them, which may quote them."""
    for table in (unsaved, settled_finding, article_comment, approval_remark):
        ledger.sql.execute(delete(table).where(table.c.article_id.in_(article_ids)))


def _as_printed(stored: str) -> str:
    return MANUSCRIPT.dump_json(replace(MANUSCRIPT.validate_json(stored), house_lines=())).decode()


def _pictures(stored: str) -> set[str]:
    blocks = MANUSCRIPT.validate_json(stored).blocks
    return {block.sha256 for block in blocks if isinstance(block, Picture)}
