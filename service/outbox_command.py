"""`outbox`: what was written, what became of it, and sending by hand."""

from __future__ import annotations

import getpass
from argparse import Namespace

from archive import outbox
from archive.changes import NewChange, record_change
from archive.outbox import OutboxRecord
from courier.plan import resent
from service import listing, show
from service.answers import DONE, IN_PART, UNAVAILABLE, Answers
from service.letters.mailing import postman
from service.letters.take_in import never
from service.office import Office


def outbox_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    """Lists the letters out; `send` sends what is due, `--resend` queues one again on a person's word."""
    if arguments.resend is not None:
        return _resend(office, arguments.resend, answers)
    if arguments.action == "send":
        return _send(office, answers)
    with office.ledger.reading() as ledger:
        found = outbox.letters_out(ledger)
        document = listing.outbox_rows(office, ledger, found) if answers.as_json else []
    answers.give(document, lambda console: show.show_outbox(console, office, found))
    return DONE


def resend(office: Office, outbox_id: int, *, who: str) -> OutboxRecord:
    """Queues a letter again, on a person's word; returns it as it then is. Raises BadUsage when there is none of that
    id, when it was sent, and when it will be sent anyway."""
    with office.ledger.writing() as ledger:
        record = outbox.letter_out(ledger, outbox_id)
        outbox.move(ledger, record, resent(record.delivery, office.now()))
        record_change(
            ledger,
            NewChange(
                bulletin=record.bulletin,
                who=who,
                subject="outbox",
                subject_id=outbox_id,
                summary=f"把发给 {record.to} 的{record.kind.chinese}信《{record.subject}》重新排队"
                f"（原为“{record.delivery.state.chinese}”）",
                at=office.now(),
            ),
        )
        return outbox.letter_out(ledger, outbox_id)


def _send(office: Office, answers: Answers) -> int:
    done = postman(office).send_due(stopping=never)
    failed = [record.id for record in done.failed]
    answers.say(
        {"sent": done.sent, "deferred": done.deferred, "possibly_sent": done.open, "failed": failed},
        f"发出 {done.sent} 封，稍后再发 {done.deferred} 封，可能已发 {done.open} 封，发不出 {len(failed)} 封。",
    )
    if done.cut_short and not done.sent:
        return UNAVAILABLE
    return IN_PART if done.deferred or done.open or failed else DONE


def _resend(office: Office, outbox_id: int, answers: Answers) -> int:
    record = resend(office, outbox_id, who=getpass.getuser())
    with office.ledger.reading() as ledger:
        document = listing.outbox_rows(office, ledger, [record])[0]
    answers.say(document, f"信 {outbox_id}《{record.subject}》已重新排队，下一轮就发；要马上发，请运行 outbox send。")
    return DONE
