"""From an article as it was read to the values that the ledger and a receipt take of it. Pure."""

from __future__ import annotations

from archive.letters import LetterRecord
from archive.revisions import NewArticle
from intake.outcome import ReadArticle, Reading
from values.finding import Finding
from values.letter import Verdict
from values.manuscript import Manuscript, Picture, Table
from values.outgoing import SettledArticle


def new_article(letter: LetterRecord, reading: Reading, article: ReadArticle) -> NewArticle:
    """The article as it is about to be written."""
    return NewArticle(
        bulletin=letter.bulletin,
        section=article.section,
        department=article.department,
        departments=article.departments,
        confirmed=reading.verdict is not Verdict.UNCONFIRMED,
        received_at=letter.received_at,
        attachment=article.attachment,
        content_sha256=article.content_sha256,
        text_sha256=article.text_sha256,
        manuscript=article.manuscript,
        findings=article.findings,
    )


def article_of(article_id: int, new: NewArticle) -> SettledArticle:
    """The article as a receipt lists it."""
    return settled_article(article_id, new.manuscript, new.findings)


def settled_article(article_id: int, manuscript: Manuscript, findings: tuple[Finding, ...] = ()) -> SettledArticle:
    return SettledArticle(
        id=article_id,
        title=manuscript.title,
        characters=len("".join(manuscript.text.split())),
        pictures=sum(isinstance(block, Picture) for block in manuscript.blocks),
        tables=sum(isinstance(block, Table) for block in manuscript.blocks),
        findings=findings,
    )


def further_pictures(sent: Manuscript, stored: Manuscript) -> str:
    """The clause on pictures that came with a manuscript which is an article without them; "" for none."""
    further = _pictures(sent) - _pictures(stored)
    return f"（这次另有 {len(further)} 张图片，没有放入，需要时请到原信中取）" if further else ""


def _pictures(manuscript: Manuscript) -> set[str]:
    return {block.sha256 for block in manuscript.blocks if isinstance(block, Picture)}
