"""The letters that Jianbao writes, from plain values. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from courier.render import Enclosure, Letterhead, render
from courier.wording import line, worded
from values.draft import DraftIssue
from values.finding import Audience, Finding, Severity
from values.letter import Verdict
from values.outgoing import (
    LetterHead,
    LetterKind,
    OutgoingLetter,
    ReturnedArticle,
    SettledArticle,
    SettledLetter,
)

_MOST_ARTICLES: Final = 30
_MOST_FINDINGS: Final = 5
_MOST_LINES: Final = 30
_LONGEST_TITLE: Final = 60
_WORTH_MENDING: Final = (Severity.ERROR, Severity.WARNING)
_RECEIPTS: Final = (Verdict.ARTICLE, Verdict.FLAGGED, Verdict.DUPLICATE)


def answer(letter: SettledLetter, letterhead: Letterhead, *, phone: str, at: datetime) -> OutgoingLetter | None:
    """The receipt or the rejection that the letter's sender gets; None for verdicts that are not answered."""
    if letter.verdict in _RECEIPTS and letter.articles:
        kind, told = LetterKind.RECEIPT, _receipt(letter)
    elif letter.verdict is Verdict.QUARANTINED:
        kind, told = LetterKind.REJECTION, _rejection(letter)
    else:
        return None
    return render(
        kind,
        worded(kind.value, **told, office=letterhead.name, phone=phone),
        letterhead=letterhead,
        to=letter.head.sender,
        about=(letter.bulletin, letter.sha256),
        at=at,
        in_reply_to=letter.head.message_id,
        references=letter.head.references,
    )


def returned(
    article: ReturnedArticle, head: LetterHead, letterhead: Letterhead, *, phone: str, at: datetime
) -> OutgoingLetter:
    """An article goes back to who sent it, to be mended. head: of the letter that brought it. An answer with the mended
    file becomes its next text."""
    reason = [told for one in article.reason.splitlines() if (told := line(one))]
    words = worded(
        LetterKind.RETURNED.value,
        id=article.id,
        title=_title(article.title),
        subject=line(article.subject, _LONGEST_TITLE),
        reason=reason[:_MOST_LINES],
        findings=worth_mending(article.findings),
        office=letterhead.name,
        phone=phone,
    )
    return render(
        LetterKind.RETURNED,
        words,
        letterhead=letterhead,
        to=head.sender,
        about=article.about,
        at=at,
        in_reply_to=head.message_id,
        references=head.references,
    )


def draft(issue: DraftIssue, docx: bytes, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter:
    """The draft issue for one editor, the .docx with it."""
    words = worded(
        LetterKind.DRAFT.value,
        issue=issue,
        title=line(issue.title),
        articles=[(one.id, _title(one.title), line(one.department, _LONGEST_TITLE)) for one in issue.articles],
        added=_titles(issue.news.added),
        changed=_titles(issue.news.changed),
        removed=_titles(issue.news.removed),
        moved=_titles(issue.news.moved),
        unsure=[f"《{_title(one.title)}》：{one.doubts}" for one in issue.articles if one.doubts],
        missing=issue.missing,
    )
    name = f"{line(issue.title, 40)}{issue.label}送审稿（第{issue.revision}稿）.docx"
    return render(
        LetterKind.DRAFT,
        words,
        letterhead=letterhead,
        to=to,
        about=issue.about,
        at=at,
        enclosure=Enclosure(re.sub(r'[/\\:*?"<>|]', "", name), docx),
    )


def alarm(cause: str, said: str, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter:
    """What the maintainer must mend. One letter a day and cause: its Message-ID is made of both. at: of the office's
    own clock. said: Chinese, with the remedy."""
    told = [line(one) for one in said.splitlines()]
    words = worded(LetterKind.ALARM.value, cause=line(cause), said=told, at=at)
    return render(LetterKind.ALARM, words, letterhead=letterhead, to=to, about=(cause, at.date().isoformat()), at=at)


def _receipt(letter: SettledLetter) -> dict[str, object]:
    fresh = [article for article in letter.articles if not article.repeated]
    return {
        "subject": line(letter.subject),
        "withdraws": letter.withdraws,
        "articles": [_told(article) for article in fresh[:_MOST_ARTICLES]],
        "repeated": [_told(article) for article in letter.articles if article.repeated][:_MOST_ARTICLES],
        "more": len(fresh[_MOST_ARTICLES:]),
        "concerns": [line(concern.for_sender) for concern in letter.concerns[:_MOST_ARTICLES]],
    }


def _rejection(letter: SettledLetter) -> dict[str, object]:
    return {"subject": line(letter.subject, _LONGEST_TITLE), "reason": line(letter.reason.for_sender)}


def _told(article: SettledArticle) -> dict[str, object]:
    return {
        "id": article.id,
        "title": _title(article.title),
        "characters": article.characters,
        "pictures": article.pictures,
        "tables": article.tables,
        "revision": article.revision,
        "findings": worth_mending(article.findings)[:_MOST_FINDINGS],
    }


def worth_mending(findings: Sequence[Finding]) -> list[str]:
    """What the department can mend, errors first, each once."""
    worth = sorted(
        (one for one in findings if one.severity in _WORTH_MENDING and one.rule.audience is Audience.DEPARTMENT),
        key=lambda finding: _WORTH_MENDING.index(finding.severity),
    )
    return list(dict.fromkeys(line(finding.message) for finding in worth))[:_MOST_LINES]


def _titles(titles: Sequence[str]) -> list[str]:
    return [_title(title) for title in titles]


def _title(title: str) -> str:
    return line(title, _LONGEST_TITLE) or "（无标题）"
