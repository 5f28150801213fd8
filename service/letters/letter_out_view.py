"""The content of a letter out's page, and of its bytes for programs: without what only its recipient may have."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from archive import outbox
from archive.outbox import OutboxRecord
from service.office import Office
from values.answer_code import fingerprints_in, without_answer_code, without_codes


@dataclass(frozen=True, slots=True)
class LetterOutView:
    """A letter out as its page shows it."""

    record: OutboxRecord
    text: str
    files: tuple[str, ...]
    """The names of what is attached."""


def letter_out_view(office: Office, outbox_id: int) -> LetterOutView:
    """Neither the code of an answer nor a one-time link is in it (docs/decisions/0108, 0121). Raises BadUsage when
    there is none of that id, or its content was removed; StorageFailed, FileAltered."""
    with office.ledger.reading() as ledger:
        record = outbox.letter_out(ledger, outbox_id)
        raw = outbox.raw_letter(ledger, outbox_id, office.data_dir)
    message = _parsed(raw)
    body = message.get_body(("plain",))
    files = tuple(part.get_filename() or "" for part in message.iter_attachments())
    text = str(body.get_content()) if body is not None else ""
    return LetterOutView(record, without_codes(text), files)


def raw_without_code(raw: bytes) -> bytes:
    """A letter out as programs are given it, without the code by which its recipient answers; the same bytes where
    there is none."""
    message = _parsed(raw)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    if body is None or not fingerprints_in([text]):
        return raw
    body.set_content(without_answer_code(text), cte="base64")
    if "Reply-To" in message:
        message.replace_header("Reply-To", without_answer_code(str(message["Reply-To"])))
    return message.as_bytes(policy=policy.SMTP)


def _parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
