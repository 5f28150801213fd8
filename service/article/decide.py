"""An editor's decision about an article, and what the service learns of it."""

from __future__ import annotations

from dataclasses import dataclass

from archive import articles, senders
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from intake.classify.doubts import doubts_about_sender
from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from intake.parse.message import parse_message
from service.office import Office
from service.register.register import department_named, register_of
from settings.model import BulletinSettings
from values.department import department_of_sender
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class Decided:
    """The article as it now stands. learned: the address that is from now on known as its department's, "" for none."""

    article: ArticleRecord
    learned: str


def decide(
    office: Office,
    article_id: int,
    to: ArticleStatus,
    *,
    who: str,
    note: str = "",
    department: str | None = None,
    seen: int | None = None,
) -> Decided:
    """Changes an article's status. Adopting one of an unknown sender confirms its department and learns the address.

    department: whose it is, where the guess is wrong or missing; any name that the register knows. seen: the article's
    version as the person saw it, None for any. Raises BadUsage for an unknown article or department, and for a change
    that is not made by hand; Changed.
    """
    with office.ledger.writing() as ledger:
        before = articles.article_named(ledger, article_id)
        articles.refuse_changed(before, seen)
        if department is not None:
            known = department_named(office, ledger, office.bulletin(before.bulletin), department)
            articles.assign(ledger, article_id, known.name)
        after = articles.change_status(ledger, article_id, to, who=who, note=note, at=office.now())
        learned = ""
        if after.confirmed and not before.confirmed:
            bulletin = office.bulletin(after.bulletin)
            learned = learn_sender(office, ledger, bulletin, after.letter_sha256, after.department, who)
        _record(office, ledger, before, after, who, note, learned)
    return Decided(after, learned)


def _record(
    office: Office, ledger: Transaction, before: ArticleRecord, after: ArticleRecord, who: str, note: str, learned: str
) -> None:
    """What the person changed, in a sentence."""
    owner = f"，单位定为{after.department}" if after.department != before.department else ""
    confirmed = "，来源已确认" if after.confirmed and not before.confirmed else ""
    remembered = f"，记住 {learned} 是它的地址" if learned else ""
    record_change(
        ledger,
        NewChange(
            bulletin=after.bulletin,
            who=who,
            subject="article",
            subject_id=after.id,
            summary=f"《{after.manuscript.title}》由{before.status.chinese}改为{after.status.chinese}{owner}{confirmed}{remembered}",
            why=note,
            at=office.now(),
        ),
    )


def learn_sender(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, letter: str, department: str | None, who: str
) -> str:
    """Remembers who sent the letter (its SHA-256) as the department's; returns the address, "" when it is not learned.

    Only one that is merely unknown is learned: one that is doubtful may be somebody else's. The header tells.
    """
    message = parse_message(header_block(office.raws.head(letter, HEADER_LIMIT), HEADER_LIMIT))
    register = register_of(office, ledger, bulletin)
    doubtful = doubts_about_sender(
        message, register.departments, registered=False, authserv_id=bulletin.mailbox.authserv_id
    )
    known = department_of_sender(message.sender, register.departments) or message.sender in register.own_addresses
    if department is None or doubtful or known or not message.sender:
        return ""
    senders.learn(ledger, bulletin.id, message.sender, department, who=who, at=office.now())
    return message.sender
