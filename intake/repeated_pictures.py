"""Pictures that a sender attaches to every letter: a logo or a signature's picture, which no program marks as one.

The first letter cannot show it: its picture counts as the article's. When the same sender sends it with another
article, it is left out there, and the editor is referred to the first one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from archive.articles import articles_with_picture
from archive.revisions import NewArticle
from archive.transaction import Transaction
from intake.check.likeness import likeness
from intake.outcome import ReadArticle
from intake.relation import EarlierArticle
from values import rules
from values.finding import LedgerNote

_LATER_TEXT: Final = 50
"""Per cent. A text that is as much like an earlier one may be its correction, and has its photographs with it."""


def without_repeated_pictures(
    ledger: Transaction, new: NewArticle, article: ReadArticle, words: str, earlier: Sequence[EarlierArticle]
) -> tuple[NewArticle, tuple[LedgerNote, ...]]:
    """The article without the attached pictures that came with other articles of its sender, and a note about them.

    article: as it was read; it is no later text of another one. words: of its text, as `words_of` returns them.
    earlier: articles of the same sender, without this one.
    """
    by_id = {other.id: other for other in earlier}
    first_articles: dict[str, EarlierArticle] = {}
    for sha256 in article.attached_pictures if by_id else ():
        with_picture = [by_id[id] for id in articles_with_picture(ledger, sorted(by_id), sha256)]
        if with_picture and not any(_may_be_earlier_text(other, new.manuscript.title, words) for other in with_picture):
            first_articles[sha256] = with_picture[0]
    if not first_articles:
        return new, ()
    body = len(new.manuscript.blocks) - len(article.attached_pictures)
    attached = zip(new.manuscript.blocks[body:], article.attached_pictures, strict=True)
    kept = [block for block, sha256 in attached if sha256 not in first_articles]
    manuscript = replace(new.manuscript, blocks=(*new.manuscript.blocks[:body], *kept))
    findings = tuple(finding for finding in new.findings if finding.rule != rules.ATTACHED_PICTURE)
    if kept:
        findings = (*findings, rules.ATTACHED_PICTURE.finding(f"{len(kept)} 张附图已放在文末。"))
    left_out = _note(len(first_articles), next(iter(first_articles.values())))
    return replace(new, manuscript=manuscript, findings=findings), (left_out,)


def _may_be_earlier_text(other: EarlierArticle, title: str, words: str) -> bool:
    return other.title == title or likeness(words, other.words) >= _LATER_TEXT


def _note(count: int, first: EarlierArticle) -> LedgerNote:
    clause = (
        f"随信的 {count} 张图片也随稿件 {first.id}《{first.title}》发来过，像是标志或签名图，没有收入；"
        "是照片的，可到原信中取，是标志而那一篇已放入的，请删去"
    )
    return LedgerNote(rules.REPEATED_PICTURE, clause)
