"""What a reading changes in the ledger: new articles, later texts of articles, links to those there, withdrawals."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from archive import article_changes, articles, revisions
from archive.articles import ArticleRecord
from archive.corrections import write_correction
from archive.letters import LetterRecord
from archive.return_letters import articles_returned_by
from archive.revision_letters import further_letters
from archive.revisions import NewArticle
from archive.settled_findings import settlements_of
from archive.transaction import Transaction
from intake.apart import kept_apart, merged_into, split_duplicates, withdrawn_with
from intake.check.likeness import words_of
from intake.edits import compared_findings, is_edited, replaced_edit_findings
from intake.neighbours import Neighbours
from intake.new_article import article_of, further_pictures, new_article, settled_article
from intake.outcome import Addition, Intent, ReadArticle, Reading, Withdrawal
from intake.relation import ArrivingText, EarlierArticle, replaced_article, withdrawn_articles
from intake.repeated_pictures import without_repeated_pictures
from intake.settle_addition import added_clause, settle_addition
from values import rules
from values.finding import Finding, LedgerNote, Rule
from values.issue import ArticleStatus
from values.letter import Verdict
from values.outgoing import SettledArticle, SettledLetter
from values.reason import Reason

SERVICE: Final = "jianbao"
"""Who is recorded as having decided, where the service did."""
_ANSWERED_BY_A_NEW_TEXT: Final = frozenset({ArticleStatus.ADOPTED, ArticleStatus.RETURNED})
"""Statuses that a new text sets back to 待审: the one was given to the old text, the other asked for a new one."""
_OLD: Final = "来信收取时已是旧信"
_UNVERIFIED: Final = "来源未经验证"
_IN_ISSUES: Final = frozenset({ArticleStatus.DRAFT, ArticleStatus.ADOPTED})
"""Statuses of articles that the next draft issue takes."""


def settle_reading(
    ledger: Transaction, letter: LetterRecord, reading: Reading, neighbours: Neighbours, at: datetime
) -> SettledLetter:
    """Writes new articles and revisions, and links what is in the ledger already.

    at: recorded with all that is written. Verdict and reason are in the returned value; the caller records them.
    """
    settlement = _Settlement(ledger, letter, reading, neighbours, at)
    if reading.articles or reading.withdrawal is not None or reading.addition is not None:
        neighbours.refresh(ledger)
    for article in reading.articles:
        settlement.settle_article(article)
    if reading.withdrawal is not None:
        settlement.settle_withdrawal(reading.withdrawal)
    elif reading.addition is not None:
        return settlement.settled_letter_of(reading.addition)
    return settlement.settled_letter()


class _Settlement:
    """What one letter changes, within one transaction: the verdict, its articles, and the clauses that its reason gets
    besides that of the reading."""

    def __init__(
        self, ledger: Transaction, letter: LetterRecord, reading: Reading, neighbours: Neighbours, at: datetime
    ) -> None:
        self._ledger = ledger
        self._letter = letter
        self._reading = reading
        self._neighbours = neighbours
        self._at = at
        self._returned = articles_returned_by(ledger, letter.bulletin, reading.answers)
        # An answer to a letter about one article means that article, whatever else its References name.
        self._answered = self._returned or articles.articles_of_messages(ledger, letter.bulletin, reading.answers)
        self._verdict = reading.verdict
        self._clauses: list[str] = []
        self._repetitions: list[str] = []
        self._articles: list[SettledArticle] = []
        self._brings_something_new = False

    def settle_article(self, article: ReadArticle) -> None:
        """It becomes an article of the ledger, a later text of one, or a link to the article that holds it already."""
        new = new_article(self._letter, self._reading, article)
        same = revisions.same_article(self._ledger, new)
        words = words_of(article.manuscript)
        arriving = self._arriving(article, words)
        if same is not None:
            if self._is_reread(same, new):
                self._update_reread(same, new, article)
            elif self._answers_proposal(same, new, article, arriving):
                self._brings_something_new = True
                self._add_revision(new, same)
            else:
                self._link(same, new)
            return
        self._brings_something_new = True
        replaced = self._find_replaced(arriving)
        host = merged_into(self._ledger, replaced) if replaced else None
        apart = kept_apart(self._ledger, self._letter.bulletin, arriving, replaced) if new.confirmed else None
        if replaced is not None and replaced.confirmed and not new.confirmed:
            self._add_article(new, words, replaced, article)
        elif replaced is not None and ArticleStatus.PUBLISHED in (replaced.status, host and host.status):
            self._add_erratum(new, words, host or replaced)
        elif apart is not None:
            self._hold_beside(new, words, apart.clause, rules.CORRECTION_APART, "请对照各篇，把要改的改过去")
        elif replaced is None and (added_to := added_clause(self._ledger, self._reading, self._answered, new)):
            self._hold_beside(new, words, added_to, rules.ADDITION, "要用的，请与那一篇合并，或改进去")
        elif replaced is None:
            self._add_article(new, words, None, article)
        elif replaced.status is not ArticleStatus.DRAFT and not self._reading.vouched:
            self._add_beside(new, words, replaced)
        else:
            self._add_revision(new, replaced)
            if host is not None:
                self._clauses.append(f"它已并入稿件 {host.id}，合并后的文字没有改，请对照")
                self._flag()

    def settle_withdrawal(self, withdrawal: Withdrawal) -> None:
        """The articles that a vouched letter takes back are held until the editor decides; of others it is shown."""
        sender, earlier = self._reading.sender, self._neighbours.earlier()
        of_letters = self._answered | articles.articles_of_subject(
            self._ledger, self._letter.bulletin, withdrawal.subject
        )
        withdrawn = withdrawn_articles(withdrawal.department, sender, withdrawal.titles, of_letters, earlier)
        vouched = self._reading.vouched and withdrawal.trusted
        if not withdrawn:
            self._clauses.append("没有找到所指的稿件，请看原信")
        meant = [articles.article_named(self._ledger, article.id) for article in withdrawn]
        records = {each.id: each for named in meant for each in withdrawn_with(self._ledger, named)}
        for record in records.values():
            self._articles.append(settled_article(record.id, record.manuscript))
            shown = f"稿件 {record.id}《{record.manuscript.title}》"
            if record.status in _IN_ISSUES and not vouched:
                self._clauses.append(f"{shown}没有改动：{_UNVERIFIED}，请与单位核实后再决定")
            elif record.status in _IN_ISSUES:
                self._change_status(record, ArticleStatus.HELD, "来信要求撤稿")
                self._clauses.append(f"{shown}已先改为留用，不会编入简报；请编辑定夺")
            else:
                self._clauses.append(f"{shown}现为“{record.status.chinese}”，没有改动")

    def settled_letter_of(self, addition: Addition) -> SettledLetter:
        """The letter with what it adds to an article (补充), or asks to correct in it."""
        earlier = self._neighbours.earlier()
        added = settle_addition(self._ledger, self._letter, self._reading, self._answered, earlier, self._at)
        settled = self.settled_letter()
        if added is None:
            return settled
        if addition.pictures:
            self._neighbours.note_changed()
        return replace(
            settled,
            verdict=added.verdict,
            reason=added.reason,
            articles=added.articles,
            note=added.note,
            only_words=settled.only_words and not addition.pictures,
            concerns=addition.unplaced if added.verdict is Verdict.FLAGGED else (),
        )

    def settled_letter(self) -> SettledLetter:
        """The letter with its verdict and reason, as they are recorded and as its answer depends on them."""
        letter, reading = self._letter, self._reading
        duplicate = bool(reading.articles) and not self._brings_something_new
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
            vouched=reading.vouched,
            only_words=reading.only_words,
            old=reading.old,
            asks=reading.asks,
            answer=reading.answer,
            drafts=reading.drafts,
            queries=reading.queries,
        )

    def _reason(self, duplicate: bool) -> Reason:
        repetitions = list(dict.fromkeys(self._repetitions))
        if duplicate:
            return Reason.alike("；".join(repetitions) + "，没有重复成稿")
        reading = self._reading.reason
        clauses = [reading.for_clerk, *self._clauses, *(f"其中{repetition}" for repetition in repetitions)]
        return Reason("；".join(dict.fromkeys(filter(None, clauses))), reading.for_sender)

    def _is_reread(self, same: ArticleRecord, new: NewArticle) -> bool:
        """Whether the article is what an earlier reading of this very letter made of this very file."""
        of_letter = (same.letter_sha256, same.content_sha256) == (self._letter.sha256, new.content_sha256)
        return of_letter and all(article.id != same.id for article in self._articles)

    def _update_reread(self, same: ArticleRecord, new: NewArticle, article: ReadArticle) -> None:
        """An article that nobody has decided about or edited gets what was read now as its next revision."""
        self._brings_something_new = True
        new, notes = self._without_repeated_pictures(new, article, same.id)
        self._articles.append(self._later_text_of(same.id, new))
        compared = compared_findings(same, new.manuscript)
        if all(finding.rule != rules.REPEATED_PICTURE for finding in compared):
            compared += tuple(note.finding for note in notes)
        new = replace(new, findings=(*compared, *new.findings))
        if (new.manuscript, new.findings) == (same.manuscript, same.findings):
            return
        if is_edited(self._ledger, same):
            if revisions.as_read(self._ledger, same.id) != new.manuscript:
                self._clauses.append(f"稿件 {same.id} 有编辑 {same.made_by} 的修改，没有换成重读的内容")
        elif further_letters(self._ledger, same.id, same.revision):
            self._clauses.append(f"稿件 {same.id} 有别的来信补充的内容，没有换成重读的内容")
        elif same.status is ArticleStatus.DRAFT:
            revisions.add_revision(self._ledger, same, self._letter.id, new, at=self._at)
            self._neighbours.note_changed()
            self._clauses.append(f"稿件 {same.id} 已换成重读的内容")
        else:
            self._clauses.append(f"稿件 {same.id}（{same.status.chinese}）没有换成重读的内容")

    def _link(self, same: ArticleRecord, new: NewArticle) -> None:
        """The article is in the ledger already; a confirmed letter confirms it."""
        if new.confirmed and not same.confirmed:
            reason = f"与稿件 {same.id} 相同，后由已登记的单位来信确认，没有重复成稿"
            article_changes.confirm(self._ledger, same.id, new.department, Verdict.DUPLICATE, reason, at=self._at)
            self._articles.append(article_of(same.id, new))
            self._brings_something_new = True
            return
        self._articles.append(replace(article_of(same.id, new), repeated=True))
        repetition = f"《{new.manuscript.title}》与稿件 {same.id}（{same.department or '单位待定'}）内容相同"
        self._repetitions.append(repetition + further_pictures(new.manuscript, same.manuscript))

    def _arriving(self, article: ReadArticle, words: str) -> ArrivingText:
        reading = self._reading
        of_file = self._returned_in(article)
        asked_for = bool(of_file) or (bool(self._returned) and len(reading.articles) == 1)
        intent = Intent.CORRECTION if asked_for else reading.intent
        answered = of_file or self._answered
        return ArrivingText(article.department, reading.sender, article.manuscript.title, words, intent, answered)

    def _returned_in(self, article: ReadArticle) -> frozenset[int]:
        """The article that an editor has sent as this very file, as far as the file says; it may be anybody's."""
        letters = [article.returned_by] if article.returned_by else []
        return articles_returned_by(self._ledger, self._letter.bulletin, letters)

    def _answers_proposal(
        self, same: ArticleRecord, new: NewArticle, article: ReadArticle, arriving: ArrivingText
    ) -> bool:
        """Whether the file that went to the department with an editor's changes comes back with all of them accepted or
        all refused: then its text is not new, and the article was waiting for it all the same."""
        waits = same.status is ArticleStatus.RETURNED and same.id in self._returned_in(article)
        if not waits or not new.confirmed or not self._reading.vouched or not is_edited(self._ledger, same):
            return False
        replaced = self._find_replaced(arriving)
        return replaced is not None and replaced.id == same.id

    def _find_replaced(self, arriving: ArrivingText) -> ArticleRecord | None:
        """The article in the ledger of which this is a later text; None for an article of its own."""
        reading = self._reading
        earlier = replaced_article(arriving, self._neighbours.earlier())
        if earlier is None:
            return None
        replaced = articles.article_named(self._ledger, earlier.id)
        # A stranger's letter may name any department: it is a later text of what the same stranger sent, or of nothing.
        guessed = reading.verdict is Verdict.UNCONFIRMED and not replaced.confirmed
        return None if guessed and earlier.sender != reading.head.sender else replaced

    def _add_article(
        self, new: NewArticle, words: str, unconfirmed: ArticleRecord | None, article: ReadArticle
    ) -> None:
        """An article of its own. unconfirmed: the one it would have replaced, had its sender been confirmed."""
        notes = (
            *self._correction_notes(unconfirmed),
            *self._neighbours.near_duplicates(words),
            *split_duplicates(self._ledger, self._letter.bulletin, words),
        )
        if unconfirmed is None:
            new, repeated = self._without_repeated_pictures(new, article)
            notes += repeated
        new = replace(new, findings=(*(note.finding for note in notes), *new.findings))
        article_id = self._write(new, words)
        self._articles.append(article_of(article_id, new))
        self._clauses += (note.clause for note in notes)
        if self._reading.old:
            self._change_status(articles.article_named(self._ledger, article_id), ArticleStatus.HELD, _OLD)

    def _without_repeated_pictures(
        self, new: NewArticle, article: ReadArticle, same: int | None = None
    ) -> tuple[NewArticle, tuple[LedgerNote, ...]]:
        """same: the article that it is already, None for a new one: compared with those before it only, since these
        keep the picture. A letter that brings a later text keeps its photographs."""
        chosen = self._letter.added is not None  # the editor has chosen the pictures of this article
        if chosen or self._reading.intent is Intent.CORRECTION or not article.attached_pictures:
            return new, ()
        of_letter = {settled.id for settled in self._articles}
        earlier = [
            other
            for other in self._neighbours.earlier()
            if other.sender == self._reading.sender and other.id not in of_letter and (same is None or other.id < same)
        ]
        return without_repeated_pictures(self._ledger, new, article, words_of(article.manuscript), earlier)

    def _correction_notes(self, unconfirmed: ArticleRecord | None) -> tuple[LedgerNote, ...]:
        """Why what looks like a correction became an article of its own; none for what does not."""
        if unconfirmed is not None:
            shown = f"稿件 {unconfirmed.id}《{unconfirmed.manuscript.title}》"
            clause = f"像是对{shown}的更正，但来源没有确认，没有替换前一稿"
            return (LedgerNote(rules.CORRECTION_UNCONFIRMED, clause),)
        if self._reading.intent is Intent.CORRECTION:
            clause = "来信说是修改稿或更正，但没有找到它要替换的稿件，按新稿处理"
            return (LedgerNote(rules.CORRECTION_UNMATCHED, clause),)
        return ()

    def _add_revision(self, new: NewArticle, replaced: ArticleRecord) -> None:
        edit_findings = replaced_edit_findings(self._ledger, replaced)
        new = replace(new, findings=(*edit_findings, *self._unverified_text(), *new.findings))
        number = revisions.add_revision(self._ledger, replaced, self._letter.id, new, at=self._at)
        self._neighbours.note_changed()
        self._articles.append(replace(self._later_text_of(replaced.id, new), revision=number))
        clause = f"作为稿件 {replaced.id} 的第 {number} 稿，前一稿仍保存"
        if not self._reading.vouched:
            clause += f"（{_UNVERIFIED}）"
        if edit_findings:
            clause += "（编辑改过的一稿也在，请对照）"
        if replaced.status in _ANSWERED_BY_A_NEW_TEXT:
            after = "退改后的" if replaced.status is ArticleStatus.RETURNED else ""
            revised = articles.article_named(self._ledger, replaced.id)
            self._change_status(revised, ArticleStatus.DRAFT, f"收到{after}第 {number} 稿")
            clause += f"（原为“{replaced.status.chinese}”，已改回待审）"
        elif replaced.status not in _IN_ISSUES:
            clause += f"（该稿现为“{replaced.status.chinese}”）"
        self._clauses.append(clause)

    def _later_text_of(self, article_id: int, new: NewArticle) -> SettledArticle:
        """A text of an article about whose findings an editor may have decided: its receipt lists the open ones."""
        settlements = settlements_of(self._ledger, article_id)
        findings = settlements.applied(article_id, new.bulletin, new.manuscript, new.findings)
        return article_of(article_id, replace(new, findings=findings))

    def _unverified_text(self) -> tuple[Finding, ...]:
        """The finding of a later text for which nobody vouches."""
        if self._reading.vouched:
            return ()
        message = f"这一稿来自自称 {self._reading.sender} 的更正，{_UNVERIFIED}。"
        return (rules.CORRECTION_UNVERIFIED.finding(message, suggestion="请与前一稿对照，有疑问时向单位核实"),)

    def _add_beside(self, new: NewArticle, words: str, decided: ArticleRecord) -> None:
        """What nobody vouches for never changes an article that was decided about: the text is held as an article of
        its own, and a finding says where the two differ."""
        shown = f"稿件 {decided.id}《{decided.manuscript.title}》（现为“{decided.status.chinese}”）"
        correction = f"像是对{shown}的更正，{_UNVERIFIED}，没有替换它"
        suggestion = "请对照两稿，向单位核实后再决定"
        self._hold_beside(new, words, correction, rules.CORRECTION_UNVERIFIED, suggestion)

    def _hold_beside(self, new: NewArticle, words: str, correction: str, rule: Rule, suggestion: str) -> None:
        """A later text that changes no article: held as an article of its own, with a finding. correction: the clause
        that says why."""
        finding = rule.finding(f"{correction}。", suggestion=suggestion)
        notes = self._neighbours.near_duplicates(words)
        new_findings = (finding, *(note.finding for note in notes), *new.findings)
        article_id = self._write(replace(new, findings=new_findings), words)
        self._change_status(articles.article_named(self._ledger, article_id), ArticleStatus.HELD, correction)
        self._articles.append(article_of(article_id, new))
        self._clauses.append(f"{correction}，先放在留用里（稿件 {article_id}）")
        self._flag()

    def _add_erratum(self, new: NewArticle, words: str, printed: ArticleRecord) -> None:
        """A signed-off issue never changes: the new text is an article of its own, held for an erratum."""
        correction = (
            f"更正的是已刊于{printed.issue_label}的稿件 {printed.id}《{printed.manuscript.title}》，可在下一期刊登更正"
        )
        finding = rules.ERRATUM.finding(f"来稿{correction}。")
        article_id = self._write(replace(new, findings=(finding, *new.findings)), words)
        self._change_status(articles.article_named(self._ledger, article_id), ArticleStatus.HELD, correction)
        write_correction(self._ledger, article_id, printed.id, made_by="", at=self._at)
        self._articles.append(article_of(article_id, new))
        self._clauses.append(f"{correction}，现为留用")
        self._flag()

    def _flag(self) -> None:
        """The letter needs the editor's eye."""
        if self._verdict is Verdict.ARTICLE:
            self._verdict = Verdict.FLAGGED

    def _write(self, new: NewArticle, words: str) -> int:
        """Returns the id of the article."""
        written = revisions.add_first_revision(self._ledger, self._letter.id, new, at=self._at)
        title, sender = new.manuscript.title, self._reading.sender
        joint = len(new.departments) > 1
        article = EarlierArticle(written.article, new.department, sender, title, words, joint)
        self._neighbours.note_written(written.revision, article)
        return written.article

    def _change_status(self, record: ArticleRecord, to: ArticleStatus, note: str) -> None:
        article_changes.change_status(self._ledger, record, to, who=SERVICE, note=note, at=self._at)
