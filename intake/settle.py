"""What a reading does to the ledger: new articles, later texts of articles, links to known ones, withdrawals."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from archive import articles, revisions
from archive.articles import ArticleRecord
from archive.letters import LetterRecord
from archive.returns import articles_returned_by
from archive.revisions import NewArticle
from archive.transaction import Transaction
from intake.check.likeness import words_of
from intake.classify.intent import Intent
from intake.classify.withdrawal import Withdrawal
from intake.edits import is_edited, told_of_edit
from intake.manuscripts import Draft
from intake.neighbours import Neighbours
from intake.reading import Reading
from intake.relation import Arriving, corrected, withdrawn
from values import rules
from values.finding import Finding, Subject
from values.issue import ArticleStatus
from values.letter import Verdict
from values.manuscript import Manuscript, Picture, Table
from values.outgoing import SettledArticle, SettledLetter
from values.reason import Reason

SERVICE: Final = "jianbao"
"""Who decided, where the service did."""
_LOOK_AGAIN: Final = frozenset({ArticleStatus.ADOPTED, ArticleStatus.RETURNED})
"""A new text undoes these: the one was said of the old text, the other asked for the new one."""
_IN_ISSUES: Final = frozenset({ArticleStatus.DRAFT, ArticleStatus.ADOPTED})


def settle_reading(
    ledger: Transaction, letter: LetterRecord, reading: Reading, neighbours: Neighbours, at: datetime
) -> SettledLetter:
    """Writes what is new and links what is known already; verdict and reason are left to the caller to record."""
    settling = _Settling(ledger, letter, reading, neighbours, at)
    if reading.drafts or reading.withdrawal is not None:
        neighbours.refresh(ledger)
    for draft in reading.drafts:
        settling.take(draft)
    if reading.withdrawal is not None:
        settling.hold_back(reading.withdrawal)
    return settling.settled()


class _Settling:
    """One letter on its way into the ledger, within one transaction."""

    def __init__(
        self, ledger: Transaction, letter: LetterRecord, reading: Reading, neighbours: Neighbours, at: datetime
    ) -> None:
        self._ledger = ledger
        self._letter = letter
        self._reading = reading
        self._neighbours = neighbours
        self._at = at
        self._returned = articles_returned_by(ledger, letter.bulletin, reading.answers)
        # Who answers a letter about one article means that one, whatever else came with it.
        self._answered = self._returned or articles.articles_of_messages(ledger, letter.bulletin, reading.answers)
        self._verdict = reading.verdict
        self._notes: list[str] = []
        self._repeats: list[str] = []
        self._articles: list[SettledArticle] = []
        self._fresh = False

    def take(self, draft: Draft) -> None:
        """A draft becomes an article, a later text of one, or a link to the one that holds it already."""
        new = _new_article(self._letter, self._reading, draft)
        same = revisions.same_article(self._ledger, new)
        if same is not None:
            if self._was_read_from(same, new):
                self._read_again(same, new)
            else:
                self._link(same, new)
            return
        self._fresh = True
        target = self._replaced_by(draft)
        if target is None or (target.confirmed and not new.confirmed):
            self._add(new, target)
        elif target.status is ArticleStatus.PUBLISHED:
            self._add_erratum(new, target)
        else:
            self._revise(new, target)

    def hold_back(self, wanted: Withdrawal) -> None:
        """The articles that the letter takes back wait, held, for the editor's word."""
        sender, earlier = self._reading.sender, self._neighbours.earlier()
        found = withdrawn(wanted.department, sender, wanted.titles, self._answered, earlier)
        if not found:
            self._notes.append("没有找到所指的稿件，请看原信")
        for one in found:
            record = articles.article_named(self._ledger, one.id)
            self._articles.append(_settled_article(record.id, record.manuscript))
            shown = f"稿件 {one.id}《{one.title}》"
            if record.status in _IN_ISSUES:
                self._change_status(one.id, ArticleStatus.HELD, "来信要求撤稿")
                self._notes.append(f"{shown}已先改为留用，不会编入简报；请编辑定夺")
            else:
                self._notes.append(f"{shown}现为“{record.status.chinese}”，没有改动")

    def settled(self) -> SettledLetter:
        """What is to be recorded of the letter, and told to whoever wants to hear."""
        letter, reading = self._letter, self._reading
        duplicate = bool(reading.drafts) and not self._fresh
        return SettledLetter(
            id=letter.id,
            bulletin=letter.bulletin,
            sha256=letter.sha256,
            received_at=letter.received_at,
            fetched=letter.uid is not None,
            head=reading.head,
            subject=reading.subject,
            verdict=Verdict.DUPLICATE if duplicate else self._verdict,
            reason=self._reason(duplicate),
            concerns=reading.concerns,
            articles=tuple(self._articles),
            withdraws=reading.withdrawal is not None,
            only_words=reading.only_words,
        )

    def _reason(self, duplicate: bool) -> Reason:
        repeats = list(dict.fromkeys(self._repeats))
        if duplicate:
            return Reason.alike("；".join(repeats) + "，没有重复成稿")
        read = self._reading.reason
        sentences = [read.for_clerk, *self._notes, *(f"其中{repeat}" for repeat in repeats)]
        return Reason("；".join(dict.fromkeys(filter(None, sentences))), read.for_sender)

    def _was_read_from(self, same: ArticleRecord, new: NewArticle) -> bool:
        """Whether the article is what an earlier reading of this very letter made of this very file."""
        ours = (same.letter_sha256, same.content_sha256) == (self._letter.sha256, new.content_sha256)
        return ours and all(article.id != same.id for article in self._articles)

    def _read_again(self, same: ArticleRecord, new: NewArticle) -> None:
        """An article nobody has decided about is what was read last."""
        self._fresh = True
        self._articles.append(_article_of(same.id, new))
        told = tuple(finding for finding in same.findings if finding.rule.subject is Subject.LEDGER)
        new = replace(new, findings=(*told, *new.findings))
        if (new.manuscript, new.findings) == (same.manuscript, same.findings):
            return
        if is_edited(self._ledger, same):
            if revisions.as_read(self._ledger, same.id) != new.manuscript:
                self._notes.append(f"稿件 {same.id} 有编辑 {same.made_by} 的修改，没有换成重读的内容")
        elif same.status is ArticleStatus.DRAFT:
            revisions.add_revision(self._ledger, same, self._letter.id, new, at=self._at)
            self._notes.append(f"稿件 {same.id} 已换成重读的内容")
        else:
            self._notes.append(f"稿件 {same.id}（{same.status.chinese}）没有换成重读的内容")

    def _link(self, same: ArticleRecord, new: NewArticle) -> None:
        if new.confirmed and not same.confirmed:
            reason = f"与稿件 {same.id} 相同，后由已登记的单位来信确认，没有重复成稿"
            articles.confirm(self._ledger, same.id, new.department, Verdict.DUPLICATE, reason, at=self._at)
            self._articles.append(_article_of(same.id, new))
            self._fresh = True
            return
        self._articles.append(replace(_article_of(same.id, new), repeated=True))
        told = f"《{new.manuscript.title}》与稿件 {same.id}（{same.department or '单位不明'}）内容相同"
        self._repeats.append(told + _further_pictures(new.manuscript, same.manuscript))

    def _replaced_by(self, draft: Draft) -> ArticleRecord | None:
        reading, words = self._reading, words_of(draft.manuscript)
        asked_for = bool(self._returned) and len(reading.drafts) == 1
        intent = Intent.CORRECTION if asked_for else reading.intent
        arriving = Arriving(draft.department, reading.sender, draft.manuscript.title, words, intent, self._answered)
        earlier = corrected(arriving, self._neighbours.earlier())
        return articles.article_named(self._ledger, earlier.id) if earlier else None

    def _add(self, new: NewArticle, target: ArticleRecord | None) -> None:
        """An article of its own. target: the one it would have replaced, had its sender been confirmed."""
        told = self._doubts(target) + self._neighbours.near_duplicates(words_of(new.manuscript))
        new = replace(new, findings=(*told, *new.findings))
        self._articles.append(_article_of(self._write(new), new))
        self._notes += (finding.message.rstrip("。") for finding in told)

    def _doubts(self, target: ArticleRecord | None) -> tuple[Finding, ...]:
        """What a correction that became an article of its own says of itself."""
        if target is not None:
            message = f"像是对稿件 {target.id}《{target.manuscript.title}》的更正，但来源没有确认，没有替换原稿。"
            return (rules.CORRECTION_UNCONFIRMED.finding(message),)
        if self._reading.intent is Intent.CORRECTION:
            message = "来信说是修改稿或更正，但没有找到它要替换的稿件，按新稿处理。"
            return (rules.CORRECTION_UNMATCHED.finding(message),)
        return ()

    def _revise(self, new: NewArticle, target: ArticleRecord) -> None:
        over = told_of_edit(self._ledger, target)
        new = replace(new, findings=(*over, *new.findings))
        number = revisions.add_revision(self._ledger, target, self._letter.id, new, at=self._at)
        self._articles.append(replace(_article_of(target.id, new), revision=number))
        said = f"作为稿件 {target.id} 的第 {number} 稿，原稿仍保存"
        if over:
            said += "（编辑改过的一稿也在，请对照）"
        if target.status in _LOOK_AGAIN:
            after = "退改后的" if target.status is ArticleStatus.RETURNED else ""
            self._change_status(target.id, ArticleStatus.DRAFT, f"收到{after}第 {number} 稿")
            said += f"（原为“{target.status.chinese}”，已改回待审）"
        elif target.status not in _IN_ISSUES:
            said += f"（该稿现为“{target.status.chinese}”）"
        self._notes.append(said)

    def _add_erratum(self, new: NewArticle, target: ArticleRecord) -> None:
        """A signed-off issue never changes: the new text waits, held, for the editor to make an erratum of it."""
        said = f"更正的是已刊于{target.issue_label}的稿件 {target.id}《{target.manuscript.title}》，可在下一期刊登更正"
        finding = rules.ERRATUM.finding(f"来稿{said}。")
        article_id = self._write(replace(new, findings=(finding, *new.findings)))
        self._change_status(article_id, ArticleStatus.HELD, said)
        self._articles.append(_article_of(article_id, new))
        self._notes.append(said + "，现为留用")
        if self._verdict is Verdict.ARTICLE:
            self._verdict = Verdict.FLAGGED

    def _write(self, new: NewArticle) -> int:
        return revisions.add_article(self._ledger, self._letter.id, new, at=self._at)

    def _change_status(self, article_id: int, to: ArticleStatus, note: str) -> None:
        articles.change_status(
            self._ledger, articles.article_named(self._ledger, article_id), to, who=SERVICE, note=note, at=self._at
        )


def _further_pictures(sent: Manuscript, known: Manuscript) -> str:
    """What is to be said of pictures that came beside a manuscript which is an article already."""
    further = _pictures(sent) - _pictures(known)
    return f"（这次另有 {len(further)} 张图片，没有放入，需要时请到原信中取）" if further else ""


def _pictures(manuscript: Manuscript) -> set[str]:
    return {block.sha256 for block in manuscript.blocks if isinstance(block, Picture)}


def _new_article(letter: LetterRecord, reading: Reading, draft: Draft) -> NewArticle:
    return NewArticle(
        bulletin=letter.bulletin,
        section=draft.section,
        department=draft.department,
        confirmed=reading.verdict is not Verdict.UNCONFIRMED,
        received_at=letter.received_at,
        attachment=draft.attachment,
        content_sha256=draft.content_sha256,
        text_sha256=draft.text_sha256,
        manuscript=draft.manuscript,
        findings=draft.findings,
    )


def _article_of(article_id: int, new: NewArticle) -> SettledArticle:
    return _settled_article(article_id, new.manuscript, new.findings)


def _settled_article(article_id: int, manuscript: Manuscript, findings: tuple[Finding, ...] = ()) -> SettledArticle:
    return SettledArticle(
        id=article_id,
        title=manuscript.title,
        characters=len("".join(manuscript.text.split())),
        pictures=sum(isinstance(block, Picture) for block in manuscript.blocks),
        tables=sum(isinstance(block, Table) for block in manuscript.blocks),
        findings=findings,
    )
