"""Facts about a bulletin → the digest of a period. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from values.digest import AwaitedCommission, Digest, WaitingArticle

_MOST: Final = 5
"""Articles of a list: those that wait longest. The others are counted."""
_MOST_DEPARTMENTS: Final = 30
_MOST_COMMISSIONS: Final = 10
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """An article that waits."""

    id: int
    title: str
    department: str
    """Canonical name; "" while it is not known."""
    since: datetime
    """Aware."""


@dataclass(frozen=True, slots=True)
class DigestPeriod:
    """What a digest covers."""

    about: tuple[str, ...]
    """Distinguishes it from every other."""
    since: datetime
    """In the office's time zone."""
    until: datetime
    """The due time; in the office's time zone."""


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a digest is made of."""

    title: str
    """Of the bulletin."""
    letters: int
    """Received within the period."""
    articles: int
    """Received within the period."""
    fetched_at: datetime | None
    """When a poll last succeeded; None for never since the start."""
    fault: str
    """Why the last poll failed, in Chinese; "" for one that succeeded."""
    free: int
    """Octets that are free where the data are."""
    troubles: tuple[str, ...]
    """What is wrong with the service; Chinese, a sentence each."""
    letters_waiting: int
    """Letters that wait for a person."""
    undecided: tuple[Wait, ...]
    """Articles that nobody has decided about."""
    returned: tuple[Wait, ...]
    """Articles that were returned and not answered."""
    silent: tuple[str, ...]
    """Names of departments that have sent nothing since the last issue."""
    commissions: tuple[AwaitedCommission, ...] = ()
    """Those that await an answer, the earliest deadline first."""


def digest_of(facts: DigestFacts, period: DigestPeriod, now: datetime) -> Digest:
    """The digest of the period, with what waits now."""
    return Digest(
        about=period.about,
        title=facts.title,
        since=period.since,
        until=period.until,
        letters=facts.letters,
        articles=facts.articles,
        fetched=_fetched(facts, now),
        disk=f"磁盘可用 {facts.free / 1e9:.1f} GB",
        letters_waiting=facts.letters_waiting,
        troubles=facts.troubles,
        undecided=_longest(facts.undecided, now),
        undecided_in_all=len(facts.undecided),
        returned=_longest(facts.returned, now),
        returned_in_all=len(facts.returned),
        silent=facts.silent[:_MOST_DEPARTMENTS],
        silent_in_all=len(facts.silent),
        commissions=facts.commissions[:_MOST_COMMISSIONS],
        commissions_in_all=len(facts.commissions),
    )


def _fetched(facts: DigestFacts, now: datetime) -> str:
    """最后一次成功收信 1 分钟前; with the fault where the last poll failed."""
    if facts.fetched_at is None:
        success = "这次启动以来还没有成功收过信"
    else:
        success = f"最后一次成功收信 {_age(max(now - facts.fetched_at, timedelta()))}前"
    return f"{success}（现在收不了：{facts.fault.rstrip('。')}）" if facts.fault else success


def _age(age: timedelta) -> str:
    if age < _HOUR:
        return f"{max(1, age // timedelta(minutes=1))} 分钟"
    return f"{age // _HOUR} 小时" if age < _DAY else f"{age // _DAY} 天"


def _longest(waits: Sequence[Wait], now: datetime) -> tuple[WaitingArticle, ...]:
    first = sorted(waits, key=lambda wait: (wait.since, wait.id))[:_MOST]
    return tuple(WaitingArticle(w.id, w.title, w.department, max(0, (now - w.since).days)) for w in first)
