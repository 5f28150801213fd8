"""Queues a letter out again when a person asks for it."""

from __future__ import annotations

from archive import outbox
from archive.changes import NewChange, record_change
from archive.outbox import OutboxRecord
from courier.plan import requeue
from service.office import Office


def resend(office: Office, outbox_id: int, *, who: str) -> OutboxRecord:
    """Queues a letter again; returns it as it then is.

    Raises BadUsage when there is none of that id, when it was sent, and when it will be sent anyway; StorageFailed when
    its file cannot be read and FileAltered when it was altered, since it could not be sent then.

    The record of changes names it by kind and number: its subject may quote a letter that is sealed later
    (docs/decisions/0053), and its recipient may be erased (docs/decisions/0073), while the record stays for good.
    """
    with office.ledger.writing() as ledger:
        record = outbox.letter_out(ledger, outbox_id)
        requeued = requeue(record.delivery, office.now())
        outbox.raw_letter(ledger, outbox_id, office.data_dir)
        outbox.record_delivery(ledger, record, requeued)
        record_change(
            ledger,
            NewChange(
                bulletin=record.bulletin,
                who=who,
                subject="outbox",
                subject_id=outbox_id,
                summary=f"把{record.kind.chinese}信 {outbox_id} 重新排队（原为“{record.delivery.state.chinese}”）",
                at=office.now(),
            ),
        )
        return outbox.letter_out(ledger, outbox_id)
