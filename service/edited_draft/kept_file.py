"""The file as a letter: where an article that an editor has typed into a draft comes from.

Like every manuscript it is then in the raw store, in backups and in the export, and is erased like any letter. One that
a person handed in is a letter of our own: read again, it is no submission.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from archive import letters
from archive.draft_files import EDITED_DRAFTS
from archive.letters import KeptLetter, LetterDetails, LetterRecord
from archive.transaction import Transaction
from intake.digests import article_digest_of
from intake.edited_file import EditedFile
from intake.parse.headers import clean
from service.article.previews import may_be_shown
from service.edited_draft.proposal import Proposal
from service.letters.add_by_hand import refuse_removed, refuse_removed_meanwhile
from service.office import Office
from settings.model import BulletinSettings
from values.address import is_sendable
from values.errors import BadUsage
from values.letter import Verdict

_LOCAL_SENDER: Final = "desk@jianbao.invalid"
"""An address that cannot exist (RFC 2606), where the mailbox has none that can be written into a header."""
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An edited draft's file."""

    name: str
    """As the person's computer calls it."""
    sha256: str
    """Of the file."""
    letter: int | None = None
    """Id of the letter that has it, where the ledger has that already."""
    raw: bytes = b""
    """Where it has none: the letter that is made of it (RFC 5322); the same file makes the same letter."""
    details: LetterDetails = field(default_factory=LetterDetails)
    """Sender, subject and Message-ID of the letter that is made of it."""

    def content_sha256(self, place: int) -> str:
        """By which an article of the file is recognised. place: among those that were added, from 1."""
        return article_digest_of(self.sha256, place)

    def refuse_removed(self, ledger: Transaction, bulletin: BulletinSettings) -> None:
        """Raises BadUsage for a file whose letter may not be shown any more, or was erased: what it says is written
        nowhere. As the caller's transaction has the letter, not as it was when the file was read."""
        if self.letter is None:
            refuse_removed(ledger, bulletin, self.raw)
            return
        letter = letters.letter_with_id(ledger, bulletin.id, self.letter)
        if letter is None or letter.removal is not None or not may_be_shown(letter):
            raise BadUsage("这封来信刚被删除或封存，文件里的改动没有读入。")

    def keep(self, office: Office, ledger: Transaction, bulletin: BulletinSettings, *, at: datetime) -> int:
        """Stores the letter unless it is stored already; returns its id.

        Raises BadUsage for a file that was erased, destroyed or sealed, StorageFailed.
        """
        self.refuse_removed(ledger, bulletin)
        if self.letter is not None:
            return self.letter
        sha256 = office.raws.put(self.raw)
        office.raws.sync()
        refuse_removed_meanwhile(office, ledger, bulletin, self.raw)
        is_new = letters.keep(ledger, bulletin.id, [KeptLetter(sha256, len(self.raw), False, at, None)], at=at)
        letter = letters.letter_id(ledger, bulletin.id, sha256)
        if is_new:
            why = f"{self.details.subject}，不是收到的信"
            letters.settle(ledger, letter, Verdict.IGNORED, why, at=at, details=self.details)
        return letter


def kept_file(bulletin: BulletinSettings, proposal: Proposal, name: str, data: bytes) -> KeptFile:
    """A file that a person handed in, as a letter without a date."""
    name = " ".join(clean(name).split())[-_LONGEST_NAME:].strip() or "送审稿.docx"
    number, mailbox = proposal.issue.number, bulletin.mailbox.username
    sender = mailbox if is_sendable(mailbox) else _LOCAL_SENDER
    subject = f"改过的送审稿：{number.label}第 {proposal.revision} 稿"
    sha256 = hashlib.sha256(data).hexdigest()
    about = f"{EDITED_DRAFTS}.{bulletin.id}.{number.series}.{number.number}.{proposal.revision}.{sha256[:16]}"
    message_id = f"<{about}@{sender.rpartition('@')[2]}>"
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = message_id
    message["From"] = message["To"] = Address(addr_spec=sender)
    message["Subject"] = subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("这封信由审稿台根据交回的送审稿生成。", cte="base64")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    message.set_boundary("jianbao-edited-draft")
    return KeptFile(name, sha256, raw=message.as_bytes(), details=LetterDetails(sender, subject, message_id))


def file_of_letter(letter: LetterRecord, file: EditedFile) -> KeptFile:
    """The file that a letter has brought."""
    return KeptFile(file.name, file.sha256, letter.id)
