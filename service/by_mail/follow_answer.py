"""Follows an answer by mail: what it decides is done by the operations of the desk, in one transaction.

A line is done whole or not at all. What the transaction has done is recorded with it; the new draft, the sign-off and
the reply come after it (service.by_mail.complete_answer), also after a kill.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from archive import articles, change_chain, issues, mailed_answers, mailed_drafts
from archive.articles import ArticleRecord
from archive.changes import ChangeFilter, NewChange, changes, record_change
from archive.database import all_or_nothing
from archive.decisions import last_decisions
from archive.edited_drafts import brings_draft
from archive.issues import IssueRecord
from archive.json_form import JsonForm
from archive.mailed_answers import AnswerRecord, AnswerState
from archive.mailed_drafts import MailedArticle, MailedDraft
from archive.transaction import Transaction
from service.approval.decide_review import ReviewDecision, decide_review_within
from service.approval.reviewers import Reviewer
from service.article.decide import DecisionRequest, DecisionResult, decide_within
from service.article.edit import edit_title_within
from service.by_mail.edits import EditsChanged, WantedEdits, answer_edits
from service.by_mail.instructions import (
    Consent,
    Exchange,
    FollowedLine,
    Instruction,
    MoveTo,
    Retitle,
    SendBack,
    SetDate,
    SetStatus,
    SignOff,
    TakeEdits,
    Understood,
    Why,
    WriteNote,
)
from service.by_mail.record_answer import let_wait
from service.by_mail.sender import MailSender, sender_with
from service.by_mail.understand import understand
from service.issue.arrange import exchange_within, move_within
from service.issue.prepare import set_date_within, write_note_within
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalWay
from values.errors import BadUsage, Changed, TryLater
from values.issue import ArticleStatus, IssueStatus
from values.outgoing import AnsweredLine

_NOTHING_WRITTEN: Final = "信里没有写要办什么"
_EDITORS_ONLY: Final = "只有编辑能改动稿件；审核请写“同意”，或“退回：意见”"
_BESIDE_A_FILE: Final = "这封信附有改过的送审稿，先只列出改动；别的请另回一封信"
_NO_REASON: Final = "编辑来信不用，没有写原因"
"""What is recorded of a rejection that does not say why."""
_PLACES: Final = {
    "before": "移到第 {} 篇之前",
    "after": "移到第 {} 篇之后",
    "first": "移到最前",
    "last": "移到最后",
    "up": "上移",
    "down": "下移",
}
_MOST_CHANGES: Final = 50
"""Lines of the record of an article that are looked through."""


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What following an answer has done."""

    done: tuple[str, ...] = ()
    """Chinese, a clause for each thing."""
    refused: tuple[AnsweredLine, ...] = ()
    unclear: tuple[AnsweredLine, ...] = ()
    changed: bool = False
    """The draft would be made otherwise now."""
    signs: str = ""
    """The line that asks for the sign-off, which follows; "" for none."""
    reported: tuple[MailedArticle, ...] = ()
    """Those of which a refusal reports what somebody else has done: the next answer means them as they are now."""
    preparation_change: int = 0
    """The same for 按语 and date: the last line of the record of changes; 0 where no refusal reports them."""
    lists: int = 0
    """Id of the letter with an edited draft whose changes the reply lists; 0 for none."""


OUTCOME: Final = JsonForm(AnswerOutcome)
"""How it is stored until the reply is written."""


def follow_answer(office: Office, bulletin: BulletinSettings, letter: int, edits: WantedEdits | None = None) -> None:
    """Does what the answer of that letter decides; nothing for one that another process has followed, and for one that
    was removed meanwhile. edits: the changes of an edited draft that it may answer, compared before."""
    with office.ledger.writing() as ledger:
        answer = mailed_answers.answer_of(ledger, letter)
        if answer is None or answer.state is not AnswerState.RECORDED:
            return
        code = mailed_drafts.code_with(ledger, answer.code_sha256) if answer.code_sha256 else None
        if code is not None and code.used_at is not None:  # by another answer since this one was recorded
            if not answer.authenticated:
                mailed_answers.complete_answer(ledger, letter)
                let_wait(office, ledger, letter)
                return
            answer = replace(answer, code_sha256="")
        outcome = _followed(office, ledger, bulletin, answer, edits)
        if answer.code_sha256 and (outcome.done or outcome.refused or outcome.signs):
            mailed_drafts.use_code(ledger, answer.code_sha256, at=office.now())
        mailed_answers.record_outcome(ledger, letter, OUTCOME.dump_json(outcome).decode())


def _followed(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    answer: AnswerRecord,
    edits: WantedEdits | None,
) -> AnswerOutcome:
    draft = issues.issue_with_id(ledger, answer.issue)
    mailed = mailed_drafts.mailed_draft_of(ledger, answer.issue, answer.revision, answer.person)
    sender = sender_with(office, ledger, bulletin, answer.person)
    assert mailed is not None, "the answer was recorded with it"
    understood = understand(answer.words, len(mailed.articles))
    if brings_draft(ledger, answer.letter) and sender is not None:
        return _with_file(answer, understood, sender)
    unclear = tuple(AnsweredLine(line.text, line.why.value) for line in understood.unclear)
    if not understood.followed and not unclear:
        unclear = (AnsweredLine("（空）", _NOTHING_WRITTEN),)
    if sender is None or draft.status is not IssueStatus.DRAFT:
        why = "您已不是这份简报的编辑或审核人" if sender is None else f"{draft.number.label}已{draft.status.chinese}"
        return AnswerOutcome(
            refused=tuple(AnsweredLine(line.text, why) for line in understood.followed), unclear=unclear
        )
    return _Following(office, ledger, bulletin, draft, mailed, sender, answer, edits).follow(understood, unclear)


def _with_file(answer: AnswerRecord, understood: Understood, sender: MailSender) -> AnswerOutcome:
    """An answer that brings an edited draft: what that would change is shown, and what is written beside it waits."""
    if not sender.edits:
        return AnswerOutcome(refused=(AnsweredLine("（改过的送审稿）", _EDITORS_ONLY),))
    refused = tuple(AnsweredLine(line.text, _BESIDE_A_FILE) for line in understood.followed)
    return AnswerOutcome(refused=refused, lists=answer.letter)


@dataclass(frozen=True, slots=True)
class _Following:
    """One answer to an open draft, within one transaction."""

    office: Office
    ledger: Transaction
    bulletin: BulletinSettings
    draft: IssueRecord
    mailed: MailedDraft
    sender: MailSender
    answer: AnswerRecord
    edits: WantedEdits | None

    def follow(self, understood: Understood, unclear: tuple[AnsweredLine, ...]) -> AnswerOutcome:
        """Every line that can be done, in its order."""
        done: list[str] = []
        refused: list[AnsweredLine] = []
        reported: list[MailedArticle] = []
        signs, preparation_change, changed, lists = "", 0, False, 0
        for line in understood.followed:
            before = change_chain.chain_head(self.ledger)
            try:
                if self._asks_for_sign_off(line):
                    self._refuse_sign_off(understood)
                    signs = line.text
                    continue
                self._refuse_consent_beside_changes(line, understood)
                with all_or_nothing(self.ledger):
                    done += self._done(line)
                changed = changed or (change_chain.chain_head(self.ledger) != before and not _reviews(line))
            except TryLater:
                raise
            except BadUsage as error:
                refused.append(AnsweredLine(line.text, str(error)))
                lists = error.letter if isinstance(error, EditsChanged) else lists
                if isinstance(error, AnswerOvertaken):
                    reported += [] if error.article is None else [self._as_it_is(error.article)]
                    preparation_change = preparation_change if error.article else before.line
        if done:
            self._record(len(done))
        again = (tuple(reported), preparation_change, lists)
        return AnswerOutcome(tuple(done), tuple(refused), unclear, changed, signs, *again)

    def _done(self, line: FollowedLine) -> list[str]:
        return [clause for instruction in line.instructions for clause in self._follow(instruction)]

    def _follow(self, instruction: Instruction) -> Iterator[str]:
        """Raises BadUsage."""
        if isinstance(instruction, Consent | SendBack):
            yield self._review(instruction)
            return
        if not self.sender.edits:
            raise BadUsage(_EDITORS_ONLY)
        match instruction:
            case SetStatus(status, numbers, reason):
                for number in numbers:
                    yield self._set_status(number, status, reason)
            case MoveTo(number, place, other):
                record, wording = self._article(number), _PLACES[place].format(other)
                target = self.mailed.articles[other - 1].id if place in ("before", "after") else 0
                moved = move_within(self.office, self.ledger, record.id, place, target, self.sender.who)
                yield f"第 {number} 篇《{record.manuscript.title}》{wording}" if moved else f"第 {number} 篇已经在那里"
            case Exchange(first, second):
                ids = [self._article(number).id for number in (first, second)]
                exchange_within(self.office, self.ledger, ids[0], ids[1], self.sender.who)
                yield f"第 {first} 篇和第 {second} 篇对调"
            case Retitle(number, title):
                record = self._article(number)
                edit_title_within(self.office, self.ledger, record, title, self.sender.who)
                yield f"第 {number} 篇的标题改为《{title}》"
            case WriteNote(text):
                self._refuse_overtaken_preparation()
                self._prepare_note(text)
                yield "按语已写好" if text else "按语已删去"
            case TakeEdits(accepts):
                context = (self.office, self.ledger, self.bulletin, self.edits, self.sender)
                yield answer_edits(*context, accepts=accepts)
            case SetDate():
                self._refuse_overtaken_preparation()
                yield f"印发日期改为 {self._set_date(instruction).isoformat()}"

    def _set_status(self, number: int, status: ArticleStatus, reason: str) -> str:
        record = self._article(number)
        note = reason or (_NO_REASON if status is ArticleStatus.REJECTED else "")
        request = DecisionRequest(record.id, status, self.sender.who, note)
        result = decide_within(self.office, self.ledger, record, request, at=self.office.now())
        return f"第 {number} 篇《{record.manuscript.title}》{_status_clause(result, status)}"

    def _prepare_note(self, text: str) -> None:
        supplement = self.draft.number.supplement
        write_note_within(self.office, self.ledger, self.bulletin, text, self.sender.who, supplement=supplement)

    def _set_date(self, wanted: SetDate) -> date:
        dated = _date_near(wanted, self.draft.dated)
        supplement = self.draft.number.supplement
        set_date_within(self.office, self.ledger, self.bulletin, dated, self.sender.who, supplement=supplement)
        return dated

    def _review(self, instruction: Consent | SendBack) -> str:
        if not self.sender.approves:
            raise BadUsage("“同意”“退回”是审核人的话；编辑请写编号，如“采用 1,3”")
        approves = isinstance(instruction, Consent)
        remark = instruction.remark if isinstance(instruction, SendBack) else ""
        decision = ReviewDecision(self.draft.id, self.answer.revision, approves, remark)
        reviewer = Reviewer(self.sender.address, self.sender.name, ApprovalWay.MAIL)
        decide_review_within(self.office, self.ledger, self.bulletin, reviewer, decision)
        return f"第 {self.answer.revision} 稿已记下您{'同意' if approves else '退回，意见已告诉编辑'}"

    def _article(self, number: int) -> ArticleRecord:
        """The article of that number. Raises Changed where somebody else has changed it since the letter."""
        mailed = self.mailed.articles[number - 1]
        record = articles.article_named(self.ledger, mailed.id)
        why = self._overtaken(record, mailed)
        if why:
            title = record.manuscript.title
            raise AnswerOvertaken(
                f"第 {number} 篇《{title}》在第 {self.answer.revision} 稿寄出以后{why}，没有改动它", record
            )
        return record

    def _as_it_is(self, record: ArticleRecord) -> MailedArticle:
        line = change_chain.chain_head(self.ledger).line
        return MailedArticle(record.id, record.revision, record.status, line)

    def _overtaken(self, record: ArticleRecord, mailed: MailedArticle) -> str:
        """What others have done with the article since; "" for nothing."""
        lines = changes(self.ledger, ChangeFilter(subject="article", subject_id=str(record.id)), most=_MOST_CHANGES)
        for line in lines:
            if line.id > max(self.mailed.last_change, mailed.last_change) and not self.sender.is_same(line.who):
                return f"已由{line.who}改过（{line.summary}）"
        last = last_decisions(self.ledger, [record.id]).get(record.id)
        if record.status is not mailed.status and last is not None and not self.sender.is_same(last.who):
            return f"已改为“{record.status.chinese}”（{last.note or last.who}）"
        if record.revision != mailed.revision and not self.sender.is_same(record.made_by or ""):
            return f"换成了第 {record.revision} 稿"
        return ""

    def _refuse_overtaken_preparation(self) -> None:
        subject_id = "next-supplement" if self.draft.number.supplement else "next"
        lines = changes(self.ledger, ChangeFilter(subject="issue", subject_id=subject_id), most=_MOST_CHANGES)
        for line in lines:
            own = line.bulletin != self.bulletin.id or self.sender.is_same(line.who)
            if line.id > max(self.mailed.last_change, self.mailed.preparation_change) and not own:
                raise AnswerOvertaken(
                    f"在第 {self.answer.revision} 稿寄出以后，{line.who}改过（{line.summary}），没有改动它"
                )

    def _asks_for_sign_off(self, line: FollowedLine) -> bool:
        """签发; of an editor whom no step asks, also 同意签发."""
        return any(
            isinstance(each, SignOff) or (isinstance(each, Consent) and each.signs and not self.sender.approves)
            for each in line.instructions
        )

    def _refuse_sign_off(self, understood: Understood) -> None:
        """Raises BadUsage where the sign-off cannot be asked for by this letter. Whether the draft itself may be signed
        off, the sign-off decides."""
        if not self.sender.edits:
            raise BadUsage("签发由编辑办理；审核请写“同意”，或“退回：意见”")
        if not self.bulletin.sign_by_mail:
            raise BadUsage("没有开通来信签发（sign_by_mail），请在审稿台签发")
        if not self.answer.code_sha256:
            raise BadUsage("来信签发要凭答复码：回信时请保留原信里的答复码，答复码只能用一次")
        if len([each for line in understood.followed for each in line.instructions]) > 1:
            raise BadUsage("同一封信里还有别的改动，请看过新的一稿，再答复“签发”")

    def _refuse_consent_beside_changes(self, line: FollowedLine, understood: Understood) -> None:
        """Raises BadUsage for 同意 in an answer that also wants something changed: the revision that it would approve
        is not the one that its writer wants."""
        if any(isinstance(each, Consent) for each in line.instructions) and not all(map(_reviews, understood.followed)):
            raise BadUsage("同一封信里还要改别的，同意的就不是这一稿了；改好以后请看过新的一稿，再答复“同意”")

    def _record(self, count: int) -> None:
        label, revision = self.draft.number.label, self.answer.revision
        record_change(
            self.ledger,
            NewChange(
                bulletin=self.bulletin.id,
                who=self.sender.who,
                subject="letter",
                subject_id=self.answer.letter,
                summary=f"来信答复{label}第 {revision} 稿，办理 {count} 项",
                at=self.office.now(),
            ),
        )


class AnswerOvertaken(Changed):
    """Somebody else has changed it since the letter. article: None where it is 按语 or date."""

    def __init__(self, message: str, article: ArticleRecord | None = None) -> None:
        super().__init__(message)
        self.article = article


def _reviews(line: FollowedLine) -> bool:
    """Whether the line approves the draft or sends it back, and changes nothing in it."""
    return all(isinstance(each, Consent | SendBack) for each in line.instructions)


def _status_clause(result: DecisionResult, status: ArticleStatus) -> str:
    if result.before is status and result.notice is None and result.article.status is status:
        return f"是“{status.chinese}”"
    notice = result.notice
    if notice is None:
        return f"改为“{status.chinese}”"
    sent = f"没有寄信给单位（{notice.why_not}）" if notice.why_not else f"已写信给 {notice.to}"
    return f"改为“{status.chinese}”，{sent}"


def _date_near(wanted: SetDate, dated: date) -> date:
    """The day that is meant; without a year the one nearest to the draft's date. Raises BadUsage."""
    years = [wanted.year] if wanted.year else [dated.year + step for step in (-1, 0, 1)]
    days = [day for year in years if (day := _day(year, wanted.month, wanted.day)) is not None]
    if not days:
        raise BadUsage(Why.NO_DATE.value)
    return min(days, key=lambda day: abs(day - dated))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February of most years
        return None
