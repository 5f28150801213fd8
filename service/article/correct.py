"""更正: an erratum for the next issue, of words that an editor has found wrong in a printed article.

Where a department has sent a correction of the article, which is held (`intake.settle`), the erratum becomes its next
text: one article, with the letter of the department. Otherwise the desk makes the article itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archive import article_changes, articles, corrections, issues, revisions
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.corrections import CorrectionLink, CorrectionState
from archive.issues import IssueRecord
from archive.revisions import NewArticle, NewEdit
from archive.transaction import Transaction
from service.article.decide import DecisionRequest, decide_within
from service.article.erratum import PrintedPlace, WrongWords, differing_words, erratum_of, is_printed
from service.article.own_article import own_letter, write_own_article
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, NotThere
from values.issue import ArticleStatus
from values.manuscript import Manuscript

MOST_WORDS: Final = 10
"""Words of one erratum."""
_LONGEST_WORDS: Final = 200


@dataclass(frozen=True, slots=True)
class CorrectableArticle:
    """A printed article with what corrects it."""

    record: ArticleRecord
    """With the text that was printed."""
    issue: IssueRecord
    links: Sequence[CorrectionLink]
    """What corrects it, in the order it was recorded."""
    proposed: tuple[WrongWords, ...]
    """The words in which the correction that a department has sent differs; () for none."""

    @property
    def waiting(self) -> CorrectionLink | None:
        """The erratum that is made and not printed yet."""
        return next((link for link in self.links if link.state is CorrectionState.WAITING), None)

    @property
    def sent(self) -> CorrectionLink | None:
        """The last correction that the department has sent and nobody has made an erratum of."""
        return next((link for link in reversed(self.links) if link.state is CorrectionState.SENT), None)


def printed_article(office: Office, bulletin: BulletinSettings, article_id: int) -> CorrectableArticle:
    """The article, for the page on which its erratum is made. Raises NotThere, BadUsage for one that is not printed."""
    with office.ledger.reading() as ledger:
        return _printed(ledger, bulletin, article_id)


def make_correction(
    office: Office, bulletin: BulletinSettings, article_id: int, words: Sequence[WrongWords], *, who: str
) -> ArticleRecord:
    """Makes the erratum, adopted for the next issue; returns it. Its text can be edited like any other.

    Raises NotThere; BadUsage for an article that is not printed, without words, for words that were not printed or are
    too long or too many, and where an erratum of it waits already; StorageFailed.
    """
    with office.ledger.writing() as ledger:
        printed = _printed(ledger, bulletin, article_id)
        _refuse(printed, words)
        number = printed.issue.number
        place = PrintedPlace(number.label, printed.issue.dated, printed.record.manuscript.title)
        manuscript = erratum_of(place, words, bulletin.correction_wording)
        sent = printed.sent
        at = office.now()
        if sent is not None and articles.article_named(ledger, sent.article).confirmed:
            erratum_id = sent.article
            edit = NewEdit(manuscript, (), manuscript.text_sha256, who)
            revisions.add_edit(ledger, articles.article_named(ledger, erratum_id), edit, at=at)
            article_changes.move(ledger, erratum_id, bulletin.correction_section, None)
        else:
            new = _new_article(office, bulletin, printed, manuscript, who)
            about = f"correction.{bulletin.id}.{article_id}.{len(printed.links)}"
            message = own_letter(office, bulletin, about, manuscript, office.local(at).date())
            erratum_id = write_own_article(office, ledger, new, message, None)
        corrections.write_correction(ledger, erratum_id, article_id, made_by=who, at=at)
        request = DecisionRequest(erratum_id, ArticleStatus.ADOPTED, who, note=f"更正稿件 {article_id}")
        decide_within(office, ledger, articles.article_named(ledger, erratum_id), request, at=at)
        summary = f"《{place.title}》编了更正（稿件 {erratum_id}）"
        record_change(ledger, NewChange(bulletin.id, who, "article", article_id, summary, at))
        return articles.article_named(ledger, erratum_id)


def separate_correction(office: Office, bulletin: BulletinSettings, article_id: int, *, who: str) -> None:
    """Records that an article corrects no printed one after all: it is counted and printed like any other.

    Raises NotThere for an article that corrects none, BadUsage for one that is printed.
    """
    with office.ledger.writing() as ledger:
        link = corrections.corrected_by(ledger, [article_id]).get(article_id)
        if link is None or not articles.is_of_bulletin(ledger, article_id, bulletin.id):
            raise NotThere(f"稿件 {article_id} 不是更正。")
        if link.state is CorrectionState.PRINTED:
            raise BadUsage(f"稿件 {article_id} 已作为更正刊发，不能再改。")
        corrections.delete_correction(ledger, article_id)
        summary = f"稿件 {article_id} 不再算作稿件 {link.corrects} 的更正"
        record_change(ledger, NewChange(bulletin.id, who, "article", article_id, summary, office.now()))


def _printed(ledger: Transaction, bulletin: BulletinSettings, article_id: int) -> CorrectableArticle:
    current = articles.article_of_bulletin(ledger, bulletin.id, article_id)
    if current is None:
        raise NotThere(f"刊物 {bulletin.id} 没有编号为 {article_id} 的稿件。")
    issue = issues.signed_off_issue_of(ledger, article_id)
    if current.status is not ArticleStatus.PUBLISHED or issue is None:
        raise BadUsage(f"稿件 {article_id}《{current.manuscript.title}》还没有刊发，直接修改就可以，不用更正。")
    record = articles.revision_numbered(ledger, article_id, dict(issue.articles)[article_id])
    links = corrections.corrections_of(ledger, [article_id]).get(article_id, ())
    printed = CorrectableArticle(record, issue, links, ())
    if printed.sent is None:
        return printed
    later = articles.article_named(ledger, printed.sent.article).manuscript
    return CorrectableArticle(record, issue, links, differing_words(record.manuscript, later))


def _refuse(printed: CorrectableArticle, words: Sequence[WrongWords]) -> None:
    if (waiting := printed.waiting) is not None:
        raise BadUsage(f"这篇已有一篇待刊的更正（稿件 {waiting.article}），请在那一篇里改。")
    if not words:
        raise BadUsage("没有写明错在哪里：请写刊发的字句，和应改成的字句。")
    if len(words) > MOST_WORDS:
        raise BadUsage(f"一次更正最多 {MOST_WORDS} 处；错处更多的，请重新刊发全文。")
    for each in words:
        if len(each.wrong) > _LONGEST_WORDS or len(each.right) > _LONGEST_WORDS:
            raise BadUsage(f"一处更正最多 {_LONGEST_WORDS} 个字。")
        if not each.wrong or not is_printed(printed.record.manuscript, each.wrong):
            raise BadUsage(f"刊发的文字里没有“{each.wrong}”，请照刊发的写；要补的字，连同前面的几个字一起写。")
        if "".join(each.wrong.split()) == "".join(each.right.split()):
            raise BadUsage(f"“{each.wrong}”改前改后一样。")


def _new_article(
    office: Office, bulletin: BulletinSettings, printed: CorrectableArticle, manuscript: Manuscript, who: str
) -> NewArticle:
    """An article of no department and no file; in place of the file's SHA-256 stands that of a key with a NUL, which no
    file of a letter can have."""
    key = f"更正\0{bulletin.id}\0{printed.record.id}\0{len(printed.links)}"
    return NewArticle(
        bulletin=bulletin.id,
        section=bulletin.correction_section,
        department=None,
        confirmed=True,
        received_at=office.now(),
        attachment="",
        content_sha256=hashlib.sha256(key.encode()).hexdigest(),
        text_sha256=manuscript.text_sha256,
        manuscript=manuscript,
        findings=(),
        made_by=who,
    )
