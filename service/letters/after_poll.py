"""What a poll does beside taking letters in: a look into the junk folders, a mark on what was read.

Their failure is no failure of the poll; it is remarked on, once a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from intake.fetch.imap import ImapMailbox
from intake.fetch.imap_junk import JunkLetter
from intake.fetch.imap_marks import Marked
from intake.marking import mark_settled
from service.health.alarms import Alarm, AlarmCause, DailyAlarms
from service.office import Office
from service.register.register import registered_in
from settings.model import BulletinSettings
from values.errors import TryLater

_log = structlog.get_logger(__name__)

_SHOWN: Final = 10


def report_junk(office: Office, bulletin: BulletinSettings, mailbox: ImapMailbox, alarms: DailyAlarms) -> None:
    """Remarks on registered departments' letters in junk folders."""
    try:
        junk = mailbox.junk(registered_in(office, bulletin))
    except TryLater as error:
        _log.info("junk folders not seen", bulletin=bulletin.id, said=str(error))
        return
    if junk:
        alarms.raise_alarm(Alarm(bulletin.id, AlarmCause.JUNK, junk_message(junk), office.now(), urgent=False))


def junk_message(junk: Sequence[JunkLetter]) -> str:
    """What a clerk reads of departments' letters in junk folders."""
    shown = "；".join(f"“{letter.folder}”里 {letter.sender} 的《{letter.subject}》" for letter in junk[:_SHOWN])
    more = f"等 {len(junk)} 封" if len(junk) > _SHOWN else ""
    return f"已登记单位的来信被邮箱当作垃圾邮件：{shown}{more}。请在网页邮箱里移回收件箱，程序会自动收取。"


def mark_read_letters(office: Office, bulletin: BulletinSettings, mailbox: ImapMailbox, alarms: DailyAlarms) -> None:
    """Marks what has its verdict, as `after_read` says."""
    settings = bulletin.mailbox
    if settings.after_read is None:
        return
    try:
        marked = mark_settled(
            mailbox, office.ledger, settings.username, settings.folder, settings.after_read, at=office.now()
        )
    except TryLater as error:
        marked = Marked(problem=str(error))
    if marked.problem:
        message = f"读完的信没有在邮箱里标记：{marked.problem}。收稿不受影响。"
        alarms.raise_alarm(Alarm(bulletin.id, AlarmCause.AFTER_READ, message, office.now(), urgent=False))
