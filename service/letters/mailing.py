"""Connects the parts that send the outbox to the office's mail server."""

from __future__ import annotations

from collections.abc import Sequence

from archive.outbox import OutboxRecord
from courier.faults import MailServer
from courier.sending import OutboxSender
from courier.smtp import SmtpSession
from service.backup.hold import refuse_while_held
from service.letters.letters_out import raise_alarm
from service.office import Office
from settings.authorities import tls_context
from settings.secrets import resolve
from values.errors import BadUsage
from values.outgoing import LetterKind


def outbox_sender(office: Office) -> OutboxSender:
    """Raises BadUsage when the configuration has no mail server, and while letters are held after a restore."""
    refuse_while_held(office)
    smtp = office.settings.smtp
    if not smtp.host:
        raise BadUsage("没有配置发信服务器：请在 [smtp] 里写 host、username 和 password，再运行 check 核对。")
    return OutboxSender(
        office.ledger,
        office.data_dir,
        lambda: smtp_session(office),
        office.now,
        # 163.com wants the account that logged in, and takes no null reverse-path (domain.md section 8).
        return_path=smtp.username if "@" in smtp.username else smtp.address,
        null_return_path=not smtp.username,
        quota=smtp.per_quarter_hour,
    )


def smtp_session(office: Office) -> SmtpSession:
    """A connection, logged in. Raises BadConfig when the password cannot be found, and as `SmtpSession`."""
    smtp = office.settings.smtp
    password = resolve(smtp.password, office.environ) if smtp.username else ""
    server = MailServer(smtp.host, smtp.port, smtp.security, smtp.username)
    return SmtpSession(server, password, context=tls_context(smtp.ca_file))


def alarm_about_failed(office: Office, failed: Sequence[OutboxRecord]) -> None:
    """Raises an alarm about letters that were refused for good, except about refused alarms."""
    lines = [
        f"编号 {letter.id}，致 {letter.to}，{letter.subject}："
        f"{letter.delivery.answer_code or ''} {letter.delivery.answer}"
        for letter in failed
        if letter.kind is not LetterKind.ALARM
    ]
    if lines:
        raise_alarm(
            office, "有信发不出去", "\n".join([*lines, "用 outbox 命令查看，改正后用 outbox --resend 编号 再发。"])
        )
