"""Articles that the desk makes itself: 采用情况通报, 更正.

Every article belongs to a letter, so the desk writes one to itself: it is stored like any letter and settled with its
article in the same transaction, and the intake never reads it. Its bytes follow from its arguments alone.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from archive import letters, revisions
from archive.articles import ArticleRecord
from archive.letters import KeptLetter, LetterDetails
from archive.revisions import NewArticle
from archive.transaction import Transaction
from service.letters.add_by_hand import refuse_removed
from service.office import Office
from settings.model import BulletinSettings
from values.address import is_sendable
from values.letter import Verdict
from values.manuscript import Manuscript

_LOCAL_SENDER: Final = "desk@localhost"
"""The sender of the letter where the mailbox's user name is no address."""


def own_letter(
    office: Office, bulletin: BulletinSettings, about: str, manuscript: Manuscript, dated: date
) -> EmailMessage:
    """The text as mail (RFC 5322) of the office to itself. about: the beginning of its Message-ID, the same for the
    same subject only."""
    sender, text = _sender(bulletin), "\n".join([manuscript.title, "", manuscript.text, ""])
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{about}.{digest}@{sender.rpartition('@')[2]}>"
    message["From"] = message["To"] = Address(addr_spec=sender)
    message["Subject"] = manuscript.title
    message["Date"] = datetime.combine(dated, time(), office.settings.service.timezone)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="base64")
    return message


def write_own_article(
    office: Office, ledger: Transaction, new: NewArticle, message: EmailMessage, before: ArticleRecord | None
) -> int:
    """Stores the letter, its verdict, and the article or the next revision of `before`; returns the article's id.

    Raises BadUsage where the same letter was erased, StorageFailed.
    """
    at, raw = office.now(), message.as_bytes()
    refuse_removed(ledger, office.bulletin(new.bulletin), raw)
    sha256 = office.raws.put(raw)
    office.raws.sync()
    letters.keep(ledger, new.bulletin, [KeptLetter(sha256, len(raw), False, at, None)], at=at)
    letter_id = letters.letter_id(ledger, new.bulletin, sha256)
    if before is None:
        article_id = revisions.add_article(ledger, letter_id, new, at=at)
    else:
        article_id = before.id
        revisions.add_revision(ledger, before, letter_id, new, at=at)
    letters.settle(
        ledger,
        letter_id,
        Verdict.ARTICLE,
        f"审稿台按台账生成的《{new.manuscript.title}》，不是收到的信",
        at=at,
        details=LetterDetails(
            sender=str(message["From"]), subject=new.manuscript.title, message_id=str(message["Message-ID"])
        ),
        articles=[article_id],
    )
    return article_id


def _sender(bulletin: BulletinSettings) -> str:
    mailbox = bulletin.mailbox.username
    return mailbox if is_sendable(mailbox) else _LOCAL_SENDER
