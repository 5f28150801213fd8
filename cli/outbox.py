"""`outbox`: the letters out and their states; sending by hand."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import structlog

from archive import outbox
from archive.outbox import OutboxRecord
from archive.transaction import Transaction
from cli.base.arguments import parse_number
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output import Output
from cli.base.output_parts import OutputTable, Styled, line
from service.dispatch.dispatch import take_back
from service.letters.held_letters import drop_letter, release_letter
from service.letters.letter_out_view import raw_without_code
from service.letters.mailing import outbox_sender
from service.letters.resend import resend
from service.office import Office
from values.errors import StorageFailed
from values.outgoing import OutboxState
from values.stopping import never

_log = structlog.get_logger(__name__)

_COLOURS: Final = {
    OutboxState.QUEUED: "bright_black",
    OutboxState.SENT: "green",
    OutboxState.POSSIBLY_SENT: "yellow",
    OutboxState.FAILED: "red",
    OutboxState.HELD: "yellow",
    OutboxState.DROPPED: "bright_black",
    OutboxState.TAKEN_BACK: "bright_black",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=["send"], help="send：现在就发")
    one_letter = parser.add_mutually_exclusive_group()
    one_letter.add_argument(
        "--resend", type=parse_number, metavar="ID", help="把发不出、发送结果不明或已收回的一封重新排队"
    )
    one_letter.add_argument("--release", type=parse_number, metavar="ID", help="放行等人看过才发的一封（[smtp] hold）")
    one_letter.add_argument("--take-back", type=parse_number, metavar="ID", help="收回一封还没有寄过的信")
    one_letter.add_argument("--drop", type=parse_number, metavar="ID", help="等放行的一封不发了")


def run(invocation: Invocation) -> ExitStatus:
    """Lists the letters out; `send` sends what is due. `--resend` queues a letter again, `--release` and `--drop`
    decide about one that is held, `--take-back` keeps one from going that was never tried, on a person's word."""
    arguments, output = invocation.arguments, invocation.output
    with logged_office_of(invocation) as office:
        for act, outbox_id, done in (
            (resend, arguments.resend, "已重新排队，下一轮就发；要马上发，请运行 outbox send"),
            (release_letter, arguments.release, "已放行，下一轮就发；要马上发，请运行 outbox send"),
            (drop_letter, arguments.drop, "不发了"),
            (take_back, arguments.take_back, "已收回，不会寄出"),
        ):
            if outbox_id is not None:
                return _give_changed(office, act(office, outbox_id, who=getpass.getuser()), done, output)
        if arguments.action == "send":
            return _send(office, output)
        return _list(office, output)


def _list(office: Office, output: Output) -> ExitStatus:
    with office.ledger.reading() as ledger:
        records = outbox.letters_out(ledger)
        rows = _rows(office, ledger, records) if output.as_json else []  # the table needs no letter's bytes
    output.give(lambda: rows, lambda: [_table(office, records)])
    return ExitStatus.IN_PART if any(row["raw"] is None for row in rows) else ExitStatus.DONE


def _send(office: Office, output: Output) -> ExitStatus:
    done = outbox_sender(office).send_due(stopping=never)
    failed = [record.id for record in done.failed]
    limited = f"{done.limited.code} {done.limited.text}" if done.limited else ""
    notice = f"发信邮箱被服务商限制（{limited}），所有信都留着，几小时后自动再试。" if limited else ""
    output.give_line(
        {
            "sent": done.sent,
            "deferred": done.deferred,
            "possibly_sent": done.open,
            "failed": failed,
        }
        | ({"limited": limited} if limited else {}),
        f"发出 {done.sent} 封，稍后再发 {done.deferred} 封，发送结果不明 {done.open} 封，"
        f"发不出 {len(failed)} 封。{notice}",
    )
    if done.cut_short and not done.sent:
        return ExitStatus.UNAVAILABLE
    return ExitStatus.IN_PART if done.deferred or done.open or failed else ExitStatus.DONE


def _give_changed(office: Office, record: OutboxRecord, done: str, output: Output) -> ExitStatus:
    """done: what became of the letter, Chinese, no full stop."""
    sentence = f"信 {record.id}《{record.subject}》{done}。"
    with office.ledger.reading() as ledger:
        output.give(lambda: _rows(office, ledger, [record])[0], lambda: [line(sentence)])
    return ExitStatus.DONE


def _rows(office: Office, ledger: Transaction, letters: Sequence[OutboxRecord]) -> list[dict[str, Any]]:
    """`outbox` in design.md 5.3, and more: `possibly_twice` where an earlier attempt may have arrived too.

    `raw` is the letter itself, all of it ASCII, without the code of an answer; None where it is missing or altered, ""
    where it was removed together with the letter that it answers.
    """
    return [
        {
            "id": letter.id,
            "bulletin": letter.bulletin,
            "kind": letter.kind.value,
            "to": [letter.to],
            "subject": letter.subject,
            "state": letter.delivery.state.value,
            "letter": letter.letter,
            "message_id": letter.message_id,
            "created_at": office.local(letter.created_at).isoformat(),
            "attempts": letter.delivery.attempts,
            "possibly_twice": letter.delivery.unanswered > 0 and letter.delivery.attempts > 1,
            "next_attempt_at": _moment(office, letter.delivery.next_attempt_at),
            "sent_at": _moment(office, letter.delivery.sent_at),
            "answer": {"code": letter.delivery.answer_code, "text": letter.delivery.answer},
            "raw": "" if letter.is_removed else _raw(office, ledger, letter.id),
        }
        for letter in letters
    ]


def _raw(office: Office, ledger: Transaction, outbox_id: int) -> str | None:
    try:
        return raw_without_code(outbox.raw_letter(ledger, outbox_id, office.data_dir)).decode()
    except StorageFailed as error:
        _log.error("letter out cannot be read", outbox=outbox_id, error=str(error))
        return None


def _moment(office: Office, moment: datetime | None) -> str | None:
    return office.local(moment).isoformat() if moment else None


def _table(office: Office, letters: Sequence[OutboxRecord]) -> OutputTable:
    return OutputTable(
        ("编号", "种类", "收件人", "主题", "状态", "次数", "下次", "服务器的回答"),
        tuple(_table_row(office, letter) for letter in letters),
    )


def _table_row(office: Office, letter: OutboxRecord) -> tuple[Styled, ...]:
    delivery = letter.delivery
    next_attempt = delivery.next_attempt_at
    return (
        Styled(str(letter.id)),
        Styled(letter.kind.chinese),
        Styled(letter.to or "（已删除）"),
        Styled("（已删除）" if letter.is_removed else letter.subject),
        Styled(delivery.state.chinese, _COLOURS[delivery.state]),
        Styled(str(delivery.attempts)),
        Styled(f"{office.local(next_attempt):%m-%d %H:%M}" if next_attempt else ""),
        Styled(f"{delivery.answer_code or ''} {delivery.answer}".strip()),
    )
