"""The letters about an issue on its way: requests and results of its approval, the signed issue, 采用通知. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from courier.attachment import Enclosure
from courier.compose import answered_at, title_line
from courier.render import Addressing, Letterhead, render
from courier.wording import line, lines, worded
from values.outgoing import (
    AnswerResult,
    AnswerWay,
    LetterHead,
    LetterKind,
    OutgoingLetter,
    ReviewRequest,
    ReviewResult,
    SignedIssue,
)

_LONGEST_UNIT: Final = 60
"""Characters."""
_LONGEST_LINE: Final = 200
"""Characters of a line of an answer that is repeated to its writer."""
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
        code=request.answer.code,
        changes=[line(change) for change in request.changes[:_MOST_LINES]],
        office=letterhead.name,
    )
    return render(words, Addressing(LetterKind.REVIEW, to, request.about, at), answered_at(letterhead, request.answer))


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


def answer_result_letter(
    result: AnswerResult,
    head: LetterHead,
    letterhead: Letterhead,
    *,
    answer: AnswerWay | None,
    enclosure: Enclosure | None,
    at: datetime,
) -> OutgoingLetter:
    """办理结果: for the writer of an answer, in the thread of it. head: of the answer. answer: how the writer goes on;
    None where the issue is closed. enclosure: the new draft; None where it did not change."""
    words = worded(
        LetterKind.DECIDED.value,
        result=result,
        title=line(result.title),
        done=[line(clause) for clause in result.done[:_MOST_LINES]],
        refused=[(line(each.text, _LONGEST_LINE), line(each.why)) for each in result.refused[:_MOST_LINES]],
        unclear=[(line(each.text, _LONGEST_LINE), line(each.why)) for each in result.unclear[:_MOST_LINES]],
        notes=[line(note) for note in result.notes],
        articles=_articles(result.articles),
        enclosed=enclosure is not None,
        edits=result.edits,
        changes=[_kept_line(each) for each in result.edits.lines] if result.edits else [],
        code=answer.code if answer else "",
        signs=answer.signs if answer else False,
        office=letterhead.name,
    )
    addressing = Addressing(
        LetterKind.DECIDED,
        head.recipient,
        result.about,
        at,
        in_reply_to=head.message_id,
        references=head.references,
    )
    return render(words, addressing, answered_at(letterhead, answer), enclosure)


def _kept_line(text: str) -> str:
    """A line of a listing, whole, with its indentation."""
    return "  " * text.startswith("  ") + line(text, len(text))


def _articles(articles: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(title_line(title), line(unit, _LONGEST_UNIT)) for title, unit in articles]
