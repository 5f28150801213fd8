"""From which day on the letters of a mailbox are the bulletin's, and what was there before the first poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from archive import folders, letters
from archive.transaction import Transaction
from intake.old_letters import LONGEST_FRESH
from service.office import Office
from settings.model import BulletinSettings

_SHOWN_FOR: Final = LONGEST_FRESH
"""After the first poll: until then somebody has looked."""


@dataclass(frozen=True, slots=True)
class FirstDay:
    """What becomes of the old letters of a mailbox."""

    since: date | None
    """As configured; None: letters of the last thirty days count."""
    first_poll: datetime | None
    """When the mailbox was polled first, in the office's time zone; None: never."""
    older: int
    """How many letters are from before."""

    def is_recent(self, at: datetime) -> bool:
        """Whether the first poll was so recently that an editor is to be told of its old letters."""
        return self.first_poll is not None and at - self.first_poll < _SHOWN_FOR

    @property
    def message(self) -> str:
        """Chinese, with what can be done; no full stop."""
        if self.since is not None:
            kept = f"{self.since.isoformat()} 起的来信作来稿，更早的只存下"
            return f"{kept}（{self.older} 封，要收的打开来信点“重新读”）" if self.older else kept
        rule = f"since 没有设，收取时已超过 {LONGEST_FRESH.days} 天的旧信先留用、不答复"
        if self.first_poll is None:
            return f"{rule}；邮箱里若有旧信，请在首次收信前在 [bulletin.mailbox] 写 since（从哪天的来信收起）"
        if not self.older:
            return f"{rule}；首次收信（{self.first_poll:%Y-%m-%d}）时没有这样的信"
        return (
            f"{rule}；首次收信（{self.first_poll:%Y-%m-%d}）时邮箱里有 {self.older} 封：列为“需留意”，稿件在留用里，"
            f"要的从那里取；都不要的，在 [bulletin.mailbox] 写 since = {self.first_poll:%Y-%m-%d}"
        )


def first_day_of(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> FirstDay:
    mailbox = bulletin.mailbox
    first_poll = folders.first_seen_at(ledger, mailbox.username, mailbox.folder)
    before = first_poll and first_poll - LONGEST_FRESH
    if mailbox.since is not None:
        before = datetime.combine(mailbox.since, time.min, office.settings.service.timezone)
    older = letters.count_received_before(ledger, bulletin.id, before) if before else 0
    return FirstDay(mailbox.since, office.local(first_poll) if first_poll else None, older)
