"""What follows from an answer that was followed: the sign-off, the new draft, and one reply to its writer.

The sign-off and the draft are transactions of their own: both take LibreOffice. A process that is killed between them
is continued by the next: each step finds what was done before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog

from archive import articles, issue_letters, issues, letters, mailed_answers, mailed_drafts, outbox
from archive.files import read_unaltered
from archive.issues import IssueRecord
from archive.letters import LetterRecord
from archive.mailed_answers import AnswerRecord, AnswerState
from archive.transaction import Transaction
from courier.attachment import Enclosure
from courier.compose import draft_enclosure
from courier.compose_issue import answer_result_letter
from courier.may_answer import DAY, HOUR, Answered, NotAnswered, may_be_written_from, why_not_answered
from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from intake.pool import ReadingPool
from service.by_mail.answer_way import answer_way
from service.by_mail.edits import listing_now, record_listing
from service.by_mail.follow_answer import OUTCOME, AnswerOutcome
from service.by_mail.sender import MailSender, sender_with
from service.edited_draft.listing import Listing
from service.issue.assemble import NothingToAssemble, assemble
from service.issue.sign_off import FilesIncomplete, sign_off
from service.issue.unseen import unseen_texts
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from service.register.own_addresses import own_addresses
from service.register.register import register_of
from settings.model import BulletinSettings
from values.errors import BadUsage, StorageFailed
from values.issue import IssueStatus
from values.letter import Verdict
from values.listed_edits import ListedEdits
from values.outgoing import AnsweredLine, AnswerResult, LetterHead

_log = structlog.get_logger(__name__)

_WHY_NOT: Final[Mapping[NotAnswered, str]] = {
    NotAnswered.ENOUGH: "一段时间里回信已经太多",
    NotAnswered.OLD: "来信已过了几天",
}
_NO_SERVER: Final = "没有配置发信服务器"
_AUTOMATIC: Final = "来信不能回复"
_NO_LONGER: Final = "发件人已不是编辑或审核人，或其用户已停用"
_NOT_ENCLOSED: Final = "新的一稿的文件现在读不出来，没有附上；请在审稿台下载，或告诉负责这套系统的同事。"


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer with all that its reply says."""

    answer: AnswerRecord
    letter: LetterRecord
    outcome: AnswerOutcome
    notes: tuple[str, ...]
    """What else the writer should know; Chinese, a sentence each."""
    listing: Listing | None
    """What an edited draft would change; None where the reply lists nothing."""

    @property
    def edits(self) -> ListedEdits | None:
        """The listing as the letter shows it."""
        listing = self.listing
        if listing is None:
            return None
        return ListedEdits(
            listing.draft, listing.lines, listing.why_not, again=self.outcome.lists != self.answer.letter
        )


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply that may be written."""

    head: LetterHead
    first: datetime
    """Before that it is not sent."""


def complete_answer(office: Office, bulletin: BulletinSettings, answer: AnswerRecord, pool: ReadingPool) -> None:
    """answer: as recorded once it was followed. Raises StorageFailed and Stopped; then the next call continues."""
    outcome = OUTCOME.validate_json(answer.outcome)
    notes: list[str] = []
    with office.ledger.reading() as ledger:
        sender = sender_with(office, ledger, bulletin, answer.person)
        letter = letters.letter_with_id(ledger, bulletin.id, answer.letter)
        replies = letter is not None and _replies(office, ledger, bulletin, letter, sender, outcome)
    if outcome.signs and sender is not None:
        outcome = _signed(office, bulletin, answer, sender, outcome)
    elif outcome.changed:
        # The reply brings the new draft to the writer; where none may be written, it comes as to the other editors.
        recipients = [editor for editor in bulletin.editors if not (replies and editor.lower() == answer.person)]
        notes += _made_again(office, bulletin, answer, recipients)
    listing = None
    if outcome.lists and sender is not None and sender.edits:
        listing = listing_now(office, pool, bulletin, outcome.lists)
    with office.ledger.writing() as ledger:
        now = mailed_answers.answer_of(ledger, answer.letter)
        letter = letters.letter_with_id(ledger, bulletin.id, answer.letter)
        if now is None or now.state is not AnswerState.FOLLOWED or letter is None:
            return
        reply = _Answered(answer, letter, outcome, tuple(notes), listing)
        why_not = _reply(office, ledger, bulletin, reply)
        mailed_answers.complete_answer(ledger, answer.letter)
        verdict, reason = _verdict(ledger, reply, why_not)
        letters.settle(ledger, letter.id, verdict, reason, at=office.now())
    _log.info("answer by mail", letter=letter.sha256, done=len(outcome.done), unclear=len(outcome.unclear))


def _signed(
    office: Office, bulletin: BulletinSettings, answer: AnswerRecord, sender: MailSender, outcome: AnswerOutcome
) -> AnswerOutcome:
    """The outcome with the sign-off among what was done or refused."""
    with office.ledger.reading() as ledger:
        draft = issues.issue_with_id(ledger, answer.issue)
        unseen = unseen_texts(ledger, articles.articles_in_issue(ledger, draft.id))
    label = draft.number.label
    done = replace(outcome, done=(*outcome.done, f"{label}已签发，期号和文件从此不变"))
    if draft.status is IssueStatus.SIGNED_OFF and draft.decided_by == sender.who:
        return done  # by a process that was killed before the reply
    try:
        sign_off(
            office,
            bulletin,
            draft.number.number,
            sender.who,
            seen=answer.revision,
            shown=[text.article for text in unseen if not text.unverified],  # the letter brought these texts
            supplement=draft.number.supplement,
        )
    except FilesIncomplete:
        return done  # the service makes what is missing
    except BadUsage as error:
        return replace(outcome, refused=(*outcome.refused, AnsweredLine(outcome.signs, str(error))))
    return done


def _replies(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    letter: LetterRecord,
    sender: MailSender | None,
    outcome: AnswerOutcome,
) -> bool:
    """Whether a reply may be written."""
    may = _may_be_replied_to(office, ledger, bulletin, letter, does_something=bool(outcome.done))
    return sender is not None and not isinstance(may, str)


def _made_again(
    office: Office, bulletin: BulletinSettings, answer: AnswerRecord, mailed_to: Sequence[str]
) -> list[str]:
    """Makes the draft again, and mails it to these editors. Returns what the writer should know where it cannot be
    made."""
    with office.ledger.reading() as ledger:
        draft = issues.issue_with_id(ledger, answer.issue)
    if draft.status is not IssueStatus.DRAFT:
        return []
    try:
        assemble(office, bulletin, supplement=draft.number.supplement, mailed_to=mailed_to)
    except NothingToAssemble:
        return ["这一期现在没有可编入的稿件，没有编出新的一稿。"]
    except BadUsage as error:
        return [f"新的一稿没有编出来：{error}"]
    return []


def _reply(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    answered: _Answered,
) -> str:
    """Queues the reply; returns why none is written, Chinese, "" where one is."""
    answer, letter, outcome, notes = answered.answer, answered.letter, answered.outcome, list(answered.notes)
    sender = sender_with(office, ledger, bulletin, answer.person)
    if sender is None:
        return _NO_LONGER
    may = _may_be_replied_to(office, ledger, bulletin, letter, does_something=bool(outcome.done))
    if isinstance(may, str):
        return may
    at = office.now()
    issue = issues.issue_with_id(ledger, answer.issue)
    is_open = issue.status is IssueStatus.DRAFT
    is_newer = is_open and issue.revision != answer.revision
    if is_newer and not outcome.changed:
        notes = [*notes, f"您答复的是第 {answer.revision} 稿，现在是第 {issue.revision} 稿。"]
    # A person of a step sees a revision when it is put forward.
    shows = is_open and (sender.edits or _was_mailed(ledger, issue, answer.person))
    way = answer_way(office, ledger, bulletin, issue.id, answer.person) if shows else None
    enclosure = None
    if is_newer and sender.edits:
        enclosure = _enclosure(office, bulletin, issue)
        notes = notes if enclosure else [*notes, _NOT_ENCLOSED]
    result = AnswerResult(
        about=(bulletin.id, letter.sha256, issue.sha256),
        title=bulletin.title,
        label=issue.number.label,
        answered=answer.revision,
        revision=issue.revision,
        done=outcome.done,
        refused=outcome.refused,
        unclear=outcome.unclear,
        articles=_articles(ledger, issue) if shows else (),
        notes=tuple(notes),
        by_editor=sender.edits,
        edits=answered.edits,
    )
    out = answer_result_letter(
        result,
        may.head,
        letterhead_of(office, bulletin),
        answer=way,
        enclosure=enclosure,
        at=office.local(at),
    )
    queue_later(office, ledger, out, bulletin.id, may.first, at=at)
    outbox.record_editor_answer(ledger, letter.id, out.message_id)
    if answered.listing is not None:
        record_listing(ledger, out.message_id, answered.listing)
    issue_letters.link_letter_once(ledger, out.message_id, issue.id, issue.revision)
    for revision in dict.fromkeys((answer.revision, issue.revision)):
        mailed = mailed_drafts.mailed_draft_of(ledger, issue.id, revision, answer.person)
        if mailed is not None:
            now = mailed.with_reported(outcome.reported, outcome.preparation_change)
            mailed_drafts.record_mailed_draft(ledger, issue.id, revision, answer.person, now)
    return ""


def _was_mailed(ledger: Transaction, issue: IssueRecord, person: str) -> bool:
    """Whether the person was mailed the last revision."""
    return mailed_drafts.mailed_draft_of(ledger, issue.id, issue.revision, person) is not None


def _may_be_replied_to(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, letter: LetterRecord, *, does_something: bool
) -> _Reply | str:
    """The sender is believed; the other limits of answering hold. One reply too many in an hour waits, where it reports
    that something was done; else it is not written, so that two programs which answer each other stop."""
    if not office.settings.smtp.host:
        return _NO_SERVER
    at, head = office.now(), _head(office, ledger, letter)
    answered = partial(outbox.answers_since, ledger, head.recipient)
    why_not = why_not_answered(
        replace(head, trusted=True, wants_no_answer=False),
        own_addresses=own_addresses(office.settings, bulletin),
        known_by_address=False,  # the answer may have gone to the address with the code
        count_answers=lambda: Answered(0, 0) if does_something else Answered(answered(at - HOUR), answered(at - DAY)),
        age=at - letter.received_at,
        longest=timedelta(days=office.settings.smtp.answer_days),
    )
    if why_not is not None:
        return _WHY_NOT.get(why_not, _AUTOMATIC)
    return _Reply(head, may_be_written_from(outbox.answers_at(ledger, head.recipient, at - DAY), at))


def _head(office: Office, ledger: Transaction, letter: LetterRecord) -> LetterHead:
    from intake.reading import head_of  # loads the readers of letters, which the service does without

    header = header_block(office.raws.head(letter.sha256, HEADER_LIMIT), HEADER_LIMIT)
    return head_of(header, register_of(office, ledger, office.bulletin(letter.bulletin)))


def _articles(ledger: Transaction, issue: IssueRecord) -> tuple[tuple[str, str], ...]:
    records = {record.id: record for record in articles.articles_with_ids(ledger, [id for id, _ in issue.articles])}
    printed = (records[id] for id, _ in issue.articles if id in records)
    return tuple((record.manuscript.title, record.department or "") for record in printed)


def _enclosure(office: Office, bulletin: BulletinSettings, issue: IssueRecord) -> Enclosure | None:
    """The draft's file; None where it cannot be read as it was written: then the reply goes without it."""
    try:
        docx = read_unaltered(office.data_dir / issue.draft, issue.sha256)
    except StorageFailed as error:
        _log.error("draft not enclosed", bulletin=bulletin.id, issue=issue.number.label, reason=str(error))
        return None
    return draft_enclosure(bulletin.title, issue.number, issue.revision, docx)


def _verdict(ledger: Transaction, answered: _Answered, why_not: str) -> tuple[Verdict, str]:
    """Of the letter: it waits for a person only where its writer could not be told what was not done."""
    answer, outcome = answered.answer, answered.outcome
    label = issues.issue_with_id(ledger, answer.issue).number.label
    if outcome.lists == answer.letter:
        return _verdict_of_file(answered, why_not)
    counts = [f"办理 {len(outcome.done)} 项"]
    counts += [f"{len(outcome.refused)} 行没有办理"] if outcome.refused else []
    counts += [f"{len(outcome.unclear)} 行没有看懂"] if outcome.unclear else []
    summary = f"对{label}第 {answer.revision} 稿的答复：{'，'.join(counts)}"
    if not why_not:
        return Verdict.DECIDED, f"{summary}，已回信。"
    if outcome.refused or outcome.unclear:
        return Verdict.QUESTION, f"{summary}，没有回信（{why_not}）。请编辑看信处理。"
    return Verdict.DECIDED, f"{summary}，没有回信（{why_not}）。"


def _verdict_of_file(answered: _Answered, why_not: str) -> tuple[Verdict, str]:
    """Of a letter that brings an edited draft: it waits for a person while something in it may be taken over."""
    listing = answered.listing
    draft = listing.draft if listing is not None and listing.draft else f"第 {answered.answer.revision} 稿"
    about = f"附件是改过的送审稿（{draft}）"
    if why_not:
        return Verdict.QUESTION, f"{about}：没有回信（{why_not}）。请看会改什么，再照此改。"
    if listing is None or not listing.why_not:
        return Verdict.QUESTION, f"{about}：会改的已回信列出，等编辑答复“采纳改动”。"
    verdict = Verdict.DECIDED if listing.is_empty else Verdict.QUESTION
    return verdict, f"{about}：{listing.why_not}，已回信。"
