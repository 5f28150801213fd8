"""Mails a digest to the editors at each due time: once, also over restarts and by several processes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from archive import digests
from courier.compose_digest import digest_letter
from service.digest.collect import collect
from service.digest.digest_of import DigestPeriod, digest_of
from service.health.activity import Activity
from service.issue.due import fire_times
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from settings.model import BulletinSettings

_LONGEST: Final = timedelta(days=31)
"""Of a period: after a longer downtime, what came before is in the statistics."""


def send_digest_when_due(office: Office, bulletin: BulletinSettings, activity: Activity) -> bool:
    """Queues a letter to each editor where a due time has passed; returns whether it did.

    Of several due times that were missed the last one is made up for, and its digest covers all of them. The first call
    only records from when on they count. Without a mail server, editors or a schedule nothing is due. Raises
    StorageFailed.
    """
    if bulletin.digest is None or not bulletin.editors or not office.settings.smtp.host:
        return False
    now = office.now()
    with office.ledger.reading() as ledger:
        last = digests.last_digest(ledger, bulletin.id)
    zone = office.settings.service.timezone
    if last is not None and not any(fire_times(bulletin.digest, zone, last, now)):
        return False
    with office.ledger.writing() as ledger:
        last = digests.last_digest(ledger, bulletin.id)
        due = [] if last is None else list(fire_times(bulletin.digest, zone, last, now))
        if last is None or not due:
            if last is None:
                digests.record_digest(ledger, bulletin.id, now)
            return False
        since = max(last, due[-1] - _LONGEST)
        period = DigestPeriod((bulletin.id, "digest", due[-1].isoformat()), office.local(since), office.local(due[-1]))
        digest = digest_of(collect(office, ledger, bulletin, activity, period), period, now)
        for editor in dict.fromkeys(bulletin.editors):
            out = digest_letter(digest, letterhead_of(office, bulletin), editor, at=office.local(now))
            queue_later(office, ledger, out, bulletin.id, now, at=now)
        digests.record_digest(ledger, bulletin.id, due[-1])
        return True
