"""Every change of an article but that of its text: department, section, place, status (`revisions` writes texts)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from archive import search
from archive.articles import ArticleRecord, article_named, reread
from archive.joint_departments import stored
from archive.schema import article, decision, letter, letter_article, removal, revision
from archive.transaction import Transaction
from values.errors import BadUsage, Changed
from values.issue import IN_ISSUE, ArticleStatus
from values.letter import Verdict

_BY_HAND = frozenset(
    {
        ArticleStatus.DRAFT,
        ArticleStatus.ADOPTED,
        ArticleStatus.HELD,
        ArticleStatus.RETURNED,
        ArticleStatus.REJECTED,
    }
)
"""The statuses that a person gives. `published` follows from the sign-off of an issue."""


def move(ledger: Transaction, article_id: int, section: str, position: int | None) -> None:
    """Puts an article into a section. position: the editor's place for it there, None for the office's order."""
    write_article(ledger, article_id, section=section, position=position)


def choose_for_supplement(ledger: Transaction, article_id: int, chosen: bool) -> None:
    """chosen: the article goes into the next supplement (增刊); not chosen: into the next ordinary issue."""
    write_article(ledger, article_id, for_supplement=chosen)


def refuse_changed(record: ArticleRecord, seen: int | None) -> None:
    """Raises Changed when the article is not the version that the person has seen. seen: None accepts any version."""
    if seen is not None and record.version != seen:
        raise Changed(f"稿件 {record.id}《{record.manuscript.title}》刚被别人改过，请看过现在的样子再改。")


def write_article(ledger: Transaction, article_id: int, **values: object) -> None:
    """Writes columns of an article's row and raises its version. (`issue_changes` writes which issue it is in.)"""
    ledger.sql.execute(
        update(article).where(article.c.id == article_id).values(version=article.c.version + 1, **values)
    )


def confirm(
    ledger: Transaction, article_id: int, department: str | None, verdict: Verdict, reason: str, *, at: datetime
) -> None:
    """Confirms the article's department, which a person or a letter from a registered sender has established.

    The unconfirmed letters that brought the article get `verdict` and `reason`.
    """
    write_article(ledger, article_id, confirmed=True, department=department)
    came_with = letter.c.id.in_(select(letter_article.c.letter_id).where(letter_article.c.article_id == article_id))
    ledger.sql.execute(
        update(letter)
        .where(letter.c.verdict == Verdict.UNCONFIRMED.value, came_with)
        .where(letter.c.id.not_in(select(removal.c.letter_id)))
        .values(verdict=verdict.value, reason=reason, decided_at=at)
    )
    search.index_letters(ledger, ledger.sql.execute(select(letter.c.id).where(came_with)).scalars().all())
    _index(ledger, article_id)


def confirm_by_editor(ledger: Transaction, article_id: int, department: str | None, *, who: str, at: datetime) -> None:
    """Confirms the department of an article of an unknown sender, about which a person has decided."""
    reason = f"来源已由编辑确认（{who}），稿件 {article_id}"
    confirm(ledger, article_id, department, Verdict.ARTICLE, reason, at=at)


def _index(ledger: Transaction, article_id: int) -> None:
    """Updates the index of searching: every text of an article can be found by the name of its department."""
    of_article = select(revision.c.id).where(revision.c.article_id == article_id)
    search.index_revisions(ledger, ledger.sql.execute(of_article).scalars().all())


def assign(ledger: Transaction, article_id: int, department: str) -> None:
    """Writes the department that an editor has given the article: its canonical name."""
    write_article(ledger, article_id, department=department)
    _index(ledger, article_id)


def assign_jointly(ledger: Transaction, article_id: int, departments: Sequence[str]) -> None:
    """Writes the departments that share the article: at least one canonical name, in their order."""
    write_article(ledger, article_id, department=departments[0], departments=stored(departments))
    _index(ledger, article_id)


def change_status(
    ledger: Transaction, record: ArticleRecord, to: ArticleStatus, *, who: str, note: str, at: datetime
) -> ArticleRecord:
    """Changes the status on a person's decision, records the decision and returns the article as it is afterwards.

    record: as read in this transaction. `adopted` also confirms the department of an article of an unknown sender.
    Raises BadUsage for a change from or to `published`, which only the sign-off of an issue makes (`mark_published`),
    and for any but `rejected` where the text was removed with its letter.
    """
    if record.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {record.id} 已在{record.issue_label}刊发，不能再改状态；有误请在下一期更正。")
    if to not in _BY_HAND:
        raise BadUsage("“已刊发”由签发产生，不能手工设定。请用 sign-off 签发它所在的那一期。")
    if to is not ArticleStatus.REJECTED:
        _refuse_removed(ledger, record)
    _write_status(ledger, record, to, who=who, note=note, at=at)
    if to is ArticleStatus.ADOPTED and not record.confirmed:
        confirm_by_editor(ledger, record.id, record.department, who=who, at=at)
    return reread(ledger, record)


def _refuse_removed(ledger: Transaction, record: ArticleRecord) -> None:
    of_text = (letter.c.bulletin == record.bulletin, letter.c.sha256 == record.letter_sha256)
    removed = select(removal.c.letter_id).join(letter, letter.c.id == removal.c.letter_id).where(*of_text)
    if ledger.sql.execute(removed).first() is not None:
        raise BadUsage(f"稿件 {record.id} 的来信已删除，文字不在了，不能再编入；请对方重新报送。")


def mark_published(
    ledger: Transaction, article_id: int, *, who: str, note: str, at: datetime, supplement: bool = False
) -> None:
    """Gives an article the status `published`, at the sign-off of its issue, and records that as a decision.

    supplement: whether that issue is one. Raises BadUsage when since the draft was made the article was decided against
    or chosen for an issue of the other kind, or does not exist.
    """
    record = article_named(ledger, article_id)
    why = ""
    if record.status not in IN_ISSUE:
        why = f"改为{record.status.chinese}"
    elif record.for_supplement is not supplement:
        why = "改入增刊" if record.for_supplement else "从增刊改回普通一期"
    if why:
        raise BadUsage(
            f"稿件 {article_id}《{record.manuscript.title}》已{why}，但还在送审稿里。"
            "请先重新生成送审稿（在“本期”点“签发…”，或用 assemble），看过再签发。"
        )
    _write_status(ledger, record, ArticleStatus.PUBLISHED, who=who, note=note, at=at)


def _write_status(
    ledger: Transaction, record: ArticleRecord, to: ArticleStatus, *, who: str, note: str, at: datetime
) -> None:
    write_article(ledger, record.id, status=to.value)
    ledger.sql.execute(
        insert(decision).values(
            article_id=record.id, before=record.status.value, after=to.value, who=who, note=note, decided_at=at
        )
    )
