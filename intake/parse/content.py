"""A letter for display: header fields, text and files, as plain text, without the codes of answers. Never raises."""

from __future__ import annotations

from typing import Final

from intake.parse.charsets import decode
from intake.parse.file_kinds import kind_of
from intake.parse.headers import shown
from intake.parse.message import Message, Part
from intake.parse.mime import header_alone
from values.answer_code import without_codes
from values.letter import AttachedFile, LetterContent

MOST_TEXT: Final = 20_000
"""Characters of the body that are stored for display and search; the letter itself can be downloaded."""
_MOST_FIELDS: Final = 40
_LONGEST_FIELD: Final = 1_000
_LONGEST_NAME: Final = 255
_SHOWN: Final = {
    "from": "From",
    "sender": "Sender",
    "reply-to": "Reply-To",
    "to": "To",
    "cc": "Cc",
    "date": "Date",
    "subject": "Subject",
    "return-path": "Return-Path",
    "authentication-results": "Authentication-Results",
    "received-spf": "Received-SPF",
    "message-id": "Message-ID",
    "in-reply-to": "In-Reply-To",
    "list-id": "List-Id",
    "precedence": "Precedence",
    "auto-submitted": "Auto-Submitted",
    "x-mailer": "X-Mailer",
}
_TEXTS: Final = ("text/plain", "text/html")


def content_of(raw: bytes, message: Message) -> LetterContent:
    """The letter for display. raw: its bytes, from which `message` was parsed."""
    fields = [
        (_SHOWN[field.name], without_codes(shown(decode(field.value[: _LONGEST_FIELD * 8]))[:_LONGEST_FIELD]))
        for field in header_alone(raw).fields
        if field.name in _SHOWN
    ]
    return LetterContent(
        sender_name=message.sender_name[:_LONGEST_NAME],
        headers=tuple(fields[:_MOST_FIELDS]),
        text=without_codes(message.text[:MOST_TEXT]),
        files=tuple(_file(part) for part in message.parts if not _is_text(part)),
        cut=len(message.text) > MOST_TEXT,
    )


def _is_text(part: Part) -> bool:
    return not part.name and part.content_type in _TEXTS


def _file(part: Part) -> AttachedFile:
    kind = kind_of(part.data, part.name)
    return AttachedFile(part.name[:_LONGEST_NAME], kind.chinese, len(part.data), part.problem)
