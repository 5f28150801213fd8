"""The content of a letter out's page."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from archive import outbox
from archive.outbox import OutboxRecord
from service.office import Office


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
    return LetterOutView(record, str(body.get_content()) if body is not None else "", files)
