"""Words → a letter in bytes (RFC 5322), with the marks of an automatic one (RFC 3834). Pure: equal values, equal bytes.

Of what a sender wrote, only two things become header fields: the subject, which passes `wording.line`, and the
Message-IDs of the letter, of which only those in the plain form of RFC 5322 3.6.4 are used.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from typing import Final

from courier.attachment import Enclosure, enclosure_part
from courier.encoded_words import encoded_words
from courier.wording import Words, line
from values.outgoing import LetterKind, OutgoingLetter
from values.vouching import marked

_ID: Final = re.compile(r"<[!#-'*+\-./0-9=?A-Z^-~]{1,400}@[!-;=?-Z^-~]{1,400}>")
_MOST_REFERENCES: Final = 20  # besides the first: keeps the field short in long threads


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office as the sender of letters."""

    address: str
    """A sendable address of ours."""
    name: str
    """The display name."""
    reply_to: str = ""
    """Where an answer should go; "" for the same address."""
    key: bytes = field(default=b"", repr=False)
    """The installation's, by which an answer to the letter is recognised; b"": no answer is."""


@dataclass(frozen=True, slots=True)
class Addressing:
    """To whom a letter goes, about what, and which letter it answers."""

    kind: LetterKind
    to: str
    """A sendable address."""
    about: tuple[str, ...]
    """What the letter is about. Its Message-ID is made of this, kind and recipient: the same letter never has two."""
    at: datetime
    """Its Date; aware."""
    in_reply_to: str = ""
    """Message-ID of the letter that it answers, "" for none."""
    references: tuple[str, ...] = ()
    """Message-IDs of the letters before that one, the oldest first."""


def render(
    words: Words, addressing: Addressing, letterhead: Letterhead, enclosure: Enclosure | None = None
) -> OutgoingLetter:
    """The letter in bytes."""
    kind = addressing.kind
    message_id = message_id_of(addressing, letterhead)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_display_name(letterhead.name), addr_spec=letterhead.address)
    message["To"] = Address(addr_spec=addressing.to)
    if letterhead.reply_to not in ("", letterhead.address):
        message["Reply-To"] = Address(addr_spec=letterhead.reply_to)
    message["Date"] = addressing.at
    if kind is not LetterKind.ANSWER:  # a person wrote that one: its recipient's absence note may answer
        message["Auto-Submitted"] = "auto-replied" if kind.answers_a_letter else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    content = _text_part(words.text)
    message["MIME-Version"] = "1.0"
    raw = _header(message) + (content if enclosure is None else _with_enclosure(content, enclosure, message_id))
    unfolded = {"Message-ID": message_id, "X-Loop": letterhead.address.lower(), **_thread_fields(addressing)}
    unfolded["Subject"] = encoded_words(words.subject)
    # Written here: email folds a long id away from its name, or breaks it into encoded words.
    ids = "".join(f"{name}: {value}\r\n" for name, value in unfolded.items()).encode("ascii")
    return OutgoingLetter(kind, addressing.to, words.subject, message_id, ids + raw)


def message_id_of(addressing: Addressing, letterhead: Letterhead) -> str:
    """The Message-ID of a letter before it is rendered: something in it may name it."""
    kind = addressing.kind.value
    digest = hashlib.sha256("\n".join((kind, addressing.to, *addressing.about)).encode()).hexdigest()
    local = marked(f"{kind}.{digest[:24]}", addressing.to, letterhead.key)
    return f"<{local}@{letterhead.address.rpartition('@')[2]}>"


def _header(message: EmailMessage) -> bytes:
    """The header fields of a message without content, without the empty line behind them."""
    return message.as_bytes().removesuffix(b"\r\n")


def _with_enclosure(content: bytes, enclosure: Enclosure, message_id: str) -> bytes:
    """The text and the file as multipart/mixed: field, empty line, parts. email's own boundary is random; this one is
    made of the Message-ID, so that equal values give equal bytes."""
    boundary = "=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32]
    parts = b"".join(f"--{boundary}\r\n".encode() + part for part in (content, enclosure_part(enclosure)))
    return (
        f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode()
        + parts
        + f"--{boundary}--\r\n".encode()
    )


def _text_part(text: str) -> bytes:
    """The text as a part: fields, an empty line, base64."""
    part = MIMEPart(policy=SMTP)
    part.set_content(text, cte="base64")
    return part.as_bytes()


def _display_name(name: str) -> str:
    """A name for an address field: one line, without the characters that have a meaning there."""
    return "".join(character for character in line(name) if character not in '<>"@,;:()\\')


def _thread_fields(addressing: Addressing) -> dict[str, str]:
    """In-Reply-To and References (RFC 5322 3.6.4); none when the answered letter has no id in the plain form."""
    answered = addressing.in_reply_to
    if not _ID.fullmatch(answered):
        return {}
    earlier = [id for id in dict.fromkeys(addressing.references) if _ID.fullmatch(id) and id != answered]
    references = [*earlier[:1], *earlier[1:][-_MOST_REFERENCES:], answered]
    return {"In-Reply-To": answered, "References": "\r\n ".join(references)}
