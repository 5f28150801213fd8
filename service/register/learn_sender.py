"""Learning a sender: the address of a letter whose department an editor has confirmed is registered for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive import senders
from archive.transaction import Transaction
from intake.classify.doubts import doubts_about_sender
from intake.classify.list_rewriting import list_writer
from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from intake.parse.message import parse_message
from service.office import Office
from service.register.register import register_of
from values.department import department_of_sender


@dataclass(frozen=True, slots=True)
class ConfirmedLetter:
    """A letter whose department a person has confirmed."""

    bulletin: str
    sha256: str
    department: str
    """Canonical name of the only department whose articles it brought."""
    who: str
    """Name of the person."""


def learn_sender(office: Office, ledger: Transaction, letter: ConfirmedLetter, *, at: datetime) -> str:
    """Records the letter's sender as an address of the department; returns it, "" where it is not learned.

    Only an address that is merely unknown is learned: a doubtful one may be somebody else's, a mailing list's is
    everybody's. The letter's header alone is read.
    """
    bulletin = office.bulletin(letter.bulletin)
    message = parse_message(header_block(office.raws.head(letter.sha256, HEADER_LIMIT), HEADER_LIMIT))
    register = register_of(office, ledger, bulletin)
    doubtful = doubts_about_sender(
        message, register.departments, registered=False, authserv_id=bulletin.mailbox.authserv_id
    )
    registered = department_of_sender(message.sender, register.departments) or message.sender in register.own_addresses
    through_list = list_writer(message, register.departments) is not None
    if doubtful or registered or through_list or not message.sender:
        return ""
    senders.learn(ledger, bulletin.id, message.sender, letter.department, who=letter.who, at=at)
    return message.sender
