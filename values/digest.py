"""近况: how a bulletin does, for its editors: a line that tells that the service is alive, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WaitingArticle:
    """An article that waits for somebody."""

    id: int
    title: str
    department: str
    """Canonical name; "" while it is not known."""
    days: int
    """Whole days since it began to wait."""


@dataclass(frozen=True, slots=True)
class AwaitedCommission:
    """A commission (约稿) to which departments have not answered."""

    label: str
    """约稿 3号."""
    topic: str
    due_at: datetime
    """In the office's time zone."""
    is_over: bool
    """The deadline has passed."""
    missing: tuple[str, ...]
    """Names of the departments."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What editors are mailed at each due time."""

    about: tuple[str, ...]
    """Distinguishes it from every other: its Message-ID is made of this."""
    title: str
    """Of the bulletin."""
    since: datetime
    """Begin of the period; in the office's time zone."""
    until: datetime
    """Its end; in the office's time zone."""
    letters: int
    """Received within the period."""
    articles: int
    """Received within the period."""
    fetched: str
    """When the mailbox was last fetched from with success, and what is wrong if it is; Chinese, a clause."""
    disk: str
    """The free space; Chinese, a clause."""
    letters_waiting: int
    """Letters that wait for a person: 待认领, 待处理, 待答复."""
    troubles: tuple[str, ...] = ()
    """What is wrong with the service now; Chinese, a sentence each."""
    undecided: tuple[WaitingArticle, ...] = ()
    """Those that wait longest for a decision, the longest first."""
    undecided_in_all: int = 0
    returned: tuple[WaitingArticle, ...] = ()
    """Returned and not answered, the longest first."""
    returned_in_all: int = 0
    silent: tuple[str, ...] = ()
    """Departments that have sent nothing since the last issue."""
    silent_in_all: int = 0
    commissions: tuple[AwaitedCommission, ...] = ()
    """The earliest deadline first."""
    commissions_in_all: int = 0

    @property
    def period(self) -> str:
        """上周, or from which day on."""
        days = (self.until - self.since).total_seconds() / 86_400
        return "上周" if 6 <= days <= 8 else f"{self.since.month}月{self.since.day}日以来"
