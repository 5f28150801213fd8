"""An Outlook item (.msg) attached to a letter → the documents attached to it. The only module that imports oxmsg.

Why this library: docs/decisions/0083.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from oxmsg import Message as OutlookMessage

from intake.parse.file_kinds import COMPOUND_FILE, plain_name
from intake.parse.message import Part
from intake.parse.sender_field import sole_mailbox

_TYPE: Final = "application/vnd.ms-outlook"
_DOCUMENTS: Final = re.compile(r".+\.(?:docx?|docm|dotx?|wps|wpt|rtf|odt|pdf|ofd|txt|zip|rar|7z|tar|gz|tgz|bz2|xz)")
_MOST_FILES: Final = 100
_LARGEST: Final = 50_000_000
"""Octets of an item that is opened: as large as the largest letter."""


def is_outlook_item(part: Part) -> bool:
    """Whether it is an Outlook item, by its content and its type or name."""
    named = part.content_type.lower() == _TYPE or plain_name(part.name).endswith(".msg")
    return named and part.data.startswith(COMPOUND_FILE) and len(part.data) <= _LARGEST


def documents_in(part: Part) -> tuple[Part, ...]:
    """The documents attached to the item, as parts of a letter forwarded by whom the item names as its sender.

    () for an item without any, and for one that cannot be read: then the item itself is what is shown.
    """
    try:
        return tuple(_documents(part))
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged file leads it to
        return ()


def _documents(part: Part) -> Iterator[Part]:
    item = OutlookMessage.load(io.BytesIO(part.data))
    writer = sole_mailbox((item.sender or "",))
    for attachment in item.attachments[:_MOST_FILES]:
        name = (attachment.file_name or "").replace("\\", "/").rpartition("/")[2]
        if attachment.file_bytes and _DOCUMENTS.fullmatch(plain_name(name)):
            yield Part(
                name=name,
                content_type="application/octet-stream",
                disposition="attachment",
                data=attachment.file_bytes,
                forwarded=True,
                origin=writer,
                writers=(*part.writers, *filter(None, [writer])),
            )
