"""The content of a letter out's page. A request for approval shows its link to nobody but its recipient."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

from archive import outbox
from archive.outbox import OutboxRecord
from service.office import Office
from values.outgoing import LetterKind

_LINK: Final = re.compile(r"(/approve/)\S+")
"""Whoever has the rest of it approves for the recipient (docs/decisions/0108)."""


@dataclass(frozen=True, slots=True)
class LetterOutView:
    """A letter out as its page shows it."""

    record: OutboxRecord
    text: str
    files: tuple[str, ...]
    """The names of what is attached."""


def letter_out_view(office: Office, outbox_id: int) -> LetterOutView:
    """Raises BadUsage when there is none of that id, or its content was removed; StorageFailed, FileAltered."""
    with office.ledger.reading() as ledger:
        record = outbox.letter_out(ledger, outbox_id)
        raw = outbox.raw_letter(ledger, outbox_id, office.data_dir)
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    files = tuple(part.get_filename() or "" for part in message.iter_attachments())
    text = str(body.get_content()) if body is not None else ""
    if record.kind is LetterKind.REVIEW:
        text = _LINK.sub(r"\1（链接只给收件人看）", text)
    return LetterOutView(record, text, files)
