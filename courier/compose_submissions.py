"""查询答复: the letter that lists for a writer the submissions of the unit."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from courier.compose import title_line
from courier.render import Addressing, Letterhead, render
from courier.wording import line, worded
from values.outgoing import LetterKind, OutgoingLetter, SettledLetter
from values.own_submissions import OwnSubmissions

_LONGEST_REASON: Final = 120
"""Characters; the whole is in the letter that returned the article."""


def submissions_letter(
    letter: SettledLetter, own: OwnSubmissions, letterhead: Letterhead, *, phone: str, at: datetime
) -> OutgoingLetter:
    """Answers a letter that asks for the submissions. at: in the office's time zone."""
    words = worded(
        LetterKind.SUBMISSIONS.value,
        units=[line(unit) for unit in own.units],
        year=own.year,
        entries=[
            {
                "title": title_line(entry.title),
                "day": entry.day,
                "status": entry.status.chinese,
                "issue": line(entry.issue),
                "reason": line(entry.reason, _LONGEST_REASON),
            }
            for entry in own.entries
        ],
        more=own.more,
        at=at,
        office=letterhead.name,
        phone=phone,
    )
    head = letter.head
    addressing = Addressing(
        LetterKind.SUBMISSIONS,
        head.recipient,
        (letter.bulletin, letter.sha256),
        at,
        in_reply_to=head.message_id,
        references=head.references,
    )
    return render(words, addressing, letterhead)
