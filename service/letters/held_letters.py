"""Letters out that a person looks at before they are sent (`[smtp] hold`)."""

from __future__ import annotations

from collections.abc import Callable

from archive import outbox
from archive.changes import NewChange, record_change
from archive.outbox import OutboxRecord
from courier import plan
from service.office import Office
from values.outgoing import Delivery


def release_letter(office: Office, outbox_id: int, *, who: str) -> OutboxRecord:
    """Lets a held letter be sent; returns it as it then is.

    Raises BadUsage when there is none of that id and when it is not held (any more); StorageFailed and FileAltered when
    its file cannot be sent.
    """
    with office.ledger.reading() as ledger:
        outbox.letter_out(ledger, outbox_id)
        outbox.raw_letter(ledger, outbox_id, office.data_dir)
    return _decide(office, outbox_id, lambda delivery: plan.release(delivery, office.now()), "放行", who)


def drop_letter(office: Office, outbox_id: int, *, who: str) -> OutboxRecord:
    """Keeps a held letter from being sent; returns it as it then is. Raises BadUsage as `release_letter`."""
    return _decide(office, outbox_id, plan.drop, "不发", who)


def _decide(
    office: Office, outbox_id: int, decide: Callable[[Delivery], Delivery], done: str, who: str
) -> OutboxRecord:
    """done: what the record of changes says of it; it names the letter by kind and number, as `resend` does."""
    with office.ledger.writing() as ledger:
        record = outbox.letter_out(ledger, outbox_id)
        outbox.record_delivery(ledger, record, decide(record.delivery))
        summary = f"{done}{record.kind.chinese}信 {outbox_id}"
        change = NewChange(
            bulletin=record.bulletin,
            who=who,
            subject="outbox",
            subject_id=outbox_id,
            summary=summary,
            at=office.now(),
        )
        record_change(ledger, change)
        return outbox.letter_out(ledger, outbox_id)
