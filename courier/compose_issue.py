"""The letters about an issue on its way: requests and results of its approval, the signed issue, 采用通知. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from courier.attachment import Enclosure
from courier.compose import title_line
from courier.render import Addressing, Letterhead, render
from courier.wording import line, lines, worded
from values.outgoing import LetterKind, OutgoingLetter, ReviewRequest, ReviewResult, SignedIssue

_LONGEST_UNIT: Final = 60
"""Characters."""
_MOST_LINES: Final = 60
"""Lines of what a person wrote, and of changes: more are read at the desk."""


def review_letter(request: ReviewRequest, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter:
    """请审: asks one person of a step to approve a draft; with the one-time link to it."""
    words = worded(
        LetterKind.REVIEW.value,
        request=request,
        title=line(request.title),
        step=line(request.step),
        editor=line(request.put_forward_by),
        note=lines(request.note)[:_MOST_LINES],
        articles=_articles(request.articles),
        changes=[line(change) for change in request.changes[:_MOST_LINES]],
        office=letterhead.name,
    )
    return render(words, Addressing(LetterKind.REVIEW, to, request.about, at), letterhead)


def review_result_letter(result: ReviewResult, letterhead: Letterhead, to: str, *, at: datetime) -> OutgoingLetter:
    """审核结果: for one editor."""
    words = worded(
        LetterKind.REVIEWED.value,
        result=result,
        title=line(result.title),
        who=line(result.who),
        step=line(result.step),
        remark=lines(result.remark)[:_MOST_LINES],
        remarks=[(title_line(title), lines(remark)[:_MOST_LINES]) for title, remark in result.remarks],
    )
    return render(words, Addressing(LetterKind.REVIEWED, to, result.about, at), letterhead)


def circulation_letter(
    issue: SignedIssue, enclosure: Enclosure, letterhead: Letterhead, to: str, *, at: datetime
) -> OutgoingLetter:
    """印发: the signed issue, for one recipient."""
    words = worded(
        LetterKind.CIRCULATED.value,
        issue=issue,
        title=line(issue.title),
        articles=_articles(issue.articles),
        office=letterhead.name,
    )
    return render(words, Addressing(LetterKind.CIRCULATED, to, issue.about, at), letterhead, enclosure)


def adoption_letter(
    issue: SignedIssue, department: str, letterhead: Letterhead, to: str, *, phone: str, at: datetime
) -> OutgoingLetter:
    """采用通知: which articles of the department the issue prints."""
    words = worded(
        LetterKind.ADOPTION.value,
        issue=issue,
        title=line(issue.title),
        department=line(department),
        articles=_articles(issue.articles),
        office=letterhead.name,
        phone=phone,
    )
    return render(words, Addressing(LetterKind.ADOPTION, to, (*issue.about, department), at), letterhead)


def _articles(articles: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(title_line(title), line(unit, _LONGEST_UNIT)) for title, unit in articles]
