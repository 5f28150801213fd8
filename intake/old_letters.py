"""Letters that are old when they are fetched: moved into the folder, or a whole old mailbox at first set-up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from intake.outcome import Reading
from values.letter import Verdict
from values.reason import Reason, joined

LONGEST_FRESH: Final = timedelta(days=30)
"""An older letter is not for the next issue. 163.com offers the letters of thirty days by itself (domain.md 1)."""


@dataclass(frozen=True, slots=True)
class OpeningDay:
    """From when on the letters of a mailbox are the bulletin's (`[bulletin.mailbox] since`)."""

    since: datetime | None = None
    """None: not configured; then letters of the last thirty days are."""

    def judged(self, reading: Reading, received_at: datetime, at: datetime, *, again: bool = False) -> Reading:
        """The reading of a letter that was fetched at `at`, with what its age changes.

        again: somebody has it read again, and so wants it although it is from before the first day.
        received_at: when the mail server received it. A letter that was moved into the folder has a new date there:
        then what it and the first server say about it counts, where both agree that it is old.
        """
        sent = min(received_at, reading.sent_at) if reading.sent_at else received_at
        if reading.verdict is Verdict.SEALED:
            return reading
        if self.since is not None:
            if sent >= self.since:
                return reading
            return (
                _old(reading, sent, f"早于收件起始日期 {_day(self.since)}")
                if again
                else _ignored(reading, sent, self.since)
            )
        late = f"收取时已超过 {LONGEST_FRESH.days} 天"
        return _old(reading, sent, late) if at - sent > LONGEST_FRESH else reading


def _ignored(reading: Reading, sent: datetime, since: datetime) -> Reading:
    reason = f"{_day(sent)}的来信，早于收件起始日期 {_day(since)}（since），不作来稿；要收的，请在审稿台点“重新读”"
    ignored = replace(reading, verdict=Verdict.IGNORED, reason=Reason.alike(reason), old=True)
    return replace(ignored, articles=(), concerns=(), withdrawal=None)


def _old(reading: Reading, sent: datetime, why: str) -> Reading:
    """Not answered; its new articles are held, and the editor is asked. why: it is old, Chinese."""
    if not reading.articles:
        return replace(reading, old=True)
    concern = Reason.alike(f"是{_day(sent)}的旧信，{why}，先放在留用里，没有答复")
    separator = "；" if reading.verdict in (Verdict.FLAGGED, Verdict.UNCONFIRMED) else "，请留意："
    verdict = Verdict.FLAGGED if reading.verdict is Verdict.ARTICLE else reading.verdict
    reason = joined(separator, [reading.reason, concern])
    return replace(reading, verdict=verdict, reason=reason, concerns=(concern, *reading.concerns), old=True)


def _day(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"
