"""What a poll does in the mailbox after the letters are read: it lists the junk folders and marks what was read.

The poll does not fail when these fail; that is reported once a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from intake.fetch.imap import ImapMailbox
from intake.fetch.imap_junk import JunkLetter
from intake.fetch.imap_marks import Marked
from intake.marking import mark_settled
from intake.secrecy.markings import Degree, marking_of_name
from service.health.alarms import Alarm, AlarmCause, DailyAlarms
from service.office import Office
from service.register.register import registered_in
from settings.model import BulletinSettings
from values.errors import TryLater

_log = structlog.get_logger(__name__)

_SHOWN: Final = 10
"""Letters that the message lists; a longer one would not be read."""


def report_junk(office: Office, bulletin: BulletinSettings, mailbox: ImapMailbox, alarms: DailyAlarms) -> None:
    """Reports letters of registered departments that lie in junk folders."""
    try:
        junk = mailbox.junk(registered_in(office, bulletin))
    except TryLater as error:
        _log.info("junk folders not listed", bulletin=bulletin.id, reason=str(error))
        return
    if junk:
        alarms.raise_alarm(Alarm(bulletin.id, AlarmCause.JUNK, junk_message(junk), office.now(), urgent=False))


def junk_message(junk: Sequence[JunkLetter]) -> str:
    """The sentence for the clerk about departments' letters in junk folders, with the remedy, in Chinese."""
    shown = "；".join(f"“{letter.folder}”里 {letter.sender} 的{_called(letter)}" for letter in junk[:_SHOWN])
    more = f"等 {len(junk)} 封" if len(junk) > _SHOWN else ""
    return f"已登记单位的来信被邮箱当作垃圾邮件：{shown}{more}。请在网页邮箱里移回收件箱，程序会自动收取。"


def _called(letter: JunkLetter) -> str:
    """A subject that bears a marking of secrecy is shown nowhere."""
    marking = marking_of_name(letter.subject)
    return "一封来信（主题带有密级标志）" if marking and marking.degree is Degree.SEALED else f"《{letter.subject}》"


def mark_read_letters(office: Office, bulletin: BulletinSettings, mailbox: ImapMailbox, alarms: DailyAlarms) -> None:
    """Marks the letters that have their verdict in the way that `after_read` asks for; without it, does nothing."""
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
