"""`outbox`: what was written, what became of it, and sending by hand."""

from __future__ import annotations

import getpass
from argparse import Namespace

from archive import outbox
from cli import listing, show
from cli.answers import DONE, IN_PART, UNAVAILABLE, Answers
from service.letters.mailing import postman
from service.letters.resend import resend
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
