"""留言 and 责任编辑: what editors write to each other about an article, and who of them answers for it."""

from __future__ import annotations

from archive import article_changes, article_comments, articles
from archive.article_comments import ArticleComment
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from service.issue.prepare import responsible_name
from service.office import Office
from values.errors import BadUsage
from values.issue import ArticleStatus

_LONGEST = 2_000


def comment_on(office: Office, article_id: int, text: str, who: str) -> None:
    """Adds a comment, which is neither printed nor mailed. Raises NotThere for an unknown article, BadUsage for an
    empty or very long text.

    The record of changes names the article alone: the comment may quote a letter that is sealed or erased later, and
    goes with it.
    """
    with office.ledger.writing() as ledger:
        comment_within(office, ledger, article_id, text, who)


def comment_within(office: Office, ledger: Transaction, article_id: int, text: str, who: str) -> None:
    """`comment_on` as a part of the caller's transaction."""
    text = text.strip()
    if not text:
        raise BadUsage("留言是空的，没有记下。")
    if len(text) > _LONGEST:
        raise BadUsage(f"留言最多 {_LONGEST} 个字，现有 {len(text)} 个。")
    record = articles.article_named(ledger, article_id)
    at = office.now()
    article_comments.add_comment(ledger, article_id, ArticleComment(who, text, at))
    record_change(ledger, NewChange(record.bulletin, who, "article", article_id, f"对稿件 {article_id} 留言", at))


def set_article_editor(
    office: Office, article_id: int, name: str, who: str, *, seen: int | None = None
) -> ArticleRecord:
    """Names the 责任编辑 of an article, "" for nobody in particular; returns it as it is afterwards.

    Raises NotThere for an unknown article, BadUsage for a printed one, Changed where it is not the version seen.
    """
    name = responsible_name(name)
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, article_id)
        article_changes.refuse_changed(record, seen)
        if record.status is ArticleStatus.PUBLISHED:
            raise BadUsage(f"稿件 {article_id} 已在{record.issue_label}刊发，责任编辑不能再改。")
        if name == record.responsible_editor:
            return record
        article_changes.write_article(ledger, article_id, responsible_editor=name)
        summary = f"责任编辑定为{name}" if name else "不定责任编辑"
        record_change(ledger, NewChange(record.bulletin, who, "article", article_id, summary, office.now()))
        return articles.article_named(ledger, article_id)
