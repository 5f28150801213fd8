"""The letters that the service writes, from plain values. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from courier.attachment import Enclosure
from courier.render import Addressing, Letterhead, message_id_of, render
from courier.wording import line, lines, worded
from values.draft import DraftArticle, DraftIssue
from values.finding import Audience, Finding, Severity, Subject
from values.habits import grouped
from values.issue import IssueNumber
from values.letter import Verdict
from values.outgoing import (
    AnswerWay,
    LetterHead,
    LetterKind,
    OutgoingLetter,
    ReturnedArticle,
    SettledArticle,
    SettledLetter,
)
from values.personal_answer import PersonalAnswer


@dataclass(frozen=True, slots=True)
class DraftAddressee:
    """An editor to whom a draft goes."""

    address: str
    desk_url: str
    """Of the issue at the desk; "" for no desk."""
    answer: AnswerWay
    """How the editor decides without the desk."""


# A letter stays readable on a telephone: more articles or findings are counted, or left to the editor.
_MOST_ARTICLES: Final = 30
_MOST_REMARKS: Final = 3  # in a receipt, and of an article in a draft's letter: three are acted upon, ten are not
_MOST_LINES: Final = 30  # of the editor's reason, and of findings in the letter that returns an article
_MOST_QUOTED: Final = 200  # lines of the answered letter; it is in its writer's mailbox
_LONGEST_TITLE: Final = 60  # characters
_WORTH_MENDING: Final = (Severity.ERROR, Severity.WARNING)
_LONGEST_IN_NAME: Final = 30  # characters of the title in the name of the attached file
_RECEIPTS: Final = (Verdict.ARTICLE, Verdict.FLAGGED, Verdict.DUPLICATE)


def answer_letter(letter: SettledLetter, letterhead: Letterhead, *, phone: str, at: datetime) -> OutgoingLetter | None:
    """The receipt, the rejection, or the word that the editor has it, for the letter's sender; None for verdicts that
    are not answered."""
    if letter.verdict in _RECEIPTS and letter.articles:
        kind, values = LetterKind.RECEIPT, _receipt(letter)
    elif letter.verdict is Verdict.QUESTION:
        kind, values = LetterKind.ACKNOWLEDGED, _acknowledged(letter)
    elif letter.verdict is Verdict.QUARANTINED:
        kind, values = LetterKind.REJECTION, _rejection(letter)
    else:
        return None
    words = worded(kind.value, **values, office=letterhead.name, phone=phone)
    return render(words, _reply(kind, letter.head, (letter.bulletin, letter.sha256), at), letterhead)


def return_message_id(article: ReturnedArticle, head: LetterHead, letterhead: Letterhead, *, at: datetime) -> str:
    """The Message-ID of `return_letter`, by which its enclosed file names it."""
    return message_id_of(_reply(LetterKind.RETURNED, head, article.about, at), letterhead)


def return_letter(
    article: ReturnedArticle,
    head: LetterHead,
    letterhead: Letterhead,
    *,
    phone: str,
    at: datetime,
    marked_copy: Enclosure | None = None,
) -> OutgoingLetter:
    """退改: returns an article to its sender for changes. An answer with the changed file becomes its next text.

    head: of the letter that brought the article. marked_copy: the article with comments and tracked changes.
    """
    words = worded(
        LetterKind.RETURNED.value,
        id=article.id,
        title=title_line(article.title),
        subject=line(article.subject, _LONGEST_TITLE),
        reason=lines(article.reason)[:_MOST_LINES],
        findings=worth_mending(article.findings),
        enclosed=marked_copy is not None,
        office=letterhead.name,
        phone=phone,
    )
    return render(words, _reply(LetterKind.RETURNED, head, article.about, at), letterhead, marked_copy)


def personal_answer(
    answer: PersonalAnswer, head: LetterHead, letterhead: Letterhead, *, phone: str, at: datetime
) -> OutgoingLetter:
    """答复: an editor's answer to a letter. head: of that letter."""
    words = worded(
        LetterKind.ANSWER.value,
        subject=line(answer.subject),
        text=[line(written) for written in answer.text.strip().splitlines()],
        wrote=line(answer.wrote),
        quoted=[line(written) for written in answer.quoted.strip().splitlines()[:_MOST_QUOTED]],
        office=letterhead.name,
        phone=phone,
    )
    return render(words, _reply(LetterKind.ANSWER, head, answer.about, at), letterhead)


def withdrawal_letter(letter: SettledLetter, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter:
    """For one editor: a letter takes an article back, or a mail service reports a recalled one."""
    words = worded(
        LetterKind.WITHDRAWN.value,
        subject=line(letter.subject, _LONGEST_TITLE),
        sender=line(letter.head.sender),
        reason=line(letter.reason.for_clerk),
        articles=[(article.id, title_line(article.title)) for article in letter.articles[:_MOST_ARTICLES]],
    )
    return render(words, Addressing(LetterKind.WITHDRAWN, to, (letter.bulletin, letter.sha256), at), letterhead)


def draft_letter(
    issue: DraftIssue, docx: bytes, letterhead: Letterhead, addressee: DraftAddressee, *, at: datetime
) -> OutgoingLetter:
    """The draft issue for one editor, with the .docx attached."""
    to, answer = addressee.address, addressee.answer
    words = worded(
        LetterKind.DRAFT.value,
        issue=issue,
        title=line(issue.title),
        articles=[(title_line(article.title), line(article.department, _LONGEST_TITLE)) for article in issue.articles],
        added=_titles(issue.news.added),
        changed=_titles(issue.news.changed),
        removed=_titles(issue.news.removed),
        moved=_titles(issue.news.moved),
        unsure=[(title_line(article.title), _doubts(article)) for article in issue.articles if article.doubts],
        missing=issue.missing,
        left_out=issue.left_out,
        desk_url=addressee.desk_url,
        code=answer.code,
        signs=answer.signs,
    )
    # With its content: after a backup is restored, another revision may have the number of this one.
    about = (*issue.about, hashlib.sha256(docx).hexdigest())
    return render(
        words,
        Addressing(LetterKind.DRAFT, to, about, at),
        answered_at(letterhead, answer),
        draft_enclosure(issue.title, issue.number, issue.revision, docx),
    )


def answered_at(letterhead: Letterhead, answer: AnswerWay | None) -> Letterhead:
    """The letterhead of a letter whose answer goes to an address of its own."""
    return replace(letterhead, reply_to=answer.reply_to) if answer is not None and answer.reply_to else letterhead


def draft_enclosure(title: str, number: IssueNumber, revision: int, docx: bytes) -> Enclosure:
    """The .docx of a draft as it is attached. title: of the bulletin."""
    name = f"{line(title, _LONGEST_IN_NAME)}{number.label}送审稿（第{revision}稿）.docx"
    return Enclosure(name, f"bulletin-{number.folder}-draft-{revision}.docx", docx)


def _doubts(article: DraftArticle) -> list[str]:
    """What an editor should look at in an article of a draft: its gravest remarks in their own words."""
    grave = [
        f"{severity.chinese}：{line(finding.message)}"
        for severity in _WORTH_MENDING
        for finding in article.findings
        if finding.severity is severity
    ]
    more = [f"另有 {len(grave) - _MOST_REMARKS} 处，见批注"] if len(grave) > _MOST_REMARKS else []
    flagged = ["来信有需留意之处，理由写在审稿台的来信里"] if article.flagged else []
    return [*grave[:_MOST_REMARKS], *more, *flagged]


def alarm_letter(
    cause: str, message: str, letterhead: Letterhead, to: str, *, at: datetime, about: tuple[str, ...] = ()
) -> OutgoingLetter:
    """A fault that the maintainer must mend. One letter a day and cause: its Message-ID is made of both.

    message: Chinese, with the remedy. at: in the office's time zone, which decides the day. about: distinguishes
    troubles of one cause on one day.
    """
    words = worded(
        LetterKind.ALARM.value, cause=line(cause), message=[line(written) for written in message.splitlines()], at=at
    )
    return render(words, Addressing(LetterKind.ALARM, to, (cause, at.date().isoformat(), *about), at), letterhead)


def all_clear_letter(trouble: str, since: datetime, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter:
    """The end of a trouble that an alarm letter was about. since, at: in the office's time zone."""
    words = worded("all_clear", cause=line(trouble), since=since, at=at)
    about = ("all clear", trouble, since.isoformat())
    return render(words, Addressing(LetterKind.ALARM, to, about, at), letterhead)


def _reply(kind: LetterKind, head: LetterHead, about: tuple[str, ...], at: datetime) -> Addressing:
    """To the sender of a letter, in its thread."""
    return Addressing(kind, head.recipient, about, at, in_reply_to=head.message_id, references=head.references)


def _receipt(letter: SettledLetter) -> dict[str, object]:
    read = [article for article in letter.articles if not article.repeated][:_MOST_ARTICLES]
    repeated = [article for article in letter.articles if article.repeated]
    concerns = list(dict.fromkeys(line(concern.for_sender) for concern in letter.concerns if concern.for_sender))
    remarks = _remarks(read, _MOST_REMARKS - len(concerns))
    return {
        "subject": line(letter.subject),
        "withdraws": letter.withdraws,
        "vouched": letter.vouched,
        "articles": [_entry(article, remarks.get(article.id, ())) for article in read],
        "repeated": [_entry(article) for article in repeated[:_MOST_ARTICLES]],
        "more": sum(not article.repeated for article in letter.articles) - len(read),
        "concerns": concerns[:_MOST_REMARKS],
        "more_concerns": len(concerns[_MOST_REMARKS:]),
    }


def _remarks(articles: Sequence[SettledArticle], most: int) -> Mapping[int, Sequence[str]]:
    """The remarks of a receipt by article: the gravest of all its articles, at most `most`.

    What the file holds and the article does not is among the letter's concerns already.
    """
    worth_a_letter = [
        (article.id, group) for article in articles for group in grouped(filter(_is_for_receipt, article.findings))
    ]
    worth_a_letter.sort(key=lambda entry: _WORTH_MENDING.index(entry[1].first.severity))
    distinct = list(dict.fromkeys((id, line(group.line)) for id, group in worth_a_letter))
    remarks: dict[int, list[str]] = {}
    for article_id, message in distinct[: max(0, most)]:
        remarks.setdefault(article_id, []).append(message)
    return remarks


def _is_for_receipt(finding: Finding) -> bool:
    in_receipts = finding.rule.audience is Audience.RECEIPT and finding.rule.subject is not Subject.FILE
    return finding.is_open and in_receipts and finding.severity in _WORTH_MENDING


def _acknowledged(letter: SettledLetter) -> dict[str, object]:
    return {"subject": line(letter.subject, _LONGEST_TITLE), "note": line(letter.note)}


def _rejection(letter: SettledLetter) -> dict[str, object]:
    return {"subject": line(letter.subject, _LONGEST_TITLE), "reason": line(letter.reason.for_sender)}


def _entry(article: SettledArticle, remarks: Sequence[str] = ()) -> dict[str, object]:
    """The article as the receipt lists it."""
    return {
        "id": article.id,
        "title": title_line(article.title),
        "characters": article.characters,
        "pictures": article.pictures,
        "tables": article.tables,
        "revision": article.revision,
        "added_pictures": article.added_pictures,
        "findings": remarks,
    }


def worth_mending(findings: Sequence[Finding]) -> list[str]:
    """What the department can mend in a returned article, errors first, several findings of one rule in a line."""
    ordered = sorted(
        grouped(filter(is_worth_mending, findings)), key=lambda group: _WORTH_MENDING.index(group.first.severity)
    )
    return list(dict.fromkeys(line(group.line) for group in ordered))[:_MOST_LINES]


def is_worth_mending(finding: Finding) -> bool:
    """Whether the department of a returned article is to see the finding."""
    for_department = finding.rule.audience is not Audience.EDITOR
    return finding.is_open and finding.severity in _WORTH_MENDING and for_department


def _titles(titles: Sequence[str]) -> list[str]:
    return [title_line(title) for title in titles]


def title_line(title: str) -> str:
    """The title of an article in one line, "（无标题）" for none."""
    return line(title, _LONGEST_TITLE) or "（无标题）"
