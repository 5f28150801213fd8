"""What a digest reports, from the ledger, this process and the disk."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Final

from archive import articles, digests
from archive.decisions import last_decisions
from archive.letter_pages import count_verdicts
from archive.removals import removed_names
from archive.transaction import Transaction
from service.commission.overview import commissions_at_hand
from service.digest.digest_of import DigestFacts, DigestPeriod, Wait
from service.health.activity import Activity
from service.health.check import check_disk
from service.health.state import lasting_alarms
from service.issue.reporting import reporting
from service.office import Office
from settings.model import BulletinSettings
from values.digest import AwaitedCommission
from values.issue import ArticleStatus
from values.letter import Verdict

_LOOK_BACK: Final = timedelta(days=62)
"""Commissions that were due longer ago are not asked for any more."""
_WAITING: Final = (Verdict.UNCONFIRMED, Verdict.QUARANTINED, Verdict.QUESTION)
"""Letters that wait for a person."""


def collect(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, activity: Activity, period: DigestPeriod
) -> DigestFacts:
    """What happened within the period, and what waits now. Raises StorageFailed."""
    poll, disk = activity.last_poll(bulletin.id), check_disk(office)
    alarms = lasting_alarms(office, activity, disk, office.now())
    return DigestFacts(
        title=bulletin.title,
        letters=digests.letters_between(ledger, bulletin.id, period.since, period.until),
        articles=digests.articles_between(ledger, bulletin.id, period.since, period.until),
        fetched_at=poll.succeeded_at if poll else None,
        fault=poll.error if poll else "",
        free=shutil.disk_usage(office.data_dir).free,
        troubles=tuple(alarm.message for alarm in alarms if alarm.bulletin in ("", bulletin.id) and alarm.urgent),
        letters_waiting=sum(count_verdicts(ledger, bulletin.id, _WAITING).values()),
        undecided=_waiting(ledger, bulletin, ArticleStatus.DRAFT),
        returned=_waiting(ledger, bulletin, ArticleStatus.RETURNED),
        commissions=_commissions(office, ledger, bulletin),
        silent=reporting(ledger, bulletin, articles.articles_for_issue(ledger, bulletin.id)).silent,
    )


def _commissions(office: Office, ledger: Transaction, bulletin: BulletinSettings) -> tuple[AwaitedCommission, ...]:
    now = office.now()
    at_hand = commissions_at_hand(ledger, bulletin.id, now - _LOOK_BACK, now)
    return tuple(
        AwaitedCommission(
            each.commission.label,
            each.commission.topic,
            office.local(each.commission.due_at),
            is_over=each.commission.due_at < now,
            missing=each.missing,
        )
        for each in at_hand
        if each.missing
    )


def _waiting(ledger: Transaction, bulletin: BulletinSettings, status: ArticleStatus) -> tuple[Wait, ...]:
    """The articles of that status: since they came, or since they were returned. Without those whose text was removed
    with its letter, to which nobody can answer."""
    ids = digests.articles_with_status(ledger, bulletin.id, status)
    removed = removed_names(ledger)
    decisions = last_decisions(ledger, ids) if status is ArticleStatus.RETURNED else {}
    return tuple(
        Wait(
            record.id,
            record.manuscript.title,
            record.department or "",
            decisions[record.id].decided_at if record.id in decisions else record.received_at,
        )
        for record in articles.articles_with_ids(ledger, ids)
        if (bulletin.id, record.letter_sha256) not in removed
    )
