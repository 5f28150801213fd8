"""The letters of the raw store, found again without a ledger, each with the bulletins that it belongs to."""

from __future__ import annotations

import email
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses
from pathlib import Path
from typing import Final

from archive.files import files_below, sha256_of_file
from archive.letters import KeptLetter
from archive.storage_errors import storage_errors
from intake.fetch.arrival import arrival, header_block
from intake.fetch.mailbox import HEADER_LIMIT
from settings.model import BulletinSettings

_RECIPIENTS: Final = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
"""Who the letter is for, as its sender and the servers on its way write it."""


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter of the raw store."""

    kept: KeptLetter
    bulletins: tuple[str, ...]
    """Ids; () for a letter of which nothing says whose it is."""


@dataclass(frozen=True, slots=True)
class AlteredLetter:
    """A file of the raw store that is not the letter of its name."""

    path: str
    """Relative to the data directory."""


def stored_letters(
    data_dir: Path, bulletins: Sequence[BulletinSettings], printed: Mapping[str, Collection[str]]
) -> Iterator[StoredLetter | AlteredLetter]:
    """Every letter, in the order of their names.

    With one bulletin all are its own. With several, a letter belongs to those that have printed it, else to those whose
    mailbox is among its recipients. printed: by SHA-256, the ids of the bulletins whose manifests name the letter.
    A letter of several parts that ends with its header was too large, and only its header fetched: such a letter has at
    least a boundary (RFC 2046 5.1.1). How large it was is not stored. Raises StorageFailed.
    """
    for path in files_below(data_dir / "raw"):
        if path.suffix != ".eml" or sha256_of_file(path) != path.stem:
            yield AlteredLetter(path.relative_to(data_dir).as_posix())
            continue
        with storage_errors(path), path.open("rb") as file:
            header = header_block(file.read(HEADER_LIMIT), HEADER_LIMIT)
            stat = path.stat()
        stored_at = datetime.fromtimestamp(stat.st_mtime, UTC)
        received_at = arrival(header, latest_year=stored_at.year + 1) or stored_at
        fields = email.message_from_bytes(header)
        header_only = len(header) == stat.st_size and fields.get_content_maintype() == "multipart"
        kept = KeptLetter(path.stem, stat.st_size, header_only, received_at, None)
        yield StoredLetter(kept, _owners(fields, bulletins, printed.get(path.stem, ())))


def _owners(fields: Message, bulletins: Sequence[BulletinSettings], printed: Collection[str]) -> tuple[str, ...]:
    ids = [bulletin.id for bulletin in bulletins]
    if len(ids) == 1 or printed:
        return tuple(id for id in ids if len(ids) == 1 or id in printed)
    values = [str(value) for name in _RECIPIENTS for value in fields.get_all(name, [])]
    recipients = {address.lower() for _, address in getaddresses(values)}
    return tuple(bulletin.id for bulletin in bulletins if bulletin.mailbox.username.lower() in recipients)
