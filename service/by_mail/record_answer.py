"""Whether an answer by mail is believed, in the transaction that gives its letter a verdict.

Believed are the editors and the people of the steps, where the trusted mail server authenticated their domain, or where
the letter carries the unused code that was mailed to that person for that revision. Everything else waits at the desk,
and nobody is answered (docs/decisions/0121).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from archive import edited_drafts, issues, letters, mailed_answers, mailed_drafts
from archive.draft_files import draft_file
from archive.mailed_answers import AnswerRecord, AnswerState
from archive.mailed_drafts import AnswerCode
from archive.transaction import Transaction
from service.by_mail.sender import sender_with
from service.office import Office
from settings.model import BulletinSettings
from values.letter import Verdict
from values.mailed_answer import MailedAnswer
from values.outgoing import SettledLetter

_CODE_USED: Final = "信里的答复码已经用过一次，收信服务器也没有证实发件人。"


def record_answer(office: Office, ledger: Transaction, letter: SettledLetter) -> None:
    """Records the answer that the letter is, to be followed after the transaction; or why it waits for a person."""
    bulletin, answer = office.settings.bulletin(letter.bulletin), letter.answer
    if letter.verdict is not Verdict.SEALED:
        edited_drafts.record_brought(ledger, letter.id, letter.drafts)
    if answer is None or bulletin is None or letter.verdict is not Verdict.QUESTION:
        return
    if answer.files and mailed_answers.answer_of(ledger, letter.id) is not None:
        return  # read again: what it would change was listed, or is about to be
    judged = _judged(office, ledger, bulletin, letter, answer)
    if isinstance(judged, str):
        let_wait(office, ledger, letter.id, judged, letter.reason.for_clerk if answer.files else "")
        return
    verdict, reason = Verdict.QUESTION, "对送审稿的答复，正在办理。"
    if (copied := mailed_answers.same_answer(ledger, judged)) is not None:
        verdict, reason = Verdict.DECIDED, f"与来信 {copied} 是同一个答复，没有重复办理。"
    elif not mailed_answers.record_answer(ledger, judged):
        verdict, reason = Verdict.DECIDED, "这个答复以前办理过，没有重复办理。"
    elif (shown := edited_drafts.shown_in(ledger, answer.about)) is not None:
        edited_drafts.record_edit_answer(ledger, letter.id, shown)
    letters.settle(ledger, letter.id, verdict, reason, at=office.now())


def let_wait(office: Office, ledger: Transaction, letter: int, why: str = _CODE_USED, file: str = "") -> None:
    """The letter of an answer that is not believed waits at the desk. why: a Chinese sentence. file: what was read of
    the edited draft that it brings."""
    answered = "没有回信列出改动" if file else "没有照办"
    reason = f"{file or '对送审稿的答复'}，{answered}：{why}请编辑看信，在审稿台办理。"
    letters.settle(ledger, letter, Verdict.QUESTION, reason, at=office.now())


def _judged(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, letter: SettledLetter, answer: MailedAnswer
) -> AnswerRecord | str:
    """The answer, or why it is not believed: a Chinese sentence."""
    sender = sender_with(office, ledger, bulletin, answer.sender)
    if sender is None:
        return f"发件人 {answer.sender} 不是这份简报的编辑或审核人，或其用户已停用。"
    if letter.old:
        return "收取时已是旧信。"
    codes = _codes_of(ledger, answer, sender.address)
    about = mailed_drafts.mailed_revision(ledger, answer.about) or _revision_of(codes)
    about = about or _revision_of_files(ledger, bulletin, letter)
    issue = None if about is None else issues.issue_of_bulletin(ledger, bulletin.id, about[0])
    if about is None or issue is None:
        return "没有认出它答复的是哪一稿，信里也没有这份简报的答复码。"
    if not sender.edits:
        about = _seen_revision(ledger, about, sender.address)
    if mailed_drafts.mailed_draft_of(ledger, *about, sender.address) is None:
        return f"{issue.number.label}第 {about[1]} 稿没有寄给过 {sender.address}。"
    if answer.codes and not any((code.issue, code.revision) == about for _, code in codes):
        return "信里的答复码不是给这位发件人、这一稿的（也许那一稿已重新编过）。"
    unused = [sha256 for sha256, code in codes if (code.issue, code.revision) == about and code.used_at is None]
    # An imported file did not come through the mail server: whoever made it also wrote what the server is to have said.
    authenticated = answer.authenticated and letter.fetched
    shown = edited_drafts.shown_in(ledger, answer.about)
    meant = (answer.text, *answer.files, *([str(shown.letter_out)] if shown else []))  # 采纳 of another listing is new
    record = AnswerRecord(
        letter.id,
        about[0],
        about[1],
        sender.address,
        letter.head.message_id,
        hashlib.sha256("\n".join(meant).encode("utf-8", "surrogatepass")).hexdigest(),
        unused[0] if unused else "",
        authenticated,
        AnswerState.RECORDED,
        answer.text,
    )
    if unused or authenticated or mailed_answers.same_answer(ledger, record) is not None:
        return record
    return _why_not_believed(answer, codes)


def _codes_of(ledger: Transaction, answer: MailedAnswer, address: str) -> Sequence[tuple[str, AnswerCode]]:
    """The codes of the letter that were made for that person, unused ones first."""
    codes = [(sha256, code) for sha256 in answer.codes if (code := mailed_drafts.code_with(ledger, sha256))]
    own = [(sha256, code) for sha256, code in codes if code.person == address]
    return sorted(own, key=lambda each: each[1].used_at is not None)


def _revision_of(codes: Sequence[tuple[str, AnswerCode]]) -> tuple[int, int] | None:
    """What the first code is for; None without any."""
    return (codes[0][1].issue, codes[0][1].revision) if codes else None


def _seen_revision(ledger: Transaction, about: tuple[int, int], person: str) -> tuple[int, int]:
    """The last revision up to that one that a person of a step was mailed: a reply may have reported a later one that
    was not put forward to them. `about` itself where there is none."""
    issue, revision = about
    seen = mailed_drafts.last_mailed_revision(ledger, issue, revision, person)
    return about if seen is None else (issue, seen)


def _revision_of_files(
    ledger: Transaction, bulletin: BulletinSettings, letter: SettledLetter
) -> tuple[int, int] | None:
    """The revision of the bulletin's draft that the first file of the letter is; None without any."""
    files = (
        draft_file(ledger, bulletin.id, draft.series, draft.number, draft.revision)
        for draft in letter.drafts
        if draft.bulletin == bulletin.id
    )
    return next(((file.issue, file.revision) for file in files if file is not None), None)


def _why_not_believed(answer: MailedAnswer, codes: Sequence[tuple[str, AnswerCode]]) -> str:
    if any(code.used_at is not None for _, code in codes):
        return _CODE_USED
    return "信里没有答复码（回信时没有保留原信），收信服务器也没有证实发件人。"
