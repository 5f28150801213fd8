"""The letters that ask departments for articles: 约稿, its reminder and its changes, 催稿. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from courier.render import Addressing, Letterhead, render
from courier.wording import line, lines, worded
from values.commission import CommissionRequest, UrgingRequest
from values.outgoing import LetterKind, OutgoingLetter

_MOST_LINES: Final = 60
"""Lines of the editor's demands: more belong into a file."""
_LONGEST_TOPIC: Final = 60
"""Characters: with the number before it, the subject stays below what web mail cuts off."""
_WEEKDAYS: Final = "一二三四五六日"


def commission_letter(
    kind: LetterKind, request: CommissionRequest, letterhead: Letterhead, to: str, *, phone: str, at: datetime
) -> OutgoingLetter:
    """A letter about a commission to one department. kind: COMMISSION, REMINDER or AMENDMENT."""
    words = worded(
        kind.value,
        id=request.id,
        department=line(request.department),
        topic=line(request.topic, _LONGEST_TOPIC),
        demands=lines(request.demands)[:_MOST_LINES],
        due=moment_in_words(request.due_at),
        is_cancelled=request.is_cancelled,
        office=letterhead.name,
        phone=phone,
    )
    return render(words, Addressing(kind, to, request.about, at), letterhead)


def urging_letter(
    request: UrgingRequest, letterhead: Letterhead, to: str, *, phone: str, at: datetime
) -> OutgoingLetter:
    """催稿 to one department."""
    words = worded(
        LetterKind.URGING.value,
        department=line(request.department),
        title=line(request.title),
        due=moment_in_words(request.due_at) if request.due_at else "",
        office=letterhead.name,
        phone=phone,
    )
    return render(words, Addressing(LetterKind.URGING, to, request.about, at), letterhead)


def moment_in_words(moment: datetime) -> str:
    """12月8日（星期二）18:00, on the clock that the moment has."""
    return f"{moment.month}月{moment.day}日（星期{_WEEKDAYS[moment.weekday()]}）{moment:%H:%M}"
