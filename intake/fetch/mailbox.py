"""The mailbox as the poller sees it: a folder, the UIDs in it, and letters in batches that can be stored one by one.

One poll:

    folder = mailbox.open()                           # an epoch of UIDs
    for batch in mailbox.batches(mailbox.after(watermark)):
        ...keep the batch durably, then raise the watermark to the last UID of the batch...
    mailbox.close()

`intake.fetch.imap` is the mailbox over IMAP. A folder of .eml files (`intake.fetch.eml`) has no UIDs, and none are
invented for it: a number made from a file's position would move with every file that is added. It yields the same
`Letter` and `Oversize` values, and `values.batches` caps them in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from archive.files import IncomingFile
from values.batches import BATCH_LETTERS, BATCH_OCTETS
from values.errors import TryLater
from values.letter import Letter, Place

LETTER_LIMIT = 60_000_000
"""Octets up to which a letter is fetched whole: 12 bytes of memory an octet (`ReadingLimits`) stay below 768 MiB."""

HEADER_LIMIT = 102_400
"""Octets of the header block that are stored of a letter above the limit: as many as parsing reads."""


class Unfinished(TryLater):
    """The poll's time is over. What was yielded is valid and the next poll continues there: no reason to back off."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What is fetched, and how much at once."""

    letter: int = LETTER_LIMIT
    """Octets above which only the header is fetched."""
    batch_letters: int = BATCH_LETTERS
    batch_octets: int = BATCH_OCTETS


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder in one epoch of UIDs (RFC 3501 2.3.1.1)."""

    account: str
    """The user name."""
    name: str
    uidvalidity: int
    """0 when the server names none."""


@dataclass(frozen=True, slots=True)
class LargeLetter:
    """A letter whose bytes are in a temporary file of the raw store. The receiver stores or discards it."""

    content: IncomingFile
    received_at: datetime
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Oversize:
    """A letter above the limit, of which only the header was fetched."""

    header: bytes
    """At most HEADER_LIMIT octets."""
    size: int
    """Octets of the whole letter."""
    received_at: datetime
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A UID whose letter was deleted or moved during the poll: there is nothing to store."""

    uid: int


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A letter that exists but could not be fetched, though the mailbox answers. A later poll tries its UID again."""

    uid: int
    reason: str
    """Chinese, for the clerk."""


Received = Letter | LargeLetter | Oversize | Gone | Unfetched

Registered = Callable[[str], bool]
"""Whether an address is one of a registered department."""


class Mailbox(Protocol):
    """One folder of one account, read and never changed. Used by one thread, opened and closed once per poll.

    Every method but `close` raises TryLater or one of its kinds (LoginRefused, MailboxRefused, Unfinished).
    """

    def open(self) -> Folder:
        """Connects, logs in and opens the folder for reading only."""
        ...

    def after(self, uid: int) -> tuple[int, ...]:
        """All UIDs greater than `uid`, ascending, each once. `after(0)` is the whole folder."""
        ...

    def batches(self, uids: Iterable[int], registered: Registered | None = None) -> Iterator[tuple[Received, ...]]:
        """Fetches these UIDs, a batch each time the caller asks for one, in ascending order; of a flood, those from
        registered senders first.

        Every UID is answered exactly once, unless an error ends the iteration; batches yielded before it stay valid.
        """
        ...

    def close(self) -> None:
        """Ends the connection. Never raises; may be called twice."""
        ...
