"""Words → a letter in bytes (RFC 5322), with the marks of an automatic one (RFC 3834). Pure: same values, same bytes.

Nothing that a sender wrote becomes a header, but for his subject line, which passes `wording.line`, and the Message-IDs
of his letter, of which only those in the plain form of RFC 5322 3.6.4 are taken.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from courier.wording import Words, line
from values.outgoing import LetterKind, OutgoingLetter

_ID: Final = re.compile(r"<[!#-'*+\-./0-9=?A-Z^-~]{1,400}@[!-;=?-Z^-~]{1,400}>")
_MOST_REFERENCES: Final = 20
_DOCX: Final = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: our address, the name shown beside it, and where an answer should go, "" for the same address."""

    address: str
    name: str
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A .docx that goes with a letter. name: as the recipient sees it."""

    name: str
    data: bytes


def render(
    kind: LetterKind,
    words: Words,
    *,
    letterhead: Letterhead,
    to: str,
    about: Sequence[str],
    at: datetime,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    enclosure: Enclosure | None = None,
) -> OutgoingLetter:
    """The letter. about: what it is about, from which, with kind and recipient, its Message-ID is made: the same
    letter never has two. at: its Date. to and the letterhead's addresses: sendable ones."""
    message_id = _message_id(kind, to, about, letterhead)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_display_name(letterhead.name), addr_spec=letterhead.address)
    message["To"] = Address(addr_spec=to)
    if letterhead.reply_to not in ("", letterhead.address):
        message["Reply-To"] = Address(addr_spec=letterhead.reply_to)
    message["Subject"] = words.subject
    message["Date"] = at
    message["Auto-Submitted"] = "auto-replied" if kind.answers_a_letter else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(words.text, cte="base64")
    if enclosure is not None:
        maintype, subtype = _DOCX
        message.add_attachment(enclosure.data, maintype=maintype, subtype=subtype, filename=enclosure.name)
        # The library would draw lots for it.
        message.set_boundary("=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32])
    unfolded = {"Message-ID": message_id, "X-Loop": letterhead.address.lower(), **_thread(in_reply_to, references)}
    # Written here: the library folds a long id away from its name, or breaks it into encoded words.
    raw = "".join(f"{name}: {value}\r\n" for name, value in unfolded.items()).encode("ascii") + message.as_bytes()
    return OutgoingLetter(kind, to, words.subject, message_id, raw)


def _display_name(name: str) -> str:
    """A name for an address field: one line, without the characters that mean something there."""
    return "".join(character for character in line(name) if character not in '<>"@,;:()\\')


def _message_id(kind: LetterKind, to: str, about: Sequence[str], letterhead: Letterhead) -> str:
    digest = hashlib.sha256("\n".join((kind.value, to, *about)).encode()).hexdigest()
    return f"<{kind.value}.{digest[:40]}@{letterhead.address.rpartition('@')[2]}>"


def _thread(in_reply_to: str, references: Sequence[str]) -> dict[str, str]:
    """In-Reply-To and References (RFC 5322 3.6.4); none when the letter has no id in the plain form."""
    if not _ID.fullmatch(in_reply_to):
        return {}
    earlier = [one for one in dict.fromkeys(references) if _ID.fullmatch(one) and one != in_reply_to]
    known = [*earlier[:1], *earlier[1:][-_MOST_REFERENCES:], in_reply_to]
    return {"In-Reply-To": in_reply_to, "References": "\r\n ".join(known)}
